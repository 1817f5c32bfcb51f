"""The page of services beside consultations: a tab for each register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.kernel.permissions import Permission
from app.ui.desk import Desk
from app.ui.outreach.activity_tab import ActivityTab
from app.ui.outreach.errand_tab import ErrandTab
from app.ui.outreach.market_tab import MarketTab
from app.ui.outreach.posting_tab import PostingTab
from app.ui.page import Action, Page
from app.ui.tab import Tab
from app.ui.tabbed_page import TabbedPage
from app.ui.widgets.button import PRIMARY
from app.ui.widgets.tabs import Tabs

NEW = {
    "activities": ("登记活动", Permission.RECORD_CONSULTATION),
    "markets": ("登记赶集日", Permission.DRAFT_ROSTER),
    "postings": ("登记张贴", Permission.RECORD_CONSULTATION),
}
"""Tab → what its main step is called, and the right it needs."""


class OutreachPage(TabbedPage):
    """Tabs; whoever records consultations records here."""

    help_key = "outreach"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "便民服务")

    def build(self) -> Iterator[None]:
        self.tabs = Tabs()
        self.tabs.add("activities", "服务活动", self._activities)
        self.tabs.add("errands", "转办和上门", self._errands)
        self.tabs.add("markets", "赶集日", lambda: MarketTab(self))
        self.tabs.add("postings", "宣传张贴", lambda: PostingTab(self))
        self.cards = self.head.action("打印服务卡", self.print_item, keys="Ctrl P")
        self.new_button = self.head.action("登记", self.new_item, kind=PRIMARY, keys="Ctrl N")
        self.head.filters(self.tabs)
        self.body.addWidget(self.tabs.stack, 1)
        self.tabs.shown.connect(self._shown)
        yield
        self.tabs.show_tab("activities")

    def open_with(self, **wanted: Any) -> None:
        super().open_with(**wanted)
        if wanted.get("consultation"):
            self.tabs.show_tab("errands")
            self._begin(str(wanted["consultation"]), str(wanted.get("title", "")))

    def steps(self) -> Sequence[Action]:
        return (Action("登记服务活动", self.new_item, "Ctrl N"),)

    def print_item(self) -> None:
        """A page of service cards."""
        tab = self.tab()
        if isinstance(tab, PostingTab) and self.desk.may(Permission.RECORD_CONSULTATION):
            tab.print_cards()

    def _begin(self, consultation: str, title: str) -> None:
        """The form for something promised about a record of the register."""
        tab = self.tab()
        if isinstance(tab, ErrandTab) and self.desk.may(Permission.RECORD_CONSULTATION):
            tab.begin_for(consultation, title)

    def _activities(self) -> ActivityTab:
        made = ActivityTab(self)
        made.told.connect(lambda text: self._tell(made, text))
        return made

    def _errands(self) -> ErrandTab:
        made = ErrandTab(self)
        made.told.connect(lambda text: self._tell(made, text))
        return made

    def _tell(self, tab: Tab, text: str) -> None:
        """What a tab says of itself stands beside the title while it is in front."""
        if self.tab() is tab:
            self.head.set_lead(text)

    def may_add(self) -> bool:
        return self.tabs.key in NEW and self.desk.may(NEW[self.tabs.key][1])

    def _shown(self, key: str) -> None:
        self.head.clear_banner()
        self.head.set_lead("")
        self.cards.setVisible(key == "postings" and self.desk.may(Permission.RECORD_CONSULTATION))
        self.new_button.set_text(NEW[key][0] if key in NEW else "登记")
        self.new_button.setVisible(self.may_add())
        self.refresh()


PAGE = Page("outreach", "便民服务", "link", OutreachPage, group=0, order=4, permission=Permission.LOOK)

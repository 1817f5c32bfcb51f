"""The page of quality: notes, complaints, draws and reviews, the provincial system, registers, figures and marks."""

from __future__ import annotations

from collections.abc import Iterator

from app.kernel.permissions import Permission
from app.ui.desk import Desk
from app.ui.page import Page
from app.ui.quality.firm_tab import FirmsTab
from app.ui.quality.register_tabs import FocusTab, MarksTab, MeansTab
from app.ui.quality.review_tabs import DrawTab, ReviewsTab
from app.ui.quality.tabs import ComplaintsTab, NotesTab, ProvinceTab
from app.ui.quarter_choice import quarter_choices
from app.ui.tabbed_page import TabbedPage
from app.ui.widgets.button import PRIMARY
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import slim
from app.ui.widgets.tabs import Tabs

QUARTERS_BACK = 6
NEW = {
    "notes": ("登记记事", Permission.RECORD_CASE, Permission.HANDLE_CASE),
    "complaints": ("登记投诉", Permission.RECORD_CASE, Permission.HANDLE_CASE),
    "focus": ("列入名册", Permission.RECORD_CASE),
    "means": ("登记标准", Permission.DECIDE_CASE),
    "marks": ("列入名册", Permission.HANDLE_CASE),
    "firms": ("登记账户", Permission.CHANGE_PAYEE),
}
"""Tab → what its main step is called, and the rights of which one is enough."""
LEADS = {
    "notes": "回访、旁听、征询、督办、执行和费用减免",
    "complaints": "没有办结的在前，期限照规定计算",
    "reviews": "一案一评，由负责人确认等级",
    "province": "省系统的录入是进度和付款的依据",
    "focus": "重点对象、联系卡、惠民卡、特殊困难人员",
    "means": "从生效日起用，县里登记，乡镇同用",
    "marks": "名优律师每年不少于 5 件",
    "firms": "办案补贴付给承办单位的，付到这里的账户",
}


class QualityPage(TabbedPage):
    """Tabs; a station has those that it writes or reads."""

    help_key = "quality"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "案件监督")

    def build(self) -> Iterator[None]:
        self.tabs = Tabs()
        offered = quarter_choices(self.desk.today(), QUARTERS_BACK)
        self.quarter = slim(ChoiceField("", offered))
        self.quarter.set_value(offered[0][0])
        self.tabs.add("notes", "记事", lambda: NotesTab(self))
        self.tabs.add("complaints", "投诉", lambda: ComplaintsTab(self))
        if self.desk.is_bureau:
            self.tabs.add("draw", "抽查评查", lambda: DrawTab(self, self.quarter.value()))
            self.tabs.add("reviews", "评查表", lambda: ReviewsTab(self))
            self.tabs.add("province", "省系统", lambda: ProvinceTab(self))
        self.tabs.add("focus", "名册", lambda: FocusTab(self))
        self.tabs.add("means", "标准", lambda: MeansTab(self))
        if self.desk.is_bureau:
            self.tabs.add("marks", "名优律师", lambda: MarksTab(self))
            self.tabs.add("firms", "单位账户", lambda: FirmsTab(self))
        self.announce = self.head.action("公布指纹", self._announce)
        self.reveal = self.head.action("公布种子…", self._reveal)
        self.new_button = self.head.action("登记", self.new_item, kind=PRIMARY, keys="Ctrl N")
        self.head.filters(self.tabs, self.quarter)
        self.body.addWidget(self.tabs.stack, 1)
        self.tabs.shown.connect(self._shown)
        self.quarter.changed.connect(self._turn_quarter)
        yield
        self.tabs.show_tab("notes")

    def may_add(self) -> bool:
        _words, *rights = NEW.get(self.tabs.key, ("",))
        return any(self.desk.may(right) for right in rights)

    def _shown(self, key: str) -> None:
        self.head.clear_banner()
        self.head.set_lead(LEADS.get(key, ""))
        self.quarter.setVisible(key == "draw")
        for button in (self.announce, self.reveal):
            button.setVisible(key == "draw" and self.desk.may(Permission.DECIDE_CASE))
        self.new_button.set_text(NEW[key][0] if key in NEW else "登记")
        self.new_button.setVisible(self.may_add())
        self.refresh()

    def _turn_quarter(self) -> None:
        tab = self.tab()
        if isinstance(tab, DrawTab):
            tab.quarter = self.quarter.value()
            tab.load()

    def _announce(self) -> None:
        tab = self.tab()
        if isinstance(tab, DrawTab):
            tab.announce()

    def _reveal(self) -> None:
        tab = self.tab()
        if isinstance(tab, DrawTab):
            tab.reveal()


PAGE = Page("quality", "案件监督", "review", QualityPage, group=1, order=5, permission=Permission.LOOK)

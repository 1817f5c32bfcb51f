"""The kiosk's surfaces, put together: head, tiles, the panel beside them, full panels, foot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.kiosk.dispute_panel import DisputePanel
from app.ui.kiosk.full_panels import DonePanel, EarlyPanel, ExplainPanel, RecordsPanel
from app.ui.kiosk.head import KioskFoot, KioskHead
from app.ui.kiosk.leaving import LeavePanel
from app.ui.kiosk.pay_panel import PayPanel
from app.ui.kiosk.people_list import PeopleList
from app.ui.kiosk.rating_panel import RatingPanel
from app.ui.kiosk.side_panels import ActsPanel, InvitePanel, ReasonPanel, SearchPanel
from app.ui.theme import px
from app.ui.widgets.card import Card
from app.ui.widgets.pin import PinPad

Step = Callable[[], object]


@dataclass(frozen=True)
class KioskSteps:
    """What the surfaces call when somebody presses something."""

    home: Step
    rate: Step
    sign_out: Step
    my_shift: Step
    my_pay: Step
    leave_early: Step
    sign_out_now: Step
    find: Callable[[str], object]
    reasoned: Callable[[str], object]
    entered: Callable[[str], object]
    leave: Step


class Stage(QWidget):
    """All surfaces; which is shown is the window's affair."""

    def __init__(self, steps: KioskSteps) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self.head, self.foot, self.people = (
            KioskHead(steps.leave),
            KioskFoot(steps.rate, steps.my_pay),
            PeopleList(),
        )
        self.pad, self.invite = PinPad(most=6), InvitePanel()
        self.acts = ActsPanel(steps.sign_out, steps.my_shift, steps.my_pay, steps.home)
        self.search, self.reason = SearchPanel(steps.home), ReasonPanel(steps.home)
        self.done, self.records = DonePanel(steps.home), RecordsPanel(steps.sign_out_now, steps.home)
        self.pay, self.dispute = PayPanel(steps.home), DisputePanel(steps.home)
        self.explain, self.rating = ExplainPanel(steps.home), RatingPanel(steps.home)
        self.early = EarlyPanel(steps.leave_early, steps.home)
        self.leave = LeavePanel(steps.home)
        self._connect(steps)
        self.side, self.pages = QStackedWidget(), QStackedWidget()
        for panel in (self.invite, self.pad, self.acts, self.search, self.reason):
            self.side.addWidget(panel)
        self.home = self._home_page()
        asked = (self.pay, self.dispute, self.early, self.explain, self.rating, self.leave)
        for page in (self.home, self.done, self.records, *asked):
            self.pages.addWidget(page)
        self._frame()

    def beside(self, panel: QWidget) -> None:
        """Show a panel beside the tiles."""
        self.pages.setCurrentWidget(self.home)
        self.side.setCurrentWidget(panel)

    def whole(self, page: QWidget) -> None:
        """Show a panel over everything but the head."""
        self.pages.setCurrentWidget(page)

    def _connect(self, steps: KioskSteps) -> None:
        self.pad.entered.connect(steps.entered)
        self.pad.cancelled.connect(steps.home)
        self.search.typed.connect(steps.find)
        self.reason.given.connect(steps.reasoned)

    def _home_page(self) -> QWidget:
        made = QWidget()
        card = Card(pad=0).add(self.side, stretch=1)
        card.inner.setContentsMargins(16, 16, 16, 16)
        card.setMaximumWidth(px(460))
        left = QVBoxLayout()
        left.setSpacing(px(12))
        left.addWidget(self.people, 1)
        left.addWidget(self.foot)
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(32))
        line.addLayout(left, 54)
        line.addWidget(card, 46)
        return made

    def _frame(self) -> None:
        stack = QVBoxLayout(self)
        stack.setContentsMargins(40, 20, 40, 20)
        stack.setSpacing(12)
        stack.addWidget(self.head)
        stack.addWidget(self.pages, 1)

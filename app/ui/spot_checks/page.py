"""Lists a month's spot checks and complaints, registers new ones, and takes the word on those that wait (Y23, Y24)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.kernel.permissions import Permission
from app.services.attendance.decide import Decide
from app.services.attendance.exceptions_list import Judgement
from app.services.people.pool import Pool, PoolPerson
from app.services.sites.site_list import SiteList, SiteView
from app.services.supervision.evidence_month import (
    ComplaintView,
    Evidence,
    EvidenceMonth,
    HearingState,
    SpotCheckView,
)
from app.services.supervision.hear_person import NotifyPerson, PersonNotified
from app.ui.attendance.deciding import DecisionPane
from app.ui.attendance.forms import CheckForm, ComplaintForm, hits, site_choices
from app.ui.attendance.states import RESULT_TONES, STANDINGS, VERDICT_TONES
from app.ui.desk import Desk
from app.ui.page import Page
from app.ui.side_page import SidePage
from app.ui.spot_checks.draw_tab import SpotDrawTab
from app.ui.spot_checks.evidence_columns import CHECK_COLUMNS, COMPLAINT_COLUMNS
from app.ui.spot_checks.hearing import ExplanationForm, hearing_words
from app.ui.spot_checks.inspection_tab import InspectionTab
from app.ui.spot_checks.measure_tab import MeasureTab
from app.ui.spot_checks.meeting_tab import MeetingTab
from app.ui.spot_checks.problem_tab import ProblemTab
from app.ui.tab import Tab, tab_in_front
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.card import Card, columns
from app.ui.widgets.month import MonthPicker
from app.ui.widgets.table import Table
from app.ui.widgets.tabs import Tabs
from app.values import Month, SpotResult

SIDE = 372
NEW = {
    "checks": ("登记抽查", Permission.SPOT_CHECK, False),
    "complaints": ("登记抽查", Permission.SPOT_CHECK, False),
    "draw": ("公布指纹", Permission.DECIDE, True),
    "inspections": ("登记检查", Permission.SPOT_CHECK, True),
    "problems": ("登记问题", Permission.SPOT_CHECK, False),
    "meetings": ("登记例会", Permission.SPOT_CHECK, False),
    "measures": ("登记措施", Permission.SPOT_CHECK, False),
}
"""Tab → what its main step is called, its right, and whether it is a bureau's alone."""


class SpotChecksPage(SidePage):
    """Tabs 抽查 and 投诉 with one pane beside both, and the tabs of what else supervision does."""

    help_key = "spotchecks"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "督导")
        self._wanted = ""
        self.people: tuple[PoolPerson, ...] = ()
        self.sites: list[tuple[str, str]] = []

    def build(self) -> Iterator[None]:
        self.month = MonthPicker(self.desk.today())
        self.month.picked.connect(lambda *_: self.refresh())
        self.checks = Table(
            CHECK_COLUMNS, name="抽查", empty="本月还没有抽查。", first="登记第一次抽查", run=self.new_item
        )
        yield
        self.complaints = Table(COMPLAINT_COLUMNS, name="投诉", empty="本月没有投诉。")
        self.checks.selected.connect(self._show_check)
        self.complaints.selected.connect(self._show_complaint)
        yield
        self.pane = DecisionPane(self._decide, "选中一行，这里显示详情和认定办法")
        self.evidence = self._evidence()
        self.tabs = Tabs()
        self.tabs.add("checks", "抽查", lambda: self.evidence)
        self.tabs.add("complaints", "投诉", lambda: self.evidence)
        self.tabs.add("draw", "抽签", lambda: SpotDrawTab(self, self._month))
        self.tabs.add("inspections", "检查", lambda: InspectionTab(self, self._month, lambda: self.sites))
        self.tabs.add("problems", "问题", lambda: ProblemTab(self, lambda: self.sites))
        self.tabs.add("meetings", "例会", lambda: MeetingTab(self, self._month))
        self.tabs.add("measures", "措施", lambda: MeasureTab(self))
        self.tabs.shown.connect(self._shown)
        self.head.filters(self.month, self.tabs)
        self.complain = self.head.action("登记投诉", self._new_complaint)
        self.new_button = self.head.action("登记抽查", self.new_item, kind=PRIMARY, keys="Ctrl N")
        yield
        self.tabs.show_tab("checks")
        self.body.addWidget(self.tabs.stack, 1)

    def _evidence(self) -> QWidget:
        """The two lists with the one pane beside them."""
        self.lists = QStackedWidget()
        self.lists.addWidget(self.checks)
        self.lists.addWidget(self.complaints)
        self.hold(self.pane)
        made = QWidget()
        stack = QVBoxLayout(made)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addLayout(columns((Card(pad=1).add(self.lists, stretch=1), 1), (self.side, SIDE)), 1)
        return made

    # hooks

    def refresh(self) -> None:
        tab = self.tab()
        self.ask(SiteList(), self._take_sites)
        if tab is not None:
            tab.load()
            return
        self.ask(EvidenceMonth(self._month()), self._fill)
        self.ask(Pool(), self._take_people)

    def open_with(self, **wanted: Any) -> None:
        on = wanted.get("on") or wanted.get("month")
        self._wanted = str(wanted.get("row") or "")
        if isinstance(on, date | Month):
            self.month.set_value((on.year, on.month))
        named = "complaints" if wanted.get("complaints") else wanted.get("tab", "checks")
        self.tabs.show_tab(str(named))

    def focus_first(self) -> None:
        tab = self.tab()
        (tab.table if tab else self.checks if self.tabs.key == "checks" else self.complaints).setFocus()

    def new_item(self) -> None:
        tab = self.tab()
        if not self._may_add():
            return
        if tab is not None:
            tab.new_item()
            return
        form = CheckForm(self.desk, self.sites, self._site(), hits(self.people))
        self.fill_in(form, form.command, "已登记抽查", focus="person_id")

    def save_item(self) -> None:
        (self.tab() or self).side.submit_form()

    def go_back(self) -> bool:
        return (self.tab() or self).side.close_form()

    def tab(self) -> Tab | None:
        """The tab in front, where it is not one of the two lists of evidence."""
        return tab_in_front(self.tabs)

    def _month(self) -> Month:
        return Month(*self.month.value())

    def _may_add(self) -> bool:
        _words, right, is_bureaus = NEW[self.tabs.key]
        return self.desk.may(right) and (self.desk.is_bureau or not is_bureaus)

    def _shown(self, key: str) -> None:
        is_evidence = self.tab() is None
        if is_evidence:
            self.lists.setCurrentWidget(self.checks if key == "checks" else self.complaints)
        self.complain.setVisible(is_evidence and self.desk.may(Permission.HANDLE_COMPLAINT))
        self.new_button.set_text(NEW[key][0])
        self.new_button.setVisible(self._may_add())
        self.head.clear_banner()
        self.refresh()

    # filling

    def _fill(self, found: Evidence) -> None:
        parts = [
            f"抽查 {len(found.checks)} 次",
            found.quota.words if found.quota.asked else "",
            f"不在位 {found.absences} 次" if found.absences else "",
            f"投诉 {len(found.complaints)} 件" if found.complaints else "",
            f"{found.pending} 项待认定" if found.pending else "",
            f"{found.unmatched} 次待匹配班次" if found.unmatched else "",
            f"{found.to_notify} 项待通知本人" if found.to_notify else "",
        ]
        if self.tab() is not None:
            return
        self.head.set_lead("，".join(filter(None, parts)), "due" if found.pending else "")
        for table, rows in ((self.checks, found.checks), (self.complaints, found.complaints)):
            table.set_rows(rows)
            named = next((row for row in rows if self._wanted and row.id == self._wanted), None)
            if named is not None:
                table.select(named)
                self._wanted = ""
        self.tabs.set_title("complaints", f"投诉 {len(found.complaints)}" if found.complaints else "投诉")
        self._show_current()

    def _take_people(self, people: tuple[PoolPerson, ...]) -> None:
        self.people = people

    def _take_sites(self, found: Sequence[SiteView]) -> None:
        self.sites = site_choices(found)

    def _site(self) -> str:
        own, codes = self.desk.own_duty_site, [code for code, _ in self.sites]
        return own if own in codes or not codes else codes[0]

    # the pane

    def _show_current(self) -> None:
        if self.side.form is not None:
            return
        if self.tabs.key == "checks":
            self._show_check(self.checks.current())
        else:
            self._show_complaint(self.complaints.current())

    def _show_check(self, row: SpotCheckView | None) -> None:
        if self.tabs.key != "checks":
            return
        if row is None:
            self.pane.show_nothing()
            return
        tone, standing = STANDINGS[row.standing]
        self.pane.begin(_title(row)).facts(
            ("结果", row.result, RESULT_TONES[row.result]),
            ("认定", standing, tone),
            ("站点", row.site_name),
            ("班次", row.duty or "没有对应的班次"),
            ("方式", row.method),
            ("抽查人", row.inspector),
            *((("本人理由", row.reason),) if row.reason else ()),
            columns=1,
        )
        self._offer(row, Judgement.absence if row.result is SpotResult.absent else Judgement.sham)

    def _show_complaint(self, row: ComplaintView | None) -> None:
        if self.tabs.key != "complaints":
            return
        if row is None:
            self.pane.show_nothing()
            return
        self.pane.begin(_title(row)).facts(
            ("核实结果", row.verdict, VERDICT_TONES[row.verdict]),
            ("站点", row.site_name),
            ("咨询编号", row.number or "无"),
            columns=1,
        )
        self.pane.note(row.matter or "没有写明事由")
        self._offer(row, Judgement.complaint)

    def _offer(self, row: SpotCheckView | ComplaintView, judgement: Judgement) -> None:
        for words in hearing_words(row.hearing):
            self.pane.note(words)
        if row.decided:
            self.pane.note(f"认定理由　{row.decided}")
        steps = self._hearing_steps(row)
        if row.is_pending and self.desk.may(Permission.DECIDE) and not row.hearing.is_mine:
            self.pane.offer(row.id, judgement, *steps)
        elif steps:
            self.pane.end(*steps)

    def _hearing_steps(self, row: SpotCheckView | ComplaintView) -> tuple[Button, ...]:
        """Telling the person, then his explanation; nothing once it was verified."""
        state = row.hearing.procedure
        if state in (None, HearingState.verified) or not self.desk.may(Permission.HANDLE_COMPLAINT):
            return ()
        explain = Button("登记说明…", partial(self._explain, row))
        if state is HearingState.to_notify:
            return (Button("通知本人", partial(self._notify, row)), explain)
        return (explain,)

    def _notify(self, row: SpotCheckView | ComplaintView) -> None:
        def told(made: PersonNotified) -> None:
            self.done(f"已记下通知，请在 {made.due_on.month}月{made.due_on.day}日以前收到说明")

        self.do(NotifyPerson(row.id), told)

    def _explain(self, row: SpotCheckView | ComplaintView) -> None:
        form = ExplanationForm(row.name)
        self.fill_in(form, lambda: form.command(row.id), "已登记本人说明，由另一人核实", focus="text")

    def _decide(self, subject: str, is_approved: bool, reason: str) -> None:
        self.do(Decide(subject, is_approved, reason), lambda _id: self.done("已认定"))

    # forms

    def _new_complaint(self) -> None:
        form = ComplaintForm(self.desk, self.sites, self._site(), hits(self.people))
        self.fill_in(form, form.command, "已登记投诉", focus="person_id")


def _title(row: SpotCheckView | ComplaintView) -> str:
    return f"{row.name}　{row.on.month}月{row.on.day}日 {row.at:%H:%M}"


PAGE = Page("spotchecks", "督导", "spotcheck", SpotChecksPage, group=1, order=2, permission=Permission.LOOK)

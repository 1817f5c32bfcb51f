"""Shows a month's attendance duty by duty and what waits for somebody; corrections are asked for and decided here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from app.documents.drawn import DrawnPaper
from app.kernel.permissions import Permission
from app.services.attendance.attendance_month import AttendanceMonth, DutyAttendance, MonthOfAttendance
from app.services.attendance.exceptions_list import ExceptionItem, ExceptionKind, ExceptionsList
from app.services.exchange.decide_late import decision_about
from app.services.people.pool import Pool, PoolPerson
from app.services.sites.site_list import SiteList, SiteView
from app.ui.attendance.columns import ITEM_COLUMNS, ROW_COLUMNS
from app.ui.attendance.deciding import DecisionPane
from app.ui.attendance.facts import facts_of, rostered_edge
from app.ui.attendance.forms import CorrectionForm, hits, site_choices
from app.ui.attendance.paper import PaperSignInForm, SheetForm
from app.ui.delivery_tag import delivery_column
from app.ui.desk import Desk
from app.ui.drawn import show_drawn
from app.ui.page import Page
from app.ui.side_page import SidePage
from app.ui.theme import px
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, columns
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.month import MonthPicker
from app.ui.widgets.person import PersonHit
from app.ui.widgets.preview import Preview
from app.ui.widgets.table import Table
from app.ui.widgets.tabs import Tabs
from app.values import Month

SIDE = 372
LEAST = 560
Wanted = tuple[str, str, date | None]
NOTHING: Wanted = ("", "", None)
NO_PUNCH = (ExceptionKind.no_sign_in, ExceptionKind.no_sign_out)
"""What a correction settles."""
FROZEN = {"submitted": "已上报，退回前不能增改", "settled": "已结算锁定", "": ""}


class AttendancePage(SidePage):
    """Tabs 考勤表 and 待处理, the pane that follows the selection."""

    help_key = "attendance"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "考勤")
        self.site = desk.own_duty_site
        self.people: tuple[PoolPerson, ...] = ()
        self.found: MonthOfAttendance | None = None
        self._wanted: Wanted | None = NOTHING
        self.preview: Preview | None = None
        self._corrects = False

    def build(self) -> Iterator[None]:
        self._build_head()
        yield
        self.rows = Table(
            [*ROW_COLUMNS, *([] if self.desk.is_bureau else [delivery_column(yields=2)])],
            name="考勤表",
            empty="本月还没有已公布的值班。先排班并发布，签到才对得上班次。",
            first="去排班",
            run=lambda: self.desk.go("roster"),
        )
        yield
        self.items = Table(ITEM_COLUMNS, name="待处理", empty="没有等待处理的事项。")
        self.rows.selected.connect(self._show_row)
        self.items.selected.connect(self._show_item)
        yield
        self.pane = DecisionPane(self._decide, "选中一行，这里显示签到签退和处理办法")
        self.hold(self.pane)
        self.tabs = Tabs()
        self.tabs.add("rows", "考勤表", lambda: self.rows)
        self.tabs.add("items", "待处理", lambda: self.items)
        self.tabs.shown.connect(lambda _key: self._show_current())
        self.head.filters(self.month, *([self.sites] if self.desk.is_bureau else []), self.tabs)
        self.tabs.show_tab("rows")
        self.body.addLayout(
            columns((Card(pad=1).add(self.tabs.stack, stretch=1), 1), (self.side, SIDE), least=LEAST),
            1,
        )

    def _build_head(self) -> None:
        self.month = MonthPicker(self.desk.today())
        self.month.picked.connect(lambda *_: self._open_again())
        self.sites = ChoiceField("", hint="站点名或首字母")
        self.sites.editor.setAccessibleName("站点")
        self.sites.setFixedWidth(px(160))
        self.sites.changed.connect(self._site_chosen)
        if self.desk.may(Permission.RECORD_ATTENDANCE):
            self.head.action("打印纸质单", self._choose_sheet, keys="Ctrl P")
            self.paper_button = self.head.action("纸质签到", self._record_paper)
            self.ask_button = self.head.primary("补签", self.new_item, keys="Ctrl N")

    # hooks

    def refresh(self) -> None:
        month = Month(*self.month.value())
        self.ask(AttendanceMonth(month, self.site), self._fill)
        self.ask(ExceptionsList(month, self.site), self._fill_items)
        self.ask(Pool(), self._take_people)
        if self.desk.is_bureau and self.sites.value() is None:
            self.ask(SiteList(), self._fill_sites)

    def open_with(self, **wanted: Any) -> None:
        self.site = str(wanted.get("site") or self.site)
        on = wanted.get("on") or wanted.get("month")
        self._wanted = (
            str(wanted.get("row") or ""),
            str(wanted.get("person") or ""),
            on if isinstance(on, date) else None,
        )
        self._corrects = bool(wanted.get("correct"))
        if isinstance(on, date | Month):
            self.month.set_value((on.year, on.month))
        if self.sites.value() is not None:
            self.sites.set_value(self.site)
        self.tabs.show_tab("items" if wanted.get("waiting") else "rows")
        self.refresh()

    def focus_first(self) -> None:
        (self.rows if self.tabs.key == "rows" else self.items).setFocus()

    def new_item(self) -> None:
        row = self.rows.current() if self.tabs.key == "rows" else None
        self._ask_correction(row)

    # filling

    def _fill(self, found: MonthOfAttendance) -> None:
        self.found = found
        frozen = FROZEN[found.frozen]
        parts = [
            found.site_name,
            f"{len(found.rows)} 个班次",
            f"{found.faults} 个有问题" if found.faults else "",
            frozen,
        ]
        self.head.set_lead("，".join(filter(None, parts)), "due" if found.faults or frozen else "")
        self.rows.set_rows(found.rows)
        self._select_wanted(found.rows)
        if self.desk.may(Permission.RECORD_ATTENDANCE):
            self.ask_button.setEnabled(not found.frozen)
            self.paper_button.setEnabled(not found.frozen)
        if self.tabs.key == "rows":
            self._show_row(self.rows.current())

    def _select_wanted(self, rows: Sequence[DutyAttendance]) -> None:
        """What another page named; else, when a month is opened, the first line with a problem."""
        if self._wanted is None or not rows:
            return
        row_id, person, on = self._wanted
        self._wanted = None
        named = (
            [row for row in rows if row_id in (row.id, row.duty_id, *row.row_ids, *row.part_ids)]
            if row_id
            else []
        )
        named += [row for row in rows if person and (row.person_id, row.on) == (person, on)]
        faulty = [row for row in rows if row.state.is_problem]
        self.rows.select((named or faulty or rows)[0])
        if self._corrects and named:
            self._ask_correction(named[0])
        self._corrects = False

    def _fill_items(self, items: tuple[ExceptionItem, ...]) -> None:
        self.items.set_rows(items)
        self.tabs.set_title("items", f"待处理 {len(items)}" if items else "待处理")
        if self.tabs.key == "items":
            self._show_item(self.items.current())

    def _take_people(self, people: tuple[PoolPerson, ...]) -> None:
        self.people = people

    def _fill_sites(self, found: Sequence[SiteView]) -> None:
        mine = [one for one in found if one.code == self.site or one.parent == self.desk.place.code]
        self.sites.set_choices(site_choices(mine))
        self.sites.set_value(self.site)

    def _site_chosen(self) -> None:
        if self.sites.value() and self.sites.value() != self.site:
            self.site = self.sites.value()
            self._open_again()

    def _open_again(self) -> None:
        self._wanted = self._wanted or NOTHING
        self.refresh()

    # the pane

    def _show_current(self) -> None:
        self.side.close_form()
        if self.tabs.key == "rows":
            self._show_row(self.rows.current())
        else:
            self._show_item(self.items.current())

    def _show_row(self, row: DutyAttendance | None) -> None:
        if self.tabs.key != "rows":
            return
        if row is None:
            self.pane.show_nothing()
            return
        self.pane.begin(f"{row.name}　{row.on.month}月{row.on.day}日 {row.hours}").facts(
            *facts_of(row), columns=1
        )
        for words in (row.raw and f"更正前：{row.raw}", *row.waiting):
            if words:
                self.pane.note(words)
        steps = [Button("补签…", lambda: self._ask_correction(row))] if self._may_correct(row) else []
        if (
            self.desk.is_bureau
            and row.site != self.desk.own_duty_site
            and self.desk.may(Permission.REVIEW_MONTH)
        ):
            steps.append(Button("退回更正…", lambda: self._send_back(row)))
        self.pane.end(*steps)

    def _send_back(self, row: DutyAttendance) -> None:
        kind, row_id = ("duty", row.duty_id) if row.duty_id else ("punch", row.part_ids[0])
        self.desk.go(
            "returned", send_back=(kind, row_id, f"{row.name} {row.on.month}月{row.on.day}日 {row.hours}")
        )

    def _show_item(self, item: ExceptionItem | None) -> None:
        if self.tabs.key != "items":
            return
        if item is None:
            self.pane.show_nothing()
            return
        self.pane.begin(f"{item.title}　{item.name}").facts(
            ("日期", f"{item.on}"), ("站点", item.site_name), columns=1
        )
        self.pane.note(item.text)
        if item.judgement is not None and self.desk.may(Permission.DECIDE):
            self.pane.offer(item.id, item.judgement)
        elif item.hint or item.may_decide:
            self.pane.note(item.hint or "由有审定权限的人员处理")
        if not item.may_decide and item.kind in NO_PUNCH and self._may_correct():
            row = next((one for one in self.rows.rows() if one.duty_id == item.id), None)
            self.pane.end(Button("补签…", lambda: self._ask_correction(row)))

    def _decide(self, subject: str, is_approved: bool, reason: str) -> None:
        self.do(decision_about(subject, is_approved, reason), lambda _id: self.done("已审定"))

    # paper

    def print_item(self) -> None:
        """The sheets for duties without a kiosk."""
        if self.desk.may(Permission.RECORD_ATTENDANCE):
            self._choose_sheet()

    def _choose_sheet(self) -> None:
        form = SheetForm(self.desk, self.site)

        def show(drawn: DrawnPaper) -> None:
            self.preview = show_drawn(self, drawn)

        self.side.show_form(form, lambda: self.ask(form.query(), show, slot="sheet"))

    def _record_paper(self) -> None:
        if self._may_correct():
            row = self.rows.current() if self.tabs.key == "rows" else None
            on = row.on if row else self.desk.today()
            form = PaperSignInForm(self.desk, self.site, hits(self.people), on)
            if row is not None:
                form.form.set_values({"person_id": PersonHit(row.person_id, row.name)})
            self.fill_in(form, form.command, "已登记纸质签到")

    # asking for a correction

    def _may_correct(self, row: DutyAttendance | None = None) -> bool:
        """Whether a correction is taken; in a reported month of the line that the bureau sent back."""
        is_open = self.found is not None and not self.found.frozen
        return (is_open or bool(row and row.is_opened)) and self.desk.may(Permission.RECORD_ATTENDANCE)

    def _ask_correction(self, row: DutyAttendance | None) -> None:
        if not self._may_correct(row):
            return
        person = PersonHit(row.person_id, row.name) if row else None
        lacks_in = row is not None and row.in_at is None
        row_id = row.row_ids[-1] if row and row.row_ids and not lacks_in else ""
        form = CorrectionForm(
            self.desk,
            self.site,
            person,
            hits(self.people),
            at=rostered_edge(row, lacks_in, self.desk.now()),
            direction="in" if lacks_in else "out",
            row_id=row_id,
        )
        self.fill_in(form, form.command, "已登记补签，等待另一人审定")


PAGE = Page("attendance", "考勤", "attendance", AttendancePage, group=0, order=2, permission=Permission.LOOK)

"""Shows which unit has reported which month, and lets the reviewer pass, adjust or return it line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtGui import QGuiApplication

from app.documents.text_pdf import Letter
from app.kernel.permissions import Permission
from app.services.exchange.decide_late import DecideLateChange, LateChanges, LateView
from app.services.money.county_months import CountyMonths, CountyRow
from app.services.money.review_matrix import MatrixView, ReviewMatrix
from app.services.money.review_month import ReviewMonth
from app.services.money.review_sheet import LineStanding, ReviewLine, ReviewSheet, ReviewSheetView
from app.services.pairs.pairs_month import PairsMonth, PairView
from app.ui.desk import Desk
from app.ui.evidence import Where
from app.ui.files import show_letter
from app.ui.month_choice import closing_month, month_text, parse_month
from app.ui.page import BUREAUS, Page
from app.ui.pay.small_forms import AdjustForm
from app.ui.review.county_words import counties_lead, county_words
from app.ui.review.matrix_columns import SHOWN_MONTHS, UnitRow, matrix_columns, matrix_lead
from app.ui.review.reminder import reminder_letter, reminder_text
from app.ui.review.reminder_line import ReminderLine
from app.ui.review.review_pane import Answers, ReviewPane
from app.ui.side_page import SidePage
from app.ui.widgets.card import Card, column, columns
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.month import MonthPicker
from app.ui.widgets.table import Table
from app.values import Level, Month


class ReviewPage(SidePage):
    """Units × months on the left, the month under review on the right."""

    help_key = "review"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "上报矩阵")
        self._wanted = ""
        self._found: MatrixView | None = None
        self._counties: tuple[CountyRow, ...] = ()

    def build(self) -> Iterator[None]:
        self.month = MonthPicker(self.desk.today())
        self.month.set_value(closing_month(self.desk.today()))
        self.month.picked.connect(lambda *_: self.refresh())
        self.head.filters(self.month)
        self.head.action("单条退回", lambda: self.desk.go("returned"), icon="undo")
        self.pairs = self.head.action("跨站重复", self._open_pairs, icon="link")
        self.remind_button = self.head.action("催报", self.remind)
        self.remind_button.setEnabled(False)
        self.head.primary("写全部回执", lambda: self.desk.go("exchange"), keys="Ctrl R")
        yield
        self.matrix = Table(matrix_columns(), name="上报矩阵", empty="还没有下属单位", row_height=32)
        self.matrix.selected.connect(self._select)
        yield
        self.pane: ReviewPane = ReviewPane(
            Answers(self._approve, self._adjust, self._send_back, self._decide_late, self._open_record)
        )
        self.matrix.activated.connect(lambda _row: self.pane.lines.setFocus())
        yield
        self.confirm = ConfirmLine()
        self.reminder = ReminderLine(self._print_reminder)
        right = column(self.confirm, self.hold(self.pane), spacing=8)
        self.body.addWidget(self.reminder)
        self.body.addLayout(columns((Card(pad=1).add(self.matrix, stretch=1), 1), (right, 440)), 1)

    # hooks

    def refresh(self) -> None:
        self.ask(ReviewMatrix(self._month_text(), SHOWN_MONTHS), self._fill)
        self.ask(PairsMonth(Month.parse(self._month_text())), self._count_pairs)
        if self.desk.level is Level.city:
            self.ask(CountyMonths(self._month_text(), SHOWN_MONTHS), self._fill_counties)

    def open_with(self, **wanted: Any) -> None:
        if wanted.get("month"):
            self.month.set_value(parse_month(str(wanted["month"])))
        self._wanted = str(wanted.get("site") or "")
        self.refresh()

    def focus_first(self) -> None:
        self.matrix.setFocus()

    def go_back(self) -> bool:
        was_open = self.side.form is not None or self.confirm.isVisible() or self.reminder.isVisible()
        self.confirm.close_line()
        self.reminder.hide()
        self.side.close_form()
        return was_open

    # what was asked for

    def _fill(self, found: MatrixView) -> None:
        self._found = found
        self.reminder.hide()
        for at, month in enumerate(found.months):
            self.matrix.model.set_title(f"m{at}", f"{month.month}月")
        self._show_rows()
        if self._wanted:
            self.matrix.select(next((row for row in found.rows if row.id == self._wanted), None))
            self._wanted = ""
        self._select(self.matrix.current())

    def _count_pairs(self, found: tuple[PairView, ...]) -> None:
        self.pairs.set_text(f"跨站重复 {len(found)}" if found else "跨站重复")

    def _open_pairs(self) -> None:
        self.desk.go("pairs", month=self._month_text())

    def _fill_counties(self, found: tuple[CountyRow, ...]) -> None:
        self._counties = found
        self._show_rows()

    def _show_rows(self) -> None:
        self.matrix.set_rows([*(self._found.rows if self._found else ()), *self._counties])
        self.remind_button.setEnabled(bool(self._late()))
        if self._found is not None:
            lead = matrix_lead(self._found) + counties_lead(self._counties)
            self.head.set_lead(lead, "due" if self._found.overdue else "")

    def _late(self) -> list[str]:
        """The units below that are late with the month, by name; this office does not remind itself."""
        own = self.desk.own_duty_site
        sites = [row.name for row in self._found.overdue if row.id != own] if self._found else []
        return sites + [row.name for row in self._counties if row.cells[-1].is_overdue]

    # the reminder

    def remind(self) -> None:
        """Put the reminder for the late units on the clipboard and show it."""
        letter = self._reminder()
        if letter is not None:
            QGuiApplication.clipboard().setText(reminder_text(letter))
            self.reminder.show_text(reminder_text(letter))
            self.done("催报通知已复制，可以粘贴到消息里")

    def _reminder(self) -> Letter | None:
        late, found = self._late(), self._found
        if not late or found is None or found.due_at is None:
            return None
        return reminder_letter(
            found.months[-1], found.due_at, late, self.desk.place.site_name, self.desk.today()
        )

    def _print_reminder(self) -> None:
        letter = self._reminder()
        if letter is not None:
            show_letter(self, letter, f"催报通知-{self._month_text()}.pdf")

    # the month selected

    def _select(self, row: UnitRow | None) -> None:
        if row is None:
            self.pane.show_nothing()
        elif isinstance(row, CountyRow):
            self.pane.show_nothing(county_words(row, self._month_text()))
        else:
            self.ask(ReviewSheet(row.id, self._month_text()), self._show)

    def _show(self, found: ReviewSheetView) -> None:
        self.pane.show_month(found, may_review=self.desk.may(Permission.REVIEW_MONTH))
        self.ask(LateChanges(found.site, str(found.month)), self._show_late)

    def _show_late(self, found: tuple[LateView, ...]) -> None:
        self.pane.show_late(found, may_review=self.desk.may(Permission.REVIEW_MONTH))

    # answers

    def _approve(self) -> None:
        found = self.pane.found
        if found is None:
            return
        doubts = sum(one.standing is LineStanding.doubtful for one in found.lines) + len(found.others)
        if doubts:
            self.confirm.ask(
                f"{found.site_name}还有 {doubts} 处待定，通过后按现状结算。",
                "仍然通过",
                lambda _: self._answer(True, ""),
            )
        else:
            self._answer(True, "")

    def _send_back(self) -> None:
        found = self.pane.found
        if found is not None:
            self.confirm.ask(
                f"退回{found.site_name}{found.month.month}月第 {found.state.number} 版，站点更正后重新上报。",
                "退回",
                lambda reason: self._answer(False, reason),
                is_dangerous=True,
                needs_reason=True,
            )

    def _decide_late(self, change: LateView, is_accepted: bool) -> None:
        word = "采用" if is_accepted else "不采用"
        result = "按更改后的计算" if is_accepted else "仍按上报时的计算"
        self.confirm.ask(
            f"{change.on} {change.name} {change.what}：{word}，{result}。",
            word,
            lambda reason: self.do(
                DecideLateChange(change.id, is_accepted, reason), lambda _: self.done(f"已决定：{word}")
            ),
            is_dangerous=True,
            needs_reason=True,
        )

    def _answer(self, is_approved: bool, reason: str) -> None:
        found = self.pane.found
        if found is not None:
            command = ReviewMonth(
                found.site, str(found.month), is_approved, reason, found.state.submission_id
            )
            self.do(command, lambda _: self.done(f"{found.site_name}{'已通过' if is_approved else '已退回'}"))

    def _adjust(self, line: ReviewLine) -> None:
        form = AdjustForm(self._month_text(), line)
        self.fill_in(form, form.command, "已调整，原行保留")

    def _open_record(self, where: Where) -> None:
        page, wanted = where
        self.desk.go(page, **wanted)

    def _month_text(self) -> str:
        return month_text(self.month.value())


PAGE = Page(
    "review",
    "上报矩阵",
    "matrix",
    ReviewPage,
    group=0,
    order=2,
    permission=Permission.LOOK,
    levels=BUREAUS,
)

"""The page a day begins with: what waits, most urgent first, who sits duty, who came, how the year stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.documents.drawn import DrawnPaper
from app.kernel.permissions import Permission
from app.services.roster.duty_board import PrintDutyBoard
from app.services.today.today_desk import TodayDesk, TodayView
from app.services.today.urgent_kinds import Urgent
from app.ui.attendance.states import DUTY_TONES
from app.ui.consultations.side_cards import record_state
from app.ui.desk import Desk
from app.ui.drawn import show_drawn
from app.ui.page import Action, Page, PageView
from app.ui.roster.poster import PosterSteps
from app.ui.today.board import BoardWindow
from app.ui.today.cards import DueCard, PayCard, YearCard
from app.ui.today.urgent_steps import SHOWN, urgent_page
from app.ui.today.urgent_words import urgent_sentence, urgent_tag, urgent_wanted
from app.ui.widgets.card import Card, column, columns
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.preview import Preview
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.values import Month

SIDE = 332


class TodayPage(PageView):
    """Everything watched, since everything may change the day."""

    help_key = "today"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "今日")
        self._is_filled = False
        self.poster = PosterSteps(self)
        self.board: BoardWindow | None = None
        self.preview: Preview | None = None

    def build(self) -> Iterator[None]:
        self.head.action("今日我当班", self.show_board)
        self.head.action("打印值班表", self.print_item, keys="Ctrl P")
        if self.desk.may(Permission.RECORD_CONSULTATION):
            self.head.primary("新咨询", self.new_item, keys="Ctrl N")
        self.urgent = self._urgent_table()
        self.calm = EmptyState("没有等您处理的事。", icon="check")
        self.calm.hide()
        yield
        self.duties, self.records = self._duty_table(), self._record_table()
        yield
        self.year, self.due, self.pay = YearCard(), DueCard(), PayCard()
        right = column(self.year, self.due, self.pay, None)
        yield
        self.todo = Card(pad=8).add(self.urgent, self.calm)
        left = column(
            self.todo, Card("今天的值班").add(self.duties), Card("今天的咨询").add(self.records), None
        )
        self.body.addLayout(columns((left, 1), (right, SIDE)), 1)
        self.urgent.activated.connect(self.open_urgent)
        self.urgent.pressed.connect(lambda found, _key: self.open_urgent(found))
        self.duties.activated.connect(
            lambda found: self.desk.go("attendance", on=self.desk.today(), row=found.id)
        )
        self.records.activated.connect(lambda found: self.desk.go("consultations", id=found.id))

    def _urgent_table(self) -> Table:
        return Table(
            [
                Column("tag", "", 170, "tag", tag=lambda r: (SHOWN[r.kind].tone, urgent_tag(r))),
                Column("text", "", value=self._sentence),
                Column("step", "", 104, "action", action=lambda r: SHOWN[r.kind].step),
            ],
            name="等您处理",
            has_header=False,
            fit_rows=True,
            row_height=43,
        )

    def _duty_table(self) -> Table:
        shown = [
            Column("hours", "时段", 190, "hours"),
            Column("person", "值班人员", sub=lambda r: r.about),
            Column("in_at", "签到", 84, value=lambda r: f"{r.in_at:%H:%M:%S}" if r.in_at else None),
            Column("out_at", "签退", 84, value=lambda r: f"{r.out_at:%H:%M:%S}" if r.out_at else None),
            Column("records", "本班咨询", 84, value=lambda r: f"{r.records} 人次" if r.records else None),
            Column("state", "状态", 110, "tag", tag=lambda r: (DUTY_TONES[r.state], r.state)),
        ]
        if self.desk.is_bureau:
            shown.insert(1, Column("place", "站点", 96))
        return Table(
            shown,
            name="今天的值班",
            empty="今天没有排班",
            first="去排班",
            run=lambda: self.desk.go("roster"),
            fit_rows=True,
        )

    def _record_table(self) -> Table:
        return Table(
            [
                Column("at", "时间", 72, value=lambda r: f"{r.at:%H:%M}"),
                Column("client", "咨询人", 84),
                Column("topics", "事项", 150),
                Column("groups", "人群", 130),
                Column("handling", "处理"),
                Column("state", "记录", 110, "tag", tag=record_state),
            ],
            name="今天的咨询",
            empty="今天还没有咨询",
            first="登记第一条",
            run=self.new_item,
            fit_rows=True,
        )

    # hooks

    def refresh(self) -> None:
        """Ask for the day."""
        self.ask(TodayDesk(), self._fill)

    def focus_first(self) -> None:
        """The most urgent thing; one Enter opens it."""
        (self.urgent if self.urgent.rows() else self.duties).setFocus()

    def new_item(self) -> None:
        """A new consultation."""
        self.desk.go("consultations", new=True)

    def print_item(self) -> None:
        """The month's poster as it hangs on the wall."""
        self.poster.preview(self.desk.own_duty_site, Month.of(self.desk.today()))

    def show_board(self) -> None:
        """Who sits today, for the second screen."""
        self.board = self.board or BoardWindow(self)
        self.board.open()

    def print_board(self) -> None:
        """The same on paper, for the door."""

        def show(drawn: DrawnPaper) -> None:
            self.preview = show_drawn(self, drawn)

        self.ask(PrintDutyBoard(self.desk.own_duty_site), show, slot="board")

    def steps(self) -> Sequence[Action]:
        """The day's steps in the palette."""
        return (
            Action("新咨询", self.new_item, "Ctrl N"),
            Action("打印值班表", self.print_item, "Ctrl P"),
            Action("今日我当班（第二屏）", self.show_board),
            Action("打印今日我当班", self.print_board),
        )

    def open_urgent(self, found: Urgent) -> None:
        """Go where the thing is settled."""
        self.desk.go(urgent_page(found.kind, is_bureau=self.desk.is_bureau), **urgent_wanted(found))

    def _sentence(self, found: Urgent) -> str:
        return urgent_sentence(found, self.desk.place.site_name)

    def _fill(self, day: TodayView) -> None:
        self.head.set_lead(lead_of([self._sentence(one) for one in day.urgent]))
        self.urgent.set_rows(day.urgent)
        _show(self.urgent, bool(day.urgent))
        _show(self.calm, not day.urgent)
        self.duties.set_rows(day.duties)
        self.records.set_rows(day.records)
        self.year.show_day(day)
        self.due.show_due(day.due)
        self.pay.show_pay(day.pay)
        if not self._is_filled and self.isVisible():
            self._is_filled = True
            self.focus_first()


def lead_of(found: Sequence[str]) -> str:
    """3 件事等您处理，最急的一件：……"""
    return f"{len(found)} 件事等您处理，最急的一件：{found[0]}" if found else "今天没有等您处理的事"


def _show(widget: QWidget, is_shown: Any) -> None:
    widget.setVisible(bool(is_shown))


PAGE = Page("today", "今日", "today", TodayPage, group=0, order=0)

"""Drafts, checks and publishes a site's month on a calendar, and keeps every later change with its reason (Y04, Y09)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kernel.permissions import Permission
from app.services.roster.month_view import DutyState, RosterDay, RosterView
from app.services.roster.publish_roster import PublishRoster
from app.services.roster.roster_month import RosterMonth
from app.services.sites.site_list import SiteList, SiteView
from app.ui.desk import Desk
from app.ui.page import Action, Page
from app.ui.roster.calendar import days_of, published_text, selected
from app.ui.roster.cards import BalanceCard, BudgetCard, WallCard
from app.ui.roster.fill_steps import FillSteps
from app.ui.roster.month_steps import name_months
from app.ui.roster.pane import RosterPane
from app.ui.roster.poster import PosterSteps
from app.ui.roster.seat_steps import SeatPage, SeatSteps
from app.ui.roster.side import RosterSide
from app.ui.theme import current, px
from app.ui.widgets.banner import Banner
from app.ui.widgets.card import Card, column, columns
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.month_cell import CalendarDay
from app.ui.widgets.month_grid import MonthGrid
from app.ui.widgets.scrolled import scrolled_column
from app.values import Month

SIDE = 292


class RosterPage(SeatPage):
    """The month of one site: calendar, the pane that follows the selection, balance and budget."""

    help_key = "roster"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "排班")
        self.month = Month.of(desk.today())
        self.site = desk.own_duty_site
        self.view: RosterView | None = None
        self.duty_id = ""
        self._is_pane_kept = self._is_filling = False
        self._is_large = current().scale > 100
        self.poster, self.filling = PosterSteps(self), FillSteps(self)

    def build(self) -> Iterator[None]:
        self._build_head()
        yield
        self.grid = MonthGrid()
        self.seats = SeatSteps(self)
        self.pane, self.confirm = RosterPane(self.seats), ConfirmLine()
        yield
        self.balance, self.budget, self.wall = BalanceCard(), BudgetCard(), WallCard(self.export)
        self.side = RosterSide(self.pane, (self.balance, self.budget, self.wall))
        self.side.setMinimumHeight(px(148))
        yield
        cards = column(self.side, self.balance, self.budget, self.wall, spacing=12)
        cards.setStretch(0, 1)
        # with large text they stand below the calendar, where the page itself scrolls
        beside: QWidget | QVBoxLayout = cards if self._is_large else scrolled_column(cards)
        self.validity = Banner()
        self.body.addWidget(self.validity)
        self.body.addWidget(self.confirm)
        calendar = Card(pad=1).add(self.grid)
        self.pending = calendar.await_answer()
        self.body.addLayout(columns((calendar, 1), (beside, SIDE)), 1)
        self._connect()

    def _build_head(self) -> None:
        self.sites = ChoiceField("", hint="站点名或首字母")
        self.sites.editor.setAccessibleName("站点")
        self.sites.setFixedWidth(px(104))
        if self.desk.is_bureau:
            self.head.beside(self.sites)
            self.sites.changed.connect(self._site_chosen)
        self.back = self.head.action("", lambda: self.step(-1))
        self.on = self.head.action("", lambda: self.step(1))
        copy = "复制" if self._is_large else "复制上月"
        self.copy_button = self.head.action(copy, self.filling.copy_last, keys="Ctrl D")
        self.fill_button = self.head.action("补齐", self.filling.propose, keys="B")
        self.check_button = self.head.action("检查", self.check, keys="V")
        self.head.action("公示表", self.print_item)
        self.publish_button = self.head.primary("发布", self.publish, keys="P")
        name_months(self.back, self.on, self.month, is_short=self._is_large)

    def _connect(self) -> None:
        self.grid.moved.connect(self._moved)
        self.grid.spaced.connect(lambda _on: self.seats.assign())
        self.grid.opened.connect(self._opened)
        self.grid.chip_clicked.connect(self._clicked)
        self.grid.stepped.connect(self.step)

    # showing

    def refresh(self) -> None:
        """Ask for the month, and for the sites a bureau may choose from."""
        if self.desk.is_bureau and self.sites.value() is None:
            self.ask(SiteList(), self._fill_sites)
        self.ask(RosterMonth(self.site, self.month), self._fill)

    def open_with(
        self, site: str = "", month: Month | None = None, on: date | None = None, **wanted: Any
    ) -> None:
        """Show a site, a month or a day that another page names."""
        self.site = site or self.site
        self.month = Month.of(on) if on else month or self.month
        if on is not None:
            self.grid.go_to(on)
        self.refresh()

    def focus_first(self) -> None:
        """Work begins in the calendar."""
        self.grid.setFocus()

    def steps(self) -> Sequence[Action]:
        """The page's steps in the palette."""
        return (
            Action("复制上月排班", self.filling.copy_last, "Ctrl D"),
            Action("自动补齐排班", self.filling.propose, "B"),
            Action("检查排班", self.check, "V"),
            Action("发布排班", self.publish, "P"),
            Action("导出值班公示表", self.export),
            Action("导入排班表", lambda: self.desk.go("import", kind="roster")),
        )

    def step(self, by: int) -> None:
        """The next month, or the one before."""
        self.month = self.month.next() if by > 0 else self.month.previous()
        self.duty_id = ""
        name_months(self.back, self.on, self.month, is_short=self._is_large)
        self.refresh()

    def _fill(self, view: RosterView) -> None:
        self.view = view
        self.pending.come()
        self.head.set_title(f"{view.month.year}年{view.month.month}月排班")
        self.head.set_lead(view.lead)
        self.validity.show_text(f"{view.outside}。", "due")
        self.validity.setVisible(bool(view.outside))
        self._show_month(view)
        for card in (self.balance, self.budget, self.wall):
            card.show_view(view)
        may_draft = view.is_editable and self.desk.may(Permission.DRAFT_ROSTER)
        self.copy_button.setEnabled(may_draft)
        self.fill_button.setEnabled(may_draft)
        self.publish_button.setEnabled(
            view.is_editable and self.desk.may(Permission.PUBLISH_ROSTER) and view.drafts > 0
        )
        name_months(self.back, self.on, self.month, is_short=self._is_large)
        if not self._is_pane_kept and not self.side.form is not None:
            self.show_selected()
        self._is_pane_kept = False

    def _show_month(self, view: RosterView) -> None:
        """Keep the day selected; a month newly shown starts with today, where it has it."""
        chosen, today = self.grid.current_date(), self.desk.today()
        is_kept = chosen is not None and chosen in view.month
        start = today if not is_kept and today in view.month else None
        self._is_filling = True
        self.grid.show_month(view.month.year, view.month.month, days_of(view), start)
        self._is_filling = False

    def _fill_sites(self, found: Sequence[SiteView]) -> None:
        mine = [one for one in found if one.parent == self.desk.place.code]
        self.sites.set_choices([(one.code, one.short_name or one.name) for one in mine])
        self.sites.set_value(self.site)

    def _site_chosen(self) -> None:
        if self.sites.value() and self.sites.value() != self.site:
            self.site, self.duty_id = self.sites.value(), ""
            self.refresh()

    # the selection

    def _day(self) -> RosterDay | None:
        on = self.grid.current_date()
        return next((day for day in self.view.days if day.on == on), None) if self.view and on else None

    def _moved(self, day: CalendarDay | None) -> None:
        if self.view is not None and day is not None and not self._is_filling:
            self.duty_id = ""
            self.show_selected()

    def _clicked(self, _on: date, key: Any) -> None:
        self.duty_id = str(key or "")
        self.show_selected()

    def _opened(self, _on: date) -> None:
        day = self._day()
        item = selected(day, self.duty_id) if day is not None else None
        if item is None:
            self.seats.assign()
        elif item.is_mine and item.state is DutyState.draft and self.may(Permission.DRAFT_ROSTER):
            self.seats.change(item, "修改")

    def show_selected(self) -> None:
        """The pane follows the selection; an open form is put away."""
        self.side.close_form()
        self.side.make_room(is_open=False)
        day = self._day()
        if day is None or self.view is None:
            self.pane.show_nothing()
            return
        item = selected(day, self.duty_id)
        if item is None:
            of_month = [problem for problem in self.view.problems if problem.on is None]
            self.pane.show_day(day, self.may(Permission.DRAFT_ROSTER), of_month)
        else:
            right = Permission.DRAFT_ROSTER if item.state is DutyState.draft else Permission.PUBLISH_ROSTER
            self.pane.show_duty(item, self.may(right))

    def may(self, permission: Permission) -> bool:
        """Whether this office and person may do it at this site."""
        return self.view is not None and self.view.is_editable and self.desk.may(permission)

    def select(self, on: date, duty_id: str = "") -> None:
        """Show a day of this month, and a duty of it."""
        self.grid.go_to(on)
        self.duty_id = duty_id
        self.show_selected()
        self.grid.setFocus()

    # the steps

    def new_item(self) -> None:
        """Ctrl+N: put somebody on the current day."""
        self.seats.assign()

    def keep_pane(self) -> None:
        """Leave what the pane is about to show, although the month is shown anew."""
        self.side.close_form()
        self._is_pane_kept = True

    def check(self) -> None:
        """V: list what is wrong."""
        if self.view is not None:
            self.side.close_form()
            self.side.make_room(is_open=bool(self.view.problems))
            self.pane.show_problems(self.view.problems)

    def publish(self) -> None:
        """P: publish the drafts; reminders are confirmed first, refusals are listed."""
        view = self.view
        if view is None or not self.publish_button.isEnabled():
            return
        if any(problem.is_refusal for problem in view.problems):
            self.check()
            self.head.show_banner("有不能发布的问题（重叠、请假或不具备条件），请先处理。", "fault")
        elif view.problems:
            self.confirm.ask(
                f"还有 {len(view.problems)} 处提醒，仍然发布 {view.drafts} 班？发布后改动须登记原因。",
                "发布",
                lambda _: self._publish(),
            )
        else:
            self._publish()

    def _publish(self) -> None:
        self.do(PublishRoster(self.site, self.month), lambda made: self.done(published_text(made)))

    def save_item(self) -> None:
        """Ctrl+Enter saves the open form."""
        self.side.submit_form()

    def go_back(self) -> bool:
        """Esc puts the open form or question away."""
        if not self.confirm.isHidden():
            self.confirm.close_line()
            return True
        if self.side.form is not None:
            self.seats.leave()
            return True
        return False

    # the poster

    def print_item(self) -> None:
        """Ctrl+P: preview the poster, published or as a proof."""
        self.poster.preview(self.site, self.month)

    def export(self) -> None:
        """Write the published poster to a file."""
        self.poster.export(self.site, self.month, self.view.site_name if self.view else self.site)


PAGE = Page("roster", "排班", "roster", RosterPage, group=0, order=1, permission=Permission.LOOK)

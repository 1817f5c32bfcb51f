"""What can be done with one seat of the calendar: assign, correct, change, delete, end a problem at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.kernel.permissions import Permission
from app.services.roster.change_duty import Changed
from app.services.roster.edit_duty import EditDuty
from app.services.roster.free_people import FreePeople
from app.services.roster.month_view import Fix, RosterDuty, RosterProblem, RosterView
from app.services.roster.remove_duty import RemoveDuty
from app.ui.page import PageView
from app.ui.roster.pane import RosterPane
from app.ui.roster.seat import SeatForm, assign_form, change_form
from app.ui.roster.side import RosterSide
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.month_grid import MonthGrid
from app.values import ChangeKind, Month


class SeatPage(PageView):
    """A page with the month's calendar and a side for the form of one seat."""

    view: RosterView | None
    month: Month
    site: str
    pane: RosterPane
    grid: MonthGrid
    side: RosterSide
    confirm: ConfirmLine

    def may(self, permission: Permission) -> bool:
        """Whether this office and person may do it at this site."""
        raise NotImplementedError

    def select(self, on: date, duty_id: str = "") -> None:
        """Put the focus on a day and one of its duties."""
        raise NotImplementedError

    def show_selected(self) -> None:
        """Show the day that has the focus beside the calendar."""
        raise NotImplementedError

    def keep_pane(self) -> None:
        """Leave what the pane is about to show, although the month is shown anew."""
        raise NotImplementedError


class SeatSteps:
    """The steps the pane offers, carried out for the page."""

    def __init__(self, page: SeatPage) -> None:
        self._page = page

    def assign(self) -> None:
        """Space: put somebody on the current day."""
        page, on = self._page, self._page.grid.current_date()
        if page.view is not None and on is not None and page.may(Permission.DRAFT_ROSTER):
            self._open(assign_form(page.view, on), on)

    def change(self, item: RosterDuty, kind: str) -> None:
        """A draft is edited; a published duty is 换人, 改时 or 取消 with the reason."""
        chosen = item.duty.person_id if item.duty.is_draft and kind != ChangeKind.swap else ""
        self._open(change_form(item, "修改" if item.duty.is_draft else kind), item.duty.on, item, chosen)

    def apply_fix(self, item: RosterDuty, fix: Fix) -> None:
        """End a problem at once; a published duty asks for the reason first."""
        page = self._page
        if item.duty.is_draft:
            page.do(EditDuty(item.duty.id, ranges=fix.ranges), lambda _: page.done("已改"))
            return
        self.change(item, ChangeKind.retime.value)
        if page.side.seat is not None:
            page.side.seat.show_ranges(fix.ranges)
            page.side.seat.form.focus("reason")

    def drop(self, item: RosterDuty) -> None:
        """Delete a draft."""
        duty, page = item.duty, self._page
        page.confirm.ask(
            f"删除 {duty.on.month}月{duty.on.day}日 {duty.name}的草稿？删除后须重新排。",
            "删除",
            lambda _: page.do(RemoveDuty(duty.id), lambda _: page.done("已删除")),
            is_dangerous=True,
        )

    def go_to(self, problem: RosterProblem) -> None:
        """Show the day of a problem."""
        if problem.on is not None:
            self._page.select(problem.on, problem.duty_id)

    def leave(self) -> None:
        """Put the form away."""
        self._page.show_selected()
        self._page.grid.setFocus()

    def _open(self, form: SeatForm, on: date, item: RosterDuty | None = None, chosen: str = "") -> None:
        page = self._page
        page.side.open_seat(form, self._save, self.leave)
        usual = page.view.usual_ranges if page.view else ()
        ranges = form.hours() or (item.duty.ranges if item else usual)
        query = FreePeople(on, tuple(ranges), item.duty.id if item else "")
        page.ask(query, lambda people: form.offer(people, chosen) if page.side.seat is form else None)

    def _save(self, command: Any, form: SeatForm) -> None:
        self._page.do(command, self._saved, form=form.form)

    def _saved(self, value: Any) -> None:
        self.leave()
        if isinstance(value, Changed):
            self._page.done(f"已变更，第 {value.number} 版已发布，墙上值班表须换贴")
        else:
            self._page.done("已保存")

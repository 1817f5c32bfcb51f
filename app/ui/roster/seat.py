"""The forms that put somebody in a seat: a new draft, a draft's correction, a published duty's change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from app.dates import TimeRange, parse_time_ranges, ranges_text
from app.errors import Problem, Refused
from app.services.roster.change_duty import ChangeDuty
from app.services.roster.draft_duty import DraftDuty
from app.services.roster.edit_duty import EditDuty
from app.services.roster.free_people import Candidate
from app.services.roster.month_view import RosterDuty, RosterView
from app.ui.roster.calendar import hours_text
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import LineField
from app.ui.widgets.person import PersonField, PersonHit, among
from app.ui.widgets.side_form import SideForm
from app.values import ChangeKind, DutyKind


class SeatForm(SideForm):
    """Who, when and what kind; for a published duty the reason. command() makes what is to be done."""

    def __init__(self, title: str, words: str, make: Callable[[dict[str, Any]], Any]) -> None:
        super().__init__(title, words, keys="Ctrl Return")
        self._make = make

    def with_person(self) -> SeatForm:
        """Ask who; the free and least burdened are offered first."""
        self.form.add(
            "person_id", PersonField("值班人员", is_required=True, hint="姓名或首字母，按 ↓ 看空闲人员")
        )
        return self

    def with_hours(self, ranges: Sequence[TimeRange]) -> SeatForm:
        """Ask for the time ranges."""
        field = self.form.add("ranges", LineField("时段", is_required=True, hint="09:00-13:00，分段用；隔开"))
        field.set_value(ranges_text(tuple(ranges)))
        return self

    def with_kind(self, kind: DutyKind) -> SeatForm:
        """Ask for the kind of duty."""
        field = self.form.add(
            "kind", ChoiceField("值班类型", [one.value for one in DutyKind], is_required=True)
        )
        field.set_value(kind.value)
        return self

    def with_line(self, name: str, title: str, *, is_required: bool = False, value: str = "") -> SeatForm:
        """Ask for a line of text."""
        self.form.add(name, LineField(title, is_required=is_required)).set_value(value)
        return self

    def offer(self, people: Sequence[Candidate], chosen: str = "") -> None:
        """Whom the person field offers."""
        field = self.form.fields.get("person_id")
        if isinstance(field, PersonField):
            hits = [PersonHit(one.person_id, one.name, _hint(one), (one.licence,)) for one in people]
            field.set_provider(among(hits))
            if chosen and not field.text():
                field.set_value(next((hit for hit in hits if hit.id == chosen), None))

    def hours(self) -> tuple[TimeRange, ...]:
        """The ranges typed, () while unreadable."""
        field = self.form.fields.get("ranges")
        try:
            return parse_time_ranges(field.value()) if field is not None else ()
        except Refused:
            return ()

    def show_ranges(self, ranges: Sequence[TimeRange]) -> None:
        """Put other hours into the form."""
        self.form.set_values({"ranges": ranges_text(tuple(ranges))})

    def command(self) -> Any:
        """What is to be done, or None after showing what cannot be read."""
        values = dict(self.form.values())
        if "ranges" in values:
            try:
                values["ranges"] = parse_time_ranges(values["ranges"])
            except Refused as refusal:
                self.form.show_problems([Problem("ranges", refusal.message, refusal.code)])
                return None
        if "kind" in values:
            values["kind"] = DutyKind(values["kind"])
        return self._make(values)


def assign_form(view: RosterView, on: date) -> SeatForm:
    """A new draft on a day."""
    made = SeatForm(
        f"{on.month}月{on.day}日 安排值班", "排上", lambda values: DraftDuty(site=view.site, on=on, **values)
    )
    return (
        made.with_person()
        .with_hours(view.usual_ranges)
        .with_kind(view.usual_kind)
        .with_line("note", "备注（地点等）")
    )


def change_form(item: RosterDuty, kind: str) -> SeatForm:
    """A change of a duty: 修改 for a draft; 换人, 改时 or 取消 for a published one, with the reason."""
    duty = item.duty
    title = f"{kind} · {duty.on.month}月{duty.on.day}日 {duty.name} {hours_text(duty)}"
    if item.duty.is_draft:
        made = SeatForm(title, "保存", lambda values: EditDuty(duty.id, **values))
        return (
            made.with_person()
            .with_hours(duty.ranges)
            .with_kind(duty.kind)
            .with_line("note", "备注（地点等）", value=duty.note)
        )
    made = SeatForm(title, f"登记{kind}", lambda values: ChangeDuty(duty.id, ChangeKind(kind), **values))
    made.set_note("变更后立即发布新版，墙上值班表须换贴。")
    if kind == ChangeKind.swap:
        made.with_person()
    if kind == ChangeKind.retime:
        made.with_hours(duty.ranges)
    return made.with_line("reason", "变更原因", is_required=True)


def _hint(one: Candidate) -> str:
    if one.reason:
        return f"× {one.reason}"
    return f"{one.kind} · 本月 {one.month} 次 全年 {one.year} 次"

"""Maps one month's pattern of weekdays onto another month's days; pure (P14, P17)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.rules.duty.duty_view import DutyView
from app.values import DutyKind, Month
from app.workdays import WorkCalendar


@dataclass(frozen=True)
class Seat:
    """A duty to be filled on a day after the model of last month's; reason: why it is to stay empty, "" if not."""

    on: date
    model: DutyView
    reason: str = ""


def seats(
    duties: Iterable[DutyView], source: Month, target: Month, calendar: WorkCalendar, *, is_daily: bool
) -> tuple[Seat, ...]:
    """The seats of the target month, by date.

    The n-th Tuesday follows the n-th Tuesday. Where that one was no working day or does not exist, a weekday that was
    filled every week goes on in turn. A holiday's seat stays empty with its reason. is_daily: an adjusted working
    weekend takes over the seats of a day lost to the holiday (P17). Market days follow their own rule.
    """
    by_day: dict[date, list[DutyView]] = defaultdict(list)
    for duty in duties:
        if duty.on in source:
            by_day[duty.on].append(duty)
    desk = {on: [d for d in group if d.kind is not DutyKind.mobile] for on, group in by_day.items()}
    found = list(_weekday_seats({on: group for on, group in desk.items() if group}, source, target, calendar))
    if is_daily:
        found += _adjusted_seats(found, target, calendar)
    found += [
        Seat(target.first_day, d, "流动站点按赶集日另排")
        for group in by_day.values()
        for d in group
        if d.kind is DutyKind.mobile
    ]
    return tuple(sorted(found, key=lambda seat: (seat.on, seat.model.ranges, seat.model.name, seat.model.id)))


def _weekday_seats(
    by_day: Mapping[date, list[DutyView]], source: Month, target: Month, calendar: WorkCalendar
) -> Iterator[Seat]:
    for weekday in range(5):
        model_days = [on for on in source.days() if on.weekday() == weekday]
        worked = [on for on in model_days if calendar.is_workday(on)]
        is_every_week = bool(worked) and all(on in by_day for on in worked)
        for place, on in enumerate(on for on in target.days() if on.weekday() == weekday):
            model = model_days[place] if place < len(model_days) else None
            if model not in worked:
                model = worked[place % len(worked)] if is_every_week else None
            for duty in by_day.get(model, ()) if model else ():
                yield Seat(on, duty, "" if calendar.is_workday(on) else _off(on, calendar))


def _adjusted_seats(found: list[Seat], target: Month, calendar: WorkCalendar) -> Iterator[Seat]:
    """A worked Saturday or Sunday takes the seats of a weekday lost to the holiday, else those of the nearest day."""
    lost: dict[date, list[DutyView]] = defaultdict(list)
    kept: dict[date, list[DutyView]] = defaultdict(list)
    for seat in found:
        (lost if seat.reason else kept)[seat.on].append(seat.model)
    spare = sorted(lost)
    for on in target.days():
        if on.weekday() < 5 or not calendar.is_workday(on):
            continue
        models = lost[spare.pop(0)] if spare else _nearest(kept, on)
        yield from (Seat(on, model) for model in models)


def _nearest(kept: Mapping[date, list[DutyView]], on: date) -> list[DutyView]:
    near = min(kept, key=lambda other: (abs((other - on).days), other), default=None)
    return list(kept[near]) if near else []


def _off(on: date, calendar: WorkCalendar) -> str:
    return f"放假（{calendar.holiday_name(on)}）"

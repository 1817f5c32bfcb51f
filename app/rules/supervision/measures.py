"""Says which turn of a document's measure is on, when it is due, and whether it is done (Q15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from app.quarters import Quarter
from app.rules.policy.pack import Pack
from app.rules.policy.parts import Measure
from app.values import Month

SOON = timedelta(days=7)


class MeasureState(Enum):
    """Where a measure's present turn stands."""

    done = "done"
    late = "late"
    soon = "soon"
    ahead = "ahead"


@dataclass(frozen=True)
class Turn:
    """One turn of a measure: "" for what is done once, 2022-05 or 2022-Q2 otherwise, and its last day."""

    period: str
    due_on: date


def turn_of(pack: Pack, measure: Measure, day: date) -> Turn:
    """The turn that a day belongs to; a day outside the document's validity counts as the nearest within it."""
    within = min(max(day, pack.valid_from), pack.valid_to)
    if measure.every == "monthly":
        month = Month.of(within)
        return Turn(str(month), month.last_day)
    if measure.every == "quarterly":
        quarter = Quarter.of(within)
        return Turn(str(quarter), quarter.period.end)
    return Turn("", measure.by or pack.valid_to)


def measure_state(turn: Turn, today: date, *, is_done: bool) -> MeasureState:
    """Done, late, due within a week, or still ahead."""
    if is_done:
        return MeasureState.done
    if today > turn.due_on:
        return MeasureState.late
    return MeasureState.soon if turn.due_on - today <= SOON else MeasureState.ahead

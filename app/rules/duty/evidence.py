"""Which duty a spot check, a consultation or a complaint belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from app.rules.duty.facts import ComplaintFact, ConsultationFact, DutyFact, SpotCheckFact
from app.rules.duty.matching import DutyIndex

Evidence = TypeVar("Evidence", SpotCheckFact, ConsultationFact, ComplaintFact)


@dataclass(frozen=True)
class Placed(Generic[Evidence]):
    """Duty id → its evidence in order of time, and the evidence that belongs to no duty."""

    by_duty: Mapping[str, tuple[Evidence, ...]]
    left: tuple[Evidence, ...]


def place_checks(index: DutyIndex, checks: Iterable[SpotCheckFact]) -> Placed[SpotCheckFact]:
    """A check belongs to the duty whose ranges contain it; in a break it counts for nothing (Y23)."""
    outside = [check for check in checks if not _is_in_break(index, check)]
    return _place((check, duty_at(index, check)) for check in outside)


def place_consultations(index: DutyIndex, records: Iterable[ConsultationFact]) -> Placed[ConsultationFact]:
    """A record belongs to its 值班人员's duty at its site on its date, the nearest in time."""
    return _place((record, _nearest(index, record)) for record in records)


def place_complaints(
    index: DutyIndex, complaints: Iterable[ComplaintFact], records: Placed[ConsultationFact]
) -> Placed[ComplaintFact]:
    """A complaint belongs to its consultation's duty; without a number to the duty containing its time."""
    owner = {record.id: duty_id for duty_id, group in records.by_duty.items() for record in group}
    duties = {duty.id: duty for group in index.values() for duty in group}

    def duty_of(complaint: ComplaintFact) -> DutyFact | None:
        if complaint.consultation_id is None:
            return duty_at(index, complaint)
        return duties.get(owner.get(complaint.consultation_id, ""))

    return _place((complaint, duty_of(complaint)) for complaint in complaints)


def duty_at(index: DutyIndex, evidence: SpotCheckFact | ComplaintFact) -> DutyFact | None:
    """The person's duty at the site whose ranges contain the time: from ≤ t < to."""
    at = evidence.at
    return next(
        (duty for duty in _of_day(index, evidence) if any(begin <= at < to for begin, to in duty.ranges)),
        None,
    )


def _is_in_break(index: DutyIndex, check: SpotCheckFact) -> bool:
    within = any(duty.start <= check.at < duty.end for duty in _of_day(index, check))
    return within and duty_at(index, check) is None


def _of_day(
    index: DutyIndex, evidence: SpotCheckFact | ConsultationFact | ComplaintFact
) -> tuple[DutyFact, ...]:
    return index.get((evidence.person_id, evidence.site, evidence.at.date()), ())


def _nearest(index: DutyIndex, record: ConsultationFact) -> DutyFact | None:
    return min(
        _of_day(index, record),
        key=lambda duty: (distance(duty, record.at), duty.start, duty.id),
        default=None,
    )


def distance(duty: DutyFact, at: datetime) -> timedelta:
    """How far a time lies from a duty: zero inside a range, otherwise the time to the nearest edge."""
    return min(max(begin - at, at - to, timedelta()) for begin, to in duty.ranges)


def _place(pairs: Iterable[tuple[Evidence, DutyFact | None]]) -> Placed[Evidence]:
    by_duty: dict[str, list[Evidence]] = defaultdict(list)
    left: list[Evidence] = []
    for evidence, duty in sorted(pairs, key=lambda pair: (pair[0].at, pair[0].id)):
        (left if duty is None else by_duty[duty.id]).append(evidence)
    return Placed({key: tuple(group) for key, group in by_duty.items()}, tuple(left))

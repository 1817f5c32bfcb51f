"""Which records of a month are to be followed up, by when, and what came of it (Y06)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from hashlib import sha256

from sqlalchemy import select

from app.clock import local
from app.desk_values import CallOutcome
from app.kernel.work import Look
from app.models.service_desk import Consultation, ConsultationRating, FollowUpCall
from app.models.travelling import understood
from app.services.reading.rulings import in_parts, speaks_of_record
from app.services.reading.voids import not_voided
from app.values import Month, Rating, RatingChannel

MOST_CALLS = 3
"""After so many calls that nobody answered the record is left alone."""
FINAL = (CallOutcome.wrong_number, CallOutcome.declined)
"""What ends the matter with one call."""


class FollowUpState(Enum):
    """Where a follow-up stands."""

    due = "due"
    overdue = "overdue"
    tried = "tried"
    reached = "reached"
    given_up = "given_up"

    @property
    def words(self) -> str:
        """As windows and the ledger write it."""
        return _WORDS[self]


_WORDS = {
    FollowUpState.due: "待回访",
    FollowUpState.overdue: "已逾期",
    FollowUpState.tried: "未接通",
    FollowUpState.reached: "已回访",
    FollowUpState.given_up: "联系不上",
}


@dataclass(frozen=True)
class CallView:
    """A call that brought no rating; at is naive local."""

    at: datetime
    outcome: CallOutcome
    note: str
    by: str


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """A record drawn for a follow-up. by: the last day; why: 抽取 or 评为不满意; rating "": nobody was reached yet."""

    id: str
    site: str
    on: date
    by: date
    why: str
    rating: str
    calls: tuple[CallView, ...]
    state: FollowUpState


def drawn(ids: Iterable[str], percent: int) -> frozenset[str]:
    """The share of a site's month that is called, rounded up: the records whose ids hash lowest, so that whoever
    counts again draws the same, and nobody chooses."""
    ordered = sorted(ids, key=lambda one: sha256(one.encode()).hexdigest())
    return frozenset(ordered[: math.ceil(len(ordered) * percent / 100)])


def follow_ups(look: Look, month: Month, sites: Iterable[str]) -> tuple[FollowUp, ...]:
    """Those of a month at these sites, by the day they are due; records without telephone cannot be called."""
    rows = look.session.execute(
        select(Consultation.id, Consultation.site, Consultation.on).where(
            Consultation.site.in_(list(sites)),
            Consultation.on.between(month.first_day, month.last_day),
            Consultation.phone.is_not(None),
            Consultation.phone != "",
            not_voided(Consultation),
        )
    ).all()
    by_site: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_site[row.site].append(row.id)
    percent = int(look.pack.setting("follow_up_percent") or 0)
    chosen = frozenset().union(*(drawn(ids, percent) for ids in by_site.values()))
    desk, after = _words(look, [row.id for row in rows])
    calls = _calls(look, [row.id for row in rows])
    days = int(look.pack.setting("follow_up_due_days") or 0)
    today = local(look.now.at).date()
    found = []
    for row in rows:
        is_unhappy = desk.get(row.id) == Rating.dissatisfied
        if row.id in chosen or is_unhappy or row.id in after or row.id in calls:
            own, rating = tuple(calls.get(row.id, ())), after.get(row.id, "")
            by = row.on + timedelta(days=days)
            found.append(
                FollowUp(
                    id=row.id,
                    site=row.site,
                    on=row.on,
                    by=by,
                    why="评为不满意" if is_unhappy else "抽取" if row.id in chosen else "另行回访",
                    rating=rating,
                    calls=own,
                    state=_state(rating, own, by < today),
                )
            )
    return tuple(sorted(found, key=lambda one: (one.by, one.site, one.id)))


def _state(rating: str, calls: tuple[CallView, ...], is_over: bool) -> FollowUpState:
    if rating:
        return FollowUpState.reached
    if len(calls) >= MOST_CALLS or any(call.outcome in FINAL for call in calls):
        return FollowUpState.given_up
    if is_over:
        return FollowUpState.overdue
    return FollowUpState.tried if calls else FollowUpState.due


def _words(look: Look, ids: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Record → the newest word said at the desk, and the newest of a follow-up."""
    desk: dict[str, str] = {}
    after: dict[str, str] = {}
    for part in in_parts(ids):
        rows = look.session.scalars(
            select(ConsultationRating)
            .join(Consultation, speaks_of_record(ConsultationRating))
            .where(Consultation.id.in_(part))
            .order_by(ConsultationRating.at, ConsultationRating.id)
        )
        for row in understood(rows):
            (after if row.channel == RatingChannel.follow_up else desk)[row.consultation_id] = row.rating
    return desk, after


def _calls(look: Look, ids: list[str]) -> dict[str, list[CallView]]:
    found: dict[str, list[CallView]] = defaultdict(list)
    for part in in_parts(ids):
        rows = look.session.scalars(
            select(FollowUpCall)
            .join(Consultation, speaks_of_record(FollowUpCall))
            .where(Consultation.id.in_(part))
            .order_by(FollowUpCall.at, FollowUpCall.id)
        )
        for row in understood(rows):
            found[row.consultation_id].append(
                CallView(local(row.at), CallOutcome(row.outcome), row.note or "", row.called_by)
            )
    return found

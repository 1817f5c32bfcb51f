"""Knows what clients said of each visit: the newest word counts, by the pack a follow-up's before the desk's (Y06)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from app.clock import local
from app.kernel.work import Look
from app.models.service_desk import Consultation, ConsultationRating
from app.models.travelling import understood
from app.services.reading.rulings import in_parts, speaks_of_record
from app.values import Rating, RatingChannel


@dataclass(frozen=True)
class RatingView:
    """One word of a client; at is naive local time, by the account that took it down."""

    id: str
    rating: Rating
    channel: RatingChannel
    reason: str
    at: datetime
    by: str


def rating_in_force(look: Look) -> ColumnElement[str]:
    """A column for statements that read `Consultation`: the word that counts, "" for a record nobody rated.

    A word that this program does not know is passed over, as is one from an office that is neither the record's nor
    a bureau.
    """
    row, is_follow_up = ConsultationRating, ConsultationRating.channel == RatingChannel.follow_up
    is_first = is_follow_up if look.pack.setting("follow_up_replaces_desk") else ~is_follow_up
    newest = (
        select(row.rating)
        .where(
            speaks_of_record(ConsultationRating),
            row.rating.in_(list(Rating)),
            row.channel.in_(list(RatingChannel)),
        )
        .order_by(is_first.desc(), row.at.desc(), row.id.desc())
        .limit(1)
        .correlate(Consultation)
        .scalar_subquery()
    )
    return func.coalesce(newest, "")


def ratings_in_force(look: Look, ids: Iterable[str]) -> dict[str, str]:
    """Record → the word that counts, "" where nobody rated."""
    found: dict[str, str] = {}
    for part in in_parts(ids):
        query = select(Consultation.id, rating_in_force(look)).where(Consultation.id.in_(part))
        found |= dict(look.session.execute(query).tuples().all())
    return found


def ratings_of(look: Look, row_id: str) -> tuple[RatingView, ...]:
    """Every word about a record that stands, the oldest first."""
    rows = look.session.scalars(
        select(ConsultationRating)
        .join(Consultation, speaks_of_record(ConsultationRating))
        .where(Consultation.id == row_id)
        .order_by(ConsultationRating.at, ConsultationRating.id)
    )
    return tuple(
        RatingView(
            row.id,
            Rating(row.rating),
            RatingChannel(row.channel),
            row.reason or "",
            local(row.at),
            row.rated_by,
        )
        for row in understood(rows)
    )

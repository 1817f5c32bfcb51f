"""What stations wrote about months after they had reported them, as far as the bureau is to decide it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from app.kernel.work import Look
from app.models.late import REPORTED, WAITING, LateChange
from app.models.pay import Review, Submission
from app.rules.duty.facts import LateFact
from app.values import Month


def late_rows(look: Look, months: Iterable[str], site: str | None = None) -> list[LateChange]:
    """Those that wait for a word and those that had one, in the order they came.

    What came while the month lies returned is none: the site works on it and reports anew.
    """
    query = select(LateChange).where(LateChange.month.in_(list(months)), LateChange.state != REPORTED)
    query = query if site is None else query.where(LateChange.site == site)
    rows = list(look.session.scalars(query.order_by(LateChange.noticed_at, LateChange.id)))
    if not rows:
        return []
    open_ids = _returned(look, {row.month for row in rows})
    return [row for row in rows if row.state != WAITING or row.after not in open_ids]


def late_facts(look: Look, month: Month, site: str | None = None) -> tuple[LateFact, ...]:
    """What waits in a month, for its exceptions."""
    return tuple(
        LateFact(row.id, row.words, row.site, row.person_id, row.on)
        for row in late_rows(look, [str(month)], site)
        if row.state == WAITING
    )


def _returned(look: Look, months: set[str]) -> set[str]:
    """Ids of the newest submissions of sites' months whose newest answer is a return."""
    rows = look.session.scalars(
        select(Submission)
        .where(Submission.month.in_(months))
        .order_by(Submission.number, Submission.submitted_at)
    )
    newest = {(row.site, row.month): row.id for row in rows}
    reviews = look.session.scalars(
        select(Review)
        .where(Review.submission_id.in_(set(newest.values())))
        .order_by(Review.reviewed_at, Review.id)
    )
    answers = {review.submission_id: review.is_approved for review in reviews}
    return {one for one, is_approved in answers.items() if not is_approved}

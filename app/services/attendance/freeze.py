"""Keeps a site's month as it was reported: nothing is added to it until the bureau returns it (Y05, P27)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.errors import Refused
from app.kernel.work import Look
from app.models.pay import Review, Settlement, Submission
from app.values import Month

SUBMITTED, SETTLED = "submitted", "settled"


def refuse_if_frozen(look: Look, site: str, on: date, *, field: str = "") -> None:
    """Raises Refused E110 while the site's month is submitted and not returned, E111 once it is finally settled.

    on: the local date that the new row would belong to; other days stay open (P27).
    """
    month = Month.of(on)
    state = frozen_state(look, site, month)
    if state == SETTLED:
        raise Refused(
            "E111",
            f"{month.words}已结算锁定，不能再增加或更正{month.words}的记录。请与县（市、区）司法局核对。",
            field=field,
        )
    if state == SUBMITTED:
        raise Refused(
            "E110",
            f"本站{month.words}已上报，不能再增加或更正{month.words}的记录。请先请县（市、区）司法局退回。",
            field=field,
        )


def frozen_state(look: Look, site: str, month: Month) -> str:
    """`settled`, `submitted`, or "" while the site's month is open."""
    return look.once(("frozen", site, month), lambda: _frozen_state(look, site, month))


def _frozen_state(look: Look, site: str, month: Month) -> str:
    if look.session.scalar(select(Settlement.id).where(Settlement.month == str(month)).limit(1)):
        return SETTLED
    newest = look.session.scalars(
        select(Submission)
        .where(Submission.site == site, Submission.month == str(month))
        .order_by(Submission.number.desc(), Submission.submitted_at.desc())
        .limit(1)
    ).first()
    return SUBMITTED if newest is not None and not _is_returned(look, newest.id) else ""


def _is_returned(look: Look, submission_id: str) -> bool:
    newest = look.session.scalars(
        select(Review)
        .where(Review.submission_id == submission_id)
        .order_by(Review.reviewed_at.desc())
        .limit(1)
    ).first()
    return newest is not None and not newest.is_approved

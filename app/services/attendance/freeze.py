"""Keeps a site's month as it was reported: nothing is added to it until the bureau returns it (Y05, P27)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import bindparam, select

from app.errors import Refused
from app.kernel.work import Look
from app.models.bare_rows import bare_columns, bare_rows
from app.models.pay import Review, Settlement, Submission
from app.services.reading.sent_back import Record, is_opened_again
from app.values import Month

SUBMITTED, SETTLED = "submitted", "settled"
_SETTLEMENT, _SUBMISSION = bare_columns(Settlement), bare_columns(Submission)
_SETTLED = select(_SETTLEMENT.id).where(_SETTLEMENT.month == bindparam("month")).limit(1)
_REPORTS = (
    select(_SUBMISSION.site, _SUBMISSION.id)
    .where(_SUBMISSION.month == bindparam("month"))
    .order_by(_SUBMISSION.number, _SUBMISSION.submitted_at)
)
"""Made once, for every save waits for them."""


def refuse_if_frozen(
    look: Look, site: str, on: date, *, field: str = "", records: Iterable[Record] = ()
) -> None:
    """Raises Refused E110 while the site's month is submitted and not returned, E111 once it is finally settled.

    on: the local date that the new row would belong to; other days stay open (P27). records: what is corrected; one
    that the bureau sent back by itself is open although its month is reported.
    """
    month = Month.of(on)
    state = frozen_state(look, site, month)
    if state == SUBMITTED and is_opened_again(look, records, month):
        return
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
    if look.once(("settled", month), lambda: _is_settled(look, month)):
        return SETTLED
    return SUBMITTED if site in look.once(("submitted", month), lambda: _submitted(look, month)) else ""


def _is_settled(look: Look, month: Month) -> bool:
    return bare_rows(look.session, _SETTLED, {"month": str(month)}).first() is not None


def _submitted(look: Look, month: Month) -> frozenset[str]:
    """The sites whose newest report of the month was not returned."""
    newest = {row.site: row.id for row in bare_rows(look.session, _REPORTS, {"month": str(month)})}
    if not newest:
        return frozenset()
    answers = look.session.execute(
        select(Review.submission_id, Review.is_approved)
        .where(Review.submission_id.in_(newest.values()))
        .order_by(Review.reviewed_at)
    )
    is_approved = {row.submission_id: row.is_approved for row in answers}
    return frozenset(site for site, one in newest.items() if is_approved.get(one, True))

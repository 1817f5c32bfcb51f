"""Says how far each site's month has come: not reported, reported, returned or approved (Y05, Y22)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from app.kernel.work import Look
from app.models.late import WAITING, LateChange
from app.models.pay import Adjustment, Review, Submission
from app.services.reading.late import late_rows
from app.values import Month


class MonthState(StrEnum):
    """How far a site's month has come, as the bureau sees it."""

    missing = "未报"
    nil = "零报"
    received = "已收"
    in_review = "审核中"
    returned = "退回"
    passed = "通过"


@dataclass(frozen=True, kw_only=True)
class SiteMonth:
    """A site's month. number: of the newest submission, 0 for none; times are UTC. late: changes to decide.

    passed_number: of an earlier report that the bureau passed while a newer one waits: its word is for that one only.
    """

    site: str
    month: Month
    state: MonthState = MonthState.missing
    submission_id: str = ""
    number: int = 0
    is_nil: bool = False
    submitted_at: datetime | None = None
    submitted_by: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    reviewed_at: datetime | None = None
    reviewed_by: str = ""
    reason: str = ""
    review_id: str = ""
    late: int = 0
    passed_number: int = 0

    @property
    def earlier_words(self) -> str:
        """第 3 版已审核通过，第 4 版还没有审核; "" where no earlier version was passed (case 28)."""
        if not self.passed_number:
            return ""
        return f"第 {self.passed_number} 版已审核通过，第 {self.number} 版还没有审核"

    @property
    def is_waiting(self) -> bool:
        """Reported and not yet answered."""
        return self.state in (MonthState.nil, MonthState.received, MonthState.in_review)

    @property
    def is_open(self) -> bool:
        """The site may still write and report."""
        return self.state in (MonthState.missing, MonthState.returned)


def site_month(look: Look, site: str, month: Month) -> SiteMonth:
    """One site's month."""
    return site_months(look, [site], [month])[site, month]


def site_months(
    look: Look, sites: Iterable[str], months: Iterable[Month]
) -> Mapping[tuple[str, Month], SiteMonth]:
    """(site, month) → how far it has come, for each of them."""
    sites, months = list(sites), list(months)
    texts = [str(month) for month in months]
    rows = look.session.scalars(
        select(Submission)
        .where(Submission.month.in_(texts))
        .order_by(Submission.number, Submission.submitted_at)
    ).all()
    newest = {(row.site, row.month): row for row in rows}
    reviews = _reviews(look, [row.id for row in rows])
    passed = {
        (row.site, row.month): row.number
        for row in rows
        if row.id in reviews and reviews[row.id].is_approved and newest[row.site, row.month].id not in reviews
    }
    touched = _adjusted(look, texts)
    late = _late(look, texts)
    return {
        (site, month): replace(
            _state(site, month, newest.get((site, str(month))), reviews, touched, late),
            passed_number=passed.get((site, str(month)), 0),
        )
        for site in sites
        for month in months
    }


def _reviews(look: Look, ids: list[str]) -> dict[str, Review]:
    """Submission → the newest answer to it."""
    rows = look.session.scalars(
        select(Review).where(Review.submission_id.in_(ids)).order_by(Review.reviewed_at, Review.id)
    )
    return {row.submission_id: row for row in rows}


def _adjusted(look: Look, months: list[str]) -> dict[tuple[str, str], datetime]:
    """(site, month) → when the bureau last adjusted a line of it."""
    rows = look.session.execute(
        select(Adjustment.site, Adjustment.month, Adjustment.adjusted_at)
        .where(Adjustment.month.in_(months))
        .order_by(Adjustment.adjusted_at)
    )
    return {(site, month): at for site, month, at in rows}


def _state(
    site: str,
    month: Month,
    row: Submission | None,
    reviews: Mapping[str, Review],
    touched: Mapping[tuple[str, str], datetime],
    late: Mapping[tuple[str, str], list[LateChange]],
) -> SiteMonth:
    if row is None:
        return SiteMonth(site=site, month=month)
    review = reviews.get(row.id)
    came = late.get((site, str(month)), [])
    adjusted = touched.get((site, str(month)))
    is_begun = adjusted is not None and adjusted >= row.submitted_at
    return SiteMonth(
        site=site,
        month=month,
        state=_word(row, review, is_begun, came),
        submission_id=row.id,
        number=row.number,
        is_nil=row.is_nil,
        submitted_at=row.submitted_at,
        submitted_by=row.submitted_by,
        counts=tuple(row.counts.items()),
        reviewed_at=review.reviewed_at if review else None,
        reviewed_by=review.reviewed_by if review else "",
        reason=(review.reason or "") if review else "",
        review_id=review.id if review else "",
        late=sum(one.state == WAITING for one in came),
    )


def _late(look: Look, months: list[str]) -> dict[tuple[str, str], list[LateChange]]:
    found: dict[tuple[str, str], list[LateChange]] = defaultdict(list)
    for row in late_rows(look, months):
        found[row.site, row.month].append(row)
    return found


def _word(row: Submission, review: Review | None, is_begun: bool, late: Iterable[LateChange]) -> MonthState:
    """A month that was passed is reviewed anew once a change came later (late changes)."""
    if review is not None and review.is_approved:
        is_reopened = any(one.state == WAITING or one.noticed_at > review.reviewed_at for one in late)
        return MonthState.in_review if is_reopened else MonthState.passed
    if review is not None:
        return MonthState.returned
    if row.is_nil:
        return MonthState.nil
    return MonthState.in_review if is_begun else MonthState.received

"""Gives the bureau's answer to a site's reported month: approved as it is, or returned with a reason (Y05)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.pay import Review
from app.services.money.bureau import bureau_only
from app.services.money.ledger import is_final
from app.services.money.submissions import MonthState, SiteMonth, site_month
from app.services.reading.incoming import refuse_incomplete
from app.services.reading.sites import find_site
from app.text import clean
from app.values import Month


@dataclass(frozen=True)
class ReviewMonth:
    """The answer to a site's month. submission_id: the version that was looked at; "" takes the newest."""

    site: str
    month: str
    is_approved: bool
    reason: str = ""
    submission_id: str = ""

    def problems(self) -> Iterable[Problem]:
        """A return says why."""
        if not self.is_approved and not self.reason.strip():
            yield Problem("reason", "退回时请写明原因，让站点知道要改什么。", "E190")


@handles(ReviewMonth, title="审核月报", permission=Permission.REVIEW_MONTH)
def review_month(work: Work, command: ReviewMonth) -> SiteMonth:
    """The site's month after the answer. Raises Refused E188 … E195, E420, E740 while a part of the site's records is still to come, E921."""
    bureau_only(work)
    month = Month.parse(command.month)
    site = find_site(work, command.site)
    before = site_month(work, site.id, month)
    if command.is_approved:
        refuse_incomplete(work, site.id)
    _check(work, site.name, before, command)
    work.add(
        Review(
            site=site.id,
            month=str(month),
            submission_id=before.submission_id,
            is_approved=command.is_approved,
            reason=clean(command.reason) or None,
            reviewed_by=work.actor.account,
            reviewed_at=work.now.at,
        )
    )
    return site_month(work, site.id, month)


def _check(work: Work, name: str, before: SiteMonth, command: ReviewMonth) -> None:
    month = before.month
    if before.state is MonthState.missing:
        raise Refused("E189", f"“{name}”还没有上报{month.words}，无可审核。", field="site")
    if command.submission_id and command.submission_id != before.submission_id:
        raise Refused(
            "E191",
            f"“{name}”{month.words}又报来了第 {before.number} 版，请看过新版再审核。",
            field="submission_id",
        )
    if before.state is MonthState.returned:
        raise Refused(
            "E192", f"“{name}”{month.words}第 {before.number} 版已退回，请等站点重新上报。", field="site"
        )
    if before.state is MonthState.passed and command.is_approved:
        raise Refused(
            "E193", f"“{name}”{month.words}第 {before.number} 版已审核通过，不必重复审核。", field="site"
        )
    if command.is_approved and before.late:
        raise Refused(
            "E195",
            f"“{name}”{month.words}上报以后又写来 {before.late} 处更改，请先逐条决定采用或不采用，再通过。",
            field="site",
        )
    if not command.is_approved and is_final(work, month):
        raise Refused(
            "E194",
            f"{month.words}已最终结算，不能退回。需要改动的请用“调整”，计入下一次结算。",
            field="month",
        )

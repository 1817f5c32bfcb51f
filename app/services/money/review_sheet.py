"""Lays a site's reported month before the reviewer: how it came, what it holds, and every line with its doubts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import func, select

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.bundle_files import ReceivedBundle
from app.models.duties import Punch
from app.models.records import ReceivedStream
from app.rules.pay.lines import ExceptionKind, PayException
from app.rules.pay.stored import AdjustReason
from app.services.money.month_pay import MonthPay, month_pay
from app.services.money.story import LineView
from app.services.money.submissions import SiteMonth, site_month
from app.services.money.submit_month import month_counts
from app.services.reading.sites import find_site
from app.values import ClockGrade, Month

REASONS = tuple(reason.value for reason in AdjustReason if reason is not AdjustReason.evidence)
"""The coded reasons a reviewer may choose."""


@dataclass(frozen=True)
class ReviewSheet:
    """A site's month (2022-05) for review."""

    site: str
    month: str


class LineStanding(Enum):
    """What a reviewer has to know of a line before its amount."""

    doubtful = "doubtful"
    adjusted = "adjusted"
    clear = "clear"


@dataclass(frozen=True)
class ReviewLine:
    """A pay line under review. now_fen: with all adjustments. hint: the doubt, or how the amount came about."""

    id: str
    line: LineView
    now_fen: int
    standing: LineStanding
    hint: str


@dataclass(frozen=True)
class HowItCame:
    """What a month holds and how it came. seq: the last entry of the station's unbroken stream, None where this office
    entered the month itself; check_code: of the newest bundle; doubtful_clocks: punches whose clock is in doubt."""

    duties: int
    consultations: int
    seq: int | None
    check_code: str
    doubtful_clocks: int


@dataclass(frozen=True, kw_only=True)
class ReviewSheetView:
    """A site's month under review, 分."""

    site: str
    site_name: str
    month: Month
    state: SiteMonth
    came: HowItCame
    lines: tuple[ReviewLine, ...]
    others: tuple[PayException, ...]
    total_fen: int
    is_final: bool
    pay: MonthPay


@answers(ReviewSheet, permission=Permission.LOOK)
def review_sheet(look: Look, query: ReviewSheet) -> ReviewSheetView:
    """Lines with doubts first; late changes have a list of their own. Raises Refused E420, E921."""
    month = Month.parse(query.month)
    site = find_site(look, query.site)
    pay = month_pay(look, month)
    own = [line for line in pay.lines if line.site == site.id]
    waiting = [
        one for one in pay.exceptions if one.site == site.id and one.kind is not ExceptionKind.late_change
    ]
    lines = [_line(line, pay, waiting) for line in own if line.is_settled or line.on not in month]
    lines.sort(key=lambda one: (one.standing is not LineStanding.doubtful, one.line.on, one.id))
    known = {line.key for line in own}
    return ReviewSheetView(
        site=site.id,
        site_name=site.short_name or site.name,
        month=month,
        state=site_month(look, site.id, month),
        came=_how_it_came(look, site.id, month),
        lines=tuple(lines),
        others=tuple(one for one in waiting if one.subject not in known and not _about(one, own)),
        total_fen=sum(line.net_fen for line in own),
        is_final=pay.is_final,
        pay=pay,
    )


def _line(line: LineView, pay: MonthPay, waiting: Iterable[PayException]) -> ReviewLine:
    beside = pay.adjusting(line)
    now = line.net_fen + sum(other.net_fen for other in beside)
    doubts = [one.what for one in waiting if _about(one, [line])]
    key = line.id or line.key
    if doubts:
        return ReviewLine(key, line, now, LineStanding.doubtful, doubts[0])
    if beside:
        return ReviewLine(key, line, now, LineStanding.adjusted, beside[-1].explanation)
    hint = line.explanation if line.deductions or line.reasons else ""
    return ReviewLine(key, line, now, LineStanding.clear, hint)


def _about(one: PayException, lines: Iterable[LineView]) -> bool:
    """Whether the exception belongs to one of the lines: its duty, or the same person's day there."""
    return any(
        one.subject == line.key or (one.person_id, one.on, one.site) == (line.person_id, line.on, line.site)
        for line in lines
    )


def _how_it_came(look: Look, site: str, month: Month) -> HowItCame:
    counts = month_counts(look, site, month)
    stream = look.session.scalars(
        select(ReceivedStream)
        .where(ReceivedStream.site == site)
        .order_by(ReceivedStream.heard_at.desc())
        .limit(1)
    ).first()
    doubtful = look.session.scalar(
        select(func.count())
        .select_from(Punch)
        .where(
            Punch.site == site,
            Punch.on.between(month.first_day, month.last_day),
            Punch.grade.in_((ClockGrade.amber.value, ClockGrade.red.value)),
        )
    )
    return HowItCame(
        counts["duties"],
        counts["consultations"],
        stream.seq if stream is not None else None,
        _code(look, site) if stream is not None else "",
        doubtful or 0,
    )


def _code(look: Look, site: str) -> str:
    newest = look.session.scalars(
        select(ReceivedBundle)
        .where(ReceivedBundle.sender == site, ReceivedBundle.check_code != "")
        .order_by(ReceivedBundle.id.desc())
        .limit(1)
    ).first()
    return newest.check_code if newest is not None else ""

"""Shows a site whether its month is ready to report: attendance, records, pay, and every line with its why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from app.documents.amounts import amount_in_capitals
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.rules.duty.facts import SiteFact
from app.services.attendance.exceptions_list import (
    ExceptionItem,
    ExceptionKind,
    ExceptionsList,
    exceptions_list,
)
from app.services.consultations.register import faulty_in_month
from app.services.money.month_pay import MonthPay, month_pay
from app.services.money.story import LineView
from app.services.money.submissions import SiteMonth, site_month
from app.services.money.submit_month import month_counts
from app.services.reading.sites import may_write_for, site_named
from app.values import Month


@dataclass(frozen=True)
class MonthDesk:
    """A site's month (2022-05); site "": the office's own."""

    month: str
    site: str = ""


class Finding(Enum):
    """What one of the three checks of a month found."""

    attendance_open = "attendance_open"
    attendance_whole = "attendance_whole"
    records_faulty = "records_faulty"
    records_reported = "records_reported"
    records_settled = "records_settled"
    records_stray = "records_stray"
    records_whole = "records_whole"
    evidence_open = "evidence_open"
    pay_settled = "pay_settled"
    pay_expected = "pay_expected"
    pay_unrated = "pay_unrated"


@dataclass(frozen=True)
class MonthCheck:
    """One of the three checks of a month.

    count: all that waits in the month (the first check) or those of its kind, faulty records, or duties in order.
    fen: what completing the records would save, or what the month pays, 分. first: the first that waits.
    """

    finding: Finding
    count: int = 0
    fen: int = 0
    first: ExceptionItem | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to be done."""
        return self.finding in _WHOLE


_WHOLE = frozenset({
    Finding.attendance_whole, Finding.records_settled, Finding.records_whole, Finding.pay_settled, Finding.pay_expected,
    Finding.pay_unrated,
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class MonthDeskView:
    """A site's month. may_submit: this office reports the site's month.

    total_fen: the sum of the lines shown, 分. capitals: the same as a voucher writes it.
    """

    site: str
    site_name: str
    month: Month
    state: SiteMonth
    checks: tuple[MonthCheck, ...]
    lines: tuple[LineView, ...]
    exceptions: tuple[ExceptionItem, ...]
    counts: tuple[tuple[str, int], ...]
    is_final: bool
    may_submit: bool
    pay: MonthPay
    total_fen: int
    capitals: str

    @property
    def is_empty(self) -> bool:
        """No duty, attendance or record: only a nil report is possible."""
        return not any(number for _, number in self.counts)


@answers(MonthDesk, permission=Permission.LOOK)
def month_desk(look: Look, query: MonthDesk) -> MonthDeskView:
    """Raises Refused E420 for an unknown site, E921."""
    month = Month.parse(query.month)
    site = site_named(look, query.site)
    pay = month_pay(look, month)
    lines = tuple(line for line in pay.lines if line.site == site.code)
    waiting = exceptions_list(look, ExceptionsList(month, site.code))
    counts = month_counts(look, site.code, month)
    state = site_month(look, site.code, month)
    faulty = MonthCheck(_standing(state, pay.is_final), faulty_in_month(look, site.code, month))
    checks = (
        _attendance(waiting, lines),
        _records(waiting, lines, faulty),
        _money(waiting, pay, lines),
    )
    return _view(look, site, state, checks, lines, waiting, counts, pay)


def _standing(state: SiteMonth, is_final: bool) -> Finding:
    """Whether the month's records can still be completed: only until it is reported."""
    if is_final:
        return Finding.records_settled
    return Finding.records_faulty if state.is_open else Finding.records_reported


def _view(
    look: Look,
    site: SiteFact,
    state: SiteMonth,
    checks: tuple[MonthCheck, ...],
    lines: tuple[LineView, ...],
    waiting: tuple[ExceptionItem, ...],
    counts: dict[str, int],
    pay: MonthPay,
) -> MonthDeskView:
    may_submit = may_write_for(look, site.code) and state.is_open and not pay.is_final
    total = sum(line.net_fen for line in lines)
    return MonthDeskView(
        site=site.code,
        site_name=site.name,
        month=pay.month,
        state=state,
        checks=checks,
        lines=lines,
        exceptions=waiting,
        counts=tuple(counts.items()),
        is_final=pay.is_final,
        may_submit=may_submit,
        pay=pay,
        total_fen=total,
        capitals=amount_in_capitals(total),
    )


def _attendance(waiting: tuple[ExceptionItem, ...], lines: tuple[LineView, ...]) -> MonthCheck:
    if waiting:
        return MonthCheck(Finding.attendance_open, len(waiting), first=waiting[0])
    return MonthCheck(Finding.attendance_whole, sum(line.is_settled for line in lines))


def _records(
    waiting: tuple[ExceptionItem, ...], lines: tuple[LineView, ...], faulty: MonthCheck
) -> MonthCheck:
    """What completing the records would save is said only where they can be completed."""
    stray = [one for one in waiting if one.kind is ExceptionKind.no_record_duty]
    if faulty.count and faulty.finding is not Finding.records_faulty:
        return faulty
    if faulty.count:
        saved = sum(_without_d1(line) - line.net_fen for line in lines if line.is_settled)
        return replace(faulty, fen=saved)
    if stray:
        return MonthCheck(Finding.records_stray, len(stray), first=stray[0])
    return MonthCheck(Finding.records_whole)


def _without_d1(line: LineView) -> int:
    """What the line would pay were its records complete."""
    others = sum(one.fen for one in line.deductions if one.rule != "D1")
    return max(0, line.base_fen - others)


def _money(waiting: tuple[ExceptionItem, ...], pay: MonthPay, lines: tuple[LineView, ...]) -> MonthCheck:
    pending = [one for one in waiting if one.kind is ExceptionKind.pending]
    total = sum(line.net_fen for line in lines)
    if pay.is_final and pay.has_rates:
        return MonthCheck(Finding.pay_settled, fen=total)
    if pending:
        return MonthCheck(Finding.evidence_open, len(pending), first=pending[0])
    if not pay.has_rates:
        return MonthCheck(Finding.pay_unrated)
    return MonthCheck(Finding.pay_expected, fen=total)

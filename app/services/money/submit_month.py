"""Reports a site's month to the bureau and freezes its rows; a nil report is a statement of its own (Y05, P28)."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import local, local_date
from app.dates import month_day_text
from app.errors import Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.pay import Submission
from app.rules.duty.facts import SiteFact
from app.services.attendance.exceptions_list import ExceptionItem, ExceptionsList, exceptions_list
from app.services.money.ledger import is_final
from app.services.money.submissions import MonthState, SiteMonth, site_month
from app.services.reading.attendance import attendance_rows
from app.services.reading.consultations import consultation_count
from app.services.reading.duties import duties_in_force
from app.services.reading.sites import may_write_for, site_named
from app.values import Month


@dataclass(frozen=True)
class SubmitMonth:
    """A site's month (2022-05) is complete. site "": the office's own; is_nil: nobody sat duty, nothing is to report."""

    month: str
    is_nil: bool = False
    site: str = ""


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """What was reported, and what still waits for somebody (the bureau sees it too).

    outside: a sentence where the document does not cover the month, which hinders nothing.
    """

    id: str
    site: str
    site_name: str
    month: str
    number: int
    is_nil: bool
    counts: tuple[tuple[str, int], ...]
    warnings: tuple[ExceptionItem, ...]
    outside: str


@handles(SubmitMonth, title="提交月报", permission=Permission.SUBMIT_MONTH)
def submit_month(work: Work, command: SubmitMonth) -> Submitted:
    """Raises Refused E180 (not ours), E181, E182 (P28), E183 … E187 (not the time for it), E921."""
    month = Month.parse(command.month)
    site = site_named(work, command.site)
    _check_time(work, site, month)
    before = site_month(work, site.code, month)
    _check_state(work, site, month, before)
    counts = month_counts(work, site.code, month)
    _check_nil(month, counts, command.is_nil)
    row = work.add(
        Submission(
            site=site.code,
            month=str(month),
            number=before.number + 1,
            is_nil=command.is_nil,
            submitted_at=work.now.at,
            submitted_by=work.actor.account,
            counts=counts,
            answers=before.review_id if before.state is MonthState.returned else None,
        )
    )
    waiting = exceptions_list(work, ExceptionsList(month, site.code))
    return Submitted(
        id=row.id,
        site=site.code,
        site_name=site.name,
        month=str(month),
        number=row.number,
        is_nil=row.is_nil,
        counts=tuple(counts.items()),
        warnings=waiting,
        outside=work.pack.outside_words(month),
    )


def month_counts(look: Look, site: str, month: Month) -> dict[str, int]:
    """How many duties, attendance rows and service records the site's month has."""
    return {
        "duties": len(duties_in_force(look, month, site)),
        "attendance": len(attendance_rows(look, month.first_day, month.last_day, site)),
        "consultations": consultation_count(look, month.first_day, month.last_day, site),
    }


def _check_time(work: Work, site: SiteFact, month: Month) -> None:
    if not may_write_for(work, site.code):
        raise Refused("E180", f"“{site.name}”由它自己的办公点上报，本单位不能代报。", field="site")
    if month.first_day > local_date(work.now.at):
        raise Refused("E184", f"{month.words}还没有到，不能上报。", field="month")
    now = local(work.now.at)
    left = [duty for duty in duties_in_force(work, month, site.code) if duty.ends_at > now]
    if left:
        raise Refused(
            "E185",
            f"{month.words}还有 {len(left)} 次值班没有结束（最近一次在 {month_day_text(left[0].on)}），结束后再上报。"
            "上报后本月记录即冻结。",
            field="month",
        )


def _check_state(work: Work, site: SiteFact, month: Month, before: SiteMonth) -> None:
    if is_final(work, month):
        raise Refused(
            "E187",
            f"{month.words}已由司法局最终结算，不能再上报。确有遗漏的请联系司法局，在下月结算中补调。",
            field="month",
        )
    if before.is_waiting:
        raise Refused(
            "E183",
            f"“{site.name}”{month.words}已上报（第 {before.number} 版），正等待审核，不必重复上报。",
            field="month",
        )
    if before.state is MonthState.passed:
        raise Refused(
            "E186",
            f"“{site.name}”{month.words}第 {before.number} 版已审核通过，不能再上报。需要更正请先请司法局退回。",
            field="month",
        )


def _check_nil(month: Month, counts: dict[str, int], is_nil: bool) -> None:
    """无值班 and 忘填 differ, and so do the sentences (P28)."""
    if is_nil and any(counts.values()):
        found = (
            f"值班 {counts['duties']} 次、考勤 {counts['attendance']} 条、咨询 {counts['consultations']} 条"
        )
        raise Refused(
            "E181", f"{month.words}已有记录（{found}），不能作零报。请按正常月报上报。", field="is_nil"
        )
    if not is_nil and not any(counts.values()):
        raise Refused(
            "E182",
            f"{month.words}没有任何值班、考勤和咨询记录。忘记登记的请先补登；确实没有安排值班的，请改用“零报”。",
            field="is_nil",
        )

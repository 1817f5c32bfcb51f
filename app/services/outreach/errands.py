"""Puts what was promised to a citizen on record, plans it, and closes it with its return (Q07, G04)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.clock import local_date
from app.desk_values import DEPARTMENTS, ErrandKind, ErrandResult
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.outreach import Errand
from app.services.consultations.find import need_consultation
from app.services.consultations.record_consultation import pool_person
from app.text import clean, clean_lines

LONGEST = 2_000
LONGEST_TERM = timedelta(days=366)
TELLING = (ErrandResult.refused, ErrandResult.failed, ErrandResult.cancelled)
"""What did not come to the end that was promised says why."""


@dataclass(frozen=True, kw_only=True)
class BeginErrand:
    """Something promised about a consultation. kind: of ErrandKind; department: of DEPARTMENTS, for a referral.

    by: the last day for it. person_id: who goes or answers, "" for nobody named.
    """

    consultation_id: str
    kind: str
    by: date
    department: str = ""
    person_id: str = ""
    matter: str = ""

    def problems(self) -> Iterable[Problem]:
        """A kind, a department where there must be one, what is to be done."""
        if self.kind not in set(ErrandKind):
            yield Problem("kind", f"请选择事项：{'、'.join(ErrandKind)}。", "E269")
        needs_department = self.kind in (ErrandKind.referral, ErrandKind.forwarded)
        if needs_department and self.department not in DEPARTMENTS:
            yield Problem("department", f"请选择转往的部门：{'、'.join(DEPARTMENTS)}。", "E269")
        if not clean(self.matter) or len(self.matter) > LONGEST:
            yield Problem("matter", f"请写明要办什么，最多 {LONGEST} 字。", "E269")


@dataclass(frozen=True)
class PlanErrand:
    """Another last day, or another person, for one that is open; person_id None leaves it."""

    id: str
    by: date
    person_id: str | None = None


@dataclass(frozen=True)
class CloseErrand:
    """What came of it, of ErrandResult, and on which day (None: today)."""

    id: str
    result: str
    answer: str = ""
    on: date | None = None

    def problems(self) -> Iterable[Problem]:
        """One of the results; what was not done says why."""
        if self.result not in set(ErrandResult):
            yield Problem("result", f"请选择结果：{'、'.join(ErrandResult)}。", "E271")
        elif self.result in TELLING and not clean(self.answer):
            yield Problem("answer", f"结果是“{self.result}”的，请写明情况。", "E271")
        if len(self.answer) > LONGEST:
            yield Problem("answer", f"结果说明最多 {LONGEST} 字，请精简。", "E271")


@handles(BeginErrand, title="登记转办事项", permission=Permission.RECORD_CONSULTATION)
def begin_errand(work: Work, command: BeginErrand) -> str:
    """Its id. Raises Refused E245, E246, E255, E272 for a day that cannot be meant, E903."""
    record = work.mine(need_consultation(work, command.consultation_id))
    today = local_date(work.now.at)
    _refuse_day(command.by, record.on, today)
    return work.put(
        Errand,
        site=record.site,
        consultation_id=record.id,
        kind=command.kind,
        department=command.department if command.kind in (ErrandKind.referral, ErrandKind.forwarded) else "",
        person_id=pool_person(work, command.person_id) if command.person_id else "",
        begun_on=today,
        by=command.by,
        matter=clean_lines(command.matter),
        entered_by=work.actor.account,
        entered_at=work.now.at,
    )


@handles(PlanErrand, title="安排转办事项", permission=Permission.RECORD_CONSULTATION)
def plan_errand(work: Work, command: PlanErrand) -> str:
    """Its id. Raises Refused E245, E270, E272, E903."""
    row = _open_errand(work, command.id)
    _refuse_day(command.by, row.begun_on, local_date(work.now.at))
    row.by = command.by
    if command.person_id is not None:
        row.person_id = pool_person(work, command.person_id) if command.person_id else ""
    return row.id


@handles(CloseErrand, title="办结转办事项", permission=Permission.RECORD_CONSULTATION)
def close_errand(work: Work, command: CloseErrand) -> str:
    """Its id. Raises Refused E270, E272, E903."""
    row, today = _open_errand(work, command.id), local_date(work.now.at)
    on = command.on or today
    if not row.begun_on <= on <= today:
        raise Refused("E272", "办结日期早于转办日期，或者还没有到，请核对。", field="on")
    row.result, row.closed_on = command.result, on
    row.answer = clean_lines(command.answer) or None
    return row.id


def _open_errand(work: Work, row_id: str) -> Errand:
    row = work.session.get(Errand, row_id)
    if row is None or row.result:
        raise Refused("E270", "没有找到这件转办事项，或者已经办结，请刷新后再试。")
    found: Errand = work.mine(row)
    return found


def _refuse_day(by: date, begun: date, today: date) -> None:
    """A last day lies neither before the record nor beyond a year."""
    if not begun <= by <= today + LONGEST_TERM:
        raise Refused("E272", "期限早于登记日期，或者超过一年，请核对。", field="by")

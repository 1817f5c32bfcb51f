"""Decides what waits for somebody: corrections, unscheduled and short duties, spot checks, complaints (Y05, Y17)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.duties import Complaint, Correction, Decision, Duty, Punch, SpotCheck
from app.models.organisation import Person
from app.models.records import Account
from app.models.service_desk import Consultation
from app.rules.duty.facts import MonthFacts
from app.rules.duty.gather import gather
from app.rules.pay.units import shortfall, units_of
from app.rules.supervision.explaining import HearingState
from app.services.attendance.entry_checks import another_must_verify, person_untold
from app.services.attendance.freeze import refuse_if_frozen
from app.services.reading.duties import duties_in_force, duty_in_force
from app.services.reading.evidence_steps import NOTHING_SAID, explaining_of
from app.services.reading.ratings import ratings_in_force
from app.services.reading.rulings import ruling_of
from app.services.reading.sites import is_own_site, site_facts
from app.services.reading.voids import not_voided, void_of
from app.text import clean
from app.values import Month, Rating, SpotResult, Verdict

SHORTEST_ID = 8
DECIDABLE: tuple[type[Any], ...] = (Correction, Punch, Duty, SpotCheck, Complaint, Consultation, Person)


@dataclass(frozen=True)
class Decide:
    """Approve or refuse what waits under an id (or the id's beginning), with the reason.

    Approving a correction, an unscheduled or a short duty lets it count; approving a spot check or a complaint finds
    it proved (脱岗: the excuse no good), so that it costs.
    """

    subject_id: str
    is_approved: bool
    reason: str

    def problems(self) -> Iterable[Problem]:
        """A subject and a reason."""
        if len(self.subject_id.strip()) < SHORTEST_ID:
            yield Problem("subject_id", "请给出要审定的记录编号，可在异常清单里找到。", "E125")
        if not clean(self.reason):
            yield Problem("reason", "请写明审定的理由。", "E129")


@handles(Decide, title="审定考勤异常", permission=Permission.DECIDE)
def decide(work: Work, command: Decide) -> str:
    """The decision's id. Raises Refused E110, E125 … E128, E150 … E152."""
    row = find_decidable(work, command.subject_id.strip())
    if void_of(work, row) is not None:
        raise Refused("E127", f"这条{row.title}已经作废，没有可审定的内容。")
    _RULES[type(row)](work, row)
    if isinstance(row, SpotCheck | Complaint):
        refuse_unheard(work, row, is_proved=command.is_approved)
    if isinstance(row, Consultation):
        row = _rating_as_complaint(work, row)
    if not work.office.is_bureau:
        _refuse_after_bureau(work, row)
        if not isinstance(row, SpotCheck | Complaint):
            refuse_if_frozen(work, row.site, row.on)
    work.subjects.append(row.id)
    return store_decision(work, row, command.is_approved, command.reason)


def refuse_unheard(look: Look, row: SpotCheck | Complaint, *, is_proved: bool) -> None:
    """Another verifies than who recorded, and against the person only once he was heard (Y24).

    Raises Refused E150, E151 while his day has not passed, E152 where the bureau reads that he must be told first.
    """
    if row.entered_by == look.actor.account:
        raise another_must_verify()
    today = local_date(look.now.at)
    held = explaining_of(look, [row.id]).get(row.id, NOTHING_SAID)
    state = held.procedure(today, is_verified=False)
    if not is_proved or state.may_be_found_proved:
        return
    if state is HearingState.explanation_awaited:
        raise Refused(
            "E151", f"已通知本人在 {held.due_on} 以前说明，还没有收到说明。期满以前不能作不利的认定。"
        )
    if look.pack.setting("explanation_first") == "always":
        raise person_untold()


def store_decision(work: Work, subject: Any, is_approved: bool, reason: str) -> str:
    """Store a decision about a row that has a site; its id."""
    decision = work.add(
        Decision(
            site=subject.site,
            subject=subject.__tablename__,
            subject_id=subject.id,
            is_approved=is_approved,
            reason=clean(reason),
            decided_by=work.actor.account,
            decided_at=work.now.at,
        )
    )
    return str(decision.id)


def find_decidable(look: Look, words: str) -> Any:
    """The row that an id, or its unambiguous beginning, names. Raises Refused E125."""
    for table in DECIDABLE:
        row = look.session.get(table, words)
        if row is not None:
            return row
    for table in DECIDABLE:
        found = look.session.scalars(
            select(table).where(table.id.startswith(words, autoescape=True)).limit(2)
        ).all()
        if len(found) == 1:
            return found[0]
    raise Refused("E125", f"没有编号为“{words}”的待审事项，请在异常清单里核对编号。", field="subject_id")


def _may_correction(work: Work, row: Correction) -> None:
    if row.asked_by != work.actor.account:
        return
    others = [a for a in work.session.scalars(select(Account)) if a.is_active and a.id != work.actor.account]
    if others or work.office.is_bureau:
        raise Refused("E126", "补签不能由申请人自己审定，请换一个账号审定。")
    raise Refused(
        "E126", "补签须由另一人审定。本站只有一个工作账号，请随月报上报，由县（市、区）司法局审定。"
    )


def _may_punch(work: Work, row: Punch) -> None:
    if row.direction == "out" and row.pair_id:
        raise Refused("E127", "签退没有可单独审定的内容，请审定它对应的签到。")


def _may_duty(work: Work, row: Duty) -> None:
    if duty_in_force(work, row.id) is None:
        raise Refused("E127", "这个班次没有发布或已被变更，没有可审定的内容。")
    if not is_short(work, row.id):
        raise Refused(
            "E127", "这个班次的时长符合规定，没有待确认的特殊情况。缺签到或签退的请先登记补签，再审定补签。"
        )
    if not work.office.is_bureau:
        raise Refused("E128", "时长不足的“特殊情况”由县（市、区）司法局确认，请随月报上报。")


def _may_check(work: Work, row: SpotCheck) -> None:
    if row.result == SpotResult.present.value:
        raise Refused("E127", "抽查结果为在岗，没有需要核实的内容。")


def _may_complaint(work: Work, row: Complaint) -> None:
    """A complaint can always be verified anew."""


def _may_consultation(work: Work, row: Consultation) -> None:
    if ratings_in_force(work, [row.id])[row.id] != Rating.dissatisfied:
        raise Refused("E127", "这条咨询没有不满意评价，没有需要核实的内容。")


def _may_person(work: Work, row: Person) -> None:
    raise Refused("E127", "同名人员请在“人员”里按执业证号或身份证号确认是否同一人。")


_RULES: dict[type[Any], Callable[[Work, Any], None]] = {
    Correction: _may_correction,
    Punch: _may_punch,
    Duty: _may_duty,
    SpotCheck: _may_check,
    Complaint: _may_complaint,
    Consultation: _may_consultation,
    Person: _may_person,
}


def _short_duty_ids(look: Look, on: date, site: str) -> frozenset[str]:
    """The duties of a site and day that belong to a unit rostered below its minimum, confirmed ones included."""
    rates = look.pack.rates
    duties = duties_in_force(look, (on, on), site)
    if rates is None or not duties:
        return frozenset()
    facts = MonthFacts(
        month=Month.of(on), sites=site_facts(look, {site}), duties=tuple(duty.fact() for duty in duties)
    )
    units = units_of(gather(facts, look.pack.rule_settings).duties)
    return frozenset(item.duty.id for unit in units if shortfall(unit, rates) for item in unit.items)


def is_short(look: Look, duty_id: str) -> bool:
    """Whether the person's duties of that day are rostered below the minimum of the site's kind (Y09)."""
    duty = duty_in_force(look, duty_id)
    return duty is not None and duty_id in _short_duty_ids(look, duty.on, duty.site)


def _refuse_after_bureau(work: Work, row: Any) -> None:
    ruling = ruling_of(work, row.__tablename__, row.id)
    if ruling is not None and ruling.is_by_bureau:
        raise Refused("E128", "这一项已由县（市、区）司法局审定，本站不能再改。如有异议请向司法局反映。")
    if not is_own_site(work, row.site):
        raise Refused("E128", "这一项不属于本站，本站不能审定。请由所属单位或县（市、区）司法局审定。")


def _rating_as_complaint(work: Work, row: Consultation) -> Complaint:
    """A 不满意 counts only through a complaint row, so one is written for it (Y17 (3))."""
    known = work.session.scalars(
        select(Complaint).where(Complaint.consultation_id == row.id, not_voided(Complaint)).limit(1)
    ).first()
    if known is not None:
        return known
    made: Complaint = work.add(
        Complaint(
            site=row.site,
            at=row.at,
            on=row.on,
            person_id=row.person_id,
            consultation_id=row.id,
            consultation_number=row.number,
            matter="评价为不满意",
            verdict=Verdict.pending.value,
        )
    )
    return made

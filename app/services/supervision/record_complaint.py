"""Records a complaint about a duty; only what is verified costs (Y17 (3), Y24)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.clock import local_to_utc
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.duties import Complaint
from app.models.service_desk import Consultation
from app.services.attendance.entry_checks import another_must_verify, refuse_future
from app.services.reading.people import person_links
from app.services.reading.voids import not_voided
from app.services.supervision.record_spot_check import (
    is_verdict,
    refuse_stranger,
    refuse_untold,
    refuse_unwatched,
)
from app.text import clean
from app.values import Verdict


@dataclass(frozen=True)
class RecordComplaint:
    """A complaint; at, naive local, is the time complained of. number: the record's in the site's register, if any."""

    site: str
    at: datetime
    person_id: str
    matter: str
    number: str = ""
    verdict: str = Verdict.pending.value

    def problems(self) -> Iterable[Problem]:
        """A person, a matter, a verdict of the list."""
        if not self.person_id:
            yield Problem("person_id", "请选择被投诉人。", "E146")
        if not clean(self.matter):
            yield Problem("matter", "请写明投诉事由。", "E147")
        if (self.verdict or Verdict.pending.value) not in tuple(Verdict):
            yield Problem(
                "verdict", f"核实结果“{self.verdict}”不在可选值内，请填：{'、'.join(Verdict)}。", "E148"
            )


@handles(RecordComplaint, title="登记投诉", permission=Permission.HANDLE_COMPLAINT)
def record_complaint(work: Work, command: RecordComplaint) -> str:
    """The complaint's id, not yet verified: who takes it down does not verify it (Y24).

    Raises Refused E001, E120, E144, E145, E149, E150.
    """
    if is_verdict(command.verdict):
        work.actor.need(Permission.DECIDE)
        raise another_must_verify("verdict")
    return store_complaint(work, command).id


def store_complaint(work: Work, command: RecordComplaint) -> Complaint:
    """Store a complaint that has no problems; also for imports."""
    refuse_future(work, command.at, field="at")
    refuse_unwatched(work, command.site)
    refuse_stranger(work, command.person_id)
    if command.verdict == Verdict.confirmed:
        refuse_untold(work)
    number = clean(command.number)
    record = find_record(work, command.site, number)
    if record is not None:
        _refuse_other_person(work, record, command.person_id)
    row: Complaint = work.add(
        Complaint(
            site=command.site,
            at=local_to_utc(command.at),
            on=command.at.date(),
            person_id=command.person_id,
            consultation_id=record.id if record else "",
            consultation_number=number,
            matter=clean(command.matter) or None,
            verdict=command.verdict or Verdict.pending.value,
            entered_by=work.actor.account,
        )
    )
    return row


def find_record(work: Work, site: str, number: str) -> Consultation | None:
    """The record of that register number at the site; it may still be on its way from the station."""
    if not number:
        return None
    query = select(Consultation).where(
        Consultation.site == site, Consultation.number == number, not_voided(Consultation)
    )
    return work.once(("record", site, number), lambda: work.session.scalars(query.limit(1)).first())


def _refuse_other_person(work: Work, record: Consultation, person_id: str) -> None:
    linked = person_links(work)
    if linked.get(record.person_id, record.person_id) != linked.get(person_id, person_id):
        raise Refused(
            "E149",
            f"第 {record.number} 号咨询不是这个人值班时登记的，请核对咨询编号和被投诉人。",
            field="number",
        )

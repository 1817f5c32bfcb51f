"""Tells a person what was found or complained of, and takes his explanation before another verifies it (Y24)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.duties import Complaint, SpotCheck
from app.models.supervision import EvidenceStep
from app.services.attendance.entry_checks import is_watched_site
from app.services.reading.calendar import work_calendar
from app.services.reading.evidence_steps import NOTHING_SAID, explaining_of
from app.services.reading.rulings import ruling_of
from app.services.reading.voids import void_of
from app.supervision_values import EvidenceStepKind
from app.text import clean
from app.values import SpotResult

LONGEST_EXPLANATION = 2000


@dataclass(frozen=True)
class NotifyPerson:
    """Put on record that the person was told of a spot check's finding or a complaint, and by when he explains himself.

    on None: today; a notice given earlier on paper names its day.
    """

    subject_id: str
    on: date | None = None


@dataclass(frozen=True)
class PersonNotified:
    """The notice on record and the last day for the explanation."""

    id: str
    due_on: date


@dataclass(frozen=True)
class RecordExplanation:
    """What the person says to it, as he or somebody for him brought it. brought_by: who (本人, a name)."""

    subject_id: str
    text: str
    brought_by: str
    on: date | None = None

    def problems(self) -> Iterable[Problem]:
        """A text that is not too long, and who brought it."""
        if not clean(self.text):
            yield Problem("text", "请写明本人怎么说。", "E153")
        if len(self.text) > LONGEST_EXPLANATION:
            yield Problem("text", f"说明最多 {LONGEST_EXPLANATION} 字，请写要点，原件另存。", "E153")
        if not clean(self.brought_by):
            yield Problem("brought_by", "请写明由谁送交，如“本人当面”“本人电话”。", "E153")


@handles(NotifyPerson, title="通知本人说明", permission=Permission.HANDLE_COMPLAINT)
def notify_person(work: Work, command: NotifyPerson) -> PersonNotified:
    """The notice. Raises Refused E154 for what is no open evidence, E155 told already, E156 a wrong day, E144."""
    row = open_evidence(work, command.subject_id)
    held = explaining_of(work, [row.id]).get(row.id, NOTHING_SAID)
    if held.notified_on is not None or held.explained_on is not None:
        raise Refused("E155", "已经通知过本人，或者本人已经说明，不用再通知。")
    on = _day(work, row, command.on)
    due = work_calendar(work).after_workdays(on, explanation_workdays(work))
    return PersonNotified(_store(work, row, EvidenceStepKind.notified, on, due_on=due), due)


@handles(RecordExplanation, title="登记本人说明", permission=Permission.HANDLE_COMPLAINT)
def record_explanation(work: Work, command: RecordExplanation) -> str:
    """The explanation's id; a later one stands beside the first. Raises Refused E154, E156, E144."""
    row = open_evidence(work, command.subject_id)
    return store_explanation(work, row, command.text, command.brought_by, command.on)


def store_explanation(
    work: Work, row: SpotCheck | Complaint, text: str, brought_by: str, on: date | None = None
) -> str:
    """Store an explanation that has no problems; also for the kiosk."""
    kind = EvidenceStepKind.explained
    return _store(work, row, kind, _day(work, row, on), text=clean(text), brought_by=clean(brought_by))


def explanation_workdays(look: Look) -> int:
    """Workdays from the notice to the last day for the explanation, as the bureau reads the document."""
    return int(str(look.pack.setting("explanation_workdays")))


def open_evidence(look: Look, subject_id: str) -> SpotCheck | Complaint:
    """The finding or complaint of that id which nobody verified yet. Raises Refused E154, E144."""
    row = look.session.get(SpotCheck, subject_id) or look.session.get(Complaint, subject_id)
    if row is None or void_of(look, row) is not None:
        raise Refused("E154", "没有这条抽查或投诉，或者已经作废，请刷新后重选。", field="subject_id")
    if isinstance(row, SpotCheck) and row.result == SpotResult.present:
        raise Refused("E154", "抽查结果为在岗，不用本人说明。", field="subject_id")
    if ruling_of(look, row.__tablename__, row.id) is not None:
        raise Refused("E154", "这一项已经审定。本人有异议的，请审定人重新认定。", field="subject_id")
    if not is_watched_site(look, row.site):
        raise Refused("E144", "只能登记本单位及所辖站点的抽查和投诉，请核对站点。", field="site")
    return row


def _day(work: Work, row: SpotCheck | Complaint, on: date | None) -> date:
    today = local_date(work.now.at)
    day = on or today
    if not row.on <= day <= today:
        raise Refused("E156", f"日期应在 {row.on} 至 {today} 之间，请核对。", field="on")
    return day


def _store(
    work: Work,
    row: SpotCheck | Complaint,
    kind: EvidenceStepKind,
    on: date,
    *,
    due_on: date | None = None,
    text: str = "",
    brought_by: str = "",
) -> str:
    work.subjects.append(row.id)
    return work.put(
        EvidenceStep,
        site=row.site,
        subject_id=row.id,
        kind=kind.value,
        on=on,
        due_on=due_on,
        text=text or None,
        brought_by=brought_by or None,
        entered_by=work.actor.account,
        entered_at=work.now.at,
    )

"""Corrects a record with its reason; the change log keeps what stood there before (Q02, P29)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.clock import local, local_to_utc
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.service_desk import Consultation
from app.services.attendance.entry_checks import refuse_future
from app.services.attendance.freeze import refuse_if_frozen
from app.services.consultations.entry import ENTRY_FIELDS, ConsultationEntry, judged
from app.services.consultations.find import need_consultation
from app.services.consultations.record_consultation import Recorded, pool_person, stored_values, warnings_of
from app.services.consultations.required import missing_items
from app.services.returns.answer_return import answer_by_correction
from app.text import clean


@dataclass(frozen=True, kw_only=True)
class CorrectConsultation:
    """The record, why it is corrected, and the new values; None leaves an item as it is.

    at: naive local time. What the client thought of it is no part of the record: RateConsultation.
    """

    id: str
    reason: str
    at: datetime | None = None
    person_id: str | None = None
    client_name: str | None = None
    sex: str | None = None
    id_number: str | None = None
    is_id_refused: bool | None = None
    phone: str | None = None
    village: str | None = None
    groups: tuple[str, ...] | None = None
    channel: str | None = None
    topics: tuple[str, ...] | None = None
    content: str | None = None
    answer: str | None = None
    handling: str | None = None
    is_aid_mentioned: bool | None = None
    is_told_once: bool | None = None
    is_home_visit_needed: bool | None = None
    is_green: bool | None = None

    def problems(self) -> Iterable[Problem]:
        """A correction says why."""
        if not clean(self.reason):
            yield Problem("reason", "请写明更正的原因，原记录会保留。", "E247")


@handles(CorrectConsultation, title="更正咨询", permission=Permission.RECORD_CONSULTATION)
def correct_consultation(work: Work, command: CorrectConsultation) -> Recorded:
    """The corrected record. Raises Refused E110, E111, E120, E203, E204, E213, E241 … E248, E903."""
    return correct(work, command)


def correct(work: Work, command: CorrectConsultation) -> Recorded:
    """Change a record's values; for handlers that correct as a part of their work (the kiosk's check-up)."""
    row = work.mine(need_consultation(work, command.id))
    at = command.at or local(row.at)
    refuse_future(work, at, field="at")
    record = (Consultation.__tablename__, row.id)
    refuse_if_frozen(work, row.site, row.on, records=[record])
    refuse_if_frozen(work, row.site, at.date(), records=[record] if at.date() == row.on else [])
    found = judged(_changed(entry_in(row), command), at.date())
    values = stored_values(found.entry) | {
        "at": local_to_utc(at),
        "on": at.date(),
        "person_id": row.person_id if command.person_id is None else pool_person(work, command.person_id),
        "id_kind": found.identity.kind,
        "missing": list(missing_items(found.entry, work.pack.required_items)),
    }
    if all(getattr(row, name) == value for name, value in values.items()):
        raise Refused("E248", "没有改动任何内容，不需要更正。")
    for name, value in values.items():
        setattr(row, name, value)
    row.revision, row.revision_reason = row.revision + 1, clean(command.reason)
    answer_by_correction(work, [record], command.reason)
    return Recorded(row.id, row.number, tuple(row.missing), warnings_of(found))


def entry_in(row: Consultation) -> ConsultationEntry:
    """What a stored record says, as an entry."""
    values: dict[str, Any] = {name: getattr(row, name) for name in ENTRY_FIELDS}
    plain: dict[str, Any] = {name: "" if value is None else value for name, value in values.items()}
    return ConsultationEntry(**plain | {"groups": tuple(row.groups), "topics": tuple(row.topics)})


def _changed(entry: ConsultationEntry, command: CorrectConsultation) -> ConsultationEntry:
    given = {name: getattr(command, name) for name in ENTRY_FIELDS}
    wanted = {name: value for name, value in given.items() if value is not None}
    if wanted.get("is_id_refused") and "id_number" not in wanted:
        wanted["id_number"] = ""
    return replace(entry, **wanted)

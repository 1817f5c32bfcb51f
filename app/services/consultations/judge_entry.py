"""Judges an entry while it is typed, so that faults are named beside their fields before anything is saved (P39)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from app.clock import local
from app.errors import Problem
from app.identity import age_on, is_elderly, is_minor, judge_id, phone_warnings
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.attendance.freeze import frozen_state
from app.services.consultations.entry import ConsultationEntry, judged, refusals
from app.services.consultations.record_consultation import borrowed
from app.services.consultations.required import field_of, missing_items
from app.values import Month

ELDERLY, MINOR = "老年人", "未成年人"


@dataclass(frozen=True)
class JudgeEntry:
    """What is typed so far. at: naive local time, None for now. same_client_as, site: as in RecordConsultation."""

    entry: ConsultationEntry = field(default_factory=ConsultationEntry)
    at: datetime | None = None
    same_client_as: str = ""
    site: str = ""


@dataclass(frozen=True, kw_only=True)
class EntryJudgement:
    """problems refuse; warnings and missing do not. missing: (field, item of the pack).

    sex, age and region come from a valid identity card. groups: those the card speaks for. fault_fen: what a record
    with missing items may cost, 分, 0 where the pack sets no rates and in a month that is reported or settled (P24).
    """

    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    sex: str = ""
    age: int | None = None
    region: str = ""
    groups: tuple[str, ...] = ()
    fault_fen: int = 0


@answers(JudgeEntry, permission=Permission.RECORD_CONSULTATION)
def judge_entry(look: Look, query: JudgeEntry) -> EntryJudgement:
    """What saving it would say. Raises Refused E246 for an unknown earlier record."""
    on = (query.at or local(look.now.at)).date()
    entry = borrowed(look, query.entry, query.same_client_as)
    problems = refusals(entry, on)
    faulty = {problem.field for problem in problems}
    plain = entry if problems else judged(entry, on).entry
    identity = judge_id(entry.id_number if "id_number" not in faulty else "", today=on)
    lacking = [(field_of(item), item) for item in missing_items(plain, look.pack.required_items)]
    age = age_on(identity.birth, on) if identity.birth else None
    return EntryJudgement(
        problems=problems,
        warnings=_warnings(identity.warnings, phone_warnings(entry.phone if "phone" not in faulty else "")),
        missing=tuple(pair for pair in lacking if pair[0] not in faulty),
        sex=identity.sex,
        age=age,
        region=identity.region_text,
        groups=tuple(
            group for group in _groups(identity.birth, on) if group in look.pack.consultation_groups
        ),
        fault_fen=_fault_fen(look, query.site or look.office.own_site, on),
    )


def _fault_fen(look: Look, site: str, on: date) -> int:
    is_open = not frozen_state(look, site, Month.of(on))
    return look.pack.rates.d1_fen if look.pack.rates and is_open else 0


def _warnings(papers: tuple[str, ...], phones: tuple[str, ...]) -> tuple[Problem, ...]:
    return (
        *(Problem("id_number", words, "") for words in papers),
        *(Problem("phone", words, "") for words in phones),
    )


def _groups(birth: date | None, on: date) -> tuple[str, ...]:
    if birth is None:
        return ()
    return ((ELDERLY,) if is_elderly(birth, on) else ()) + ((MINOR,) if is_minor(birth, on) else ())

"""Lists the notes of cases, and complaints about cases with their clocks (J10 A07 G06 G09)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.case_values import NoteKind
from app.clock import local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_name
from app.models.case_quality import CaseNote
from app.models.case_standings import CaseStandingRow
from app.models.travelling import understood
from app.rules.cases.clock_rules import clock_settings
from app.rules.cases.clocks import CaseClock, plain_clock
from app.rules.cases.event_facts import FactShape
from app.rules.cases.notes import NOTE_RULES
from app.services.cases.case_card import FactField
from app.services.cases.find import need_case
from app.services.cases.hidden import Hidden
from app.services.reading.calendar import work_calendar
from app.services.reading.rulings import in_parts
from app.values import yuan_text

NEWEST_NOTES = 500
"""Notes that are shown where neither a case nor a day is named."""


@dataclass(frozen=True, kw_only=True)
class CaseNotes:
    """Notes, the newest first; kinds (): every kind. first, last: days, both inclusive.

    case "": of every case; without a first day then the newest `NEWEST_NOTES` of them.
    """

    case: str = ""
    kinds: tuple[NoteKind, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, kw_only=True)
class NoteLine:
    """One note; who and text hidden from whoever may not reveal them. facts: (title, words)."""

    id: str
    case: str
    number: str
    kind: NoteKind
    on: date
    who: str
    text: str
    facts: tuple[tuple[str, str], ...]
    about: str
    clause: str


@dataclass(frozen=True)
class NoteForms:
    """What this account may note about cases."""


@dataclass(frozen=True)
class NoteFormOffer:
    """One kind of note as a form asks for it. who: whom it names, "" for nobody. is_answer: it answers a complaint."""

    kind: NoteKind
    fields: tuple[FactField, ...]
    who: str
    needs_text: bool
    clause: str
    is_answer: bool


@dataclass(frozen=True)
class CaseComplaints:
    """Complaints about cases, those that wait first. is_open_only: only those that wait."""

    is_open_only: bool = False


@dataclass(frozen=True, kw_only=True)
class ComplaintLine:
    """A complaint with what came of it. clock: the one that runs, or the last; None before the rules know one."""

    id: str
    case: str
    number: str
    on: date
    who: str
    text: str
    ground: str
    state: str
    outcome: str
    clock: CaseClock | None
    is_open: bool


@answers(CaseNotes, permission=Permission.LOOK)
def case_notes(look: Look, query: CaseNotes) -> tuple[NoteLine, ...]:
    """The notes. Raises Refused E313, E314."""
    wanted = select(CaseNote)
    if query.case:
        wanted = wanted.where(CaseNote.case_id == need_case(look, query.case).id)
    if query.kinds:
        wanted = wanted.where(CaseNote.kind.in_([one.value for one in query.kinds]))
    if query.first:
        wanted = wanted.where(CaseNote.on >= query.first)
    if query.last:
        wanted = wanted.where(CaseNote.on <= query.last)
    wanted = wanted.order_by(CaseNote.on.desc(), CaseNote.id.desc())
    if not query.case and query.first is None:
        wanted = wanted.limit(NEWEST_NOTES)
    rows = understood(look.session.scalars(wanted))
    numbers, shown = (
        numbers_of(look, (row.case_id for row in rows)),
        Hidden(look.actor.may(Permission.REVEAL)),
    )
    return tuple(_line(row, numbers, shown) for row in rows)


@answers(NoteForms, permission=Permission.LOOK)
def note_forms(look: Look, _query: NoteForms) -> tuple[NoteFormOffer, ...]:
    """The kinds in the order they are offered; an intake point's account has fewer."""
    is_agency, is_intake = look.actor.may(Permission.HANDLE_CASE), look.actor.may(Permission.RECORD_CASE)
    return tuple(
        NoteFormOffer(
            kind,
            tuple(
                FactField(one.name, one.title, one.shape.value, one.is_required, one.words)
                for one in rule.facts
            ),
            rule.who,
            rule.needs_text,
            rule.clause,
            bool(rule.answers),
        )
        for kind, rule in NOTE_RULES.items()
        if is_agency or (is_intake and rule.at_intake)
    )


@answers(CaseComplaints, permission=Permission.LOOK)
def case_complaints(look: Look, query: CaseComplaints) -> tuple[ComplaintLine, ...]:
    """The complaints, the nearest due first among those that wait."""
    rows = understood(look.session.scalars(select(CaseNote).where(CaseNote.kind.in_(_COMPLAINTS))))
    answered: dict[str, list[CaseNote]] = {}
    for row in rows:
        if row.about:
            answered.setdefault(row.about, []).append(row)
    numbers, shown = (
        numbers_of(look, (row.case_id for row in rows)),
        Hidden(look.actor.may(Permission.REVEAL)),
    )
    found = [
        _complaint(look, row, answered.get(row.id, ()), numbers, shown)
        for row in rows
        if row.kind == NoteKind.complaint
    ]
    found.sort(key=lambda one: (not one.is_open, (one.clock and one.clock.due) or date.max, one.id))
    return tuple(one for one in found if one.is_open or not query.is_open_only)


def numbers_of(look: Look, cases: Iterable[str]) -> dict[str, str]:
    """Case id → 案号, "" where none was given yet."""
    found: dict[str, str] = {}
    for part in in_parts(sorted(set(cases))):
        query = select(CaseStandingRow.case_id, CaseStandingRow.number).where(
            CaseStandingRow.case_id.in_(part)
        )
        found.update(look.session.execute(query).tuples().all())
    return found


_COMPLAINTS = [kind.value for kind in NoteKind if kind.name.startswith("complaint")]


def _line(row: CaseNote, numbers: dict[str, str], shown: Hidden) -> NoteLine:
    rule = NOTE_RULES[NoteKind(row.kind)]
    return NoteLine(
        id=row.id,
        case=row.case_id,
        number=numbers.get(row.case_id, ""),
        kind=rule.kind,
        on=row.on,
        who=shown.words(row.who, mask_name(row.who or "")),
        text=shown.words(row.text),
        facts=tuple(
            (one.title, _words(one.shape, row.facts[one.name])) for one in rule.facts if one.name in row.facts
        ),
        about=row.about,
        clause=rule.clause,
    )


def _words(shape: FactShape, value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if shape is FactShape.money and isinstance(value, int):
        return f"{yuan_text(value)} 元"
    return str(value)


def _complaint(
    look: Look, row: CaseNote, after: Sequence[CaseNote], numbers: dict[str, str], shown: Hidden
) -> ComplaintLine:
    days = {NoteKind(one.kind): one.on for one in after}
    closed = next((one for one in after if one.kind == NoteKind.complaint_closed), None)
    accepted = days.get(NoteKind.complaint_accepted)
    judged = accepted or days.get(NoteKind.complaint_rejected)
    clock = (
        _clock(look, "complaint_close", accepted, days.get(NoteKind.complaint_closed))
        if accepted
        else _clock(look, "complaint_accept", row.on, judged)
    )
    return ComplaintLine(
        id=row.id,
        case=row.case_id,
        number=numbers.get(row.case_id, ""),
        on=row.on,
        who=shown.words(row.who, mask_name(row.who or "")),
        text=shown.words(row.text),
        ground=str(row.facts.get("ground", "")),
        state=_state(days),
        outcome=str(closed.facts.get("outcome", "")) if closed else "",
        clock=clock,
        is_open=closed is None and NoteKind.complaint_rejected not in days,
    )


def _state(days: dict[NoteKind, date]) -> str:
    if NoteKind.complaint_closed in days:
        return "已办结"
    if NoteKind.complaint_rejected in days:
        return "不予受理"
    return "已受理" if NoteKind.complaint_accepted in days else "待受理"


def _clock(look: Look, key: str, start: date, ended: date | None) -> CaseClock | None:
    return plain_clock(
        key, start, ended, work_calendar(look), clock_settings(look.pack), local_date(look.now.at)
    )

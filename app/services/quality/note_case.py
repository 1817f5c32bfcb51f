"""Notes something about a case beside its steps: a hearing observed, a follow-up, a complaint and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from app.case_values import NoteKind
from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.case_quality import CaseNote
from app.rules.cases.facts import FactValue
from app.rules.cases.notes import NOTE_RULES, note_problems
from app.services.cases.find import case_standing, need_case, refuse_other_case
from app.services.cases.typed_facts import read_facts
from app.services.cases.write_event import LONGEST_FACT, cleaned_facts
from app.text import clean, clean_lines

LONGEST_TEXT = 20_000


@dataclass(frozen=True, kw_only=True)
class NoteEntry:
    """A note. on None: today. facts: by English name, as NOTE_RULES shapes them. about: the note it answers."""

    case: str
    kind: NoteKind
    on: date | None = None
    who: str = ""
    text: str = ""
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class NoteAtIntake(NoteEntry):
    """A note that an intake point writes: a follow-up, what came after the case, a complaint received."""


@dataclass(frozen=True, kw_only=True)
class NoteCase(NoteEntry):
    """A note of the agency, of any kind."""


@handles(NoteAtIntake, title="登记案件记事", permission=Permission.RECORD_CASE)
def note_at_intake(work: Work, command: NoteAtIntake) -> str:
    """Id of the note. Raises Refused E313 … E315, E810 … E815, E835, E836."""
    if not NOTE_RULES[command.kind].at_intake:
        offered = "、".join(kind for kind, rule in NOTE_RULES.items() if rule.at_intake)
        raise Refused(
            "E810",
            f"“{command.kind}”由法律援助机构登记，受理点可登记：{offered}。",
            field="kind",
        )
    return store_note(work, command)


@handles(NoteCase, title="登记案件质量记事", permission=Permission.HANDLE_CASE)
def note_case(work: Work, command: NoteCase) -> str:
    """Id of the note. Raises Refused E313 … E315, E811 … E815, E835, E836."""
    return store_note(work, command)


def note_command(entry: NoteEntry, *, is_agency: bool) -> NoteEntry:
    """The entry as the command that this account may give."""
    hand = NoteCase if is_agency else NoteAtIntake
    return hand(**{name: getattr(entry, name) for name in NoteEntry.__dataclass_fields__})


def typed_note_facts(kind: NoteKind, typed: Mapping[str, str]) -> dict[str, FactValue]:
    """Facts of a note from texts by English name or Chinese title. Raises Refused E328, E329."""
    return read_facts(kind, NOTE_RULES[kind].facts, typed)


def store_note(work: Work, entry: NoteEntry) -> str:
    """Store a note once the rules let it."""
    row = need_case(work, entry.case)
    refuse_other_case(work, row)
    standing = case_standing(work, row)
    on, today = entry.on or local_date(work.now.at), local_date(work.now.at)
    who, words, facts = clean(entry.who), clean_lines(entry.text), cleaned_facts(entry.facts)
    problems = list(note_problems(entry.kind, who=who, words=words, facts=facts, state=standing.state))
    if not row.received_on <= on <= today:
        problems.append(Problem("on", f"日期 {on} 早于收到申请的日期或者还没有到，请核对", "E813"))
    texts = (who, *(one for one in facts.values() if isinstance(one, str)))
    if len(words) > LONGEST_TEXT or any(len(one) > LONGEST_FACT for one in texts):
        problems.append(
            Problem("text", f"内容最多 {LONGEST_TEXT} 字，其他各项最多 {LONGEST_FACT} 字，请精简", "E836")
        )
    if problems:
        raise Refused.of(problems)
    _refuse_unordered(work, row.id, entry, on)
    return work.put(
        CaseNote,
        site=row.site,
        case_id=row.id,
        kind=entry.kind.value,
        on=on,
        who=who or None,
        text=words or None,
        facts={name: list(value) if isinstance(value, tuple) else value for name, value in facts.items()},
        about=entry.about,
        entered_by=work.actor.account,
        entered_at=work.now.at,
    )


def _refuse_unordered(work: Work, case_id: str, entry: NoteEntry, on: date) -> None:
    """Raises Refused E815 for an answer to nothing, a second one, or a complaint closed before it was accepted."""
    rule = NOTE_RULES[entry.kind]
    if not rule.answers:
        if entry.about:
            raise Refused("E815", f"“{entry.kind}”不答复别的记事，请不要填写。", field="about")
        return
    asked = work.session.get(CaseNote, entry.about)
    if asked is None or asked.case_id != case_id or asked.kind not in rule.answers:
        raise Refused("E815", f"“{entry.kind}”须选这一案的一件投诉，请从列表里选。", field="about")
    rows = work.session.execute(select(CaseNote.kind, CaseNote.on).where(CaseNote.about == asked.id))
    done = {NoteKind(kind): day for kind, day in rows}
    first = {NoteKind.complaint_accepted, NoteKind.complaint_rejected}
    wanted = "、".join(done) or "还没有受理"
    if entry.kind is NoteKind.complaint_closed:
        accepted = done.get(NoteKind.complaint_accepted)
        fits = accepted is not None and accepted <= on and NoteKind.complaint_closed not in done
    else:
        fits = asked.on <= on and not first & set(done)
    if not fits:
        raise Refused(
            "E815", f"这件投诉现在不能登记“{entry.kind}”（{wanted}，日期先后），请核对。", field="about"
        )

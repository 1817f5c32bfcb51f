"""Offers who of the pool may be assigned to a case, with what speaks for and against each (J03 G14 G15 A06)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.case_values import CaseEventKind, CaseGround, CaseKind, HandlerKind, HandlerMark
from app.clock import local_date
from app.errors import Refused
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.case_quality import HandlerMarkRow
from app.models.cases import CaseEventRow
from app.models.organisation import Person, PersonLink
from app.rules.cases.event_facts import CHOSEN_BY, text_said
from app.rules.cases.facts import CaseFacts, CaseStanding
from app.services.cases.find import case_standing, need_case
from app.services.cases.handler_marks import NAMED_CASES, marks_on
from app.services.cases.link_handler import HANDLES_AS
from app.services.cases.loads import load_words, loads_by_person
from app.services.reading.cases import standings_of
from app.services.reading.proposals import is_proposal
from app.text import clean
from app.values import PersonKind

GRAVE_YEARS = 3
"""Years of practice that a defence needs where life imprisonment or death may follow (法律援助法26)."""
BY_CHOICE, BY_TURN, BY_SPECIALITY = CHOSEN_BY[:3]


@dataclass(frozen=True)
class AssignmentCandidates:
    """Who may handle a case. how: 点援 by name, 轮派 the lowest load first, 专长 the fitting speciality first."""

    case: str
    how: str = BY_TURN


@dataclass(frozen=True, kw_only=True)
class PossibleHandler:
    """A person of the pool. tenure: years of practice, None where unknown. load: cases assigned this year.

    conflict: why the person stands aside, "" for nothing. refused: how often they refused or delayed a case.
    marks: 名优律师, or with whom they work. warnings: what to look at before assigning.
    """

    person_id: str
    name: str
    firm: str
    kind: HandlerKind
    tenure: int | None
    specialties: tuple[str, ...]
    is_fitting: bool
    load: int
    refused: int
    conflict: str
    marks: tuple[str, ...]
    warnings: tuple[str, ...]


@answers(AssignmentCandidates, permission=Permission.HANDLE_CASE)
def assignment_candidates(look: Look, query: AssignmentCandidates) -> tuple[PossibleHandler, ...]:
    """The candidates in the order of the way they are chosen, whoever stands aside at the end.

    Raises Refused E313, E314, E809 for a way that is none.
    """
    if query.how not in CHOSEN_BY:
        raise Refused("E809", f"没有“{query.how}”这种选择方式，可选：{'、'.join(CHOSEN_BY)}。", field="how")
    standing = case_standing(look, need_case(look, query.case))
    found = [one for person in _pool(look) if (one := _candidate(look, standing, person)) is not None]
    return tuple(sorted(found, key=lambda one: _place(one, query.how)))


def assignment_warnings(look: Look, standing: CaseStanding, event: CaseEventRow) -> tuple[str, ...]:
    """What an assignment that was made should be looked at again for."""
    if event.kind not in (CaseEventKind.assigned, CaseEventKind.reassigned) or not standing.handlers:
        return ()
    person = look.session.get(Person, standing.handlers[-1].person)
    return tuple(_tenure_warnings(standing.facts, person, event.on)) if person else ()


def _pool(look: Look) -> Iterator[Person]:
    """Active people who handle cases; a proposal that was linked is the person it was linked to."""
    linked = set(look.session.scalars(select(PersonLink.id)))
    for person in look.session.scalars(select(Person).order_by(Person.name, Person.id)):
        if person.is_active and person.id not in linked and not is_proposal(look.office, person):
            yield person


def _candidate(look: Look, standing: CaseStanding, person: Person) -> PossibleHandler | None:
    kind = HANDLES_AS.get(PersonKind(person.kind)) if person.kind in set(PersonKind) else None
    if kind is None:
        return None
    today = local_date(look.now.at)
    load = look.once(("loads", today.year), lambda: loads_by_person(look, today.year)).get(person.id, 0)
    marks = look.once(("marks", today), lambda: marks_on(look, today))
    return PossibleHandler(
        person_id=person.id,
        name=person.name or "（已删除）",
        firm=person.organisation,
        kind=kind,
        tenure=_tenure(person, today),
        specialties=tuple(person.specialties),
        is_fitting=_fits(person.specialties, standing.facts),
        load=load,
        refused=look.once(("refusals",), lambda: _refusals(look))[person.id],
        conflict=_conflict(standing, person),
        marks=tuple(_marks(look, marks, person.id)),
        warnings=tuple(_warnings(look, standing, person, load, marks, today)),
    )


def _place(one: PossibleHandler, how: str) -> tuple[object, ...]:
    if how == BY_CHOICE:
        return (bool(one.conflict), one.name, one.person_id)
    fitting = not one.is_fitting if how == BY_SPECIALITY else False
    return (bool(one.conflict), fitting, one.load, one.name, one.person_id)


def _tenure(person: Person, on: date) -> int | None:
    return on.year - person.practice_since if person.practice_since else None


def _fits(specialties: Iterable[str], facts: CaseFacts) -> bool:
    """Whether a speciality names the matter or the kind of case."""
    about = (facts.matter, facts.kind.value)
    return any(
        word and any(word in text or text in word for text in about if text)
        for word in map(clean, specialties)
    )


def _conflict(standing: CaseStanding, person: Person) -> str:
    if person.organisation and person.organisation in standing.facts.opposing_firms:
        return f"{person.organisation}是对方的代理单位，应当回避"
    if any(one.person == person.id for one in standing.handlers):
        return "已经承办这一案"
    return ""


def _warnings(
    look: Look,
    standing: CaseStanding,
    person: Person,
    load: int,
    marks: Iterable[HandlerMarkRow],
    today: date,
) -> Iterator[str]:
    if told := load_words(look.pack, person.name or "", today.year, load + 1):
        yield told
    yield from _tenure_warnings(standing.facts, person, today)
    if load < NAMED_CASES and any(
        one.person_id == person.id and one.kind == HandlerMark.named for one in marks
    ):
        yield f"名优律师每年不少于 {NAMED_CASES} 件，今年 {load} 件"


def _tenure_warnings(facts: CaseFacts, person: Person, on: date) -> Iterator[str]:
    """Grave: a criminal case of mandatory notice; whether life or death may follow the reviewer knows."""
    if facts.kind is not CaseKind.criminal or facts.ground is not CaseGround.law_25_1:
        return
    years = _tenure(person, on)
    if years is None or years < GRAVE_YEARS:
        told = "没有登记执业起始年" if years is None else f"执业 {years} 年"
        yield f"{person.name}{told}；可能判处无期徒刑、死刑的案件，辩护律师须执业{GRAVE_YEARS}年以上（法律援助法26）"


def _marks(look: Look, marks: Iterable[HandlerMarkRow], person_id: str) -> Iterator[str]:
    for one in marks:
        if one.kind == HandlerMark.named and one.person_id == person_id:
            yield HandlerMark.named.value
        elif one.kind == HandlerMark.mentored and person_id in (one.person_id, one.mentor_id):
            other = one.mentor_id if one.person_id == person_id else one.person_id
            person = look.session.get(Person, other)
            led = "由{}带" if one.person_id == person_id else "带{}"
            yield f"{HandlerMark.mentored}：{led.format(person.name if person else '')}"


def _refusals(look: Look) -> Counter[str]:
    """Person id → assignments that were refused or delayed, told by the one that followed."""
    kinds = (CaseEventKind.assigned.value, CaseEventKind.reassigned.value)
    rows = look.session.execute(
        select(CaseEventRow.case_id, CaseEventRow.facts).where(CaseEventRow.kind.in_(kinds))
    )
    cases = {case for case, facts in rows if facts.get("refusal_before")}
    found: Counter[str] = Counter()
    for standing in standings_of(look, cases).values():
        before = ""
        for event in standing.events:
            if event.kind.value in kinds:
                if before and text_said(event.facts, "refusal_before"):
                    found[before] += 1
                before = text_said(event.facts, "person")
    return found

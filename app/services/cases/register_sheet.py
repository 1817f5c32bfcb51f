"""Takes a line of an older register of cases: the case it names, and the steps its dates tell (P29)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import or_, select

from app.case_values import CaseEventKind as Kind
from app.clock import local_date, new_id
from app.errors import Problem, Refused
from app.kernel.work import Look, Work
from app.models.case_standings import CaseStandingRow
from app.models.cases import CaseEventRow, LegalCase
from app.rules.cases.entry import desk_problems
from app.rules.cases.facts import CaseEvent, CaseStanding, FactValue
from app.rules.cases.fold import fold_case
from app.services.cases.find import case_desk, case_standing
from app.services.cases.register_case import RegisterCase, enter_case
from app.services.cases.write_event import cleaned_facts, next_event_number, store_event
from app.services.reading.cases import application_event
from app.services.reading.people import find_person
from app.services.reading.voids import not_voided

_DATES = {
    "applied_on": "申请日", "approved_on": "批准日", "assigned_on": "指派日", "closed_on": "结案日", "archived_on": "归档日",
}  # fmt: skip

_TOLD_BY = {
    Kind.review_begun: "approved_on", Kind.granted: "approved_on", Kind.assigned: "assigned_on", Kind.contracted: "assigned_on",
    Kind.closed: "closed_on", Kind.handed_in: "archived_on", Kind.archived: "archived_on",
}  # fmt: skip
"""Which of the line's days tells of a step that is not everybody's."""


@dataclass(frozen=True, kw_only=True)
class RegisterLine:
    """What one line of the register says; None or "" where it says nothing. number: 案号, by which a case is known.

    facts: what the case is (kind, form, stage …), by the names of the application's facts.
    """

    number: str
    applicant: str = ""
    facts: Mapping[str, FactValue]
    handler: str = ""
    firm: str = ""
    handler_kind: str = ""
    applied_on: date | None = None
    approved_on: date | None = None
    assigned_on: date | None = None
    closed_on: date | None = None
    archived_on: date | None = None
    grade: str = ""
    examiner: str = ""
    entered_number: str = ""
    entered_on: date | None = None


@dataclass(frozen=True)
class _Step:
    kind: Kind
    on: date
    facts: Mapping[str, FactValue]


def take_line(work: Work, line: RegisterLine) -> tuple[tuple[str, str], ...]:
    """The rows made, () where all of it is known already.

    Blank → filled adds an event, filled → different voids the old one and adds. Raises Refused E325 … E327 and those of
    an application.
    """
    problems = tuple(_order_problems(line))
    if problems:
        raise Refused.of(problems)
    row = _held(work, line.number)
    if work.noted(("case", line.number)):
        raise Refused(
            "E356",
            f"案号“{line.number}”在这张表里前面已有一行，请并成一行，或把后一行另导一次。",
            field="number",
        )
    if row is None:
        return _new(work, line)
    made = _brought_up(work, row, line, case_standing(work, row), next_event_number(work, row.id))
    return tuple(("case_event", one.id) for one in made)


def _order_problems(line: RegisterLine) -> Iterator[Problem]:
    said = [(name, day) for name in _DATES if (day := getattr(line, name))]
    for (early, first), (late, second) in pairwise(said):
        if second < first:
            yield Problem(
                late, f"{_DATES[late]} {second} 早于{_DATES[early]} {first}，日期先后颠倒，请核对。", "E326"
            )
    if not said:
        yield Problem("applied_on", "至少要有申请日或批准日，才能登记案件。", "E327")


def _held(work: Look, number: str) -> LegalCase | None:
    kept = select(CaseStandingRow.case_id).where(CaseStandingRow.number == number)
    query = select(LegalCase).where(
        or_(LegalCase.number == number, LegalCase.id.in_(kept)), not_voided(LegalCase)
    )
    return work.session.scalars(query.limit(1)).first()


def _new(work: Work, line: RegisterLine) -> tuple[tuple[str, str], ...]:
    said = {name: value for name, value in line.facts.items() if name in RegisterCase.__dataclass_fields__}
    command = RegisterCase(
        received_on=line.applied_on or line.approved_on,
        applicant=line.applicant,
        agent_zone=str(line.facts.get("origin") or ""),
        number=line.number,
        **said,  # type: ignore[arg-type]
    )
    row = enter_case(work, command, is_imported=True).row
    work.note(("case", line.number), row)
    _brought_up(work, row, line, fold_case((application_event(row),), site=row.site), 1)
    return (("legal_case", row.id),)


def _brought_up(
    work: Work, row: LegalCase, line: RegisterLine, standing: CaseStanding, number: int
) -> list[CaseEventRow]:
    """The events that the line adds to the case; the case as a whole must still fit."""
    before = {one.event.id for one in standing.misfits}
    events = list[CaseEvent]()
    for step in _steps(work, line, standing):
        events += _changes(work, row, standing, step, number + len(events))
    if not events:
        return []
    _refuse_other_desk(work, events)
    after = fold_case((*standing.all_events, *events), site=row.site)
    wrong = [one for one in after.misfits if one.event.id not in before]
    if wrong:
        raise Refused(
            "E325", f"{wrong[0].text}（{wrong[0].clause}）。请核对这一行的日期和内容。", field="number"
        )
    return [store_event(work, row, event) for event in events]


def _refuse_other_desk(work: Work, events: list[CaseEvent]) -> None:
    """Raises Refused E301 for a step that an intake point does not write, or only where approval was delegated (G11)."""
    for event in events:
        problems = tuple(
            desk_problems(event.kind, case_desk(work, event.on), _TOLD_BY.get(event.kind, "number"))
        )
        if problems:
            raise Refused.of(problems)


def _changes(work: Work, row: LegalCase, standing: CaseStanding, step: _Step, number: int) -> list[CaseEvent]:
    held = [one for one in standing.events if one.kind is step.kind]
    facts = cleaned_facts(step.facts)
    if (
        held
        and held[-1].on == step.on
        and all(held[-1].facts.get(name) == value for name, value in facts.items())
    ):
        return []
    made = []
    if held:
        made.append(
            _event(work, row, Kind.voided, max(local_date(work.now.at), held[-1].on), {}, number, held[-1])
        )
        facts = {**held[-1].facts, **facts}
    made.append(_event(work, row, step.kind, step.on, facts, number + len(made)))
    return made


def _event(
    work: Work,
    row: LegalCase,
    kind: Kind,
    on: date,
    facts: Mapping[str, FactValue],
    number: int,
    taken: CaseEvent | None = None,
) -> CaseEvent:
    return CaseEvent(
        id=new_id(),
        case=row.id,
        kind=kind,
        on=on,
        writer=work.office.code,
        number=number,
        at=work.now.at,
        facts=facts,
        voids=taken.id if taken else "",
        reason="台账更正" if taken else "",
        is_derived=True,
    )


def _steps(work: Look, line: RegisterLine, standing: CaseStanding) -> Iterator[_Step]:
    """The steps that the line tells; those it leaves out between them are derived on the same days."""
    changed = {
        name: value
        for name, value in line.facts.items()
        if value not in ("", None, ()) and value != _said(standing, name)
    }
    if changed:
        yield _Step(Kind.corrected, standing.facts.received_on, changed)
    if line.approved_on:
        ground = line.facts.get("ground") or _said(standing, "ground")
        yield _Step(Kind.review_begun, line.approved_on, {})
        yield _Step(Kind.granted, line.approved_on, {"number": line.number, "ground": ground or None})
    if line.assigned_on:
        yield _Step(Kind.assigned, line.assigned_on, _handler(work, line))
        yield _Step(Kind.contracted, line.assigned_on, {})
    if line.closed_on:
        yield _Step(Kind.closed, line.closed_on, {})
    if line.archived_on:
        yield _Step(Kind.handed_in, line.archived_on, {})
        yield _Step(Kind.archived, line.archived_on, {"grade": line.grade, "examiner": line.examiner})
    if line.entered_number or line.entered_on:
        facts: dict[str, FactValue] = {"entered_number": line.entered_number}
        facts["entered_on"] = line.entered_on.isoformat() if line.entered_on else ""
        first = line.approved_on or line.applied_on or standing.facts.received_on
        yield _Step(Kind.entered, max(line.entered_on or first, standing.facts.received_on), facts)


def _said(standing: CaseStanding, name: str) -> FactValue:
    value: FactValue = getattr(standing.facts, name, None)
    return str(value) if isinstance(value, str) else value


def _handler(work: Look, line: RegisterLine) -> dict[str, FactValue]:
    """The handler, linked to the pool where the name says who it is; others are kept unlinked."""
    said: dict[str, FactValue] = {
        "handler": line.handler, "firm": line.firm, "handler_kind": line.handler_kind,
    }  # fmt: skip
    try:
        person = find_person(work, line.handler, field="handler") if line.handler else None
    except Refused:
        return said
    if person is None:
        return said
    return said | {"person": person.id, "is_public_servant": person.is_public_servant or None}

"""Turns the stored rows of legal-aid cases into the events that the rules fold, and into where each case stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.case_values import CaseEventKind
from app.clock import local_date
from app.kernel.work import Look
from app.models.cases import CaseEventRow, LegalCase
from app.models.travelling import understood
from app.rules.cases.event_facts import CASE_FACTS
from app.rules.cases.events import EVENTS, beginnings
from app.rules.cases.facts import CaseEvent, CaseStanding, FactValue, Misfit
from app.rules.cases.fold import fold_case
from app.services.reading.delegations import Delegations, delegations_of, is_delegated
from app.services.reading.rulings import in_parts, is_bureau_code
from app.services.reading.voids import not_voided

_APPLICANT = ("applicant", "is_organisation", "representative", "channel")
_BEGINNINGS = frozenset(kind.value for kind in beginnings())
_COLUMNS = {"origin": "agent_zone"}
"""Facts of an application whose column has another name."""


def application_event(row: LegalCase) -> CaseEvent:
    """The application itself, the first event of its case; its id is the case's key."""
    facts = {name: _column(row, name) for name in (*(one.name for one in CASE_FACTS), *_APPLICANT)}
    facts |= {"consultation": row.consultation_id, "is_agent": bool(row.agent_zone)}
    if row.began_as == CaseEventKind.notified_defence:
        facts |= {"organ": row.organ, "letter_number": row.letter, "number": row.number}
    return CaseEvent(
        id=row.id,
        case=row.id,
        kind=CaseEventKind(row.began_as),
        on=row.received_on,
        writer=row.writer,
        number=0,
        at=row.entered_at,
        facts={name: value for name, value in facts.items() if value not in ("", None, (), False)},
        is_derived=row.is_imported,
    )


def event_fact(row: CaseEventRow) -> CaseEvent:
    """One stored event, its personal facts beside the others; erased ones are absent."""
    said: dict[str, Any] = {**row.facts, **(row.private or {})}
    return CaseEvent(
        id=row.id,
        case=row.case_id,
        kind=CaseEventKind(row.kind),
        on=row.on,
        writer=row.writer,
        number=row.number,
        turn=row.turn,
        at=row.entered_at,
        facts={name: _plain(value) for name, value in said.items()},
        voids=row.voids,
        reason=row.reason or "",
        is_derived=row.is_derived,
    )


def standings_of(look: Look, ids: Iterable[str]) -> dict[str, CaseStanding]:
    """Case id → where it stands, for the ids whose application is here and was not taken back."""
    found: dict[str, CaseStanding] = {}
    for part in in_parts(sorted(set(ids))):
        cases = understood(
            look.session.scalars(select(LegalCase).where(LegalCase.id.in_(part), not_voided(LegalCase)))
        )
        events: defaultdict[str, list[CaseEvent]] = defaultdict(list)
        for row in understood(
            look.session.scalars(select(CaseEventRow).where(CaseEventRow.case_id.in_(part)))
        ):
            events[row.case_id].append(event_fact(row))
        powers = _powers(look, events.values())
        for case in cases:
            if case.began_as in _BEGINNINGS:
                found[case.id] = _standing(case, events[case.id], powers)
    return found


def _powers(look: Look, events: Iterable[list[CaseEvent]]) -> Delegations:
    """What the county delegated to those intake points that decided something; most batches have none."""
    sites = {
        one.writer
        for several in events
        for one in several
        if EVENTS[one.kind].by_delegate and not is_bureau_code(one.writer)
    }
    return delegations_of(look, sites) if sites else {}


def _standing(case: LegalCase, events: list[CaseEvent], powers: Delegations) -> CaseStanding:
    """The fold of what may have effect; a step that its writer may not decide waits for somebody, until
    it is taken back."""
    by_id = {one.id: one for one in events}
    faults = {one.id: _writer_fault(case, one, by_id, powers) for one in events}
    taken = {one.voids for one in events if not faults[one.id] and faults.get(one.voids)}
    mine = [one for one in events if not faults[one.id] and one.voids not in taken]
    standing = fold_case((application_event(case), *mine), site=case.site)
    others = tuple(
        Misfit(event=one, text=faults[one.id], clause=EVENTS[one.kind].clause)
        for one in events
        if faults[one.id] and one.id not in taken
    )
    return replace(standing, misfits=(*standing.misfits, *others)) if others else standing


def _writer_fault(
    case: LegalCase, event: CaseEvent, by_id: Mapping[str, CaseEvent], powers: Delegations
) -> str:
    """Why the office that wrote the event may not have written it; "" where it may."""
    if is_bureau_code(event.writer):
        return ""
    if event.writer not in (case.writer, case.site):
        return f"“{event.kind}”由别的受理点登记，不是这件案件的受理点"
    rule, target = EVENTS[event.kind], by_id.get(event.voids)
    if not rule.at_station and not rule.by_delegate:
        return f"“{event.kind}”由受理点登记，应由法律援助机构办理"
    if rule.by_delegate and not _had_power(event, powers):
        return f"“{event.kind}”由受理点登记，当时县里没有委托它审批，应由法律援助机构办理"
    if target is None:
        return ""
    if is_bureau_code(target.writer):
        return f"“{target.kind}”由法律援助机构登记，受理点不能作废"
    is_decision = EVENTS[target.kind].by_delegate and _had_power(target, powers)
    if is_decision and not _had_power(event, powers):
        return f"“{target.kind}”是受委托时登记的，委托收回以后应由法律援助机构作废"
    return ""


def _had_power(event: CaseEvent, powers: Delegations) -> bool:
    """Whether the county let the writer decide both on the day of the step and when it was entered."""
    days = (event.on, local_date(event.at)) if event.at else (event.on,)
    return is_delegated(powers, event.writer, *days)


def _column(row: LegalCase, name: str) -> FactValue:
    return _plain(getattr(row, _COLUMNS.get(name, name), None))


def _plain(value: Any) -> FactValue:
    if isinstance(value, list):
        return tuple(str(one) for one in value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return value  # type: ignore[no-any-return]

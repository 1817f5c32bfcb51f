"""Writes one event of a case once the rules let it; what any door enters comes through here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.case_values import CaseEventKind
from app.clock import local_date, new_id
from app.errors import Problem, Refused
from app.kernel.work import Work
from app.models.cases import CaseEventRow, LegalCase
from app.rules.cases.entry import desk_problems, entry_problems, turn_after
from app.rules.cases.event_facts import text_said
from app.rules.cases.events import EVENTS, fact_rules
from app.rules.cases.facts import CaseEvent, CaseStanding, FactValue
from app.services.cases.case_papers import handing_in_facts, refuse_incomplete_file
from app.services.cases.find import case_desk, case_standing, refuse_other_case
from app.services.cases.numbering import number_for
from app.services.reading.rulings import is_bureau_code
from app.text import clean, clean_lines

PERSONAL_FACTS = frozenset({"applicant", "representative", "born_on", "text", "why", "by"})
"""Facts of events that name or describe people; they can lawfully be erased."""
LONGEST_FACT, MOST_ITEMS = 2_000, 200


@dataclass(frozen=True, kw_only=True)
class EventEntry:
    """What somebody enters. on None: today. facts: by English name, as `event_facts` shapes them. voids: the id of
    the event taken back, for 作废 only."""

    case: str
    kind: CaseEventKind
    on: date | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    reason: str = ""
    voids: str = ""


@dataclass(frozen=True)
class EventEntered:
    """The new event and what should be looked at again."""

    id: str
    case: str
    state: str
    warnings: tuple[str, ...] = ()


def write_event(work: Work, row: LegalCase, entry: EventEntry, *, is_derived: bool = False) -> CaseEventRow:
    """Store the event. Raises Refused E301 … E312, E315, E317, E365, E377."""
    refuse_other_case(work, row)
    standing = case_standing(work, row)
    event = _event(work, row, standing, entry, is_derived)
    today = local_date(work.now.at)
    problems = (*_too_long(event), *entry_problems(standing, event, case_desk(work, event.on), today=today))
    if problems:
        raise Refused.of(problems)
    _refuse_agencys_step(work, standing, event)
    if not is_derived:
        _refuse_same_hand(work, standing, event)
        refuse_incomplete_file(work, row, standing, event)
    return store_event(work, row, event)


def store_event(work: Work, row: LegalCase, event: CaseEvent) -> CaseEventRow:
    """Store an event that was judged already."""
    stored: CaseEventRow = work.add(
        CaseEventRow(
            id=event.id,
            site=row.site,
            case_id=row.id,
            kind=event.kind.value,
            on=event.on,
            turn=event.turn,
            number=event.number,
            facts=_stored(event.facts, is_personal=False),
            private=_stored(event.facts, is_personal=True) or None,
            reason=event.reason or None,
            voids=event.voids,
            is_derived=event.is_derived,
            entered_by=work.actor.account,
            entered_at=work.now.at,
        )
    )
    return stored


def cleaned_facts(facts: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """Facts without the blanks at their ends; what was left empty is absent."""
    plain = {name: _clean(value) for name, value in facts.items()}
    return {name: value for name, value in plain.items() if value not in ("", None, ())}


def _event(
    work: Work, row: LegalCase, standing: CaseStanding, entry: EventEntry, is_derived: bool
) -> CaseEvent:
    on = entry.on or local_date(work.now.at)
    turn = turn_after(standing, entry.kind, on)
    facts = cleaned_facts(entry.facts)
    if not is_derived and "number" in {one.name for one in fact_rules(entry.kind)} and not standing.number:
        facts["number"] = number_for(work, text_said(facts, "number"), on, but=row.id)
    if not is_derived and entry.kind is CaseEventKind.handed_in:
        facts = handing_in_facts(work, row, standing) | facts
    return CaseEvent(
        id=new_id(),
        case=row.id,
        kind=entry.kind,
        on=on,
        writer=work.office.code,
        number=next_event_number(work, row.id),
        turn=turn,
        at=work.now.at,
        facts=facts,
        voids=clean(entry.voids),
        reason=clean_lines(entry.reason),
        is_derived=is_derived,
    )


def next_event_number(work: Work, case_id: str) -> int:
    """The number of this office's next event of the case."""
    mine = (CaseEventRow.case_id == case_id, CaseEventRow.writer == work.office.code)
    return (work.session.scalar(select(func.max(CaseEventRow.number)).where(*mine)) or 0) + 1


def _refuse_agencys_step(work: Work, standing: CaseStanding, event: CaseEvent) -> None:
    """Raises Refused E365 where an intake point would take back what the agency wrote, which has no
    effect at the agency; E301 what it decided while approval was delegated to it and is not any more."""
    target = next((one for one in standing.all_events if one.id == event.voids), None)
    if target is not None and not work.office.is_bureau and is_bureau_code(target.writer):
        raise Refused(
            "E365",
            f"“{target.kind}”由法律援助机构登记，受理点不能作废。请联系县法律援助机构处理。",
            field="voids",
        )
    if target is None or target in [one.event for one in standing.misfits]:
        return
    if problems := tuple(desk_problems(target.kind, case_desk(work), "voids")):
        raise Refused.of(problems)


def _refuse_same_hand(work: Work, standing: CaseStanding, event: CaseEvent) -> None:
    """Raises Refused E312 where whoever began the review also signs; accounts tell it, whatever names were typed."""
    if not EVENTS[event.kind].needs_second:
        return
    reviews = [
        one.id for one in standing.events if one.kind is CaseEventKind.review_begun and not one.is_derived
    ]
    by = set(work.session.scalars(select(CaseEventRow.entered_by).where(CaseEventRow.id.in_(reviews))))
    if event.kind in (CaseEventKind.granted, CaseEventKind.refused) and work.actor.account in by:
        raise Refused(
            "E312",
            f"“{event.kind}”须由审查人以外的负责人审批（{EVENTS[event.kind].clause}），审查是您登记的。"
            "请由法律援助机构负责人用自己的账号办理。",
            field="kind",
        )


def _clean(value: FactValue) -> FactValue:
    if isinstance(value, str):
        return clean_lines(value)
    if isinstance(value, tuple):
        return tuple(word for word in map(clean, value) if word)
    return value


def _too_long(event: CaseEvent) -> tuple[Problem, ...]:
    found = []
    for name, value in event.facts.items():
        texts = value if isinstance(value, tuple) else (value,)
        if len(texts) > MOST_ITEMS or any(isinstance(one, str) and len(one) > LONGEST_FACT for one in texts):
            found.append(
                Problem(name, f"这一项最多 {LONGEST_FACT} 字、{MOST_ITEMS} 条，请精简后再保存。", "E317")
            )
    return tuple(found)


def _stored(facts: Mapping[str, FactValue], *, is_personal: bool) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in facts.items()
        if (name in PERSONAL_FACTS) == is_personal
    }

"""Puts the events of a case into words: what happened on which day, who entered it, why it waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.case_values import CaseEventKind, ground_words
from app.clock import local
from app.kernel.work import Look
from app.rules.cases.event_facts import RECORD_IDS, FactRule, FactShape
from app.rules.cases.events import EVENTS
from app.rules.cases.facts import CaseEvent, CaseStanding, FactValue
from app.services.cases.hidden import Hidden
from app.services.cases.write_event import PERSONAL_FACTS
from app.services.reading.names import site_names
from app.values import yuan_text


@dataclass(frozen=True, kw_only=True)
class TimelineStep:
    """One event. facts: (title, words) of what it carries. note: why it waits for somebody, or that it was taken back."""

    id: str
    kind: CaseEventKind
    on: date
    by: str
    entered: str
    facts: tuple[tuple[str, str], ...]
    reason: str
    clause: str
    is_without_effect: bool = False
    note: str = ""


def steps_of(look: Look, standing: CaseStanding, shown: Hidden) -> tuple[TimelineStep, ...]:
    """The events as a clerk reads them, misfits and voided ones marked."""
    misfits = {one.event.id: f"待处理：{one.text}（{one.clause}）" for one in standing.misfits}
    taken = {one.voids for one in standing.voided if one.kind is CaseEventKind.voided}
    notes = misfits | dict.fromkeys(taken, "已作废")
    ordered = sorted(
        standing.all_events, key=lambda one: (one.on, one.turn, EVENTS[one.kind].rank, one.number)
    )
    by = site_names(look)
    return tuple(_step(one, notes.get(one.id, ""), shown, by) for one in ordered)


def _step(event: CaseEvent, note: str, shown: Hidden, by: dict[str, str]) -> TimelineStep:
    rule = EVENTS[event.kind]
    facts = [
        (one.title, _fact_words(one, event.facts[one.name], shown))
        for one in rule.facts
        if one.name in event.facts and one.name not in RECORD_IDS
    ]
    return TimelineStep(
        id=event.id,
        kind=event.kind,
        on=event.on,
        by=by.get(event.writer, event.writer),
        entered=f"{local(event.at):%Y-%m-%d %H:%M}" if event.at else "",
        facts=tuple(facts),
        reason=shown.words(event.reason),
        clause=rule.clause,
        is_without_effect=bool(note),
        note=note,
    )


def _fact_words(rule: FactRule, value: FactValue, shown: Hidden) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if rule.shape is FactShape.money and isinstance(value, int):
        return f"{yuan_text(value)} 元"
    if rule.name == "ground":
        return ground_words(str(value))
    words = "、".join(value) if isinstance(value, tuple) else str(value)
    return shown.words(words) if rule.name in PERSONAL_FACTS else words

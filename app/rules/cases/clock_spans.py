"""Finds in the events of a case which periods were opened, stopped and ended, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from app.case_values import CaseEventKind as Kind
from app.rules.cases.clock_terms import ClockStop
from app.rules.cases.event_facts import date_said
from app.rules.cases.facts import CaseEvent, CaseStanding

OVER = frozenset({Kind.withdrawn, Kind.lapsed, Kind.merged})
"""Events after which nothing of the case is due."""
AWAY = frozenset({Kind.transferred, Kind.agent_for, Kind.moved})
"""Events that stop every period: the case is another office's."""
DECIDED = frozenset({Kind.granted, Kind.refused, Kind.granted_first})


@dataclass(frozen=True, kw_only=True)
class Span:
    """One period of a case. ended_on None: it is open. given_away_on: the case left before it ended.

    typed_due: the day somebody typed, for periods without a rule (补齐, 后补, 补办手续); title and clause are theirs.
    """

    key: str
    started_on: date
    ended_on: date | None = None
    stops: tuple[ClockStop, ...] = ()
    given_away_on: date | None = None
    typed_due: date | None = None
    title: str = ""
    clause: str = ""


def spans_of(standing: CaseStanding) -> tuple[Span, ...]:
    """Every period that the events of a case opened, in the order of the table; a register's events open none."""
    found = (
        *_reviews(standing),
        *_assignments(standing),
        *_contracts(standing),
        *_objections(standing),
        *_files(standing),
        *_changes(standing),
        *_typed(standing),
    )
    away = next((event.on for event in standing.events if event.kind in AWAY), None)
    return tuple(replace(one, given_away_on=away) if one.ended_on is None else one for one in found)


def _opening(standing: CaseStanding, kinds: Iterable[Kind]) -> Iterator[tuple[int, CaseEvent]]:
    wanted = frozenset(kinds)
    for at, event in enumerate(standing.events):
        if event.kind in wanted and not event.is_derived:
            yield at, event


def _next(standing: CaseStanding, at: int, *kinds: Kind) -> CaseEvent | None:
    """The first later event of some kinds, or one after which nothing is due."""
    wanted = OVER.union(kinds)
    return next((event for event in standing.events[at + 1 :] if event.kind in wanted), None)


def _day_of(event: CaseEvent | None) -> date | None:
    return event.on if event else None


def _reviews(standing: CaseStanding) -> Iterator[Span]:
    for at, _ in _opening(standing, [Kind.registered]):
        yield Span(
            key="review",
            started_on=standing.facts.received_on,
            ended_on=_day_of(_next(standing, at, *DECIDED)),
            stops=tuple(_waits(standing)),
        )


def _waits(standing: CaseStanding) -> Iterator[ClockStop]:
    """The times a case waited for papers; what ends otherwise than by papers ends with the case."""
    for at, event in enumerate(standing.events):
        if event.kind is Kind.notified_once:
            back = next((one for one in standing.events[at + 1 :] if one.kind is Kind.supplemented), None)
            yield ClockStop(event.on, _day_of(back))


def _assignments(standing: CaseStanding) -> Iterator[Span]:
    for at, event in _opening(standing, [Kind.granted]):
        earlier = {one.kind for one in standing.events[:at]}
        if not earlier & {Kind.assigned, Kind.granted_first, Kind.notified_defence}:
            ended = _next(standing, at, Kind.assigned, Kind.terminated)
            yield Span(key="assign", started_on=event.on, ended_on=_day_of(ended))
    for at, event in _opening(standing, [Kind.notified_defence]):
        ended = _next(standing, at, Kind.assigned, Kind.terminated)
        replied = date_said(ended.facts, "replied_on") if ended else None
        last = max(ended.on, replied or ended.on) if ended else None
        yield Span(key="notified", started_on=event.on, ended_on=last)


def _contracts(standing: CaseStanding) -> Iterator[Span]:
    for at, event in _opening(standing, [Kind.assigned, Kind.reassigned, Kind.granted_first]):
        if event.facts.get("is_joint") is not True:
            ended = _next(standing, at, Kind.contracted, Kind.reassigned, Kind.terminated, Kind.refused)
            yield Span(key="contract", started_on=event.on, ended_on=_day_of(ended))


def _objections(standing: CaseStanding) -> Iterator[Span]:
    for at, event in _opening(standing, [Kind.refused]):
        is_last = event.on == standing.refused_on
        delivered = standing.refusal_delivered_on if is_last else date_said(event.facts, "delivered_on")
        ended = _next(standing, at, Kind.objected)
        yield Span(key="objection_window", started_on=delivered or event.on, ended_on=_day_of(ended))
    for at, event in _opening(standing, [Kind.objected]):
        ended = _next(standing, at, Kind.objection_dismissed, Kind.objection_upheld)
        yield Span(key="objection", started_on=event.on, ended_on=_day_of(ended))


def _files(standing: CaseStanding) -> Iterator[Span]:
    """交卷 from the 结案日, again from each 退卷; 审卷 from each 交卷."""
    ends = {Kind.closed, Kind.terminated, Kind.refused}
    for at, event in _opening(standing, [*ends, Kind.handed_back]):
        start = event.on if event.kind is Kind.handed_back else standing.closed_on
        undone = any(one.kind is Kind.objection_upheld for one in standing.events[at + 1 :])
        ends_aid = event.kind is not Kind.refused or event.on == standing.terminated_on
        if start is not None and ends_aid and not undone:
            yield Span(
                key="closing_file",
                started_on=start,
                ended_on=_day_of(_next(standing, at, Kind.handed_in)),
            )
    for at, event in _opening(standing, [Kind.handed_in]):
        ended = _next(standing, at, Kind.archived, Kind.handed_back)
        yield Span(key="file_review", started_on=event.on, ended_on=_day_of(ended))


def _changes(standing: CaseStanding) -> Iterator[Span]:
    for _, event in _opening(standing, [Kind.reassigned]):
        requested = date_said(event.facts, "requested_on")
        if requested:
            yield Span(key="replacement", started_on=requested, ended_on=event.on)
    for at, event in _opening(standing, [Kind.terminated]):
        is_last = event.on == standing.terminated_on
        sent = standing.termination_sent_on if is_last else date_said(event.facts, "sent_on")
        upheld = _day_of(_next(standing, at, Kind.objection_upheld))
        yield Span(key="termination_notice", started_on=event.on, ended_on=sent or upheld)


def _typed(standing: CaseStanding) -> Iterator[Span]:
    """The days somebody typed: 补齐, 后补材料, 补办手续."""
    for at, event in _opening(standing, [Kind.notified_once, Kind.accepted_incomplete, Kind.granted_first]):
        key, title, fact, kinds, clause = _TYPED[event.kind]
        due = date_said(event.facts, fact)
        if due:
            ended = _papers_came(standing, at) if key == "papers" else _next(standing, at, *kinds)
            yield Span(
                key=key,
                started_on=event.on,
                ended_on=_day_of(ended),
                typed_due=due,
                title=title,
                clause=clause,
            )


def _papers_came(standing: CaseStanding, at: int) -> CaseEvent | None:
    """What ends 后补材料: its own 补齐, not the one that answers a notice in between."""
    waiting = False
    for event in standing.events[at + 1 :]:
        if event.kind in OVER or event.kind in (Kind.refused, Kind.terminated):
            return event
        if event.kind is Kind.supplemented and not waiting:
            return event
        waiting = event.kind is Kind.notified_once or (waiting and event.kind is not Kind.supplemented)
    return None


_TYPED: dict[Kind, tuple[str, str, str, tuple[Kind, ...], str]] = {
    Kind.notified_once: ("supplement", "补齐材料", "due_on", (Kind.supplemented,), "法律援助法43"),
    Kind.accepted_incomplete: (
        "papers",
        "后补材料",
        "due_on",
        (),
        "赣司〔2021〕7号 三（二）",
    ),
    Kind.granted_first: (
        "formalities",
        "补办手续",
        "formalities_due",
        (Kind.granted, Kind.refused, Kind.terminated),
        "法律援助法44",
    ),
}

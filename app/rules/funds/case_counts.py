"""Picks the cases that indicators count: granted, closed, archived in time, drawn for review, a person's load (A06 G01 G12 G14 J15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from app.case_values import CaseEventKind, CaseForm, CaseState, HandlerKind
from app.rules.cases.facts import CaseHandler, CaseStanding
from app.rules.funds.standards import TRIAL
from app.values import Period

Cases = tuple[CaseStanding, ...]


@dataclass(frozen=True)
class PersonLoad:
    """The cases assigned to one person in a year; warning "" below the mark."""

    name: str
    firm: str
    person: str
    cases: tuple[str, ...]
    warning: str = ""


def approved_cases(cases: Iterable[CaseStanding], year: Period) -> Cases:
    """Granted in the year, notified defence and 先行提供 included; what goes on from a granted case that was given away
    is one case with it (case 61)."""
    granted = [(one, one.approved_on) for one in cases if one.approved_on]
    given_away = {one.case for one, _ in granted if one.state is CaseState.transferred}
    return tuple(one for one, on in granted if on in year and one.facts.continues not in given_away)


def closed_cases(cases: Iterable[CaseStanding], year: Period) -> Cases:
    """结案日 in the year, whenever it was granted; 终止 is no closing."""
    return tuple(one for one in cases if one.closed_on and one.closed_on in year and not one.is_terminated)


def archived_cases(cases: Iterable[CaseStanding], period: Period) -> Cases:
    """归档日 in the period, terminated ones included: their files are examined like any other."""
    return tuple(one for one in cases if one.archived_on and one.archived_on in period)


def is_litigation(case: CaseStanding) -> bool:
    """诉讼案件."""
    return case.facts.form is CaseForm.litigation


def is_private_lawyers(case: CaseStanding) -> bool:
    """Handled, in the end, by a 社会律师."""
    return bool(case.handlers) and case.handlers[-1].kind is HandlerKind.lawyer


def is_timely(case: CaseStanding, days: int) -> bool:
    """Archived within so many days of 结案日."""
    if case.closed_on is None or case.archived_on is None:
        return False
    return case.archived_on <= case.closed_on + timedelta(days=days)


def is_peer_reviewed(case: CaseStanding) -> bool:
    """Its file went through 评查, beyond the examination before 归档."""
    return any(event.kind is CaseEventKind.reviewed for event in case.events)


def court_notices(cases: Iterable[CaseStanding], year: Period) -> Cases:
    """Cases at trial whose 通知辩护 came in the year."""
    return tuple(
        one
        for one in cases
        if one.facts.stage in TRIAL
        and any(event.kind is CaseEventKind.notified_defence and event.on in year for event in one.events)
    )


def loads(
    cases: Iterable[CaseStanding], year: Period, limit: int | None, warn_at: int | None
) -> tuple[PersonLoad, ...]:
    """Everybody's cases assigned in the year, most first; a case of several handlers counts for each."""
    held: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for case in cases:
        if case.assigned_on and case.assigned_on in year:
            for who in {_who(handler) for handler in case.handlers}:
                held[who].append(case.case)
    found = [
        PersonLoad(name, firm, person, tuple(sorted(ids)), _warning(len(ids), limit, warn_at))
        for (person, name, firm), ids in held.items()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.cases), one.name, one.firm, one.person)))


def _who(handler: CaseHandler) -> tuple[str, str, str]:
    return handler.person, handler.name, handler.firm


def _warning(count: int, limit: int | None, warn_at: int | None) -> str:
    if limit is not None and count > limit:
        return f"本年已指派 {count} 件，超过 {limit} 件"
    if limit is not None and warn_at is not None and count >= warn_at:
        return f"本年已指派 {count} 件，接近 {limit} 件"
    return ""

"""Says of each period of a case when it is due, how it was counted and how it stands today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.case_values import CaseState
from app.rules.cases.clock_rules import ClockRule, ClockSettings, clock_rule
from app.rules.cases.clock_spans import Span, spans_of
from app.rules.cases.clock_terms import Term, count_term
from app.rules.cases.facts import CaseStanding
from app.workdays import WorkCalendar


class ClockState(StrEnum):
    """How a period stands."""

    running = "进行中"
    stopped = "停计"
    met = "已办"
    overdue = "已超期"


@dataclass(frozen=True, kw_only=True)
class CaseClock:
    """One period, counted. due None: it is stopped. due_at: the moment a period of hours ends, naive local time.

    days_left: days from today to due, below 0 when overdue; None when it ended or is stopped. met_on: the day it ended,
    is_late: after it was due. explanation: start, length, stops, end and clause in one sentence. settings: the names of
    the settings that decided.
    """

    key: str
    title: str
    clause: str
    started_on: date
    state: ClockState
    explanation: str
    due: date | None = None
    due_at: datetime | None = None
    days_left: int | None = None
    met_on: date | None = None
    is_late: bool = False
    settings: tuple[str, ...] = ()


def running(
    standing: CaseStanding,
    calendar: WorkCalendar,
    settings: ClockSettings,
    today: date,
    *,
    now: datetime | None = None,
) -> tuple[CaseClock, ...]:
    """Every period of a case with how it stands, the ended ones too, in the order of the table.

    today: local. now: naive local time for periods of hours; without it they are overdue from the next day on.
    """
    found = [_clock(span, standing, calendar, settings, today) for span in spans_of(standing)]
    return (*(one for one in found if one), *_forwarding(standing, today, now))


def open_without_clock(standing: CaseStanding) -> str:
    """What an unfinished case waits for although no period drives it, as one sentence; "" where one is open or it is over.

    Cases made from a register are told here until somebody goes on with them.
    """
    waits = _WAITS.get(standing.state)
    if waits is None or any(_is_driven(span, standing) for span in spans_of(standing)):
        return ""
    return f"{standing.state}，等{waits}，没有在计的期限"


def _is_driven(span: Span, standing: CaseStanding) -> bool:
    if span.ended_on is not None:
        return False
    return bool(span.typed_due or clock_rule(span.key, span.started_on, standing.facts.kind))


_WAITS = {
    CaseState.registered: "审查",
    CaseState.awaiting_papers: "补齐材料",
    CaseState.under_review: "作出决定",
    CaseState.granted: "指派",
    CaseState.assigned: "签约",
    CaseState.in_hand: "办理和结案",
    CaseState.terminated: "承办单位收到终止决定、交卷",
    CaseState.closed: "交卷",
    CaseState.file_examined: "审卷归档",
}


def plain_clock(
    key: str,
    start: date,
    ended_on: date | None,
    calendar: WorkCalendar,
    settings: ClockSettings,
    today: date,
) -> CaseClock | None:
    """A period that belongs to no case: complaint_accept, complaint_close, quarterly_list,
    county_fund_use, city_fund_use.

    None where no rule held on its start day.
    """
    rule = clock_rule(key, start)
    return (
        _counted(Span(key=key, started_on=start, ended_on=ended_on), rule, calendar, settings, today)
        if rule
        else None
    )


def _clock(
    span: Span, standing: CaseStanding, calendar: WorkCalendar, settings: ClockSettings, today: date
) -> CaseClock | None:
    if span.typed_due:
        term = Term(span.typed_due, span.typed_due, 0)
        told = f"{span.started_on} 定的期限，至 {span.typed_due} 止{_away_words(span)}（{span.clause}）"
        return _made(span, term, today, title=span.title, clause=span.clause, told=told)
    rule = clock_rule(span.key, span.started_on, standing.facts.kind)
    return _counted(span, rule, calendar, settings, today) if rule else None


def _counted(
    span: Span, rule: ClockRule, calendar: WorkCalendar, settings: ClockSettings, today: date
) -> CaseClock:
    length = rule.length_under(settings)
    term = count_term(span.started_on, length, rule.unit, span.stops, calendar, rolls_over=settings.roll_over)
    is_moved = term.due != term.ends_on
    used = tuple(name for name, decides in ((rule.setting, rule.setting), ("roll_over", is_moved)) if decides)
    return _made(
        span,
        term,
        today,
        title=rule.title,
        clause=rule.clause,
        told=_told(span, rule, length, term),
        used=used,
        is_window=rule.is_window,
    )


def _made(
    span: Span,
    term: Term,
    today: date,
    *,
    title: str,
    clause: str,
    told: str,
    used: tuple[str, ...] = (),
    is_window: bool = False,
) -> CaseClock:
    state = _state(span, term, today, is_window)
    is_open = state in (ClockState.running, ClockState.overdue)
    is_late = bool(span.ended_on and term.due and span.ended_on > term.due)
    return CaseClock(
        key=span.key,
        title=title,
        clause=clause,
        started_on=span.started_on,
        state=state,
        explanation=told,
        due=term.due,
        days_left=(term.due - today).days if is_open and term.due else None,
        met_on=span.ended_on,
        is_late=is_late,
        settings=used,
    )


def _state(span: Span, term: Term, today: date, is_window: bool) -> ClockState:
    if span.ended_on is not None:
        return ClockState.met
    if span.given_away_on is not None or term.due is None:
        return ClockState.stopped
    if today <= term.due:
        return ClockState.running
    return ClockState.met if is_window else ClockState.overdue


def _told(span: Span, rule: ClockRule, length: int, term: Term) -> str:
    parts = [f"{span.started_on} {rule.start}，次日起 {length} {rule.unit}"]
    for stop in term.stops:
        until = f"{stop.resumed_on} 补齐" if stop.resumed_on else "补齐以前"
        parts.append(f"{stop.on} 告知补充至 {until}不计")
    if term.due is None:
        parts.append(f"停计，还剩 {term.left} {rule.unit}")
    elif term.due == term.ends_on:
        parts.append(f"至 {term.due} 止")
    else:
        parts.append(f"末日 {term.ends_on} 放假，顺延至 {term.due}")
    return f"{'，'.join(parts)}{_away_words(span)}（{rule.clause}）"


def _away_words(span: Span) -> str:
    return f"，{span.given_away_on} 转出后不再计" if span.given_away_on else ""


def _forwarding(standing: CaseStanding, today: date, now: datetime | None) -> tuple[CaseClock, ...]:
    """A detainee's application is forwarded within hours that run through nights and days off (LAL 39)."""
    facts = standing.facts
    received = facts.organ_received_at
    if received is None or standing.events[0].is_derived:
        return ()
    rule = clock_rule("forward", received.date())
    if rule is None:
        return ()
    due_at = received + timedelta(hours=rule.length)
    is_over = now > due_at if now else today > due_at.date()
    done = facts.forwarded_at
    state = ClockState.met if done else ClockState.overdue if is_over else ClockState.running
    told = f"{received:%Y-%m-%d %H:%M} {rule.start}，{rule.length} {rule.unit}，至 {due_at:%Y-%m-%d %H:%M} 止（{rule.clause}）"
    return (
        CaseClock(
            key=rule.key,
            title=rule.title,
            clause=rule.clause,
            started_on=received.date(),
            state=state,
            explanation=told,
            due=due_at.date(),
            due_at=due_at,
            days_left=None if done else (due_at.date() - today).days,
            met_on=done.date() if done else None,
            is_late=bool(done and done > due_at),
        ),
    )

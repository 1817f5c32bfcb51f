"""How times, spans and clauses are put into Chinese sentences."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.dates import duration_text, time_text
from app.rules.duty.facts import DutyFact
from app.rules.policy.duty_rates import DutyRates


def span(length: timedelta) -> str:
    """754 s → `12 分 34 秒`; whole seconds, never rounded (P8)."""
    return duration_text(int(length.total_seconds()))


def day_text(on: date) -> str:
    """`5月12日`."""
    return f"{on.month}月{on.day}日"


def moment(at: datetime) -> str:
    """`5月12日 10:20`."""
    return f"{day_text(at)} {time_text(at)}"


def hours_of(duty: DutyFact) -> str:
    """`08:30—12:00、14:30—18:00`."""
    return "、".join(f"{time_text(begin)}—{time_text(to)}" for begin, to in duty.ranges)


def yuan(fen: int) -> str:
    """`300`, `12.50`, `1,300`, `-50`: as short as a sum in a sentence allows."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{rest:02d}" if rest else f"{sign}{whole:,}"


def cited(text: str, rates: DutyRates | None, rule: str) -> str:
    """The sentence with its clause behind it, where the pack names one."""
    clause = rates.clause(rule) if rates else ""
    return f"{text}（{clause}）" if clause else text

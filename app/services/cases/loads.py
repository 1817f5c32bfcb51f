"""Counts the cases assigned to one person in a year, and warns as the year's limit comes near (A06)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from app.case_values import CaseEventKind
from app.kernel.work import Look
from app.models.case_standings import CaseStandingRow
from app.models.cases import CaseEventRow
from app.rules.cases.facts import CaseStanding
from app.rules.policy.pack import Pack

LIMIT, WARN_AT = 90, 80
"""≤90 a person and year (庆司通〔2023〕8号 六（二）), warned at 80, where the office's own document says nothing."""


def load_limits(pack: Pack) -> tuple[int, int]:
    """The most cases a person may be given in a year, and from how many on it is told, under the readings in force."""
    most = pack.value("ratios.cases_per_person_max")
    setting = pack.settings.get("case_load_warning")
    told = setting.value if setting else None
    return most if isinstance(most, int) else LIMIT, told if isinstance(told, int) else WARN_AT


def load_of(look: Look, handler: str, year: int) -> int:
    """How many cases were assigned to a handler in a year, by name."""
    days = CaseStandingRow.assigned_on.between(date(year, 1, 1), date(year, 12, 31))
    query = select(func.count()).where(days, CaseStandingRow.handler == handler)
    return look.session.scalar(query) or 0


def loads_by_person(look: Look, year: int) -> dict[str, int]:
    """Person id → cases assigned to them in a year, where the handler is linked to the pool."""
    days = CaseStandingRow.assigned_on.between(date(year, 1, 1), date(year, 12, 31))
    query = (
        select(CaseStandingRow.person_id, func.count())
        .where(days, CaseStandingRow.person_id != "")
        .group_by(CaseStandingRow.person_id)
    )
    return dict(look.session.execute(query).tuples().all())


def load_words(pack: Pack, name: str, year: int, count: int) -> str:
    """What is to be said of a handler with so many cases in a year; "" while there is room."""
    limit, warn_at = load_limits(pack)
    if count > limit:
        return f"{name} {year}年承办 {count} 件，超过每人每年 {limit} 件的上限（A06），请核对。"
    if count >= warn_at:
        return f"{name} {year}年承办 {count} 件，接近每人每年 {limit} 件的上限。"
    return ""


def load_warnings(look: Look, standing: CaseStanding, event: CaseEventRow) -> tuple[str, ...]:
    """What an assignment makes of its handler's year; it is kept and told."""
    if event.kind not in (CaseEventKind.assigned, CaseEventKind.reassigned) or not standing.handlers:
        return ()
    name = standing.handlers[-1].name
    count = load_of(look, name, event.on.year) + 1
    told = load_words(look.pack, name, event.on.year, count)
    return (told,) if told else ()

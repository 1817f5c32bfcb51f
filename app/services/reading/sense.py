"""Leaves out stored rows that nothing can be computed from, and lists them, so that one of them stops nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select

from app.kernel.work import Look
from app.models.duties import Complaint, Duty, Punch, SpotCheck
from app.models.service_desk import Consultation
from app.models.table_words import table_word
from app.rules.duty.sense import SenselessFact, make_sense
from app.values import DutyKind, Rating, SpotResult, Verdict

GRADES = ("", "green", "grey", "amber", "red")
"""Trust in the clock from nothing to say to worst."""

Row = TypeVar("Row")
_MAKES_SENSE: dict[type[Any], Callable[[Any], bool]] = {
    Duty: lambda row: row.kind in set(DutyKind) and make_sense(row.ranges),
    Punch: lambda row: row.direction in ("in", "out") and row.grade in GRADES,
    SpotCheck: lambda row: row.result in set(SpotResult) and row.verdict in set(Verdict),
    Complaint: lambda row: row.verdict in set(Verdict),
    Consultation: lambda row: row.rating in {"", *Rating},
}


def sensible(rows: Iterable[Row]) -> list[Row]:
    """Those of the rows that can be computed with."""
    return [row for row in rows if _MAKES_SENSE[type(row)](row)]


def senseless_facts(
    look: Look, first: date, last: date, site: str | None = None
) -> tuple[SenselessFact, ...]:
    """The others, of the local dates first … last: each is an exception of its month."""
    found: list[SenselessFact] = []
    for table, makes_sense in _MAKES_SENSE.items():
        query = select(table).where(table.on.between(first, last))
        rows = look.session.scalars(query if site is None else query.where(table.site == site))
        what = table_word(table.__tablename__)
        found += [
            SenselessFact(row.id, what, row.site, row.person_id, row.on)
            for row in rows
            if not makes_sense(row)
        ]
    return tuple(found)

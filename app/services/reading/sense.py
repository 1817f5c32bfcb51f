"""Leaves out stored rows that nothing can be computed from, and lists them, so that one of them stops nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select

from app.kernel.work import Look
from app.models.duties import Complaint, Correction, Duty, Punch, SpotCheck
from app.models.shapes import RANGES
from app.models.travelling import understood
from app.rules.duty.facts import SenselessFact
from app.services.reading.voids import not_voided

Row = TypeVar("Row")
_TABLES: tuple[type[Any], ...] = (Duty, Punch, Correction, SpotCheck, Complaint)


def sensible(rows: Iterable[Row]) -> list[Row]:
    """Those of the rows that can be computed with: every word is known, and a duty's hours are in order."""
    return [row for row in understood(rows) if not isinstance(row, Duty) or RANGES.holds(row.ranges)]


def senseless_facts(
    look: Look, first: date, last: date, site: str | None = None
) -> tuple[SenselessFact, ...]:
    """The others, of the local dates first … last: each is an exception of its month."""
    found: list[SenselessFact] = []
    for table in _TABLES:
        query = select(table).where(table.on.between(first, last), not_voided(table))
        rows = list(look.session.scalars(query if site is None else query.where(table.site == site)))
        kept = {row.id for row in sensible(rows)}
        found += [
            SenselessFact(row.id, table.title, row.site, row.person_id, row.on)
            for row in rows
            if row.id not in kept
        ]
    return tuple(found)

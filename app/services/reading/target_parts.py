"""Reads which target each unit has: by the newest split of the bureau above it, else by the document (Y26)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.kernel.work import Look
from app.models.targets import TargetSplit
from app.rules.policy.split import months_of_parts


@dataclass(frozen=True)
class SplitView:
    """A split in force: its version, the reason, and unit → twelve months."""

    id: str
    version: int
    total: int
    reason: str
    parts: Mapping[str, tuple[int, ...]]


def split_in_force(look: Look, bureau: str, year: int, kind: str) -> SplitView | None:
    """The newest split that a bureau made of a year's target of one kind."""
    row = look.once(("target split", bureau, year, kind), lambda: _newest(look, bureau, year, kind))
    if row is None:
        return None
    return SplitView(row.id, row.version, row.total, row.reason, months_of_parts(row.parts))


def unit_target(look: Look, unit: str, year: int, kind: str) -> int | None:
    """A unit's year: what the bureau above it split, else what the document sets, else None."""
    months = month_parts(look, unit, year, kind)
    if months is not None:
        return sum(months)
    found = look.pack.target(unit, kind)
    return found.amount if found is not None and found.year == year else None


def month_parts(look: Look, unit: str, year: int, kind: str) -> tuple[int, ...] | None:
    """A unit's twelve months by the split in force, January first; None where nobody split."""
    for bureau in (look.office.code, look.office.parent):
        split = split_in_force(look, bureau, year, kind) if bureau else None
        if split is not None and unit in split.parts:
            return tuple(split.parts[unit])
    return None


def _newest(look: Look, bureau: str, year: int, kind: str) -> TargetSplit | None:
    return look.session.scalar(
        select(TargetSplit)
        .where(TargetSplit.writer == bureau, TargetSplit.year == year, TargetSplit.kind == kind)
        .order_by(TargetSplit.version.desc(), TargetSplit.id.desc())
        .limit(1)
    )

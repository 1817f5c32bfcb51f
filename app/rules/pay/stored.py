"""The lines of a locked month and the lines that put them right: added, never changed or deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.rules.pay.lines import Deduction, PayLine
from app.values import DutyKind, LineOrigin


class AdjustReason(StrEnum):
    """The coded reasons of an adjustment; 其他 needs a note."""

    evidence = "结算后证据"
    entry_error = "登记有误"
    correction = "补签批准"
    review = "复核改正"
    objection = "异议成立"
    paid_wrongly = "误付"
    other = "其他"


@dataclass(frozen=True, kw_only=True)
class StoredLine:
    """A line as a final settlement stored it, 分; adjusts: id of the line it adjusts or reverses."""

    id: str
    key: str
    unit: str
    person_id: str
    on: date
    site: str
    kind: DutyKind
    base_fen: int
    net_fen: int
    deductions: tuple[Deduction, ...] = ()
    adjusts: str | None = None
    origin: LineOrigin = LineOrigin.settled


@dataclass(frozen=True, kw_only=True)
class AdjustmentFact:
    """A line to be added; net_fen may be negative. adjusts None: a duty that the locked month did not know. note: the
    bureau's own words."""

    adjusts: str | None
    key: str
    unit: str
    person_id: str
    on: date
    site: str
    kind: DutyKind
    net_fen: int
    origin: LineOrigin
    code: AdjustReason
    reasons: tuple[str, ...]
    evidence: tuple[str, ...] = ()
    note: str = ""


def added_to(
    line: PayLine | StoredLine, adjusts: str | None, fen: int, origin: LineOrigin, code: AdjustReason
) -> AdjustmentFact:
    """The line to be added beside another, in its place and for its person; reasons are the caller's to give."""
    return AdjustmentFact(
        adjusts=adjusts, key=line.key, unit=line.unit, person_id=line.person_id, on=line.on, site=line.site, kind=line.kind,
        net_fen=fen, origin=origin, code=code, reasons=(),
    )  # fmt: skip

"""Keeps pay lines as stored rows: what a settlement would store, what it stored, and what the bureau decided beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import exists, select

from app.kernel.work import Look
from app.models import pay
from app.models.travelling import understood
from app.rules.pay.lines import Cause, Deduction, PayLine, SettingsShown
from app.rules.pay.stored import AdjustmentFact, StoredLine
from app.values import DutyKind, LineOrigin, Month


@dataclass(frozen=True, kw_only=True)
class LedgerLine:
    """A pay line as it is stored or would be, 分; id "" until an adjusting line is stored.

    month: the settlement that pays it. adjusts: id of the line it corrects. source: the bureau's adjustment it carries
    out. note: the bureau's own words.
    """

    id: str
    month: str
    key: str
    unit: str
    person_id: str
    on: date
    site: str
    kind: DutyKind
    base_fen: int
    net_fen: int
    deductions: tuple[Deduction, ...] = ()
    reasons: tuple[str, ...] = ()
    settings: SettingsShown = ()
    origin: LineOrigin = LineOrigin.settled
    adjusts: str | None = None
    source: str = ""
    code: str = ""
    evidence: tuple[str, ...] = ()
    note: str = ""

    def pay_line(self) -> PayLine:
        """The line as the rules made it."""
        return PayLine(
            key=self.key,
            unit=self.unit,
            person_id=self.person_id,
            on=self.on,
            site=self.site,
            kind=self.kind,
            base_fen=self.base_fen,
            deductions=self.deductions,
            net_fen=self.net_fen,
            reasons=self.reasons,
            settings=self.settings,
        )

    def stored(self) -> StoredLine:
        """The line as the rules of adjustment take it."""
        return StoredLine(
            id=self.id,
            key=self.key,
            unit=self.unit,
            person_id=self.person_id,
            on=self.on,
            site=self.site,
            kind=self.kind,
            base_fen=self.base_fen,
            net_fen=self.net_fen,
            deductions=self.deductions,
            adjusts=self.adjusts,
            origin=self.origin,
        )


def settled_line(line: PayLine, month: Month) -> LedgerLine:
    """What a settlement stores of a computed line; its id is the month's and the duty's, so that nothing doubles."""
    return LedgerLine(
        id=f"{month}.{line.key}",
        month=str(month),
        key=line.key,
        unit=line.unit,
        person_id=line.person_id,
        on=line.on,
        site=line.site,
        kind=line.kind,
        base_fen=line.base_fen,
        net_fen=line.net_fen,
        deductions=line.deductions,
        reasons=line.reasons,
        settings=line.settings,
    )


def added_line(made: AdjustmentFact, month: Month, *, source: str = "") -> LedgerLine:
    """What a settlement stores of an adjustment; the bureau's own words stand apart from the reason."""
    return LedgerLine(
        id="",
        month=str(month),
        key=made.key,
        unit=made.unit,
        person_id=made.person_id,
        on=made.on,
        site=made.site,
        kind=made.kind,
        base_fen=0,
        net_fen=made.net_fen,
        deductions=(),
        reasons=made.reasons,
        settings=(),
        origin=made.origin,
        adjusts=made.adjusts,
        source=source,
        code=made.code.value,
        evidence=made.evidence,
        note=made.note,
    )


def to_row(line: LedgerLine, settlement_id: str, place: int) -> pay.StoredPayLine:
    """The row of a line."""
    values = {f.name: getattr(line, f.name) for f in fields(line)}
    values |= {
        "kind": line.kind.value,
        "origin": line.origin.value,
        "note": line.note or None,
        "deductions": [_plain(one) for one in line.deductions],
        "reasons": list(line.reasons),
        "settings": [list(pair) for pair in line.settings],
        "evidence": list(line.evidence),
    }
    if not line.id:
        del values["id"]
    return pay.StoredPayLine(settlement_id=settlement_id, place=place, **values)


def from_row(row: pay.StoredPayLine) -> LedgerLine:
    """The line of a row."""
    return LedgerLine(
        id=row.id,
        month=row.month,
        key=row.key,
        unit=row.unit,
        person_id=row.person_id,
        on=row.on,
        site=row.site,
        kind=DutyKind(row.kind),
        base_fen=row.base_fen,
        net_fen=row.net_fen,
        deductions=tuple(_deduction(one) for one in row.deductions),
        reasons=tuple(row.reasons),
        settings=tuple((name, value) for name, value in row.settings),
        origin=LineOrigin(row.origin),
        adjusts=row.adjusts,
        source=row.source,
        code=row.code,
        evidence=tuple(row.evidence),
        note=row.note or "",
    )


def lines_paid_in(look: Look, month: Month) -> tuple[LedgerLine, ...]:
    """The stored lines of a settlement, in its order."""
    query = (
        select(pay.StoredPayLine)
        .where(pay.StoredPayLine.month == str(month))
        .order_by(pay.StoredPayLine.place, pay.StoredPayLine.id)
    )
    return tuple(from_row(row) for row in understood(look.session.scalars(query)))


def lines_of_duties(look: Look, month: Month) -> tuple[LedgerLine, ...]:
    """The stored lines of a month's duties and all that adjust them, whenever they were settled."""
    query = select(pay.StoredPayLine).where(pay.StoredPayLine.on.between(month.first_day, month.last_day))
    return tuple(
        from_row(row)
        for row in understood(
            look.session.scalars(query.order_by(pay.StoredPayLine.month, pay.StoredPayLine.place))
        )
    )


def line_with(look: Look, line_id: str) -> tuple[LedgerLine, tuple[LedgerLine, ...]] | None:
    """A stored line with those that adjust it; None where there is none."""
    row = look.session.get(pay.StoredPayLine, line_id)
    if row is None or not understood([row]):
        return None
    others = look.session.scalars(
        select(pay.StoredPayLine)
        .where(pay.StoredPayLine.adjusts == line_id)
        .order_by(pay.StoredPayLine.month, pay.StoredPayLine.place)
    )
    return from_row(row), tuple(map(from_row, understood(others)))


def settlements(look: Look) -> Sequence[pay.Settlement]:
    """Every final settlement, by month."""
    return look.session.scalars(select(pay.Settlement).order_by(pay.Settlement.month)).all()


def settlement_of(look: Look, month: Month) -> pay.Settlement | None:
    """The final settlement of a month, as the bureau that made it keeps it."""
    return look.session.scalar(select(pay.Settlement).where(pay.Settlement.month == str(month)))


def is_final(look: Look, month: Month) -> bool:
    """Whether the month is finally settled; a station knows it by the lines it was sent."""
    if look.office.is_bureau:
        return settlement_of(look, month) is not None
    return (
        look.session.scalar(
            select(pay.StoredPayLine.id).where(pay.StoredPayLine.month == str(month)).limit(1)
        )
        is not None
    )


def decisions_before_lock(look: Look, month: Month) -> dict[str, pay.Adjustment]:
    """Duty → the bureau's latest word about its line, spoken before the month was settled."""
    query = select(pay.Adjustment).where(pay.Adjustment.month == str(month), pay.Adjustment.line_id == "")
    rows = look.session.scalars(query.order_by(pay.Adjustment.adjusted_at, pay.Adjustment.id))
    return {row.line_key: row for row in understood(rows)}


def decisions_not_taken(look: Look) -> Sequence[pay.Adjustment]:
    """What the bureau decided about stored lines and no settlement has carried out yet, oldest first."""
    is_taken = exists().where(pay.StoredPayLine.source == pay.Adjustment.id)
    query = select(pay.Adjustment).where(pay.Adjustment.line_id != "", ~is_taken)
    return understood(look.session.scalars(query.order_by(pay.Adjustment.adjusted_at, pay.Adjustment.id)))


def amount_now(line: LedgerLine, adjusting: Iterable[LedgerLine]) -> int:
    """What a line pays with all that adjusts it, 分."""
    return line.net_fen + sum(other.net_fen for other in adjusting)


def renamed(line: LedgerLine, linked: dict[str, str]) -> LedgerLine:
    """The line of the linked person."""
    person = linked.get(line.person_id)
    return replace(line, person_id=person) if person else line


def _plain(one: Deduction) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "clause": one.clause,
        "count": one.count,
        "fen": one.fen,
        "evidence": list(one.evidence),
        "detail": list(one.detail),
        "causes": [[cause.what, cause.proof, cause.number] for cause in one.causes],
        "brief": list(one.brief),
    }


def _deduction(one: dict[str, Any]) -> Deduction:
    return Deduction(
        one["rule"],
        one["clause"],
        one["count"],
        one["fen"],
        tuple(one["evidence"]),
        _causes(one),
        tuple(one["brief"]),
    )


def _causes(one: dict[str, Any]) -> tuple[Cause, ...]:
    """Version 0.1.0 stored a sentence a cause and no parts of it."""
    if "causes" in one:
        return tuple(Cause(*parts) for parts in one["causes"])
    return tuple(map(Cause, one["detail"]))

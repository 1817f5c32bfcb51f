"""Writes what a case is paid as a stored line holds it, and reads it back for the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.case_values import CaseForm, CaseKind, CaseOutcome, CasePayState, CaseStage, Fund, Grade, UnmetKey
from app.kernel.work import Look
from app.models.funds import (
    CaseExamination,
    CasePaymentItem,
    CaseSettlement,
    StoredCaseAdjustment,
    StoredCaseLine,
)
from app.models.travelling import understood
from app.quarters import Quarter
from app.rules.cases.facts import Unmet
from app.rules.funds.case_lines import CasePay, Reason
from app.rules.funds.final_lines import CaseAdjustment, FinalBook, FinalLine
from app.rules.funds.shares import HandlerShare
from app.rules.funds.standards import StandardBasis
from app.services.reading.rulings import in_parts
from app.values import LineOrigin, known

_AMOUNTS = ("travel_fen", "translation_fen", "cut_fen")


def told_of(pay: CasePay) -> dict[str, Any]:
    """What explains a line, beside its columns."""
    basis = pay.basis
    return {
        "archived_on": _day(pay.archived_on),
        "closed_on": _day(pay.closed_on),
        "counted": pay.counted,
        "unmet": [[one.key.value, one.clause, one.text] for one in pay.unmet],
        "reasons": [[one.text, one.clause] for one in pay.reasons],
        "basis": [basis.kind.value, basis.form or "", basis.stage or "", _day(basis.closed_on)],
        "standard_fen": pay.standard_fen,
        "shares": [vars(one) for one in pay.shares],
        "settings": [[name, value] for name, value in pay.settings],
        "is_late": pay.is_late,
        **{name: getattr(pay, name) for name in _AMOUNTS},
    }


def stored_pay(row: StoredCaseLine, state: CasePayState) -> CasePay:
    """The line as it was settled, and where its money stands."""
    told = row.told
    kind, form, stage, closed_on = told["basis"]
    return CasePay(
        case=row.case_id,
        number=row.number,
        archived_on=_date(told["archived_on"]),
        closed_on=_date(told["closed_on"]),
        counted=told["counted"],
        unmet=tuple(Unmet(UnmetKey(key), clause, text) for key, clause, text in told["unmet"]),
        outcome=CaseOutcome(row.outcome),
        reasons=tuple(Reason(text, clause) for text, clause in told["reasons"]),
        basis=StandardBasis(CaseKind(kind), known(CaseForm, form), known(CaseStage, stage), _date(closed_on)),
        state=state,
        standard_fen=told["standard_fen"],
        grade=known(Grade, row.grade),
        special_fen=row.special_fen,
        business_fen=row.business_fen,
        project_fen=row.project_fen,
        fund=known(Fund, row.fund),
        place=row.place,
        shares=tuple(HandlerShare(**one) for one in told["shares"]),
        settings=tuple((name, value) for name, value in told["settings"]),
        is_late=told["is_late"],
        **{name: told[name] for name in _AMOUNTS},
    )


def final_book(look: Look) -> FinalBook:
    """Every final line with where its money stands, all that adjusts it, and the last quarter that is final."""
    return _book(look, look.session.scalars(select(StoredCaseLine)))


def quarter_book(look: Look, quarter: Quarter, cases: Sequence[str], since: int | None) -> FinalBook:
    """The same as far as a quarter's list rests on it: the quarter's own lines, those of the cases it may concern, and
    those that keep a place of a year from `since` on, None for no year."""
    lines = StoredCaseLine
    rows = list(look.session.scalars(select(lines).where(lines.quarter == str(quarter))))
    for part in in_parts(cases):
        rows += look.session.scalars(select(lines).where(lines.case_id.in_(part)))
    if since is not None:
        closed_on = func.json_extract(lines.told, "$.closed_on")
        keeping = select(lines).where(lines.place.is_not(None), closed_on >= f"{since:04d}-01-01")
        rows += look.session.scalars(keeping)
    return _book(look, {row.id: row for row in rows}.values())


def _book(look: Look, found: Iterable[StoredCaseLine]) -> FinalBook:
    rows = understood(sorted(found, key=lambda row: row.id))
    adjustments = case_adjustments(look)
    reversed_ones = {one.adjusts for one in adjustments if one.origin is LineOrigin.reversal}
    states = line_states(look, rows, reversed_ones)
    lines = [FinalLine(row.id, Quarter.parse(row.quarter), stored_pay(row, states[row.id])) for row in rows]
    last = look.session.scalar(
        select(CaseSettlement.quarter).order_by(CaseSettlement.quarter.desc()).limit(1)
    )
    return FinalBook(lines, adjustments, Quarter.parse(last) if last else None)


def case_adjustments(look: Look) -> tuple[CaseAdjustment, ...]:
    """All adjustments and reversals that are stored, in the order they were made."""
    rows = understood(look.session.scalars(select(StoredCaseAdjustment).order_by(StoredCaseAdjustment.id)))
    return tuple(
        CaseAdjustment(
            adjusts=row.adjusts,
            case=row.case_id,
            number=row.number,
            quarter=Quarter.parse(row.quarter),
            fund=Fund(row.fund),
            fen=row.fen,
            origin=LineOrigin(row.origin),
            reasons=tuple(Reason(text) for text in row.reasons),
        )
        for row in rows
    )


def line_states(
    look: Look, rows: Iterable[StoredCaseLine], reversed_ones: set[str]
) -> dict[str, CasePayState]:
    """Line → where its money stands: 已列, then 已核 or 退回, then 已付, at last 已冲销."""
    found = {row.id: CasePayState.listed for row in rows}
    words = select(CaseExamination).order_by(CaseExamination.examined_at, CaseExamination.id)
    for part in in_parts(list(found)):
        for word in look.session.scalars(words.where(CaseExamination.line_id.in_(part))):
            found[word.line_id] = CasePayState.examined if word.is_passed else CasePayState.returned
        paid = select(CasePaymentItem.line_id).where(CasePaymentItem.line_id.in_(part))
        found |= dict.fromkeys(look.session.scalars(paid), CasePayState.paid)
    return found | {one: CasePayState.reversed for one in reversed_ones if one in found}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

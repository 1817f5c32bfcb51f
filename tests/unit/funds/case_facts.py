"""Builds cases, books and ledgers for the rules of case money, every fact with an ordinary default."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.case_values import (
    CaseForm,
    CaseKind,
    CaseOutcome,
    CasePayState,
    CaseStage,
    CaseState,
    Fund,
    Grade,
    HandlerKind,
    UnmetKey,
)
from app.kernel.packs import load_pack
from app.quarters import Quarter
from app.rules.cases.facts import CaseFacts, CaseHandler, CaseStanding, Unmet
from app.rules.funds.case_lines import CaseForPay, CasePay, Extras
from app.rules.funds.final_lines import CaseAdjustment, FinalBook, FinalLine
from app.rules.funds.quarter import CaseBooks, settle_quarter
from app.rules.funds.standards import StandardRow
from app.rules.policy.case_money import CasePayRules, case_pay_rules

YUNCHENG = case_pay_rules(load_pack("yuncheng-2022"))
GANYU = case_pay_rules(load_pack("ganyu-2021"))
ANQING = case_pay_rules(load_pack("anqing-2023"))
LAWYER = CaseHandler(name="王律师", firm="河东律所", kind=HandlerKind.lawyer)
STAFF = CaseHandler(name="李科员", firm="法律援助中心", kind=HandlerKind.agency_staff)

TABLE = (
    StandardRow(date(2020, 1, 1), CaseKind.civil, None, 180000),
    StandardRow(date(2020, 1, 1), CaseKind.criminal, None, 180000),
    StandardRow(date(2020, 1, 1), CaseKind.criminal, CaseStage.investigation, 80000),
)


def unmet(*keys: str) -> tuple[Unmet, ...]:
    """The conditions of these names, unmet."""
    return tuple(Unmet(UnmetKey(key), "四（二）2", f"不符合 {key}") for key in keys)


def case(
    number: str = "〔2022〕1", *, lacks: Sequence[str] = (), extras: Extras = Extras(), **given: Any
) -> CaseForPay:
    """A counted civil case at first instance, closed and archived in May 2022; names of CaseFacts and CaseStanding go to
    their own."""
    facts: dict[str, Any] = {
        "received_on": date(2022, 1, 4),
        "kind": CaseKind.civil,
        "form": CaseForm.litigation,
        "stage": CaseStage.first,
    }
    standing: dict[str, Any] = {
        "case": f"id-{number}",
        "site": "140802",
        "state": CaseState.archived,
        "number": number,
        "approved_on": date(2022, 1, 10),
        "closed_on": date(2022, 5, 10),
        "archived_on": date(2022, 5, 20),
        "grade": Grade.passed,
        "handlers": (LAWYER,),
    }
    names = set(CaseFacts.__dataclass_fields__)
    for name, value in given.items():
        (facts if name in names else standing)[name] = value
    return CaseForPay(CaseStanding(facts=CaseFacts(**facts), **standing), unmet(*lacks), extras)


def books(cases: Iterable[CaseForPay], **given: Any) -> CaseBooks:
    """A county of 运城 with its table and a target of 2 cases."""
    filled: dict[str, Any] = {"own": YUNCHENG, "rows": TABLE, "targets": {2022: 2, 2023: 2}, **given}
    return CaseBooks(cases=tuple(cases), **filled)


def one(given: CaseForPay, **terms: Any) -> CasePay:
    """The only line of the quarter in which the case was archived."""
    on = given.standing.archived_on
    assert on is not None
    (line,) = settle_quarter(Quarter.of(on), books([given], **terms)).lines
    return line


def split(line: CasePay) -> tuple[str, int, int, int]:
    """Outcome and yuan of the special, the project and the business funds."""
    return line.outcome.value, line.special_fen // 100, line.project_fen // 100, line.business_fen // 100


def finished(held: CaseBooks, quarter: Quarter) -> CaseBooks:
    """The books after a quarter became final: its lines and adjustments stored."""
    found = settle_quarter(quarter, held)
    assert not found.is_final
    stored = [
        FinalLine(f"{quarter}/{line.case}", quarter, replace(line, state=CasePayState.listed))
        for line in found.settled
    ]
    assert all(line.pay.outcome is not CaseOutcome.waits for line in stored)
    return replace(
        held,
        final=FinalBook((*held.final.lines, *stored), (*held.final.adjustments, *found.adjustments), quarter),
    )


def with_cases(held: CaseBooks, *changed: CaseForPay) -> CaseBooks:
    """The books with cases added or known otherwise."""
    known = {item.standing.case: item for item in (*held.cases, *changed)}
    return replace(held, cases=tuple(known.values()))


def with_adjustments(held: CaseBooks, *made: CaseAdjustment) -> CaseBooks:
    """The books with lines that adjust or reverse."""
    final = held.final
    return replace(held, final=FinalBook(final.lines, (*final.adjustments, *made), final.last))


def line_of(held: CaseBooks, number: str) -> FinalLine:
    """The final line that gave a case its base."""
    return held.final.bases()[f"id-{number}"]


def net_fen(held: CaseBooks, number: str) -> dict[Fund, int]:
    """What the final lines of a case come to, by fund."""
    standing = held.final.standing_fen(line_of(held, number))
    return {fund: fen for fund, fen in standing.items() if fen}


def rules(base: CasePayRules = YUNCHENG, **numbers: int) -> CasePayRules:
    """The rules under other readings."""
    return base.with_numbers(numbers)

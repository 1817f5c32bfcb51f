"""Writes a quarter's settlement the way other programs read it (`case settle --json`)."""

from __future__ import annotations

from app.rules.funds.case_lines import CasePay
from app.rules.funds.quarter import QuarterSettlement

JsonValue = str | int | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


def settlement_as_json(settlement: QuarterSettlement) -> dict[str, JsonValue]:
    """Period, lines and totals, 分; adjustments of earlier lines are no cases of the list and stand in no total."""
    lines = settlement.lines
    return {
        "period": str(settlement.quarter),
        "final": settlement.is_final,
        "cases": [_case(line) for line in lines],
        "special_fen": sum(line.special_fen for line in lines),
        "business_fen": sum(line.business_fen for line in lines),
        "project_fen": sum(line.project_fen for line in lines),
    }


def _case(line: CasePay) -> JsonValue:
    unmet: list[JsonValue] = [
        {"key": one.key.value, "clause": one.clause, "text": one.text} for one in line.unmet
    ]
    return {
        "number": line.number,
        "counted": line.counted,
        "unmet": unmet,
        "state": line.state.value,
        "standard_fen": line.standard_fen,
        "grade": line.grade.value if line.grade else "",
        "special_fen": line.special_fen,
        "business_fen": line.business_fen,
        "project_fen": line.project_fen,
        "fund": line.fund.value if line.fund else "",
        "place": line.place,
        "outcome": line.outcome.value,
        "reasons": [str(reason) for reason in line.reasons],
    }

"""Puts what a county's figures say of its months into words and tones."""

from __future__ import annotations

from app.services.money.county_months import CountyCell, CountyRow
from app.services.money.submissions import MonthState
from app.values import Month


def county_tag(cell: CountyCell) -> tuple[str, str] | None:
    """通过, or how many of the sites with figures are through."""
    if not cell.sites:
        return None
    if cell.is_passed:
        return "done", "通过"
    return "fault" if cell.is_overdue else "info", f"通过 {cell.count(MonthState.passed)}/{cell.sites}"


def county_words(row: CountyRow, month: str) -> str:
    """What the figures say of a county's month: only sums come up, the county itself reviews."""
    if not row.is_enrolled:
        return f"{row.name}还没有接入。在“收发”里邀请它。"
    states = "，".join(f"{state} {number} 个站点" for state, number in row.cells[-1].states)
    return (
        f"{row.name} {Month.parse(month).words}：{states or '还没有数字'}。"
        f"专项资金季报：{row.funds}。月报由县局审核，这里只看合计。"
    )


def counties_lead(rows: tuple[CountyRow, ...]) -> str:
    """How many counties there are, behind the sentence about the sites."""
    joined = sum(row.is_enrolled for row in rows)
    return f"；{len(rows)} 个县（市、区），{joined} 个已接入" if rows else ""

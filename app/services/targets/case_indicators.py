"""Measures the cases and the money of a year against what the document asks, each figure with its rows (Y02 A05 A06 G01 J15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.errors import Refused
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.case_standings import CaseStandingRow
from app.rules.funds.indicator import Indicator
from app.rules.funds.indicators import indicators_of
from app.rules.pay.wording import yuan
from app.services.cases.case_list import CasePage, CaseRow, rows_of_cases
from app.services.reading.rulings import in_parts
from app.services.targets.year_figures import year_figures

OF_PEOPLE = "named_lawyers"
"""The indicator whose rows are people of the pool."""
MOST_ROWS = 500


@dataclass(frozen=True)
class CaseIndicators:
    """The indicators of the year around the end of a period (2022-05, 2022-Q2, 2022), as of that day."""

    period: str


@dataclass(frozen=True)
class IndicatorCases:
    """The cases behind one indicator, by its key."""

    period: str
    key: str


@dataclass(frozen=True, kw_only=True)
class IndicatorView:
    """One figure in words: what it is, how it is made, what is asked. share: of the target reached, None without one.

    numerator, denominator: what the figure was made of, 分 where the unit is 元. pace: the share of the year gone by,
    for a target of the year. behind: share of the year gone by less share done. rows: how many cases are behind it.
    """

    key: str
    id: str
    title: str
    formula: str
    text: str
    target: str
    numerator: int
    denominator: int | None
    unit: str
    clause: str
    warning: str
    is_met: bool | None
    at_most: bool
    share: float | None
    pace: float | None
    behind: float | None
    rows: int


@dataclass(frozen=True)
class IndicatorPage:
    """The indicators of a year as of a day, in the document's order."""

    year: str
    until: date
    indicators: tuple[IndicatorView, ...]


@answers(CaseIndicators, permission=Permission.REPORT)
def case_indicators(look: Look, query: CaseIndicators) -> IndicatorPage:
    """Every indicator. Raises Refused E922 for what is no period."""
    figures = year_figures(look, look.pack.year.period(query.period))
    return IndicatorPage(figures.year.text, figures.as_of, tuple(map(_view, indicators_of(figures))))


@answers(IndicatorCases, permission=Permission.REPORT)
def indicator_cases(look: Look, query: IndicatorCases) -> CasePage:
    """The cases, the newest received first and at most MOST_ROWS. Raises Refused E394 no such indicator, E922."""
    figures = year_figures(look, look.pack.year.period(query.period))
    found = next((one for one in indicators_of(figures) if one.key == query.key), None)
    if found is None:
        raise Refused("E394", f"本单位的方案没有“{query.key}”这项指标，请从指标列表里选。", field="indicator")
    if found.key == OF_PEOPLE:
        return CasePage(())
    return CasePage(_rows(look, found.ids), len(found.ids))


def _rows(look: Look, ids: tuple[str, ...]) -> tuple[CaseRow, ...]:
    newest = sorted((row for part in in_parts(list(ids)) for row in _places(look, part)), reverse=True)[
        :MOST_ROWS
    ]
    return rows_of_cases(look, [case for _, case in newest])


def _places(look: Look, ids: Sequence[str]) -> list[tuple[date, str]]:
    query = select(CaseStandingRow.received_on, CaseStandingRow.case_id)
    return list(look.session.execute(query.where(CaseStandingRow.case_id.in_(ids))).tuples())


def _view(one: Indicator) -> IndicatorView:
    share = float(one.value / one.target) if one.value is not None and one.target else None
    return IndicatorView(
        key=one.key,
        id=one.id,
        title=one.title,
        formula=one.formula,
        text=one.text,
        target=_target(one),
        numerator=one.numerator,
        denominator=one.denominator,
        unit=one.unit,
        clause=one.clause,
        warning=one.warning,
        is_met=one.is_met,
        at_most=one.at_most,
        share=share,
        pace=float(one.pace) if one.pace is not None else None,
        behind=float(one.behind) if one.behind is not None else None,
        rows=0 if one.key == OF_PEOPLE else len(one.ids),
    )


def _target(one: Indicator) -> str:
    """`≥80%`, `≤90 件`, `>13 人/万人`; "" where nothing is asked."""
    if one.target is None:
        return ""
    sign = "≤" if one.at_most else ">" if one.is_above else "≥"
    if one.unit == "元":
        return f"{sign}{yuan(one.target)} 元"
    return f"{sign}{one.target}{'%' if one.unit == '%' else f' {one.unit}'}"

"""What an indicator is: its figure, how it is made, and what the document asks of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.rules.cases.facts import CaseStanding
from app.rules.funds.fund_use import Matching
from app.rules.pay.wording import yuan
from app.rules.policy.pack import Pack
from app.values import Period

NONE = "—"
"""What a ratio shows whose denominator is 0."""
_TEN_THOUSAND = 10_000


@dataclass(frozen=True, kw_only=True)
class YearFigures:
    """A year of one office as the indicators take it, money in 分.

    counted: ids of the cases that count in the programme (Y12). target: cases to do, recipients_target and
    other_matters_target likewise; None: the document sets none. residents: 常住人口. named_lawyers: ids of the
    名优律师团. is_city: whose per-head money (J07) is asked. subsidies_fen: what of spent_fen was paid for cases.
    """

    pack: Pack
    year: Period
    as_of: date
    cases: Sequence[CaseStanding]
    counted: frozenset[str] = frozenset()
    target: int | None = None
    recipients_target: int | None = None
    other_matters_target: int | None = None
    other_matters: int = 0
    residents: int | None = None
    named_lawyers: frozenset[str] = frozenset()
    is_city: bool = False
    arrived_fen: int = 0
    spent_fen: int = 0
    subsidies_fen: int = 0
    matching: Matching | None = None


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One figure with how it is made.

    ids: the rows of the numerator. denominator None: a plain count. value: the count, or the ratio in the unit (per cent,
    per ten thousand); None for a zero denominator. target in the same unit; at_most: it is a ceiling. pace: the share of
    the year gone by, for a year's target.
    """

    key: str
    id: str
    title: str
    formula: str
    numerator: int
    ids: tuple[str, ...] = ()
    denominator: int | None = None
    unit: str = "%"
    target: int | None = None
    at_most: bool = False
    is_above: bool = False
    pace: Fraction | None = None
    clause: str = ""
    warning: str = ""

    @property
    def value(self) -> Fraction | None:
        """The figure itself."""
        if self.denominator is None:
            return Fraction(self.numerator)
        scale = 100 if self.unit == "%" else _TEN_THOUSAND if self.unit == "人/万人" else 1
        return Fraction(self.numerator * scale, self.denominator) if self.denominator else None

    @property
    def text(self) -> str:
        """`86.2%`, `12`, or — where there is nothing to divide by; cut, never rounded up to a target it misses."""
        if self.value is None:
            return NONE
        if self.unit == "元":
            return f"{yuan(int(self.value))} 元"
        tenths = int(self.value * 10)
        shown = str(tenths // 10) if self.denominator is None else f"{tenths // 10}.{tenths % 10}"
        return f"{shown}%" if self.unit == "%" else f"{shown} {self.unit}"

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached (a ceiling kept); None without target or value."""
        if self.target is None or self.value is None:
            return None
        if self.at_most:
            return self.value <= self.target
        return self.value > self.target if self.is_above else self.value >= self.target

    @property
    def behind(self) -> Fraction | None:
        """How far the share done lies behind the share of the year gone by; below zero: ahead."""
        if self.pace is None or not self.target:
            return None
        return self.pace - Fraction(self.numerator, self.target)


def pace_of(figures: YearFigures) -> Fraction:
    """The share of the year gone by as of the day; 1 once it is over."""
    if figures.as_of > figures.year.end:
        return Fraction(1)
    return figures.pack.year.gone_by(figures.as_of) if figures.as_of >= figures.year.start else Fraction(0)


def counted_cases(
    key: str, id_: str, title: str, formula: str, cases: Sequence[CaseStanding], figures: YearFigures,
    target: int | None = None, target_kind: str = "",
) -> Indicator:  # fmt: skip
    """A plain count of cases, with the year's target where it has one."""
    return Indicator(
        key=key,
        id=id_,
        title=title,
        formula=formula,
        numerator=len(cases),
        ids=_ids(cases),
        unit="件",
        target=target,
        pace=pace_of(figures) if target else None,
        clause=clause_of_target(figures, target_kind) if target_kind else "",
    )


def ratio_of_cases(
    figures: YearFigures, key: str, id_: str, title: str, formula: str, cases: Sequence[CaseStanding], of: int, asked: str
) -> Indicator:  # fmt: skip
    """The share of cases in a count, held against the figure the document asks."""
    return Indicator(
        key=key,
        id=id_,
        title=title,
        formula=formula,
        numerator=len(cases),
        ids=_ids(cases),
        denominator=of,
        target=asked_for(figures, asked),
        clause=clause_of(figures, asked),
    )


def _ids(cases: Iterable[CaseStanding]) -> tuple[str, ...]:
    return tuple(sorted(one.case for one in cases))


def asked_for(figures: YearFigures, name: str) -> int | None:
    """A figure of the document; None where it is silent."""
    value = figures.pack.value(name)
    return value if isinstance(value, int) else None


def reading_of(figures: YearFigures, name: str) -> int | None:
    """A number among the readings in force."""
    found = figures.pack.settings.get(name)
    return found.value if found and isinstance(found.value, int) else None


def clause_of(figures: YearFigures, name: str) -> str:
    """The clause of a figure, "" where the document is silent."""
    found = figures.pack.figures.get(name)
    return found.clause if found else ""


def clause_of_target(figures: YearFigures, kind: str) -> str:
    """The clause of a target table, "" where there is none."""
    return next((one.clause for one in figures.pack.targets if one.kind == kind), "")

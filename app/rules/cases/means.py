"""Compares a household's income with the standard of economic hardship that holds on a day (Y13 G02 A03 J08)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.case_values import StandardKind
from app.rules.policy.pack import Pack
from app.values import yuan_text


@dataclass(frozen=True, kw_only=True)
class DatedStandard:
    """A figure as the county typed it: 分 a month, valid from a day until a newer one of its kind; source: the document."""

    kind: StandardKind
    valid_from: date
    fen: int
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class HouseholdMember:
    """A line of the household table: a year's income in 分 by its three kinds."""

    relation: str
    wages_fen: int = 0
    business_fen: int = 0
    other_fen: int = 0

    @property
    def year_fen(self) -> int:
        """The member's income of the year."""
        return self.wages_fen + self.business_fen + self.other_fen


@dataclass(frozen=True, kw_only=True)
class MeansLimit:
    """What a head may have a month. fen None: the figure was not typed. is_below: the limit itself is too much.

    words: the standard as documents name it. clause: where it comes from; source: the document of the typed figure.
    """

    kind: StandardKind
    words: str
    clause: str
    fen: int | None = None
    is_below: bool = False
    source: str = ""

    def allows(self, year_fen: int, heads: int) -> bool:
        """Whether a household's year ÷ 12 ÷ heads keeps within the limit; counted in whole 分, nothing rounded."""
        if self.fen is None:
            raise ValueError("no figure was typed")
        most = self.fen * 12 * heads
        return year_fen < most if self.is_below else year_fen <= most


def means_limit(pack: Pack, typed: Iterable[DatedStandard], on: date) -> MeansLimit:
    """The limit under a pack on a day: A and J *below* a multiple of 低保, G at most the minimum wage, else the province's.

    A wider local standard stands in its place where the document lets it.
    """
    standards = tuple(typed)
    limit = _own_limit(pack, standards, on)
    wider = _figure_on(standards, StandardKind.wider, on)
    if wider is None or not _lets_wider(pack) or (limit.fen is not None and wider.fen <= limit.fen):
        return limit
    return MeansLimit(
        kind=StandardKind.wider,
        words=StandardKind.wider.value,
        clause=limit.clause,
        fen=wider.fen,
        source=wider.source,
    )


def _own_limit(pack: Pack, standards: tuple[DatedStandard, ...], on: date) -> MeansLimit:
    times = pack.figures.get("thresholds.income_times_dibao")
    named = pack.figures.get("thresholds.income")
    if times is not None and isinstance(times.value, int):
        found = _figure_on(standards, StandardKind.dibao, on)
        return MeansLimit(
            kind=StandardKind.dibao,
            words=f"{StandardKind.dibao.value}的{times.value}倍",
            clause=times.clause,
            fen=found.fen * times.value if found else None,
            is_below=True,
            source=found.source if found else "",
        )
    is_wage = named is not None and named.value == StandardKind.minimum_wage.value
    kind = StandardKind.minimum_wage if is_wage else StandardKind.province
    found = _figure_on(standards, kind, on)
    return MeansLimit(
        kind=kind,
        words=kind.value,
        clause=named.clause if named and is_wage else "法律援助法34",
        fen=found.fen if found else None,
        source=found.source if found else "",
    )


def _lets_wider(pack: Pack) -> bool:
    """A: the local standard where it is wider; J: moving on to the low-income standard."""
    return pack.value("thresholds.wider_local_standard") is True or bool(pack.value("thresholds.income_goal"))


def _figure_on(standards: tuple[DatedStandard, ...], kind: StandardKind, on: date) -> DatedStandard | None:
    held = [one for one in standards if one.kind is kind and one.valid_from <= on]
    return max(held, key=lambda one: one.valid_from, default=None)


def income_words(year_fen: int, heads: int) -> str:
    """人均月收入 of a household as shown, half up to the 分."""
    per_head = (year_fen * 2 + 12 * heads) // (24 * heads)
    return f"家庭年收入 {yuan_text(year_fen)} 元，{heads} 人，人均月收入 {yuan_text(per_head)} 元"

"""Adds up a document's parts and holds them against the totals it states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.errors import Refused
from app.rules.policy.pack import Pack
from app.rules.policy.parts import TargetTable
from app.values import SiteKind


@dataclass(frozen=True)
class TotalCheck:
    """One stated total, the sum of its parts, and what the pack says where the document's own sum is wrong."""

    name: str
    stated: int
    summed: int
    is_equal: bool
    clause: str = ""
    discrepancy: str = ""


def check_totals(pack: Pack) -> tuple[TotalCheck, ...]:
    """Every total and subtotal of the target tables, and the stated numbers of centres and stations."""
    return (*_table_checks(pack), *_tree_checks(pack))


def refuse_wrong_totals(pack: Pack) -> None:
    """Raises Refused E955 for a total that its parts do not make, unless the pack says the document errs."""
    for check in check_totals(pack):
        if not check.is_equal and not check.discrepancy:
            raise Refused(
                "E955",
                f"方案 {pack.key} 的“{check.name}”文件写 {check.stated}，各项相加为 {check.summed}，请核对方案文件",
                field=check.name,
            )


def _table_checks(pack: Pack) -> Iterator[TotalCheck]:
    for table in pack.tables:
        yield _check(f"{table.title}合计", table.total, sum(part.amount for part in table.parts), table)
        for subtotal in table.subtotals:
            summed = sum(part.amount for part in table.parts if part.site in subtotal.sites)
            yield _check(f"{table.title}{subtotal.title}", subtotal.total, summed, table)


def _check(name: str, stated: int, summed: int, table: TargetTable) -> TotalCheck:
    return TotalCheck(name, stated, summed, stated == summed, table.clause, table.discrepancy)


def _tree_checks(pack: Pack) -> Iterator[TotalCheck]:
    for name, kind in (
        ("tree.county_centres", SiteKind.county_centre),
        ("tree.stations", SiteKind.station),
        ("tree.townships", SiteKind.station),
    ):
        figure = pack.figures.get(name)
        if figure is not None and isinstance(figure.value, int):
            counted = sum(site.kind == kind for site in pack.sites)
            yield TotalCheck(figure.title, figure.value, counted, figure.value == counted, figure.clause)

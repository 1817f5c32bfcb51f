"""Reads a pack's units and target tables, and holds each target to a unit of the tree."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from app.errors import Refused
from app.rules.policy.clauses import ClauseBook
from app.rules.policy.fields import TomlTable
from app.rules.policy.parts import BUREAU, TARGET_KINDS, PackSite, Subtotal, Target, TargetTable
from app.values import Level, SiteKind

COLUMNS = ["code", "name", "short", "kind", "level", "parent"]
_KINDS = {BUREAU, *SiteKind}


def read_sites(path: Path) -> tuple[PackSite, ...]:
    """The units of `<key>.sites.csv`, parents first. Raises Refused E956 naming the row, E981 for no such file."""
    if not path.is_file():
        raise Refused("E981", f"找不到方案的站点表 {path.name}，请重新安装程序")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS:
            raise Refused("E956", f"站点表 {path.name} 第 1 行的列名应是 {'、'.join(COLUMNS)}")
        rows = [(number, row) for number, row in enumerate(reader, start=2)]
    return tuple(_checked(rows, path.name))


def _checked(rows: Iterable[tuple[int, dict[str, Any]]], file: str) -> Iterator[PackSite]:
    seen: set[str] = set()
    for number, row in rows:
        fault = _site_fault(row, seen)
        if fault:
            raise Refused("E956", f"站点表 {file} 第 {number} 行{fault}，请核对", field=str(number))
        seen.add(row["code"])
        yield PackSite(
            row["code"], row["name"], row["kind"], row["parent"], Level(row["level"]), row["short"]
        )


def _site_fault(row: dict[str, Any], seen: set[str]) -> str:
    if None in row or None in row.values():
        return "列数不对"
    if not row["code"] or not row["name"] or row["code"] in seen:
        return f"代码“{row['code']}”重复，或者没有代码、名称"
    if row["kind"] not in _KINDS or row["level"] not in set(Level):
        return f"类别“{row['kind']}”或层级“{row['level']}”不认识"
    if seen and row["parent"] not in seen:
        return f"上级“{row['parent']}”不在前面各行之中"
    return ""


def read_targets(table: TomlTable, book: ClauseBook, sites: Iterable[PackSite]) -> tuple[TargetTable, ...]:
    """The document's target tables. Raises Refused E952, E953, E954, E956 for a unit not in the tree."""
    codes = {site.code: site for site in sites}
    return tuple(_target_table(one, book, codes) for one in table.tables("targets"))


def _target_table(table: TomlTable, book: ClauseBook, sites: dict[str, PackSite]) -> TargetTable:
    kind, year, clause, unit = table.text("kind"), table.whole("year"), book.of(table), table.text("unit")
    if kind not in TARGET_KINDS:
        raise table.wrong("kind", f"写的是“{kind}”，应为 {'、'.join(TARGET_KINDS)} 之一")
    parts = tuple(
        Target(code, year, kind, amount, clause, unit, name) for code, name, amount in _parts(table, sites)
    )
    found = TargetTable(
        kind=kind,
        title=table.text("title"),
        year=year,
        unit=unit,
        clause=clause,
        total=table.whole("total"),
        parts=parts,
        subtotals=tuple(_subtotals(table, {part.site for part in parts})),
        id=table.text("id", ""),
        discrepancy=table.text("discrepancy", ""),
    )
    table.finish()
    return found


def _parts(table: TomlTable, sites: dict[str, PackSite]) -> Iterator[tuple[str, str, int]]:
    seen: set[str] = set()
    for row in table.row("parts"):
        if not (isinstance(row, list) and [type(one) for one in row] == [str, str, int]):
            raise table.wrong("parts", "每项应是 [代码, 名称, 数目]")
        code, name, _ = row
        site = sites.get(code)
        if site is None or code in seen:
            raise table.fault("E956", "parts", f"中的“{code} {name}”重复，或者不在站点表中")
        if not name.startswith(site.short_name) and name != site.name:
            raise table.fault("E956", "parts", f"中 {code} 的名称“{name}”与站点表的“{site.short_name}”不符")
        seen.add(code)
        yield row[0], row[1], row[2]


def _subtotals(table: TomlTable, known: set[str]) -> Iterator[Subtotal]:
    for one in table.tables("subtotals"):
        subtotal = Subtotal(one.text("title"), one.whole("total"), one.texts("sites"))
        if not set(subtotal.sites) <= known:
            raise one.fault("E956", "sites", "有不在本表之中的单位")
        one.finish()
        yield subtotal

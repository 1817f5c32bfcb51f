"""Shows the policy packs with figures, clauses and the check of their totals; needs no office."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

import typer

from app.cli.session import show
from app.kernel.pack_json import as_json
from app.kernel.pack_show import PackRow, PackSummary, rows, summaries
from app.kernel.packs import load_pack
from app.rules.policy.pack import NO_RATES, Pack
from app.rules.policy.totals import TotalCheck, check_totals


def add(cli: typer.Typer) -> None:
    """Add `packs`."""
    cli.command("packs")(packs)


def packs(
    context: typer.Context, key: Annotated[str, typer.Argument(help="方案代号，省略则列出全部")] = ""
) -> None:
    """列出方案；给出代号时显示全部数字、条款和合计核对。"""
    if not key:
        found = summaries()
        show(context, found, lambda: "\n".join(_summary(one) for one in found))
        return
    pack = load_pack(key)
    show(context, as_json(pack), lambda: "\n".join(_lines(pack)))


def _summary(one: PackSummary) -> str:
    inherits = f"　沿用 {one.inherits}" if one.inherits else ""
    return f"{one.key}　{one.title}（{one.document}）　{one.valid_from} 至 {one.valid_to}　{one.sites} 个单位{inherits}"


def _lines(pack: Pack) -> list[str]:
    lines = [f"{pack.title}（{pack.document}）", f"{pack.issuer}　{pack.valid_from} 至 {pack.valid_to}"]
    lines += [] if pack.rates else [NO_RATES]
    lines += list(pack.notes)
    for section, found in groupby(rows(pack), key=lambda row: row.section):
        lines += ["", f"【{section}】", *(_row(row) for row in found)]
    return [*lines, "", "【合计核对】", *(_check(one) for one in check_totals(pack))]


def _row(row: PackRow) -> str:
    named = f"{row.title}：{row.value}{row.unit}" if row.title and row.value else row.title or row.value
    note = f"　{row.note}" if row.note else ""
    return f"  {named}　〔{row.clause}〕{note}"


def _check(one: TotalCheck) -> str:
    mark = "✓ 相符" if one.is_equal else "✕ 不符"
    return f"  {one.name}：文件 {one.stated}，分项之和 {one.summed}　{mark}"

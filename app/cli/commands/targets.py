"""Commands that split a bureau's target over its units and months."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.errors import Refused
from app.rules.policy.split import by_months
from app.services.targets.split_target import SplitDesk, SplitDeskView, SplitTarget, UnitShare

YearOption = Annotated[int, typer.Option("--year", help="年度，如 2022")]
KindOption = Annotated[str, typer.Option("--kind", help="任务：consultations（咨询）或 cases（案件）")]


def add(cli: typer.Typer) -> None:
    """Add `target show` and `target split`."""
    group = typer.Typer(help="任务分解", no_args_is_help=True)
    group.command("show")(show_split)
    group.command("split")(split)
    cli.add_typer(group, name="target")


def show_split(context: typer.Context, year: YearOption, kind: KindOption = "consultations") -> None:
    """列出各单位的任务：已分解的，或建议的。"""
    found: SplitDeskView = ask(context, SplitDesk(year, kind))
    _tell(context, found)


def split(
    context: typer.Context,
    year: YearOption,
    reason: Annotated[str, typer.Option("--reason", help="依据")],
    kind: KindOption = "consultations",
    part: Annotated[
        list[str] | None, typer.Option("--part", help="单位代码=全年数，可写多次；省略则按建议分解")
    ] = None,
) -> None:
    """分解任务，随下发的包送到各单位；合计要等于本单位的任务。"""
    found: SplitDeskView = ask(context, SplitDesk(year, kind))
    parts = tuple(map(_part, part)) if part else tuple((one.code, one.months) for one in found.shares)
    do(context, SplitTarget(year, kind, parts, reason))
    _tell(context, ask(context, SplitDesk(year, kind)))


def _part(text: str) -> tuple[str, tuple[int, ...]]:
    unit, sign, amount = text.partition("=")
    if not sign or not amount.strip().isdigit():
        raise Refused("E490", f"请写成“单位代码=全年数”，如 140802100=400；写的是“{text}”。", field="part")
    return unit.strip(), by_months(int(amount))


def _tell(context: typer.Context, found: SplitDeskView) -> None:
    document = {
        "year": found.year,
        "kind": found.kind,
        "total": found.total,
        "version": found.version,
        "units": [{"code": one.code, "total": one.total, "months": list(one.months)} for one in found.shares],
    }
    state = f"第 {found.version} 版（{found.reason}）" if found.version else "建议，尚未分解"
    lines = [f"{found.year}年{found.title}任务　合计 {found.total or '未定'}　{state}"]
    lines += [_line(one) for one in found.shares]
    show(context, document, lambda: "\n".join(lines))


def _line(one: UnitShare) -> str:
    return "　".join((one.code, one.name, str(one.total), "/".join(map(str, one.months))))

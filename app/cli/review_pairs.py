"""The words of `review` for records of two sites that look like one."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.desk_values import PairKind, PairOutcome
from app.services.pairs.decide_pair import DecidePair
from app.services.pairs.pairs_month import PairsMonth, PairView
from app.values import Month


def add_pairs(group: typer.Typer) -> None:
    """Add `review pairs` and `review pair`."""
    group.command("pairs")(list_pairs)
    group.command("pair")(pair)


def list_pairs(
    context: typer.Context,
    month: Annotated[str, typer.Option("--month", help="月份，如 2022-05")],
    is_all: Annotated[bool, typer.Option("--all", help="已认定的也列")] = False,
) -> None:
    """列出两个站点疑似重复的记录，一行一对。"""
    rows: tuple[PairView, ...] = ask(context, PairsMonth(Month.parse(month), is_all))
    lines = [
        f"{one.kind}　{one.first_site} {one.first}　{one.second_site} {one.second}　{one.why}　{one.standing}\n"
        f"　　{one.first_id} {one.second_id}"
        for one in rows
    ]
    show(context, [_document(one) for one in rows], lambda: "\n".join(lines) or "没有待认定的重复。")


def pair(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help=f"{'、'.join(PairKind)}")],
    first: Annotated[str, typer.Argument(help="计入的一条的编号，见 huimin review pairs")],
    second: Annotated[str, typer.Argument(help="另一条的编号：不计的、要退回的")],
    outcome: Annotated[str, typer.Argument(help=f"{'、'.join(PairOutcome)}")],
    reason: Annotated[str, typer.Option("--reason", help="认定的理由")] = "",
) -> None:
    """认定一对记录是两件、只计一条，还是退回核实；以后可以再认定一次来改。"""
    made = do(context, DecidePair(kind, first, second, outcome, reason))
    show(context, {"id": made}, lambda: f"已认定：{outcome}。")


def _document(one: PairView) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "first": one.first_id,
        "second": one.second_id,
        "first_site": one.first_site,
        "second_site": one.second_site,
        "on": one.on,
        "why": one.why,
        "standing": one.standing.value,
        "reason": one.reason,
    }

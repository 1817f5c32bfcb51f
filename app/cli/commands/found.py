"""Commands for rows that somebody changed outside the program: what was found, and what becomes of added ones."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.services.office.found_rows import DecideFound, FoundRows
from app.services.office.guards import LayGuards

Numbers = Annotated[list[int], typer.Argument(help="编号，见 huimin found list")]
Reason = Annotated[str, typer.Option("--reason", help="核查情况")]
found = typer.Typer(help="库外改动：有人绕过程序改过的记录")


def add(cli: typer.Typer) -> None:
    """Add `found list|keep|drop|guards`."""
    cli.add_typer(found, name="found")


@found.command("list")
def list_found(context: typer.Context) -> None:
    """列出发现的库外改动，最近的在前。"""
    rows = ask(context, FoundRows())
    lines = [f"{one.id}　{one.title}　{one.row_id}　{one.words}　{one.state}" for one in rows]
    show(context, rows, lambda: "\n".join(lines) or "没有发现库外改动。")


@found.command("keep")
def keep_found(context: typer.Context, ids: Numbers, reason: Reason) -> None:
    """采纳库外添加的记录：登记在决定人名下。"""
    _decide(context, ids, reason, is_kept=True)


@found.command("drop")
def drop_found(context: typer.Context, ids: Numbers, reason: Reason) -> None:
    """不采纳库外添加的记录：不再显示，原样留作证据。"""
    _decide(context, ids, reason, is_kept=False)


@found.command("guards")
def lay_guards(context: typer.Context, reason: Reason) -> None:
    """重装被拆除或改动的库内防护；被动过的留一条警报。"""
    wrong = do(context, LayGuards(reason))
    show(
        context, {"wrong": wrong}, lambda: f"已重装：{'；'.join(wrong)}。" if wrong else "防护完好，没有动。"
    )


def _decide(context: typer.Context, ids: list[int], reason: str, *, is_kept: bool) -> None:
    count = do(context, DecideFound(tuple(ids), is_kept, reason))
    word = "采纳" if is_kept else "不采纳"
    show(context, {"decided": count, "is_kept": is_kept}, lambda: f"已决定{word} {count} 条。")

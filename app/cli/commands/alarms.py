"""Commands for alarms: what points to forgery or a rewritten history, open until somebody says what was found."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.services.office.journal import DismissAlarm, SecurityEventLine, SecurityEvents


def add(cli: typer.Typer) -> None:
    """Add `alarm list` and `alarm dismiss`."""
    group = typer.Typer(help="警报", no_args_is_help=True)
    group.command("list")(list_alarms)
    group.command("dismiss")(dismiss)
    cli.add_typer(group, name="alarm")


def list_alarms(
    context: typer.Context,
    is_all: Annotated[bool, typer.Option("--all", help="处理过的和其他安全事件也列")] = False,
) -> None:
    """列出没有处理的警报，新的在前。"""
    rows: tuple[SecurityEventLine, ...] = ask(context, SecurityEvents(open_alarms_only=not is_all))
    lines = [f"{one.id}　{one.at:%Y-%m-%d %H:%M}　{one.title}　{one.detail}" for one in rows]
    show(context, [_document(one) for one in rows], lambda: "\n".join(lines) or "没有没处理的警报。")


def dismiss(
    context: typer.Context,
    id: Annotated[int, typer.Argument(help="警报的编号，见 huimin alarm list")],
    reason: Annotated[str, typer.Option("--reason", help="核查情况")] = "",
) -> None:
    """处理一条警报，写明核查情况；警报本身永久留痕。"""
    do(context, DismissAlarm(id, reason))
    show(context, {"dismissed": id}, lambda: "已处理，核查情况已留痕。")


def _document(one: SecurityEventLine) -> dict[str, object]:
    return {
        "id": one.id,
        "at": f"{one.at:%Y-%m-%d %H:%M:%S}",
        "title": one.title,
        "detail": one.detail,
        "is_open": one.is_open,
    }

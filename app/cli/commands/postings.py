"""Commands for what was put up where, and the service cards."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.dates import parse_date
from app.safe_write import write_safely
from app.services.outreach.postings import Postings, RecordPosting, TakeDown
from app.services.outreach.service_cards import ServiceCards

Site = Annotated[str, typer.Option("--site", help="站点，省略为本单位")]


def add(cli: typer.Typer) -> None:
    """Add `posting list`, `posting record`, `posting remove` and `posting cards`."""
    group = typer.Typer(help="宣传张贴和服务卡", no_args_is_help=True)
    group.command("list")(list_postings)
    group.command("record")(record)
    group.command("remove")(remove)
    group.command("cards")(cards)
    cli.add_typer(group, name="posting")


def list_postings(context: typer.Context) -> None:
    """列出还挂着、还发着的。"""
    found = ask(context, Postings())
    lines = [
        f"{one.on}　{one.kind}　{one.village}　{one.place}　{one.copies} 份\n    {one.id}" for one in found
    ]
    show(context, list(found), lambda: "\n".join(lines) or "没有登记张贴。")


def record(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="内容", help="惠民工程服务卡、值班公示表、宣传海报")],
    village: Annotated[str, typer.Option("--village", help="村（社区）")],
    place: Annotated[str, typer.Option("--place", help="张贴处")] = "",
    copies: Annotated[int, typer.Option("--copies", help="份数")] = 1,
    on: Annotated[str, typer.Option("--on", help="日期，省略为今天")] = "",
    site: Site = "",
) -> None:
    """登记一次张贴或发放。"""
    command = RecordPosting(
        kind=kind, village=village, place=place, copies=copies, on=parse_date(on) if on else None, site=site
    )
    show(context, {"id": do(context, command)}, lambda: "已登记张贴。")


def remove(
    context: typer.Context,
    posting: Annotated[str, typer.Argument(metavar="编号", help="`posting list` 列出的编号")],
) -> None:
    """记为取下。"""
    show(context, {"id": do(context, TakeDown(posting))}, lambda: "已记为取下。")


def cards(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--file", help="写到哪个 PDF 文件")],
    site: Site = "",
) -> None:
    """打印一页服务卡，裁开使用。"""
    write_safely(out, ask(context, ServiceCards(site)).pdf)
    show(context, {"file": str(out)}, lambda: f"已写到 {out}")

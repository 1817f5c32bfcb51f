"""Commands of duties without a kiosk: sheets to sign, and what was signed on them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.dates import parse_date, parse_moment
from app.safe_write import write_safely
from app.services.attendance.paper_sheets import PrintBlankRegister, PrintSignSheet
from app.services.attendance.record_paper import RecordPaper


def add(cli: typer.Typer) -> None:
    """Add `paper record` and `paper sheet`."""
    paper = typer.Typer(help="纸质签到", no_args_is_help=True)
    paper.command("record")(record_paper)
    paper.command("sheet")(paper_sheet)
    cli.add_typer(paper, name="paper")


def record_paper(
    context: typer.Context,
    person: Annotated[str, typer.Argument(metavar="人员", help="值班人员的编号，`person list` 列出")],
    confirmed_by: Annotated[str, typer.Option("--confirmed-by", help="在单子上签名确认的人")],
    reason: Annotated[str, typer.Option("--reason", help="为什么用纸质，如 下乡")],
    came: Annotated[str, typer.Option("--in", help="签到时间，如 2022-05-10 08:57")] = "",
    left: Annotated[str, typer.Option("--out", help="签退时间")] = "",
    site: Annotated[str, typer.Option("--site", help="站点，省略为本单位")] = "",
) -> None:
    """登记一次纸质签到签退。"""
    in_at, out_at = (parse_moment(text) if text else None for text in (came, left))
    made = do(context, RecordPaper(person, in_at, out_at, confirmed_by, reason, site))
    show(context, {"id": made}, lambda: "已登记纸质签到。")


def paper_sheet(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--file", help="写到哪个 PDF 文件")],
    on: Annotated[str, typer.Option("--on", help="哪一天的值班；省略打空白单")] = "",
    site: Annotated[str, typer.Option("--site", help="站点，省略为本单位")] = "",
    is_register: Annotated[bool, typer.Option("--register", help="打咨询登记单，不打签到单")] = False,
) -> None:
    """打印签到登记单或咨询登记单。"""
    kind = PrintBlankRegister if is_register else PrintSignSheet
    drawn = ask(context, kind(site, parse_date(on) if on else None))
    write_safely(out, drawn.pdf, is_private=True)
    show(context, {"file": str(out)}, lambda: f"已写到 {out}")

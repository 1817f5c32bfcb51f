"""The command that lists the reports and writes any of them to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import tell
from app.cli.session import do, options_of, show
from app.services.reports.export_report import ExportReport
from app.services.reports.report import reports


def add(cli: typer.Typer) -> None:
    """Add `report`."""
    cli.command("report")(report)


def report(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="报表名；省略则列出全部报表")] = "",
    period: Annotated[str, typer.Option("--period", help="期间：2022、2022-Q2 或 2022-05")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="写到哪个 .xlsx 或 .pdf 文件")] = None,
) -> None:
    """导出一张报表；不给报表名时列出全部。"""
    if not key:
        _list(context)
        return
    if not period or out is None:
        raise typer.BadParameter("请给出 --period 和 --out")
    written = do(context, ExportReport(key, period, out))
    show(
        context,
        {"key": key, "period": period, "file": str(written.path)},
        lambda: f"报表已写到 {written.path}",
    )
    if written.warning and not options_of(context).is_json:
        tell(written.warning)


def _list(context: typer.Context) -> None:
    found = sorted(reports().values(), key=lambda one: one.key)
    document = [
        {"key": one.key, "title": one.title, "periods": [kind.value for kind in one.periods]} for one in found
    ]
    show(context, document, lambda: "\n".join(f"{one.key:<16}{one.title}" for one in found))

"""The command that lists the reports and writes any of them to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import tell
from app.cli.session import ask, do, options_of, show
from app.services.reports.export_report import ExportReport
from app.services.reports.export_rows import ExportReportRows, ReportRows
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
    """导出一张报表；--json 而不给 --out 时列出各行；不给报表名时列出全部。"""
    if not key:
        _list(context)
        return
    if not period or (out is None and not options_of(context).is_json):
        raise typer.BadParameter("请给出 --period 和 --out（或 --json）")
    if out is None:
        _show_rows(context, key, period)
        return
    written = do(context, ExportReport(key, period, out))
    show(
        context,
        {"key": key, "period": period, "file": str(written.path)},
        lambda: f"报表已写到 {written.path}",
    )
    if written.warning and not options_of(context).is_json:
        tell(written.warning)


def _show_rows(context: typer.Context, key: str, period: str) -> None:
    """Rows by the columns' names: figures as numbers (money in 分), all else as the workbook writes it."""
    found: ReportRows = ask(context, ExportReportRows(key, period))
    columns = [{"key": one.key, "title": one.title, "kind": one.kind} for one in found.columns]
    document = {"key": key, "title": found.title, "period": period, "columns": columns, "rows": found.rows}
    show(context, document, lambda: "")


def _list(context: typer.Context) -> None:
    found = sorted(reports().values(), key=lambda one: one.key)
    document = [
        {"key": one.key, "title": one.title, "periods": [kind.value for kind in one.periods]} for one in found
    ]
    show(context, document, lambda: "\n".join(f"{one.key:<16}{one.title}" for one in found))

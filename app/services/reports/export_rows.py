"""Hands out the rows of any report of the catalogue, for scripts."""

from __future__ import annotations

from dataclasses import dataclass

from app.documents.sheet import SheetColumn
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.reports.office_sheet import office_sheet
from app.services.reports.render_screen import screen_table
from app.services.reports.report import permitted_report


@dataclass(frozen=True)
class ExportReportRows:
    """A report's key and the period (2022, 2022-Q2, 2022-05)."""

    key: str
    period: str


@dataclass(frozen=True)
class ReportRows:
    """Each row by the columns' keys: figures as numbers (money in 分, percent as a ratio), all else as text."""

    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[dict[str, str | int | float], ...]


@answers(ExportReportRows, title="导出报表各行", permission=Permission.REPORT)
def export_report_rows(look: Look, query: ExportReportRows) -> ReportRows:
    """The rows as the workbook has them, masked alike; on record as an export. Raises Refused E001, E506, E507, E922."""
    report = permitted_report(query.key, look.actor)
    sheet = office_sheet(report, look, look.pack.year.period(query.period))
    table = screen_table(sheet)
    look.disclose(report.title, period=query.period, rows=len(sheet.rows))
    rows = (
        {
            column.key: value if column.is_numeric and isinstance(value, (int, float)) else text
            for column, value, text in zip(table.columns, values, texts, strict=True)
        }
        for values, texts in zip(table.values, table.texts, strict=True)
    )
    return ReportRows(report.title, table.columns, tuple(rows))

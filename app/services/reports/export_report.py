"""Writes any report of the catalogue to a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.clock import local
from app.documents.render_file import WrittenFile, write_sheet
from app.documents.sheet import Footer
from app.kernel.dispatcher import Task
from app.kernel.handlers import performs
from app.kernel.permissions import Permission
from app.services.reports.office_sheet import office_sheet
from app.services.reports.report import permitted_report


@dataclass(frozen=True)
class ExportReport:
    """A report's key, the period (2022, 2022-Q2, 2022-05) and the .xlsx or .pdf file to write."""

    key: str
    period: str
    out: Path


@performs(ExportReport, title="导出报表", permission=Permission.REPORT)
def export_report(task: Task, request: ExportReport) -> WrittenFile:
    """Exporting changes nothing (P26), and is on record. Raises Refused E506, E507, E922 and the file's E501 … E508."""
    report = permitted_report(request.key, task.actor)
    task.progress.step(0, 2, f"正在汇总“{report.title}”")
    with task.look() as look:
        period = look.pack.year.period(request.period)
        footer = Footer(printed_at=local(look.now.at))
        is_book = request.out.suffix.lower() == ".xlsx"
        sheet = office_sheet(report, look, period, footer=footer, is_read_along=is_book)
        with task.look() as told:  # on record before the first row leaves, while the rows are yet to be read
            told.disclose(report.title, period=request.period, rows=len(sheet.rows))
        task.progress.step(1, 2, "正在写文件")
        written = write_sheet(sheet, request.out)
    task.progress.step(2, 2, "已写好")
    return written

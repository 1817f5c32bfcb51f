"""Draws any report of the catalogue as the pages that will be printed."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import local
from app.documents.paper import missing_note
from app.documents.sheet import Footer
from app.documents.sheet_pdf import sheet_pdf
from app.kernel.dispatcher import Task
from app.kernel.handlers import performs
from app.kernel.permissions import Permission
from app.services.reports.office_sheet import office_sheet
from app.services.reports.report import permitted_report


@dataclass(frozen=True)
class PrintReport:
    """A report's key and the period (2022, 2022-Q2, 2022-05)."""

    key: str
    period: str


@dataclass(frozen=True)
class PrintedReport:
    """The pages; warning: a sentence when no font had some character (P49)."""

    title: str
    pdf: bytes
    warning: str = ""


@performs(PrintReport, title="打印报表", permission=Permission.REPORT)
def print_report(task: Task, request: PrintReport) -> PrintedReport:
    """Printing changes nothing (P26), and is on record. Raises Refused E001, E506, E507, E922."""
    report = permitted_report(request.key, task.actor)
    task.progress.step(0, 2, f"正在汇总“{report.title}”")
    with task.look() as look:
        footer = Footer(printed_at=local(look.now.at))
        period = look.pack.year.period(request.period)
        sheet = office_sheet(report, look, period, footer=footer)
        look.disclose(report.title, period=request.period, rows=len(sheet.rows))
    task.progress.step(1, 2, "正在排版")
    printed = sheet_pdf(sheet)
    task.progress.step(2, 2, "已排好")
    return PrintedReport(sheet.title, printed.pdf, missing_note(printed.missing))

"""Shows any report of the catalogue on screen, with the sites whose months are not approved yet."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.money.review_matrix import ReviewMatrix, review_matrix
from app.services.money.submissions import MonthState
from app.services.reports.office_sheet import office_sheet
from app.services.reports.render_screen import ScreenTable, screen_table
from app.services.reports.report import Report, check_period, period_label, permitted_report
from app.values import Period


@dataclass(frozen=True)
class ShowReport:
    """A report's key and the period (2022, 2022-Q2, 2022-05)."""

    key: str
    period: str


@dataclass(frozen=True, kw_only=True)
class ReportView:
    """The report as it is in the workbook, masked alike.

    period: as papers write it. units: how many sites its figures come from. missing: short names of those whose
    months of the period, as far as over, are not all approved. is_running: the period is not over yet, so that its
    figures still grow.
    """

    key: str
    title: str
    period: str
    table: ScreenTable
    notes: tuple[str, ...]
    units: int
    missing: tuple[str, ...]
    is_running: bool


@answers(ShowReport, title="查看报表", permission=Permission.REPORT)
def show_report(look: Look, query: ShowReport) -> ReportView:
    """Reads only (P26). Raises Refused E001, E506, E507, E922."""
    report = permitted_report(query.key, look.actor)
    period = look.pack.year.period(query.period)
    check_period(report, period)
    report = report.standing(look, period)
    sheet = office_sheet(report, look, period)
    table = screen_table(sheet)
    units, missing = _approval(look, report, period)
    return ReportView(
        key=report.key,
        title=report.title,
        period=period_label(period),
        table=table,
        notes=sheet.notes,
        units=units,
        missing=missing,
        is_running=report.needs_approval and period.end >= local_date(look.now.at),
    )


def _approval(look: Look, report: Report, period: Period) -> tuple[int, tuple[str, ...]]:
    """How many sites there are, and which of them have an ended month that nobody approved (Y22)."""
    today = local_date(look.now.at)
    months = [month for month in period.months() if month.last_day < today]
    if not months or not report.needs_approval:
        return 0, ()
    rows = review_matrix(look, ReviewMatrix(str(months[-1]), len(months))).rows
    missing = [
        row.name
        for row in rows
        if any(cell.is_expected and cell.state.state is not MonthState.passed for cell in row.cells)
    ]
    return len(rows), tuple(missing)

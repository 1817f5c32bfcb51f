"""Makes a report's sheet as this office shows, prints and hands it in: under its name, with what its sums lack (case 4)."""

from __future__ import annotations

from app.documents.sheet import Footer, Sheet
from app.kernel.work import Look
from app.services.reading.incoming import incomplete_words
from app.services.reports.report import Report, make_sheet
from app.values import Period


def office_sheet(
    report: Report, look: Look, period: Period, *, footer: Footer | None = None, is_read_along: bool = False
) -> Sheet:
    """What make_sheet gives, raising the same."""
    return make_sheet(
        report,
        look,
        period,
        unit=look.office.name,
        gaps=incomplete_words(look),
        footer=footer,
        is_read_along=is_read_along,
    )

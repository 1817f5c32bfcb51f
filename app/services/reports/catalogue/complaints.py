"""The ledger of complaints with the verdict in force, enough to recompute D3 (Y17 (3), Y24)."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.reading.evidence import complaint_rows
from app.services.reading.names import UNKNOWN, people_of, site_names
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("at", "时间", width=10, align="center"),
    SheetColumn("site", "站点", width=10),
    SheetColumn("name", "被投诉人", width=4),
    SheetColumn("licence", "执业证号", width=9, medium="file"),
    SheetColumn("number", "咨询编号", width=5, align="center"),
    SheetColumn("matter", "事由", width=14),
    SheetColumn("verdict", "核实结果", width=4),
    SheetColumn("decided", "核实说明", width=10),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """By the time complained of."""
    found = complaint_rows(look, period.start, period.end)
    people, sites = people_of(look, {one.person_id for one in found}), site_names(look)
    for one in found:
        person = people.get(one.person_id)
        yield (
            f"{one.at:%Y-%m-%d %H:%M:%S}",
            sites.get(one.site, one.site),
            (person.name if person else None) or UNKNOWN,
            person.licence if person else "",
            one.consultation_number,
            one.matter,
            one.verdict.value,
            one.ruling.reason if one.ruling else "",
        )


REPORT = Report(
    key="complaints",
    title="投诉台账",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
)

"""The ledger of roll-call checks with the judgement in force, enough to recompute D4 and D5 (Y17 (4)(5), Y23)."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.reading.evidence import spot_check_rows
from app.services.reading.names import UNKNOWN, people_of, site_names
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("at", "时间", width=10, align="center"),
    SheetColumn("site", "站点", width=10),
    SheetColumn("name", "姓名", width=4),
    SheetColumn("licence", "执业证号", width=9, medium="file"),
    SheetColumn("method", "方式", width=3),
    SheetColumn("result", "结果", width=4),
    SheetColumn("reason", "理由", width=10),
    SheetColumn("is_justified", "是否正当", width=4),
    SheetColumn("verdict", "核实", width=4),
    SheetColumn("inspector", "抽查人", width=4),
    SheetColumn("decided", "认定理由", width=10),
)
FLAGS = {True: "是", False: "否", None: ""}


def rows(look: Look, period: Period) -> Iterator[Row]:
    """By time."""
    checks = spot_check_rows(look, period.start, period.end)
    people, sites = people_of(look, {check.person_id for check in checks}), site_names(look)
    for check in checks:
        person = people.get(check.person_id)
        yield (
            f"{check.at:%Y-%m-%d %H:%M:%S}",
            sites.get(check.site, check.site),
            (person.name if person else None) or UNKNOWN,
            person.licence if person else "",
            check.method,
            check.result.value,
            check.reason,
            FLAGS[check.is_justified],
            check.verdict.value,
            check.inspector,
            check.ruling.reason if check.ruling else "",
        )


REPORT = Report(
    key="spotchecks",
    title="点名抽查台账",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
)

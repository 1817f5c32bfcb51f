"""Services beside consultations counted by site, village and kind (Q04, G04)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from app.desk_values import ActivityKind
from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.outreach import Activity
from app.services.outreach.activities import activity_rows
from app.services.reading.names import site_names
from app.services.reports.report import Report
from app.values import Period

UNNAMED = "（站内）"
COLUMNS = (
    SheetColumn("site", "站点", width=9),
    SheetColumn("village", "村（社区）", width=9),
    SheetColumn("visits", "服务次数", "number", width=4, total=True),
    *(SheetColumn(kind.name, kind.value, "number", width=4, total=True) for kind in ActivityKind),
    SheetColumn("services", "合计件数", "number", width=4, total=True),
    SheetColumn("reached", "惠及人数", "number", width=5, total=True),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """A line for each village of each site; a visit that served several villages counts in each."""
    names, found = site_names(look), defaultdict[tuple[str, str], list[Activity]](list)
    for row in activity_rows(look, (period.start, period.end)):
        found[row.site, row.village or UNNAMED].append(row)
    for (site, village), held in sorted(found.items()):
        kinds = [row.kind for row in held]
        yield (
            names.get(site, site),
            village,
            len({row.visit or row.id for row in held}),
            *(kinds.count(kind.value) for kind in ActivityKind),
            len(held),
            sum(row.reached for row in held),
        )


REPORT = Report(
    key="activity_counts",
    title="服务活动统计表",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    heads=lambda look, period: look.office.name,
    orientation="landscape",
    needs_approval=False,
)

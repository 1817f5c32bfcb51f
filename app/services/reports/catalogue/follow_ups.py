"""The ledger of follow-ups: whom the rule draws, by when, what was tried and said (Y06)."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.reading.follow_ups import follow_ups
from app.services.reading.names import site_names
from app.services.reading.sites import duty_sites
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("on", "咨询日期", width=7, align="center"),
    SheetColumn("site", "站点", width=10),
    SheetColumn("why", "事由", width=6),
    SheetColumn("by", "回访期限", width=7, align="center"),
    SheetColumn("calls", "未果次数", "number", width=4, total=True),
    SheetColumn("last", "最近一次", width=10),
    SheetColumn("rating", "回访评价", width=5),
    SheetColumn("state", "状态", width=5),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """By the day they are due."""
    names, sites = site_names(look), [one.id for one in duty_sites(look)]
    for one in (one for month in period.months() for one in follow_ups(look, month, sites)):
        last = one.calls[-1] if one.calls else None
        yield (
            one.on.isoformat(),
            names.get(one.site, one.site),
            one.why,
            one.by.isoformat(),
            len(one.calls),
            f"{last.at:%Y-%m-%d} {last.outcome}" if last else "",
            one.rating,
            one.state.words,
        )


REPORT = Report(
    key="follow_ups",
    title="电话回访台账",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
)

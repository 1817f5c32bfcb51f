"""The ledger of problems with owner, due day, how they were mended and the second look (Y27)."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.reports.report import Report
from app.services.supervision.problem_list import ProblemState, ProblemView, problem_views
from app.supervision_values import ProblemStepKind
from app.values import Period

STATES = {ProblemState.open: "待整改", ProblemState.mended: "待复查", ProblemState.closed: "已销号"}
COLUMNS = (
    SheetColumn("found_on", "发现日期", width=6, align="center"),
    SheetColumn("site", "站点", width=9),
    SheetColumn("source", "来源", width=3),
    SheetColumn("text", "问题", width=14),
    SheetColumn("owner", "责任人", width=5),
    SheetColumn("due_on", "整改期限", width=6, align="center"),
    SheetColumn("mended", "整改情况和证据", width=14),
    SheetColumn("rechecked", "复查情况", width=10),
    SheetColumn("state", "状态", width=4),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """Those that wait by their due day, then the closed ones."""
    for one in problem_views(look, period):
        state = STATES[one.state] + ("，已超期" if one.is_late else "")
        yield (
            one.found_on.isoformat(),
            one.site_name,
            one.source.value,
            one.text,
            one.owner,
            one.due_on.isoformat(),
            _said(one, ProblemStepKind.mended),
            _said(one, ProblemStepKind.passed, ProblemStepKind.failed),
            state,
        )


def _said(one: ProblemView, *kinds: ProblemStepKind) -> str:
    return "；".join(f"{step.on} {step.text}" for step in one.steps if step.kind in kinds)


REPORT = Report(
    key="problems",
    title="督导问题台账",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
)

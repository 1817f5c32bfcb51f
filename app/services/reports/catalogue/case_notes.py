"""The ledger of what was noted about cases: follow-ups, hearings, supervision, fee relief, complaints (A07 G09 G13)."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_name
from app.services.quality.case_notes import CaseNotes
from app.services.quality.case_notes import case_notes as noted
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("on", "日期", "date", width=6),
    SheetColumn("number", "案号", width=10),
    SheetColumn("kind", "事项", width=6),
    SheetColumn("who", "何人", width=4),
    SheetColumn("facts", "情况", width=16),
    SheetColumn("text", "内容", width=16, medium="file"),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """By day; whom a note names is masked."""
    for one in reversed(noted(look, CaseNotes(first=period.start, last=period.end))):
        facts = "；".join(f"{title}：{words}" for title, words in one.facts)
        yield one.on, one.number, one.kind.value, mask_name(one.who), facts, one.text


REPORT = Report(
    key="case-notes",
    title="案件记事台账",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
    needs_approval=False,
)

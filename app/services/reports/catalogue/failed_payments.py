"""The payments that came back: whose, why, and when (Y29)."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.money.batch_records import batch_records
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("month", "月份", width=4),
    SheetColumn("number", "批次", "number", width=2.5),
    SheetColumn("name", "姓名", width=5),
    SheetColumn("fen", "金额", "money", 5, total=True),
    SheetColumn("paid_on", "发放日期", "date", 5.4),
    SheetColumn("voucher", "凭证", width=7),
    SheetColumn("back_on", "退回日期", "date", 5.4),
    SheetColumn("code", "原因", width=7),
    SheetColumn("reason", "说明", width=10),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """A line a payment that came back; what was paid wrongly by the office itself is none."""
    for one in batch_records(look, period):
        if one.is_failed and one.back is not None:
            yield (
                str(one.batch.month),
                one.batch.number,
                one.item.name,
                one.item.fen,
                one.batch.paid_on,
                one.batch.voucher,
                one.back.paid_on,
                one.back.reason_code,
                one.back.reason,
            )


REPORT = Report(
    key="failed-payments",
    title="退回未付清单",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
    notes=("退回的重新列入以后的批次发放。",),
    needs_approval=False,
)

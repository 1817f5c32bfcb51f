"""The payments in cash, each with its reason: a transfer is the rule (Y29)."""

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
    SheetColumn("state", "状态", width=5),
    SheetColumn("paid_on", "发放日期", "date", 5.4),
    SheetColumn("voucher", "凭证", width=7),
    SheetColumn("reason", "发现金的理由", width=14),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """A line a person and batch."""
    for one in batch_records(look, period):
        if one.item.is_cash:
            yield (
                str(one.batch.month),
                one.batch.number,
                one.item.name,
                one.item.fen,
                one.batch.state.value,
                one.batch.paid_on,
                one.batch.voucher,
                one.item.cash_reason,
            )


REPORT = Report(
    key="cash-payments",
    title="现金发放清单",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
    needs_approval=False,
)

"""The payment batches person by person: how much, how, through whose hands, and what came back (Y29)."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.money.batch_records import BatchRecord, batch_records
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("month", "月份", width=4),
    SheetColumn("number", "批次", "number", width=2.5),
    SheetColumn("name", "姓名", width=4),
    SheetColumn("way", "方式", width=3),
    SheetColumn("taken", "抵扣", "money", 4, total=True),
    SheetColumn("fen", "金额", "money", 4.6, total=True),
    SheetColumn("state", "状态", width=4),
    SheetColumn("maker", "制单", width=4),
    SheetColumn("checker", "复核", width=4),
    SheetColumn("payer", "付款", width=4),
    SheetColumn("paid_on", "发放日期", "date", 5.4),
    SheetColumn("voucher", "凭证", width=6),
    SheetColumn("remark", "备注", width=8),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """A line a person and batch."""
    return (_row(one) for one in batch_records(look, period))


def _row(one: BatchRecord) -> Row:
    batch, item = one.batch, one.item
    came_back = f"退回：{one.back.reason_code}" if one.back else ""
    return (
        str(batch.month),
        batch.number,
        item.name,
        "现金" if item.is_cash else "转账",
        item.taken_fen,
        item.fen,
        batch.state.value,
        batch.maker,
        batch.checker,
        batch.payer,
        batch.paid_on,
        batch.voucher,
        "；".join(filter(None, (*item.notes, batch.reason, came_back))),
    )


REPORT = Report(
    key="pay-batches",
    title="补贴发放批次",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
    needs_approval=False,
)

"""The ledgers of the funds line by line, each with the balance after it (Y20 Y25 A05)."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.rules.funds.statement import PAID, fund_lines
from app.services.reading.funds import ledgers
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("fund", "资金", width=5),
    SheetColumn("on", "日期", "date", 5),
    SheetColumn("flow", "收支", width=3, align="center"),
    SheetColumn("source", "来源", width=3, align="center"),
    SheetColumn("use", "用途", width=7),
    SheetColumn("voucher", "凭证号", width=7),
    SheetColumn("ordered", "下达", "money", 5, total=True),
    SheetColumn("arrived", "到位", "money", 5, total=True),
    SheetColumn("spent", "支出", "money", 5, total=True),
    SheetColumn("balance", "结余", "money", 5),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """Fund by fund, by day."""
    for ledger in ledgers(look):
        for line in fund_lines(ledger):
            if line.on in period:
                arrived = line.fen if line.change_fen > 0 and line.flow != PAID else None
                yield (
                    ledger.fund.value,
                    line.on,
                    line.flow,
                    line.source,
                    line.use,
                    line.voucher,
                    line.fen if line.flow == "下达" else None,
                    arrived,
                    -line.change_fen if line.change_fen and arrived is None else None,
                    line.balance_fen,
                )


REPORT = Report(
    key="fund-ledger",
    title="资金收支台账",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
    needs_approval=False,
    notes=("结余从第一次到位算起，下达不计；本程序登记的发放与同凭证号的支出只记一次；冲销的发放为负支出。",),
)

"""发放批次表 and 代发清单: who is paid what in one batch, signed by three hands, and the list that the bank takes (Y29)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from app.documents.amounts import amount_with_capitals
from app.documents.check_code import sheet_check_code
from app.documents.form import PaperForm
from app.documents.paper import Printed
from app.documents.sheet import Footer, Sheet, SheetColumn
from app.documents.sheet_pdf import sheet_pdf
from app.values import Month, yuan_text

_COLUMNS = (
    SheetColumn("number", "序号", "number", 2, align="center"),
    SheetColumn("name", "姓名", width=5, align="center"),
    SheetColumn("bank", "开户行", width=9),
    SheetColumn("account", "账号", width=9, align="center"),
    SheetColumn("taken", "抵扣", "money", 4, total=True),
    SheetColumn("fen", "实发", "money", 4.6, total=True),
    SheetColumn("way", "方式", width=3, align="center"),
    SheetColumn("notes", "备注", width=9),
)
_BANK = (
    SheetColumn("name", "户名", width=8),
    SheetColumn("account", "账号", width=14),
    SheetColumn("bank", "开户行", width=14),
    SheetColumn("fen", "金额", "money", 6, total=True),
    SheetColumn("use", "用途", width=12),
)


@dataclass(frozen=True, kw_only=True)
class BatchLine:
    """One person of a batch, 分; account: masked on paper, whole in the bank's list."""

    name: str
    bank: str
    account: str
    fen: int
    taken_fen: int = 0
    is_cash: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BatchPaper:
    """A batch of an office. state: how far it has come. hands: maker, checker, payer, "" where nobody yet did."""

    office: str
    month: Month
    number: int
    state: str
    lines: tuple[BatchLine, ...]
    hands: tuple[str, str, str] = ("", "", "")
    paid_on: date | None = None
    voucher: str = ""
    printed_at: datetime | None = None

    @property
    def title(self) -> str:
        """2022年5月第 1 批."""
        return f"{self.month.year}年{self.month.month}月第 {self.number} 批"


def batch_sheet(data: BatchPaper) -> Sheet:
    """The batch as it is signed; its totals are the sums of its lines (P23)."""
    total = sum(line.fen for line in data.lines)
    cash = sum(line.fen for line in data.lines if line.is_cash)
    paid = (f"{data.paid_on:%Y-%m-%d} 发放，凭证 {data.voucher}。",) if data.paid_on else ()
    kept = ("抵扣：从实发中扣回以前多付的。",) if any(line.taken_fen for line in data.lines) else ()
    transfers = bank_sheet(data)
    sheet = Sheet(
        title="值班补贴发放批次表",
        columns=_COLUMNS,
        rows=tuple(
            (
                number,
                line.name,
                line.bank,
                line.account,
                line.taken_fen or None,
                line.fen,
                "现金" if line.is_cash else "转账",
                "；".join(line.notes),
            )
            for number, line in enumerate(data.lines, 1)
        ),
        subtitle=(f"单位：{data.office}", f"{data.title}（{data.state}）", "金额单位：元"),
        totals_text=f"合计：{amount_with_capitals(total)}",
        notes=(
            f"转账 {len(transfers.rows)} 笔 {yuan_text(total - cash)} 元，现金 {yuan_text(cash)} 元。",
            *kept,
            *paid,
            "制单、复核、付款由三个不同的人办理。",
        ),
        signatures=tuple(
            f"{role}（{who}）" if who else role
            for role, who in zip(("制单人", "复核人", "付款人"), data.hands, strict=True)
        ),
        footer=Footer(printed_at=data.printed_at),
        row_height=9,
        has_page_totals=True,
    )
    return replace(sheet, footer=replace(sheet.footer, check_code=sheet_check_code(sheet)))


def bank_sheet(data: BatchPaper) -> Sheet:
    """What the bank takes: the transfers alone, headings in the first row, account numbers as text."""
    use = f"{data.month.year}年{data.month.month}月值班补贴"
    return Sheet(
        title="代发清单",
        columns=_BANK,
        rows=tuple(
            (line.name, line.account, line.bank, line.fen, use) for line in data.lines if not line.is_cash
        ),
    )


def draw_batch(data: BatchPaper) -> Printed:
    """The batch on portrait A4."""
    return sheet_pdf(batch_sheet(data))


FORM = PaperForm("pay_batch", "值班补贴发放批次表", draw_batch, batch_sheet)

"""补贴明细单: explains to one person each yuan of the month, to be confirmed or disputed (Y18, Y29)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import compress

from app.documents.amounts import amount_with_capitals
from app.documents.check_code import sheet_check_code
from app.documents.form import PaperForm
from app.documents.paper import Printed
from app.documents.sheet import Footer, Row, Sheet, SheetColumn
from app.documents.sheet_pdf import sheet_pdf
from app.values import Month

_COLUMNS = (
    SheetColumn("on", "日期", "date", 5.4),
    SheetColumn("site", "站点", width=6.5, align="center"),
    SheetColumn("kind", "班次", width=4),
    SheetColumn("base", "标准", "money", 3.6, total=True),
    SheetColumn("reasons", "计算说明（证据与条款）", width=19),
    SheetColumn("net", "实发", "money", 3.8, total=True),
)


@dataclass(frozen=True)
class StatementLine:
    """One pay line; reasons: its sentences, as `扣 50.00 元：迟到 12 分 34 秒（签到 09:12:34），五（二）1（2）`. Amounts in 分."""

    on: date
    site: str
    kind: str
    base_fen: int
    net_fen: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToldElsewhere:
    """What a station was told of the sites whose lines it does not hold: the whole month's pay, 分, the other sites'
    sums and the debts in words."""

    payable_fen: int
    sites: tuple[str, ...] = ()
    debts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PayStatement:
    """One person's month over all sites. dispute_by: the last day to object, where there is one.

    told: of other sites, on a station's paper. paid: what was handed over and came back, in words. reply: how the
    person's own word stands. recovered_fen: kept back for what was paid too much, 分. debts: that and what is still owed, in words. validity: a
    sentence where the document does not cover the month. unpaid: why no amounts stand in it, where the document fixes none.
    """

    office: str
    month: Month
    name: str
    kind: str
    organisation: str
    lines: tuple[StatementLine, ...]
    basis: str = ""
    dispute_by: date | None = None
    telephone: str = ""
    printed_at: datetime | None = None
    recovered_fen: int = 0
    debts: tuple[str, ...] = ()
    validity: str = ""
    unpaid: str = ""
    told: ToldElsewhere | None = None
    paid: tuple[str, ...] = ()
    reply: str = ""

    @property
    def payable_fen(self) -> int:
        """What is handed over for the month, 分."""
        if self.told is not None:
            return self.told.payable_fen
        return max(0, sum(line.net_fen for line in self.lines) - self.recovered_fen)


def pay_statement(data: PayStatement) -> Sheet:
    """The statement as a table."""
    shown = tuple(not data.unpaid or column.kind != "money" for column in _COLUMNS)
    rows = tuple(tuple(compress(_values(line, data), shown)) for line in data.lines)
    sheet = Sheet(
        title=f"{data.month.year}年{data.month.month}月值班{'' if data.unpaid else '补贴'}明细单",
        columns=tuple(compress(_COLUMNS, shown)),
        rows=rows,
        subtitle=(f"{data.name}（{data.kind}）", data.organisation, data.office),
        totals_text="" if data.unpaid else f"实发合计：{amount_with_capitals(data.payable_fen)}",
        notes=_notes(data),
        signatures=("本人确认（签名、日期）",),
        footer=Footer(printed_at=data.printed_at),
        size=11,
    )
    return with_code(sheet)


def _values(line: StatementLine, data: PayStatement) -> Row:
    reasons = "\n".join(line.reasons) or ("" if data.unpaid else "无扣减")
    return (line.on, line.site, line.kind, line.base_fen, reasons, line.net_fen)


def with_code(sheet: Sheet) -> Sheet:
    """The sheet with the check code of its own content in the footer."""
    from dataclasses import replace

    return replace(sheet, footer=replace(sheet.footer, check_code=sheet_check_code(sheet)))


def draw_pay_statement(data: PayStatement) -> Printed:
    """The statement on portrait A4."""
    return sheet_pdf(pay_statement(data))


def _notes(data: PayStatement) -> tuple[str, ...]:
    basis = (f"依据：{data.basis}。",) if data.basis else ()
    until = (
        f"{data.dispute_by.year}年{data.dispute_by.month}月{data.dispute_by.day}日前"
        if data.dispute_by
        else "及时"
    )
    phone = f"（电话 {data.telephone}）" if data.telephone else ""
    debts = tuple(f"{one}。" for one in (data.told.debts if data.told else data.debts))
    sites = (f"合计中另有：{'；'.join(data.told.sites)}。",) if data.told and data.told.sites else ()
    paid = (f"{'；'.join(data.paid)}。",) if data.paid else ()
    reply = (f"{data.reply}。",) if data.reply else ()
    said = (f"{text}。" for text in (data.unpaid, data.validity) if text)
    return (
        *sites,
        *debts,
        *paid,
        *basis,
        *said,
        *reply,
        f"对以上计算有异议的，请{until}向{data.office}提出{phone}，另行核实后处理。",
    )


FORM = PaperForm("pay_statement", "值班补贴明细单", draw_pay_statement, pay_statement)

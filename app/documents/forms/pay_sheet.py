"""值班补贴发放表: what each person is paid for a month and why less, to be signed for (Y16–Y18, 运司通〔2022〕3号 五（二）1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.canonical import check_code
from app.documents.amounts import amount_in_capitals
from app.documents.form import PaperForm
from app.documents.paper import Printed
from app.documents.sheet import Footer, Row, Sheet, SheetColumn
from app.documents.sheet_pdf import sheet_pdf
from app.values import Month, yuan_text

_EXEMPT = "依照《中华人民共和国法律援助法》第五十二条，法律援助补贴免征增值税和个人所得税。"
RULES = (
    ("D1", "缺项不规范"),
    ("D2", "迟到早退"),
    ("D3", "不满意投诉"),
    ("D4", "无故脱岗"),
    ("D5", "不在岗虚假"),
)


@dataclass(frozen=True)
class Deducted:
    """How often a rule struck and the amount by the rule, in 分."""

    count: int = 0
    fen: int = 0


@dataclass(frozen=True, kw_only=True)
class PaySheetLine:
    """One person's month, over all sites.

    masked_id: as it may be shown. account: masked on screen, whole on paper only where the reader is permitted. base_fen: sum of the
    bases; deductions: rule id (D1 … D5) → by the rule; adjust_fen: corrections of earlier months;
    net_fen: what the month comes to, below zero where more is taken back; recovered_fen: kept back for what was paid
    too much (抵扣); owed_fen: still to be taken back afterwards (应收回). All in 分. remarks: as `当月三次以上脱岗，停发`.
    """

    name: str
    masked_id: str
    organisation: str
    bank: str
    account: str
    centre_days: int
    station_sessions: int
    base_fen: int
    net_fen: int
    deductions: tuple[tuple[str, Deducted], ...] = ()
    adjust_fen: int = 0
    recovered_fen: int = 0
    owed_fen: int = 0
    remarks: tuple[str, ...] = ()

    @property
    def payable_fen(self) -> int:
        """What is handed over (实发), never below zero."""
        return max(0, self.net_fen - self.recovered_fen)

    @property
    def taken_fen(self) -> int:
        """What was really taken: a duty's pay does not fall below zero, so it may be less than the deductions."""
        return self.base_fen + self.adjust_fen - self.net_fen


@dataclass(frozen=True, kw_only=True)
class PaySheet:
    """A month's pay of an office.

    basis: the clause it rests on. is_final: else it is marked 试算. validity: a sentence where the document does not
    cover the month.
    """

    office: str
    month: Month
    lines: tuple[PaySheetLine, ...]
    basis: str = ""
    is_final: bool = True
    version: str = ""
    printed_at: datetime | None = None
    validity: str = ""

    @property
    def total_fen(self) -> int:
        return sum(line.payable_fen for line in self.lines)

    @property
    def has_debts(self) -> bool:
        """Whether anybody owes something: only then the sheet has columns for it."""
        return any(line.recovered_fen or line.owed_fen for line in self.lines)


def pay_sheet(data: PaySheet) -> Sheet:
    """The pay sheet as a table, for workbook and paper alike; its totals are the sums of its lines (P23).

    Who is paid nothing signs without an account: none is shown that no money goes to.
    """
    rows = tuple(_row(data, number, line) for number, line in enumerate(data.lines, 1))
    mark = "" if data.is_final else "（试算，未锁定）"
    month = f"{data.month.year}年{data.month.month}月{mark}"
    total = data.total_fen
    return Sheet(
        title="免费法律咨询值班补贴发放表",
        columns=_columns(data.has_debts),
        rows=rows,
        subtitle=(f"单位：{data.office}（盖章）", month, "金额单位：元"),
        totals_text=f"实发合计（大写）：{amount_in_capitals(total)}　　（小写）：¥{yuan_text(total)}",
        notes=_notes(data),
        signatures=("单位负责人", "审核人", "发放人", "制表人"),
        orientation="landscape",
        footer=Footer(data.version, pay_sheet_code(data), data.printed_at),
        size=9.5,
        row_height=12,
        has_page_totals=True,
        empty_text="本月无值班补贴",
    )


def pay_sheet_code(data: PaySheet) -> str:
    """The eight digits of office, month, persons and amounts."""
    lines = [
        [line.name, line.masked_id, line.base_fen, line.adjust_fen, line.payable_fen] for line in data.lines
    ]
    return check_code({"office": data.office, "month": str(data.month), "lines": lines})


def draw_pay_sheet(data: PaySheet) -> Printed:
    """The pay sheet on landscape A4."""
    return sheet_pdf(pay_sheet(data))


_DEBT_COLUMNS = (
    SheetColumn("recovered", "抵扣", "money", 3.6, total=True),
    SheetColumn("owed", "应收回", "money", 3.6, total=True),
)


def _columns(has_debts: bool) -> tuple[SheetColumn, ...]:
    struck = [
        column
        for rule, title in RULES
        for column in (
            SheetColumn(f"{rule}_count", "次", "number", 1.4, total=True, group=title),
            SheetColumn(f"{rule}_fen", "金额", "money", 3.2, total=True, group=title),
        )
    ]
    return (
        SheetColumn("number", "序号", "number", 1.2, align="center"),
        SheetColumn("person", "姓名\n身份证号", width=8.6, align="center"),
        SheetColumn("organisation", "所属机构", width=7, align="center"),
        SheetColumn("account", "开户行\n银行账号", width=12.2, align="center"),
        SheetColumn("centre_days", "中心天数", "number", 2, total=True),
        SheetColumn("station_sessions", "站点次数", "number", 2, total=True),
        SheetColumn("base", "应发", "money", 4.2, total=True),
        *struck,
        SheetColumn("taken", "实扣", "money", 4, total=True),
        SheetColumn("adjust", "补调", "money", 3.6, total=True),
        *(_DEBT_COLUMNS if has_debts else ()),
        SheetColumn("net", "实发", "money", 4.4, total=True),
        SheetColumn("signature", "签领", width=10, align="center"),
    )


def _row(data: PaySheet, number: int, line: PaySheetLine) -> Row:
    by_rule = dict(line.deductions)
    struck = [_shown(by_rule.get(rule, Deducted())) for rule, _ in RULES]
    return (
        number,
        f"{line.name}\n{line.masked_id}",
        line.organisation,
        f"{line.bank}\n{line.account}".strip() if line.payable_fen else "",
        line.centre_days or None,
        line.station_sessions or None,
        line.base_fen,
        *(value for pair in struck for value in pair),
        line.taken_fen or None,
        line.adjust_fen or None,
        *((line.recovered_fen or None, line.owed_fen or None) if data.has_debts else ()),
        line.payable_fen,
        "",
    )


def _shown(struck: Deducted) -> tuple[int | None, int | None]:
    return struck.count or None, struck.fen or None


def _notes(data: PaySheet) -> tuple[str, ...]:
    basis = (f"依据：{data.basis}。",) if data.basis else ()
    rule = "应发－实扣＋补调＝实发；每班补贴扣至零为止，实扣可小于各项扣减之和。补调为司法局的调整和以前月份的更正。"
    debts = (
        ("抵扣：从实发中扣回以前多付的；应收回：抵扣后尚未收回的，从以后的发放中继续抵扣。",)
        if data.has_debts
        else ()
    )
    validity = (f"{data.validity}。",) if data.validity else ()
    return (*basis, *validity, rule, *debts, _EXEMPT, *_remarks(data.lines))


def _remarks(lines: tuple[PaySheetLine, ...]) -> tuple[str, ...]:
    """Each remark once, with all it concerns: thirty people paid by one voucher take one sentence, not thirty lines."""
    names: dict[str, list[str]] = {}
    for line in lines:
        for remark in line.remarks:
            names.setdefault(remark, []).append(line.name)
    return tuple(f"{'、'.join(those)}：{remark}。" for remark, those in names.items())


FORM = PaperForm("pay_sheet", "值班补贴发放表", draw_pay_sheet, pay_sheet)

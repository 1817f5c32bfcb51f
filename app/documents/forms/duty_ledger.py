"""值班台账: the month's duties as they were served, for programmes whose document fixes no duty pay (G, A, J; J02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.documents.form import PaperForm
from app.documents.paper import Printed
from app.documents.sheet import Footer, Row, Sheet, SheetColumn
from app.documents.sheet_pdf import sheet_pdf
from app.values import Month

COLUMNS = (
    SheetColumn("number", "序号", "number", 1.6, align="center"),
    SheetColumn("on", "日期", "date", 5.4),
    SheetColumn("site", "站点", width=7, align="center"),
    SheetColumn("name", "姓名", width=4),
    SheetColumn("organisation", "所属机构", width=8),
    SheetColumn("kind", "值班类型", width=4.4, align="center"),
    SheetColumn("hours", "时段", width=7, align="center"),
    SheetColumn("came", "签到", width=4.6, align="center"),
    SheetColumn("left", "签退", width=4.6, align="center"),
    SheetColumn("state", "考勤", width=5, align="center"),
    SheetColumn("remark", "备注", width=8),
)


@dataclass(frozen=True, kw_only=True)
class DutyLedgerLine:
    """One duty: when, where, who, and what its attendance says."""

    on: date
    site: str
    name: str
    organisation: str
    kind: str
    hours: str
    came: str
    left: str
    state: str
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class DutyLedger:
    """A month's duties of an office. remark: why no amount stands beside them; said once. is_final: else 未锁定."""

    office: str
    month: Month
    lines: tuple[DutyLedgerLine, ...]
    remark: str
    is_final: bool = True
    version: str = ""
    printed_at: datetime | None = None
    validity: str = ""


def duty_ledger_sheet(data: DutyLedger) -> Sheet:
    """The ledger as a table; it holds no amounts."""
    mark = "" if data.is_final else "（未锁定）"
    return Sheet(
        title="值班台账",
        columns=COLUMNS,
        rows=tuple(ledger_row(number, line) for number, line in enumerate(data.lines, 1)),
        subtitle=(f"单位：{data.office}", f"{data.month.year}年{data.month.month}月{mark}"),
        notes=tuple(f"{text}。" for text in (data.remark, data.validity) if text),
        signatures=("制表人", "审核人", "负责人"),
        orientation="landscape",
        footer=Footer(data.version, printed_at=data.printed_at),
        empty_text="本月没有值班",
    )


def ledger_row(number: int, line: DutyLedgerLine) -> Row:
    """The values of one duty, in the order of COLUMNS."""
    return (
        number,
        line.on,
        line.site,
        line.name,
        line.organisation,
        line.kind,
        line.hours,
        line.came,
        line.left,
        line.state,
        line.remark,
    )


def draw_duty_ledger(data: DutyLedger) -> Printed:
    """The ledger on landscape A4."""
    return sheet_pdf(duty_ledger_sheet(data))


FORM = PaperForm("duty_ledger", "值班台账", draw_duty_ledger, duty_ledger_sheet)

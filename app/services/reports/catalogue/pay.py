"""Duty pay person by person and month by month: what was earned, what was deducted, what was handed over (Y16–Y18)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from sqlalchemy import select

from app.clock import local_date
from app.documents.forms.duty_ledger import COLUMNS as LEDGER_COLUMNS
from app.documents.forms.duty_ledger import ledger_row
from app.documents.forms.pay_sheet import RULES, Deducted
from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.pay import StoredPayLine
from app.services.money.duty_ledger import ledger_lines
from app.services.money.month_pay import UNPAID, month_pay
from app.services.money.pay_sheet import sheet_view
from app.services.money.pay_sheet_view import Payee
from app.services.reports.report import Report
from app.values import Month, Period

COLUMNS = (
    SheetColumn("month", "月份", width=4),
    SheetColumn("name", "姓名", width=4),
    SheetColumn("person_kind", "人员类别", width=7, medium="file"),
    SheetColumn("organisation", "所属机构", width=9),
    SheetColumn("centre_days", "中心天数", "number", 2.4, total=True),
    SheetColumn("station_sessions", "站点次数", "number", 2.4, total=True),
    SheetColumn("base", "应发", "money", 4.4, total=True),
    *(SheetColumn(rule, title, "money", 3.6, total=True, group="按规则应扣") for rule, title in RULES),
    SheetColumn("taken", "实扣", "money", 4, total=True),
    SheetColumn("adjust", "补调", "money", 4, total=True),
    SheetColumn("recovered", "抵扣", "money", 4, total=True, medium="file"),
    SheetColumn("net", "实发", "money", 4.4, total=True),
    SheetColumn("paid", "已付", "money", 4.4, total=True),
    SheetColumn("owed", "应收回", "money", 4, medium="file"),
    SheetColumn("state", "状态", width=4),
    SheetColumn("vouchers", "付款", width=9),
    SheetColumn("remark", "备注", width=12, medium="file"),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """A line a person and month, months yet to come left out; a month not finally settled is marked 试算."""
    today = local_date(look.now.at)
    for month in period.months():
        if month.first_day <= today:
            found = sheet_view(look, month_pay(look, month))
            yield from (_row(month, one, found.pay.is_final) for one in found.payees)


def _row(month: Month, one: Payee, is_final: bool) -> Row:
    line, by_rule = one.line, dict(one.line.deductions)
    vouchers = "；".join(
        f"{p.paid_on:%m-%d} {p.voucher}{'（冲销）' if p.reverses else ''}" for p in one.payments
    )
    return (
        str(month),
        line.name,
        one.pay.lines[0].person_kind if one.pay.lines else "",
        line.organisation,
        line.centre_days,
        line.station_sessions,
        line.base_fen,
        *(by_rule.get(rule, Deducted()).fen for rule, _ in RULES),
        line.taken_fen,
        line.adjust_fen,
        line.recovered_fen,
        line.payable_fen,
        one.paid_fen,
        line.owed_fen,
        _state(one, is_final),
        vouchers,
        "；".join(line.remarks),
    )


def _state(one: Payee, is_final: bool) -> str:
    if not is_final:
        return "试算"
    if one.line.owed_fen:
        return "应收回"
    if not one.line.payable_fen and not one.payments:
        return "不发放"
    return "已发放" if not one.due_fen else "待发放"


def duties_instead(look: Look, period: Period) -> Report | None:
    """A plain ledger of the duties where the document fixes no duty pay, and none was settled by another."""
    if look.pack.rates is not None or _has_paid(look, period):
        return None
    return Report(
        key="pay",
        title="值班台账",
        columns=LEDGER_COLUMNS,
        rows=_duties,
        permission=Permission.REPORT,
        orientation="landscape",
        notes=(f"{UNPAID}。",),
    )


def _has_paid(look: Look, period: Period) -> bool:
    months = StoredPayLine.month.between(str(Month.of(period.start)), str(Month.of(period.end)))
    paid = (StoredPayLine.base_fen != 0) | (StoredPayLine.net_fen != 0)
    return look.session.scalar(select(StoredPayLine.id).where(months, paid).limit(1)) is not None


def _duties(look: Look, period: Period) -> Iterator[Row]:
    today, number = local_date(look.now.at), count(1)
    for month in period.months():
        if month.first_day <= today:
            for line in ledger_lines(look, month_pay(look, month)):
                yield ledger_row(next(number), line)


REPORT = Report(
    key="pay",
    title="值班补贴明细",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    orientation="landscape",
    instead=duties_instead,
    notes=(
        "应发－实扣＋补调＝实发；每班扣至零为止，按规则应扣之和可大于实扣。试算未锁定，最终结算后不再变动。",
    ),
)

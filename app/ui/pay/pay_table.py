"""The people of a month's pay sheet as a table: days, sessions, amounts, and how far each payment has come."""

from __future__ import annotations

from app.services.money.pay_sheet_view import Payee, PaySheetView
from app.services.reading.accounts import AWAITED
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column, shown


def pay_table() -> Table:
    """The table, empty."""
    return Table(_COLUMNS, name="发放表", empty="这个月没有值班补贴")


def hidden_columns(found: PaySheetView) -> tuple[str, ...]:
    """Columns that are only searched in, and the amounts where the document fixes none."""
    return (*_HIDDEN, *(_MONEY if found.ledger else ()))


def pay_totals(found: PaySheetView) -> dict[str, str]:
    """The texts of the totals row; none for a ledger of duties."""
    if not found.payees or found.ledger is not None:
        return {}
    lines = [one.line for one in found.payees]
    return {
        "name": "合计",
        "base": shown(sum(one.base_fen for one in lines), "money"),
        "taken": shown(-sum(one.taken_fen for one in lines), "money"),
        "adjust": shown(sum(one.adjust_fen for one in lines), "money"),
        "recovered": shown(-sum(one.recovered_fen for one in lines) or None, "money"),
        "net": shown(found.sheet.total_fen, "money"),
    }


def _state(payee: Payee) -> tuple[str, str]:
    if payee.pay.lines and not payee.pay.lines[0].is_stored:
        return ("none", "不发放") if not payee.line.net_fen else ("info", "试算")
    if payee.held_fen:
        return "fault", "有异议"
    if payee.due_fen > 0 and payee.account_state == AWAITED:
        return "due", AWAITED
    if payee.waiting_fen and not payee.ready_fen:
        return "info", "已制单"
    if payee.due_fen:
        return ("fault", "已冲销") if payee.has_reversal else ("due", "待发放")
    if payee.line.owed_fen:
        return "fault", "应收回"
    if not payee.line.payable_fen and not payee.payments:
        return "none", "不发放"
    return "done", "已发放"


_HIDDEN = ("organisation",)
_MONEY = ("base", "taken", "adjust", "net", "state")
_COLUMNS = (
    Column(
        "name", "姓名", kind="strong", value=lambda one: one.line.name, sub=lambda one: one.line.organisation
    ),
    Column("organisation", "所属机构", 160, value=lambda one: one.line.organisation, is_shown=False),
    Column("days", "中心天数", 72, "number", value=lambda one: one.line.centre_days or None, yields=3),
    Column(
        "sessions", "站点次数", 72, "number", value=lambda one: one.line.station_sessions or None, yields=2
    ),
    Column("base", "应发", 84, "money", value=lambda one: one.line.base_fen),
    Column(
        "taken",
        "实扣",
        92,
        "money",
        value=lambda one: -one.line.taken_fen or None,
        tone=lambda one: "fault" if one.line.taken_fen else None,
    ),
    Column("adjust", "补调", 84, "money", value=lambda one: one.line.adjust_fen or None, yields=1),
    Column("recovered", "抵扣", 84, "money", value=lambda one: -one.line.recovered_fen or None, yields=4),
    Column("net", "实发（元）", 96, "money", value=lambda one: one.line.payable_fen),
    Column("state", "状态", 84, "tag", tag=_state),
)

"""Commands of a month's end: submit, settle, pay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import tell
from app.cli.session import do, opened, options_of, show
from app.documents.render_file import check_target
from app.errors import Refused
from app.services.attendance.exceptions_list import ExceptionItem, ExceptionsList
from app.services.money.debts import debt_sentences
from app.services.money.duty_ledger import UNPAID
from app.services.money.month_pay import ComputeSettlement, MonthPay
from app.services.money.pay_month import PayMonth, PayRun
from app.services.money.pay_sheet import ExportPaySheet
from app.services.money.settle_final import SettleFinal
from app.services.money.story import LineView
from app.services.money.submit_month import SubmitMonth, Submitted
from app.values import Month, yuan_text


def add(cli: typer.Typer) -> None:
    """Add `submit`, `settle` and `pay`."""
    cli.command("submit")(submit)
    cli.command("settle")(settle)
    cli.command("pay")(pay)


def submit(
    context: typer.Context,
    month: Annotated[str, typer.Option("--month", help="月份，如 2022-05")],
    nil: Annotated[bool, typer.Option("--nil", help="零报：本月没有安排值班")] = False,
    site: Annotated[str, typer.Option("--site", help="司法局代纸面登记的站点上报；省略为本单位")] = "",
) -> None:
    """上报本单位一个月的值班、考勤和咨询，上报后冻结。"""
    made: Submitted = do(context, SubmitMonth(month, nil, site))
    show(
        context,
        _submitted(made),
        lambda: (
            f"{made.site_name}{Month.parse(made.month).words}已上报，第 {made.number} 版{'（零报）' if made.is_nil else ''}。"
        ),
    )
    for text in (*(one.text for one in made.warnings), *filter(None, (made.outside,))):
        tell(f"提示：{text}")


def settle(
    context: typer.Context,
    month: Annotated[str, typer.Option("--month", help="月份，如 2022-05")],
    final: Annotated[bool, typer.Option("--final", help="最终结算：保存并锁定")] = False,
    reason: Annotated[
        str, typer.Option("--reason", help="月份不在方案有效期内而仍要最终结算的理由或批准文号")
    ] = "",
    out: Annotated[Path | None, typer.Option("--out", help="另写发放表 .xlsx 或 .pdf")] = None,
) -> None:
    """结算一个月的值班补贴；不带 --final 时只试算，不保存。"""
    if reason and not final:
        raise typer.BadParameter("--reason 只和 --final 一起用")
    if out is not None:
        check_target(out)
    with opened(options_of(context)) as (office, actor):
        found: MonthPay
        if final:
            found = office.do(SettleFinal(month, reason), actor).value
        else:
            found = office.ask(ComputeSettlement(month), actor)
        waiting = office.ask(ExceptionsList(Month.parse(month)), actor)
        if out is not None:
            written = office.do(ExportPaySheet(month, out), actor).value
            tell(f"发放表已写到 {out}{written.warning}")
    show(context, settlement_document(found, waiting), lambda: _words(found, waiting))
    if found.outside:
        tell(f"提示：{found.outside}。")
    if found.incomplete:
        tell(f"提示：{found.incomplete}。")
    if found.unapproved:
        tell(f"提示：{len(found.unapproved)} 个站点的月报还没有审核通过，汇总不完整。")


def pay(
    context: typer.Context,
    month: Annotated[str, typer.Argument(help="已最终结算的月份，如 2022-05")],
    on: Annotated[str, typer.Option("--date", help="付款日期，如 2022-06-10")],
    voucher: Annotated[str, typer.Option("--voucher", help="付款凭证号")],
    confirmed: Annotated[
        str, typer.Option("--confirm", help="恢复备份后，写明核对凭证和银行回单的结果")
    ] = "",
    people: Annotated[
        list[str] | None, typer.Option("--person", help="只登记这些人（编号，可重复）；省略为全部")
    ] = None,
) -> None:
    """登记一个月的补贴已经发放；重复登记不会重复入账。"""
    made: PayRun = do(context, PayMonth(month, _date(on), voucher, tuple(people or ()), confirmed=confirmed))
    document = {
        "month": made.month,
        "posted": [{"person_id": one.person_id, "fen": one.fen, "id": one.id} for one in made.posted],
        "already_paid": made.held,
        "owed": [{"person_id": one.person_id, "fen": one.fen, "text": one.text} for one in made.owed],
        "total_fen": made.total_fen,
    }
    show(
        context,
        document,
        lambda: (
            f"已登记发放 {len(made.posted)} 人，共 {yuan_text(made.total_fen)} 元；"
            f"此前已发放 {made.held} 人。"
        ),
    )
    for owing in made.owed:
        tell(f"应收回　{owing.name}：{owing.text}")
    if made.warning:
        tell(made.warning)


def settlement_document(found: MonthPay, waiting: Iterable[ExceptionItem]) -> dict[str, object]:
    """The settlement as `settle --json` prints it; who only owes something stands there without lines."""
    people = [
        {
            "name": one.name,
            "person_id": one.person_id,
            "net_fen": one.net_fen,
            "debt_fen": one.debt_fen,
            "payable_fen": one.payable_fen,
            "owed_fen": one.owed_fen,
            "lines": [_line(x) for x in one.lines],
        }
        for one in found.people
    ]
    exceptions = [
        {
            "kind": one.kind.value,
            "on": one.on.isoformat(),
            "site": one.site,
            "name": one.name,
            "text": one.text,
        }
        for one in waiting
    ]
    return {
        "month": str(found.month),
        "final": found.is_final,
        "people": people,
        "total_fen": found.total_fen,
        "exceptions": exceptions,
    }


def _line(line: LineView) -> dict[str, object]:
    deductions = [
        {
            "rule": one.rule,
            "clause": one.clause,
            "count": one.count,
            "fen": one.fen,
            "evidence": list(one.evidence),
        }
        for one in line.deductions
    ]
    reasons = [*line.reasons, line.note] if line.note else list(line.reasons)
    return {
        "id": line.id,
        "duty_id": line.key,
        "on": line.on.isoformat(),
        "site": line.site,
        "kind": line.kind.value,
        "base_fen": line.base_fen,
        "deductions": deductions,
        "net_fen": line.net_fen,
        "reasons": reasons,
        "adjusts": line.adjusts,
    }


def _words(found: MonthPay, waiting: Iterable[ExceptionItem]) -> str:
    head = f"{found.month.words}{'最终结算' if found.is_final else '试算（未保存）'}"
    lines = [
        f"{line.on} {line.site_name} {line.name}：{line.explanation if found.has_rates else line.kind.value}"
        for line in found.lines
    ]
    open_ones = [f"待处理　{one.text}" for one in waiting]
    debts = [f"应收回　{one.name}：{text}" for one in found.people for text in debt_sentences(one.carried)]
    last = f"合计 {yuan_text(found.total_fen)} 元" if found.has_rates else f"{len(lines)} 次值班。{UNPAID}。"
    return "\n".join([head, *lines, *open_ones, *debts, last])


def _submitted(made: Submitted) -> dict[str, object]:
    return {
        "site": made.site,
        "month": made.month,
        "number": made.number,
        "nil": made.is_nil,
        "counts": dict(made.counts),
        "warnings": [one.text for one in made.warnings],
        "outside": made.outside,
    }


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise Refused(
            "E862", f"付款日期“{text}”不存在或无法识别，请写成 2022-06-10 的样子。", field="paid_on"
        ) from fault

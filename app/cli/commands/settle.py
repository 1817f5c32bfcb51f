"""The command that settles a month of duty pay, on trial or for good."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from app.cli.output import tell
from app.cli.session import opened, options_of, show
from app.services.attendance.exceptions_list import ExceptionItem, ExceptionsList
from app.services.money.debts import debt_sentences
from app.services.money.month_pay import UNPAID, ComputeSettlement, MonthPay
from app.services.money.settle_final import SettleFinal
from app.services.money.story import LineView
from app.values import Month, yuan_text


def add(cli: typer.Typer) -> None:
    """Add `settle`."""
    cli.command("settle")(settle)


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
        # Only a sheet needs what draws sheets, and who has none waits for none of it.
        from app.documents.render_file import check_target
        from app.services.money.pay_sheet import ExportPaySheet

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

"""Commands of a month's end around its settlement: submit, pay."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from app.cli.output import tell
from app.cli.session import do, show
from app.errors import Refused
from app.services.money.pay_month import PayMonth, PayRun
from app.services.money.submit_month import SubmitMonth, Submitted
from app.values import Month, yuan_text


def add(cli: typer.Typer) -> None:
    """Add `submit` and `pay`."""
    cli.command("submit")(submit)
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


def pay(
    context: typer.Context,
    month: Annotated[str, typer.Argument(help="已最终结算的月份，如 2022-05")],
    on: Annotated[str, typer.Option("--date", help="付款日期，如 2022-06-10")],
    voucher: Annotated[str, typer.Option("--voucher", help="付款凭证号")],
    confirmed: Annotated[
        str, typer.Option("--confirm", help="恢复备份后，写明核对凭证和银行回单的结果")
    ] = "",
    batch: Annotated[str, typer.Option("--batch", help="批次编号；省略为当月复核好的各批次")] = "",
) -> None:
    """登记一个月复核好的批次已经发放；须制单、复核以外的第三人，重复登记不会重复入账。"""
    made: PayRun = do(context, PayMonth(month, _date(on), voucher, batch, confirmed=confirmed))
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

"""Commands that put money right afterwards: a pay line adjusted, a payment reversed."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.amounts import fen_of
from app.cli.session import do, opened, options_of, show
from app.dates import parse_date
from app.rules.pay.stored import AdjustReason
from app.services.money.adjust_line import AdjustLine
from app.services.money.reverse_payment import REVERSAL_REASONS, ReversePayment
from app.services.people.named import NamedOnes
from app.values import yuan_text

MonthOf = Annotated[str, typer.Argument(metavar="月份", help="如 2022-05")]
Reason = Annotated[str, typer.Option("--reason", help="情况说明")]


def add(cli: typer.Typer) -> None:
    """Add `adjust` and `reverse`."""
    cli.command("adjust")(adjust)
    cli.command("reverse")(reverse)


def adjust(
    context: typer.Context,
    month: MonthOf,
    duty: Annotated[str, typer.Argument(metavar="班次编号", help="见 settle --json 的 duty_id")],
    to: Annotated[str, typer.Option("--to", help="应发多少元，如 250 或 250.50")],
    reason: Reason,
    code: Annotated[str, typer.Option("--code", help="、".join(AdjustReason))] = AdjustReason.other.value,
) -> None:
    """调整一行补贴；原来的金额留着，已发放的从下次结算里补扣。"""
    fen = fen_of(to)
    made = do(context, AdjustLine(month, duty, fen, code, reason))
    show(context, {"id": made, "duty_id": duty, "to_fen": fen}, lambda: f"已调整为 {yuan_text(fen)} 元。")


def reverse(
    context: typer.Context,
    month: MonthOf,
    who: Annotated[str, typer.Argument(metavar="姓名", help="姓名，或 person list 列出的编号")],
    reason: Reason,
    code: Annotated[str, typer.Option("--code", help="、".join(REVERSAL_REASONS))] = REVERSAL_REASONS[-1],
    on: Annotated[str, typer.Option("--date", help="冲销日期，省略为今天")] = "",
    voucher: Annotated[str, typer.Option("--voucher", help="凭证号，省略为原凭证号")] = "",
    licence: Annotated[str, typer.Option("--licence", help="同名时填执业证号")] = "",
) -> None:
    """冲销一人一个月的发放；原记录不删，之后可以重新发放。"""
    day = parse_date(on) if on else None
    with opened(options_of(context)) as (office, actor):
        person = office.ask(NamedOnes(who, licence), actor).person_id
        made = office.do(ReversePayment(month, person, code, reason, day, voucher), actor).value
    total = sum(one.fen for one in made)
    document = {"person_id": person, "ids": [one.id for one in made], "total_fen": total}
    show(context, document, lambda: f"已冲销 {len(made)} 笔，共 {yuan_text(-total)} 元。")

"""Commands for the money of cases: the quarter's list, its examination, payment and reversal."""

from __future__ import annotations

from typing import Annotated

import typer

from app.case_values import Fund
from app.cli.session import ask, do, show
from app.dates import parse_date
from app.services.cases.examine_line import ExamineLine
from app.services.cases.pay_cases import CasesPaid, PayCases
from app.services.cases.reverse_case import ReverseCase
from app.services.cases.settle_cases import CaseQuarter, QuarterList, SettleCases
from app.values import yuan_text

Quarter = Annotated[str, typer.Argument(metavar="季度", help="如 2022-Q2")]
Number = Annotated[str, typer.Argument(metavar="案号", help="案号")]
ANSWERS = {"pass": True, "return": False}


def add_money(group: typer.Typer) -> None:
    """Add `case settle`, `review`, `pay` and `reverse`."""
    group.command("settle")(case_settle)
    group.command("review")(case_review)
    group.command("pay")(case_payment)
    group.command("reverse")(case_reversal)


def case_settle(
    context: typer.Context,
    quarter: Annotated[str, typer.Option("--quarter", help="季度，如 2022-Q2")],
    is_final: Annotated[bool, typer.Option("--final", help="定稿")] = False,
) -> None:
    """列出一个季度的办案补贴；加 --final 定稿。"""
    found = do(context, SettleCases(quarter)) if is_final else ask(context, CaseQuarter(quarter))
    show(context, found.document, lambda: _words(found))


def case_review(
    context: typer.Context,
    quarter: Quarter,
    number: Number,
    answer: Annotated[str, typer.Argument(metavar="pass|return", help="pass 通过 / return 退回")],
    code: Annotated[str, typer.Option("--reason", help="退回的原因代码，如 C1")] = "",
    words: Annotated[str, typer.Option("--words", help="原因代码是 C9 时写明")] = "",
) -> None:
    """审核清单上的一件。"""
    if answer not in ANSWERS:
        raise typer.BadParameter("请写 pass 或 return")
    line = do(context, ExamineLine(quarter, number, ANSWERS[answer], code, words))
    show(context, {"id": line, "number": number, "answer": answer}, lambda: "已审核。")


def case_payment(
    context: typer.Context,
    quarter: Quarter,
    fund: Annotated[str, typer.Option("--fund", help="惠民专项、业务经费、彩票公益金、基金会")],
    on: Annotated[str, typer.Option("--date", help="付款日期")],
    voucher: Annotated[str, typer.Option("--voucher", help="凭证号")],
) -> None:
    """从一项资金发放一个季度审核通过的办案补贴。"""
    if fund not in {one.value for one in Fund}:
        raise typer.BadParameter(f"没有“{fund}”这项资金，可写：{'、'.join(Fund)}")
    made: CasesPaid = do(context, PayCases(quarter, Fund(fund), parse_date(on), voucher))
    document = {
        "id": made.id,
        "fen": made.fen,
        "items": [{"number": one.number, "payee": one.payee, "fen": one.fen} for one in made.items],
        "warnings": list(made.warnings),
    }
    said = f"已登记发放 {yuan_text(made.fen)} 元，{len(made.items)} 笔。"
    show(context, document, lambda: "\n".join((said, *made.warnings)))


def case_reversal(
    context: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option("--reason", help="为什么冲销")],
) -> None:
    """冲销一件案件已定稿的补贴；任务名额随之让出。"""
    made = do(context, ReverseCase(number, reason))
    show(context, {"ids": list(made), "number": number}, lambda: f"已冲销 {number}。")


def _words(found: QuarterList) -> str:
    lines = [found_line.words for found_line in found.lines]
    what = "已定稿" if found.is_final else "未定稿"
    total = "，".join(f"{title} {yuan_text(fen)} 元" for title, fen in found.totals)
    said = f"{found.quarter}（{what}）共 {len(found.lines)} 件：{total}。"
    return "\n".join((*lines, said, *([f"{found.incomplete}。"] if found.incomplete else [])))

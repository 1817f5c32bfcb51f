"""Commands for what waits in a month and for deciding it."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.services.attendance.exceptions_list import ExceptionItem, ExceptionsList
from app.values import Month

ANSWERS = {"approve": True, "refuse": False}


def add(cli: typer.Typer) -> None:
    """Add `exceptions` and `decide`."""
    cli.command("exceptions")(list_exceptions)
    cli.command("decide")(decide)


def list_exceptions(
    context: typer.Context,
    month: Annotated[str, typer.Option("--month", help="月份，如 2022-05")],
    site: Annotated[str, typer.Option("--site", help="站点代码，省略即全部")] = "",
) -> None:
    """列出一个月里等待处理的事项。"""
    items = ask(context, ExceptionsList(Month.parse(month), site))
    show(context, [_document(item) for item in items], lambda: _words(items))


def decide(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="ID", help="异常清单里的编号")],
    answer: Annotated[str, typer.Argument(metavar="approve|refuse", help="approve 同意 / refuse 不同意")],
    reason: Annotated[str, typer.Option("--reason", help="理由")] = "",
) -> None:
    """审定一项：补签、临时值班、特殊情况、抽查、投诉、迟到的更改。"""
    if answer not in ANSWERS:
        raise typer.BadParameter("请写 approve 或 refuse")
    from app.services.exchange.decide_late import decision_about

    made = do(context, decision_about(subject, ANSWERS[answer], reason))
    word = "同意" if ANSWERS[answer] else "不同意"
    show(context, {"id": made, "subject_id": subject, "answer": answer}, lambda: f"已审定：{word}。")


def _document(item: ExceptionItem) -> dict[str, object]:
    return {
        "id": item.id,
        "kind": item.kind.value,
        "on": item.on.isoformat(),
        "site": item.site,
        "name": item.name,
        "person_id": item.person_id,
        "text": item.text,
        "may_decide": item.may_decide,
        "approve": item.approve,
        "refuse": item.refuse,
    }


def _words(items: tuple[ExceptionItem, ...]) -> str:
    if not items:
        return "没有等待处理的事项。"
    return "\n".join(_line(item) for item in items) + f"\n共 {len(items)} 项。"


def _line(item: ExceptionItem) -> str:
    what = f"approve＝{item.approve}；refuse＝{item.refuse}" if item.may_decide else item.hint
    return f"{item.on} [{item.title}] {item.text}\n    {item.id}  {what}".rstrip()

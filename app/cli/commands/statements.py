"""Commands for a month's pay as each person is told it: who has replied, the word on paper, the answer to a dispute."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.amounts import fen_of
from app.cli.output import tell
from app.cli.session import ask, do, opened, options_of, show
from app.documents.render_file import check_target
from app.services.money.answer_dispute import AnswerDispute
from app.services.money.enter_reply import EnterReply
from app.services.money.export_statement import ExportStatement
from app.services.money.replies import PayReplies, PayReplyView
from app.services.people.named import NamedOnes
from app.values import yuan_text

MonthOption = Annotated[str, typer.Option("--month", help="月份，如 2022-05")]
Who = Annotated[str, typer.Argument(metavar="姓名", help="姓名，或 person list 列出的编号")]
Licence = Annotated[str, typer.Option("--licence", help="同名时填执业证号")]
UPHOLD, REJECT = "uphold", "reject"


def add(cli: typer.Typer) -> None:
    """Add `statement list|confirm|dispute|answer|export`."""
    group = typer.Typer(help="补贴明细：本人确认、异议和答复", no_args_is_help=True)
    group.command("list")(list_replies)
    group.command("confirm")(confirm)
    group.command("dispute")(dispute)
    group.command("answer")(answer)
    group.command("export")(export)
    cli.add_typer(group, name="statement")


def list_replies(context: typer.Context, month: MonthOption) -> None:
    """列出每人对一个月补贴的答复、异议和司法局的答复。"""
    found: tuple[PayReplyView, ...] = ask(context, PayReplies(month))
    document = [
        {
            "person_id": one.person_id,
            "name": one.name,
            "payable_fen": one.payable_fen,
            "held_fen": one.held_fen,
            "state": one.state.value,
            "reply_by": one.reply_by,
            "disputes": [
                {
                    "id": said.id,
                    "duties": list(said.keys),
                    "reason": said.reason,
                    "open": said.is_open,
                    "upheld": said.is_upheld,
                    "answer": said.answer,
                }
                for said in one.disputes
            ],
        }
        for one in found
    ]
    show(context, document, lambda: "\n".join(map(_line, found)) or "这个月还没有最终结算，没有明细可答复。")


def confirm(context: typer.Context, who: Who, month: MonthOption, licence: Licence = "") -> None:
    """登记本人在纸质明细上确认无误。"""
    _reply(context, who, licence, month, is_dispute=False)


def dispute(
    context: typer.Context,
    who: Who,
    month: MonthOption,
    reason: Annotated[str, typer.Option("--reason", help="异议的理由")],
    duty: Annotated[
        list[str] | None, typer.Option("--duty", help="有异议的班次编号，可重复；省略为全月")
    ] = None,
    licence: Licence = "",
) -> None:
    """登记本人在纸质明细上提出的异议。"""
    _reply(context, who, licence, month, is_dispute=True, reason=reason, keys=tuple(duty or ()))


def answer(
    context: typer.Context,
    dispute_id: Annotated[str, typer.Argument(metavar="异议编号", help="见 statement list --json")],
    verdict: Annotated[str, typer.Argument(help="uphold 成立 或 reject 不成立")],
    reason: Annotated[str, typer.Option("--reason", help="答复意见")],
    duty: Annotated[str, typer.Option("--duty", help="成立并要调整的班次编号")] = "",
    to: Annotated[str, typer.Option("--to", help="调整后应发多少元，如 250 或 250.50")] = "",
) -> None:
    """答复一条异议；成立的可同时调整一班的金额。"""
    if verdict not in (UPHOLD, REJECT):
        raise typer.BadParameter("请写 uphold 或 reject")
    made = do(context, AnswerDispute(dispute_id, verdict == UPHOLD, reason, duty, fen_of(to) if to else None))
    show(context, {"id": made}, lambda: f"已答复：异议{'成立' if verdict == UPHOLD else '不成立'}。")


def export(
    context: typer.Context,
    who: Who,
    month: MonthOption,
    out: Annotated[Path, typer.Option("--out", help="要写的 .pdf 或 .xlsx 文件")],
    licence: Licence = "",
) -> None:
    """把一人一个月的补贴明细单写成文件，供本人签字。"""
    check_target(out)
    with opened(options_of(context)) as (office, actor):
        person = office.ask(NamedOnes(who, licence), actor).person_id
        written = office.do(ExportStatement(month, person, out), actor).value
    show(context, {"file": str(out), "warning": written.warning}, lambda: f"明细单已写到 {out}")
    if written.warning:
        tell(written.warning)


def _reply(
    context: typer.Context,
    who: str,
    licence: str,
    month: str,
    *,
    is_dispute: bool,
    reason: str = "",
    keys: tuple[str, ...] = (),
) -> None:
    with opened(options_of(context)) as (office, actor):
        person = office.ask(NamedOnes(who, licence), actor).person_id
        made = office.do(EnterReply(month, person, is_dispute, reason, keys), actor).value
    word = "提出异议" if is_dispute else "确认无误"
    show(context, {"id": made, "person_id": person}, lambda: f"已登记：{who} {word}。")


def _line(one: PayReplyView) -> str:
    held = f"暂不发放 {yuan_text(one.held_fen)} 元" if one.held_fen else ""
    said = [f"{said.days or '全月'}：{said.reason}（{said.id}）" for said in one.disputes if said.is_open]
    parts = (one.name, f"{yuan_text(one.payable_fen)} 元", one.state.value, f"{one.reply_by} 前答复", held)
    return "　".join(filter(None, (*parts, *said)))

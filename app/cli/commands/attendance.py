"""Commands for what waits in a month and for deciding it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.dates import parse_date, parse_moment
from app.safe_write import write_safely
from app.services.attendance.exceptions_list import ExceptionItem, ExceptionsList
from app.services.attendance.paper_sheets import PrintBlankRegister, PrintSignSheet
from app.services.attendance.record_paper import RecordPaper
from app.values import Month

ANSWERS = {"approve": True, "refuse": False}


def add(cli: typer.Typer) -> None:
    """Add `exceptions`, `decide`, `paper record` and `paper sheet`."""
    cli.command("exceptions")(list_exceptions)
    cli.command("decide")(decide)
    paper = typer.Typer(help="纸质签到", no_args_is_help=True)
    paper.command("record")(record_paper)
    paper.command("sheet")(paper_sheet)
    cli.add_typer(paper, name="paper")


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


def record_paper(
    context: typer.Context,
    person: Annotated[str, typer.Argument(metavar="人员", help="值班人员的编号，`person list` 列出")],
    confirmed_by: Annotated[str, typer.Option("--confirmed-by", help="在单子上签名确认的人")],
    reason: Annotated[str, typer.Option("--reason", help="为什么用纸质，如 下乡")],
    came: Annotated[str, typer.Option("--in", help="签到时间，如 2022-05-10 08:57")] = "",
    left: Annotated[str, typer.Option("--out", help="签退时间")] = "",
    site: Annotated[str, typer.Option("--site", help="站点，省略为本单位")] = "",
) -> None:
    """登记一次纸质签到签退。"""
    in_at, out_at = (parse_moment(text) if text else None for text in (came, left))
    made = do(context, RecordPaper(person, in_at, out_at, confirmed_by, reason, site))
    show(context, {"id": made}, lambda: "已登记纸质签到。")


def paper_sheet(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--file", help="写到哪个 PDF 文件")],
    on: Annotated[str, typer.Option("--on", help="哪一天的值班；省略打空白单")] = "",
    site: Annotated[str, typer.Option("--site", help="站点，省略为本单位")] = "",
    is_register: Annotated[bool, typer.Option("--register", help="打咨询登记单，不打签到单")] = False,
) -> None:
    """打印签到登记单或咨询登记单。"""
    kind = PrintBlankRegister if is_register else PrintSignSheet
    drawn = ask(context, kind(site, parse_date(on) if on else None))
    write_safely(out, drawn.pdf, is_private=True)
    show(context, {"file": str(out)}, lambda: f"已写到 {out}")


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

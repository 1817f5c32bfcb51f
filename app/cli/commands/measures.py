"""Commands for the document's measures."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.dates import parse_date
from app.services.supervision.measures import Measures, MeasureState, MeasureView, NoteMeasure

STATES = {
    MeasureState.done: "已做",
    MeasureState.late: "已超期",
    MeasureState.soon: "快到期",
    MeasureState.ahead: "未到期",
}


def add(cli: typer.Typer) -> None:
    """Add `measure list` and `measure note`."""
    group = typer.Typer(help="任务措施", no_args_is_help=True)
    group.command("list")(list_measures)
    group.command("note")(note)
    cli.add_typer(group, name="measure")


def list_measures(context: typer.Context) -> None:
    """列出现行文件要本单位做的措施。"""
    found: tuple[MeasureView, ...] = ask(context, Measures())
    document = [
        {
            "number": one.number,
            "title": one.title,
            "owner": one.owner,
            "clause": one.clause,
            "period": one.period,
            "due_on": one.due_on.isoformat(),
            "state": one.state.value,
            "done": [on.isoformat() for on, _ in one.said],
            "others": one.others,
        }
        for one in found
    ]
    lines = [
        "　".join((one.number, STATES[one.state], one.title, f"{one.due}（{one.due_on}）", one.clause))
        for one in found
    ]
    show(context, document, lambda: "\n".join(lines) or "现行文件没有要本单位做的措施。")


def note(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="编号", help="`measure list` 列出的编号")],
    text: Annotated[str, typer.Option("--text", help="做了什么，有什么证据")],
    on: Annotated[str, typer.Option("--on", help="日期，省略为今天")] = "",
) -> None:
    """登记一项措施做了什么。"""
    made = do(context, NoteMeasure(number, text, parse_date(on) if on else None))
    show(context, {"id": made}, lambda: "已登记。")

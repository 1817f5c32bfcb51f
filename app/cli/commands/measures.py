"""Commands for the document's measures and for work meetings."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.dates import parse_date
from app.services.supervision.measures import Measures, MeasureState, MeasureView, NoteMeasure
from app.services.supervision.meetings import Meetings, MeetingYear, RecordMeeting
from app.values import Month

STATES = {
    MeasureState.done: "已做",
    MeasureState.late: "已超期",
    MeasureState.soon: "快到期",
    MeasureState.ahead: "未到期",
}


def add(cli: typer.Typer) -> None:
    """Add `measure list`, `measure note`, `meeting list` and `meeting record`."""
    group = typer.Typer(help="任务措施", no_args_is_help=True)
    group.command("list")(list_measures)
    group.command("note")(note)
    cli.add_typer(group, name="measure")
    meeting = typer.Typer(help="工作例会", no_args_is_help=True)
    meeting.command("list")(list_meetings)
    meeting.command("record")(record_meeting)
    cli.add_typer(meeting, name="meeting")


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


def list_meetings(
    context: typer.Context, month: Annotated[str, typer.Option("--month", help="月份，如 2022-05")]
) -> None:
    """列出这一年的工作例会，和这个月开了几次。"""
    found: MeetingYear = ask(context, Meetings(Month.parse(month)))
    document = {
        "done": found.quota.done,
        "asked": found.quota.asked,
        "rows": [{"id": row.id, "on": row.on.isoformat(), "subject": row.subject} for row in found.rows],
    }
    lines = [found.quota.words, *(f"{row.on}　{row.subject}" for row in found.rows)]
    show(context, document, lambda: "\n".join(lines))


def record_meeting(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="议题")],
    on: Annotated[str, typer.Option("--on", help="日期")],
    attendees: Annotated[str, typer.Option("--who", help="参加人")],
    minutes: Annotated[str, typer.Option("--minutes", help="纪要")],
) -> None:
    """登记一次工作例会和纪要。"""
    made = do(context, RecordMeeting(parse_date(on), subject, attendees, minutes))
    show(context, {"id": made}, lambda: "已登记例会。")

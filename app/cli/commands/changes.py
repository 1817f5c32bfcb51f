"""Commands that put a duty right afterwards: leave of a person, a correction, another person or time."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from app.cli.session import do, opened, options_of, show
from app.dates import parse_date, parse_moment, parse_time_ranges
from app.services.attendance.ask_correction import WORDS, AskCorrection
from app.services.people.leave import AddLeave, leave_times
from app.services.people.named import NamedOnes
from app.services.roster.change_duty import Changed, ChangeDuty
from app.values import ChangeKind

Who = Annotated[str, typer.Argument(metavar="姓名", help="姓名，或 person list 列出的编号")]
Licence = Annotated[str, typer.Option("--licence", help="同名时填执业证号")]
Reason = Annotated[str, typer.Option("--reason", help="理由")]


def add(cli: typer.Typer) -> None:
    """Add `leave`, `correct` and `swap`."""
    cli.command("leave")(leave)
    cli.command("correct")(correct)
    cli.command("swap")(swap)


def leave(
    context: typer.Context,
    who: Who,
    first: Annotated[str, typer.Option("--from", help="从何时：日期，或“日期 时间”")],
    reason: Reason,
    last: Annotated[str, typer.Option("--to", help="到何时：日期（含当天），或“日期 时间”；省略为当天")] = "",
    licence: Licence = "",
) -> None:
    """登记一人请假；已发布的班次不受影响，排班里会提示。"""
    starts_at, ends_at = _times(first, last)
    with opened(options_of(context)) as (office, actor):
        person = office.ask(NamedOnes(who, licence), actor).person_id
        made = office.do(AddLeave(person, starts_at, ends_at, reason), actor).value
    document = {"id": made, "person_id": person, "starts_at": f"{starts_at}", "ends_at": f"{ends_at}"}
    show(
        context, document, lambda: f"已登记请假，从 {starts_at:%Y-%m-%d %H:%M} 到 {ends_at:%Y-%m-%d %H:%M}。"
    )


def correct(
    context: typer.Context,
    who: Who,
    direction: Annotated[str, typer.Argument(metavar="in|out", help="in 补签到 / out 补签退")],
    at: Annotated[str, typer.Argument(metavar="时间", help="如 2022-05-10 09:00")],
    reason: Reason,
    site: Annotated[str, typer.Option("--site", help="站点代码、全称或乡镇名；省略为本单位")] = "",
    row: Annotated[str, typer.Option("--row", help="要补的那次考勤的编号；省略则自动找")] = "",
    licence: Licence = "",
) -> None:
    """申请补签；另一人用 decide 审定后才算数。"""
    if direction not in WORDS:
        raise typer.BadParameter("请写 in 或 out")
    moment = parse_moment(at)
    with opened(options_of(context)) as (office, actor):
        found = office.ask(NamedOnes(who, licence, site), actor)
        command = AskCorrection(found.site, found.person_id, direction, moment, reason, row)
        made = office.do(command, actor).value
    document = {"id": made, "person_id": found.person_id, "site": found.site, "direction": direction}
    show(context, document, lambda: f"已申请补{WORDS[direction]}，编号 {made}，等待另一人审定。")


def swap(
    context: typer.Context,
    duty: Annotated[str, typer.Argument(metavar="班次编号", help="见 roster list")],
    reason: Reason,
    to: Annotated[str, typer.Option("--to", help="换人：由谁接替，姓名或编号")] = "",
    ranges: Annotated[str, typer.Option("--time", help="改时：新的时段，如 09:00-13:00")] = "",
    on: Annotated[str, typer.Option("--on", help="改时：同月的另一天")] = "",
    licence: Licence = "",
) -> None:
    """变更一个已发布的班次：换人（--to）或改时（--time）。"""
    if bool(to) == bool(ranges):
        raise typer.BadParameter("换人写 --to，改时写 --time，两者写一个")
    hours, day = parse_time_ranges(ranges) if ranges else (), parse_date(on) if on else None
    made: Changed
    if ranges:
        made = do(context, ChangeDuty(duty, ChangeKind.retime, reason, ranges=hours, on=day))
    else:
        with opened(options_of(context)) as (office, actor):
            person = office.ask(NamedOnes(to, licence), actor).person_id
            made = office.do(ChangeDuty(duty, ChangeKind.swap, reason, person, on=day), actor).value
    document = {
        "id": made.new_duty_id,
        "version": made.number,
        "late": made.is_late,
        "check_code": made.check_code,
    }
    show(context, document, lambda: f"已变更并发布第 {made.number} 版，校验码 {made.check_code}。")


def _times(first: str, last: str) -> tuple[datetime, datetime]:
    """Whole days where only dates are given, the last one included."""
    if not _has_time(first) and not _has_time(last):
        return leave_times(parse_date(first), parse_date(last) if last else None)
    starts = parse_moment(first) if _has_time(first) else leave_times(parse_date(first))[0]
    ends = (
        parse_moment(last) if _has_time(last) else leave_times(parse_date(last) if last else starts.date())[1]
    )
    return starts, ends


def _has_time(words: str) -> bool:
    return ":" in words or "：" in words

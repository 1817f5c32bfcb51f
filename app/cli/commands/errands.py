"""Commands for what citizens were promised: referrals, home visits, answers by a day."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.dates import parse_date
from app.services.outreach.errand_list import ErrandDesk, ErrandLine, Errands
from app.services.outreach.errands import BeginErrand, CloseErrand, PlanErrand
from app.values import Month


def add(cli: typer.Typer) -> None:
    """Add `errand list`, `errand begin`, `errand plan` and `errand close`."""
    group = typer.Typer(help="转办和上门", no_args_is_help=True)
    group.command("list")(list_errands)
    group.command("begin")(begin)
    group.command("plan")(plan)
    group.command("close")(close)
    cli.add_typer(group, name="errand")


def list_errands(
    context: typer.Context,
    month: Annotated[str, typer.Option("--month", help="连同这个月了结的，如 2022-05")] = "",
    site: Annotated[str, typer.Option("--site", help="站点；省略为本单位各站点")] = "",
) -> None:
    """列出没有了结的转办事项和待安排的上门。"""
    query = Errands(site=site, month=Month.parse(month) if month else None)
    found: ErrandDesk = ask(context, query)
    document = [
        {
            "id": line.id,
            "consultation": line.record.id,
            "number": line.record.number,
            "kind": line.kind.value,
            "state": line.state.value,
            "department": line.department,
            "by": line.by.isoformat(),
            "is_green": line.record.is_green,
            "result": line.result,
        }
        for line in found.lines
    ]
    show(context, document, lambda: "\n".join((found.words, *map(_line, found.lines))))


def begin(
    context: typer.Context,
    consultation: Annotated[
        str, typer.Argument(metavar="咨询", help="咨询记录的编号（`errand list` 里的 consultation）")
    ],
    kind: Annotated[str, typer.Argument(metavar="事项", help="转介部门、上门服务、约期答复、代受理转送")],
    by: Annotated[str, typer.Option("--by", help="期限，如 2022-05-20")],
    matter: Annotated[str, typer.Option("--matter", help="办什么")],
    department: Annotated[str, typer.Option("--department", help="转往部门，如 人社")] = "",
    person: Annotated[str, typer.Option("--person", help="承办人的编号")] = "",
) -> None:
    """登记一件转办事项。"""
    command = BeginErrand(
        consultation_id=consultation,
        kind=kind,
        by=parse_date(by),
        department=department,
        person_id=person,
        matter=matter,
    )
    made = do(context, command)
    show(context, {"id": made}, lambda: f"已登记{kind}：{made}")


def plan(
    context: typer.Context,
    errand: Annotated[str, typer.Argument(metavar="编号", help="`errand list` 列出的编号")],
    by: Annotated[str, typer.Option("--by", help="新的期限")],
    person: Annotated[str | None, typer.Option("--person", help="换成谁承办")] = None,
) -> None:
    """改期，或者换承办人。"""
    show(context, {"id": do(context, PlanErrand(errand, parse_date(by), person))}, lambda: "已改期。")


def close(
    context: typer.Context,
    errand: Annotated[str, typer.Argument(metavar="编号", help="`errand list` 列出的编号")],
    result: Annotated[
        str, typer.Argument(metavar="结果", help="已办结、已答复、部门不受理、没有办成、不用办了")
    ],
    answer: Annotated[str, typer.Option("--answer", help="结果说明")] = "",
    on: Annotated[str, typer.Option("--on", help="办结日期，省略为今天")] = "",
) -> None:
    """登记结果，了结这件事。"""
    command = CloseErrand(errand, result, answer, parse_date(on) if on else None)
    show(context, {"id": do(context, command)}, lambda: f"已了结：{result}")


def _line(line: ErrandLine) -> str:
    told = (f"{line.by}", line.state, line.kind, line.department, line.record.number, line.record.client)
    return f"{'　'.join(filter(None, told))}\n    {line.id or line.record.id}"

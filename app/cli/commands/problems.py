"""Commands of inspections on site and of the problems they find."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.dates import parse_date
from app.services.supervision.inspections import InspectionMade, Inspections, InspectionYear, RecordInspection
from app.services.supervision.problem_list import Problems, ProblemState, ProblemView
from app.services.supervision.record_problem import MendProblem, RecheckProblem, RecordProblem
from app.supervision_values import InspectionKind, ProblemSource

STATES = {ProblemState.open: "待整改", ProblemState.mended: "待复查", ProblemState.closed: "已销号"}


def add(cli: typer.Typer) -> None:
    """Add `inspect …` and `problem …`."""
    inspections = typer.Typer(help="实地检查", no_args_is_help=True)
    inspections.command("list")(list_inspections)
    inspections.command("record")(record_inspection)
    cli.add_typer(inspections, name="inspect")
    group = typer.Typer(help="督导问题", no_args_is_help=True)
    group.command("list")(list_problems)
    group.command("add")(add_problem)
    group.command("mend")(mend)
    group.command("recheck")(recheck)
    cli.add_typer(group, name="problem")


def list_inspections(
    context: typer.Context, year: Annotated[int, typer.Argument(metavar="年度", help="如 2022")]
) -> None:
    """列出一年的实地检查和检查清单。"""
    found: InspectionYear = ask(context, Inspections(year))
    document = {
        "checklist": list(found.checklist),
        "done": found.quota.done,
        "asked": found.quota.asked,
        "rows": [
            {"id": row.id, "on": row.on.isoformat(), "site": row.site, "kind": row.kind, "bad": list(row.bad)}
            for row in found.rows
        ],
    }
    lines = [f"清单：{'、'.join(found.checklist)}（{found.clause}）", found.quota.words]
    for row in found.rows:
        bad = "、".join(row.bad) or "没有发现问题"
        lines.append("　".join((f"{row.on}", row.site_name, row.kind, row.inspectors, bad)))
    show(context, document, lambda: "\n".join(lines))


def record_inspection(
    context: typer.Context,
    site: Annotated[str, typer.Argument(metavar="站点", help="站点代码")],
    inspectors: Annotated[str, typer.Option("--by", help="检查人")],
    marks: Annotated[list[str], typer.Option("--mark", help="检查项=符合|不符合，可重复")],
    kind: Annotated[str, typer.Option("--kind", help="检查类别")] = InspectionKind.quarterly.value,
    on: Annotated[str, typer.Option("--on", help="日期，省略为今天")] = "",
    owner: Annotated[str, typer.Option("--owner", help="整改责任人")] = "",
    due: Annotated[str, typer.Option("--due", help="整改期限")] = "",
    note: Annotated[str, typer.Option("--note", help="情况说明")] = "",
) -> None:
    """登记一次实地检查，不符合的各项列为问题。"""
    found = {item: mark for item, _, mark in (one.partition("=") for one in marks)}
    made: InspectionMade = do(
        context,
        RecordInspection(
            site=site,
            kind=kind,
            inspectors=inspectors,
            marks=found,
            on=parse_date(on) if on else None,
            note=note,
            owner=owner,
            due_on=parse_date(due) if due else None,
        ),
    )
    document = {"id": made.id, "problems": list(made.problems)}
    show(context, document, lambda: f"已登记检查，列出 {len(made.problems)} 个问题。")


def list_problems(
    context: typer.Context,
    period: Annotated[str, typer.Option("--period", help="发现的期间，如 2022-Q2；省略为没有销号的")] = "",
) -> None:
    """列出问题，等着整改和复查的在前。"""
    found: tuple[ProblemView, ...] = ask(context, Problems(period))
    document = [
        {
            "id": one.id,
            "site": one.site,
            "text": one.text,
            "owner": one.owner,
            "due_on": one.due_on.isoformat(),
            "state": one.state.value,
            "is_late": one.is_late,
        }
        for one in found
    ]
    show(context, document, lambda: "\n".join(map(_line, found)) or "没有问题。")


def add_problem(
    context: typer.Context,
    site: Annotated[str, typer.Argument(metavar="站点", help="站点代码")],
    text: Annotated[str, typer.Option("--text", help="什么问题")],
    owner: Annotated[str, typer.Option("--owner", help="责任人")],
    due: Annotated[str, typer.Option("--due", help="整改期限")],
    source: Annotated[str, typer.Option("--from", help="检查、抽查、投诉、其他")] = ProblemSource.other.value,
) -> None:
    """登记一个问题。"""
    wanted = RecordProblem(site=site, text=text, owner=owner, due_on=parse_date(due), source=source)
    made = do(context, wanted)
    show(context, {"id": made}, lambda: "已登记问题。")


def mend(
    context: typer.Context,
    problem: Annotated[str, typer.Argument(metavar="编号", help="`problem list` 列出的编号")],
    text: Annotated[str, typer.Option("--text", help="做了什么，有什么证据")],
) -> None:
    """登记整改。"""
    made = do(context, MendProblem(problem, text))
    show(context, {"id": made}, lambda: "已登记整改，等待复查。")


def recheck(
    context: typer.Context,
    problem: Annotated[str, typer.Argument(metavar="编号", help="`problem list` 列出的编号")],
    answer: Annotated[str, typer.Argument(metavar="passed|failed", help="passed 通过 / failed 未通过")],
    text: Annotated[str, typer.Option("--text", help="复查情况")],
) -> None:
    """复查：通过的销号，未通过的退回整改。"""
    if answer not in ("passed", "failed"):
        raise typer.BadParameter("请写 passed 或 failed")
    made = do(context, RecheckProblem(problem, answer == "passed", text))
    show(context, {"id": made}, lambda: "已复查，问题销号。" if answer == "passed" else "已退回整改。")


def _line(one: ProblemView) -> str:
    state = STATES[one.state] + ("，已超期" if one.is_late else "")
    return "　".join((f"{one.due_on}", one.site_name, state, one.text, one.owner, one.id))

"""Commands for who handles a case: the candidates of the pool, named lawyers and mentor pairs."""

from __future__ import annotations

from typing import Annotated

import typer

from app.case_values import HandlerMark
from app.cli.session import ask, do, show
from app.dates import parse_date
from app.services.cases.choose_handler import BY_TURN, AssignmentCandidates, PossibleHandler
from app.services.cases.handler_marks import EndHandlerMark, HandlerMarks, SetHandlerMark

Case = Annotated[str, typer.Argument(metavar="案件", help="案号，或 case list 列出的编号")]
Mark = Annotated[str, typer.Argument(metavar="编号", help="case marks 列出的编号")]


def add_handlers(group: typer.Typer) -> None:
    """Add `case candidates`, `marks`, `mark` and `unmark`."""
    group.command("candidates")(candidates)
    group.command("marks")(marks)
    group.command("mark")(mark)
    group.command("unmark")(unmark)


def candidates(
    context: typer.Context,
    case: Case,
    how: Annotated[str, typer.Option("--how", help="点援、轮派、专长")] = BY_TURN,
) -> None:
    """列出可以指派的承办人；指派用 case event 案件 指派 --fact person=编号。"""
    found = ask(context, AssignmentCandidates(case, how))
    show(
        context,
        [_document(one) for one in found],
        lambda: "\n".join(map(_line, found)) or "人员库里没有承办人。",
    )


def marks(
    context: typer.Context, year: Annotated[int, typer.Option("--year", help="年份，省略为今年")] = 0
) -> None:
    """列出名优律师和老带新，带全年件数。"""
    found = ask(context, HandlerMarks(year or None))
    document = [
        {"id": one.id, "kind": one.kind.value, "name": one.name, "mentor": one.mentor, "cases": one.cases}
        for one in found
    ]
    lines = [
        f"{one.kind}　{one.name}{one.mentor and f'（由{one.mentor}带）'}　{one.cases} 件　{one.id}"
        for one in found
    ]
    show(context, document, lambda: "\n".join(lines) or "名册里还没有人。")


def mark(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="类别", help="名优律师、老带新")],
    person: Annotated[str, typer.Option("--person", help="人员编号")],
    since: Annotated[str, typer.Option("--since", help="自何日起")],
    mentor: Annotated[str, typer.Option("--mentor", help="带教律师的人员编号")] = "",
) -> None:
    """列入名优律师，或登记一对老带新。"""
    if kind not in {one.value for one in HandlerMark}:
        raise typer.BadParameter(f"没有“{kind}”，可写：{'、'.join(HandlerMark)}")
    made = do(context, SetHandlerMark(HandlerMark(kind), person, parse_date(since), mentor))
    show(context, {"id": made}, lambda: f"已列入{kind}。")


def unmark(
    context: typer.Context, mark_id: Mark, until: Annotated[str, typer.Option("--until", help="最后一天")]
) -> None:
    """移出名册。"""
    made = do(context, EndHandlerMark(mark_id, parse_date(until)))
    show(context, {"id": made}, lambda: "已移出名册。")


def _document(one: PossibleHandler) -> dict[str, object]:
    return {
        "person": one.person_id,
        "name": one.name,
        "firm": one.firm,
        "kind": one.kind.value,
        "tenure": one.tenure,
        "specialties": list(one.specialties),
        "fits": one.is_fitting,
        "load": one.load,
        "refused": one.refused,
        "conflict": one.conflict,
        "marks": list(one.marks),
        "warnings": list(one.warnings),
    }


def _line(one: PossibleHandler) -> str:
    parts = (
        one.name,
        one.firm,
        f"今年 {one.load} 件",
        "专长合" if one.is_fitting else "",
        *one.marks,
        one.conflict,
        *one.warnings,
    )
    return "　".join(filter(None, parts)) + f"\n    {one.person_id}"

"""Commands for services beside consultations: lectures, mediations, drafts and the like."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.dates import parse_moment
from app.services.outreach.activities import Activities, ActivityLine, ActivityList
from app.services.outreach.record_activity import CorrectActivity, RecordActivity
from app.values import Period

Site = Annotated[str, typer.Option("--site", help="站点代码、全称或乡镇名；省略为本单位")]
At = Annotated[str, typer.Option("--at", help="时间，如 2022-05-10 15:00；省略为现在")]
Person = Annotated[str, typer.Option("--person", help="服务人员的编号；省略为当时值班的人")]
Village = Annotated[str, typer.Option("--village", help="村（社区）")]
Place = Annotated[str, typer.Option("--place", help="地点")]
Matter = Annotated[str, typer.Option("--matter", help="事由")]
Outcome = Annotated[str, typer.Option("--outcome", help="结果")]
Document = Annotated[str, typer.Option("--document", help="代书写的文书，如起诉状")]
Number = Annotated[str, typer.Option("--consultation", help="由哪条咨询而来：登记簿上的编号")]


def add(cli: typer.Typer) -> None:
    """Add `activity list`, `activity record` and `activity correct`."""
    group = typer.Typer(help="咨询以外的服务活动", no_args_is_help=True)
    group.command("list")(list_activities)
    group.command("record")(record)
    group.command("correct")(correct)
    cli.add_typer(group, name="activity")


def list_activities(
    context: typer.Context,
    period: Annotated[str, typer.Option("--period", help="月、季或年，如 2022-05")],
    site: Annotated[str, typer.Option("--site", help="站点；省略为本单位各站点")] = "",
    kind: Annotated[str, typer.Option("--kind", help="服务内容，如 普法讲座")] = "",
    words: Annotated[str, typer.Option("--words", help="村、地点、文书、事由里的字")] = "",
) -> None:
    """列出服务活动。"""
    span = Period.parse(period)
    query = Activities(first=span.start, last=span.end, site=site, kind=kind, words=words)
    found: ActivityList = ask(context, query)
    document = [
        {
            "id": line.id,
            "visit": line.visit,
            "at": line.at.isoformat(),
            "site": line.site,
            "kind": line.kind.value,
            "village": line.village,
            "place": line.place,
            "reached": line.reached,
            "duty": line.duty,
            "consultation": line.number,
            "revision": line.revision,
        }
        for line in found.lines
    ]
    show(context, document, lambda: "\n".join((found.words, *map(_line, found.lines))))


def record(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="服务内容", help="如 普法讲座、协助调解、代书")],
    site: Site = "",
    at: At = "",
    person: Person = "",
    village: Village = "",
    place: Place = "",
    reached: Annotated[int, typer.Option("--reached", help="惠及人数")] = 0,
    matter: Matter = "",
    outcome: Outcome = "",
    document: Document = "",
    pages: Annotated[int, typer.Option("--pages", help="文书页数")] = 0,
    number: Number = "",
    same_visit_as: Annotated[str, typer.Option("--same-visit", help="同一次外出已登记的一件的编号")] = "",
) -> None:
    """登记一件服务。"""
    command = RecordActivity(
        kind=kind,
        site=site,
        at=parse_moment(at) if at else None,
        person_id=person,
        village=village,
        place=place,
        reached=reached,
        matter=matter,
        outcome=outcome,
        document=document,
        pages=pages,
        number=number,
        same_visit_as=same_visit_as,
    )
    made = do(context, command)
    show(context, {"id": made}, lambda: f"已登记{kind}：{made}")


def correct(
    context: typer.Context,
    activity: Annotated[str, typer.Argument(metavar="编号", help="`activity list` 列出的编号")],
    reason: Annotated[str, typer.Option("--reason", help="更正的原因")],
    kind: Annotated[str | None, typer.Option("--kind", help="服务内容")] = None,
    village: Annotated[str | None, typer.Option("--village", help="村（社区）")] = None,
    place: Annotated[str | None, typer.Option("--place", help="地点")] = None,
    reached: Annotated[int | None, typer.Option("--reached", help="惠及人数")] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", help="结果")] = None,
) -> None:
    """更正一件服务，写明原因；原记录保留。"""
    command = CorrectActivity(
        id=activity,
        reason=reason,
        kind=kind,
        village=village,
        place=place,
        reached=reached,
        outcome=outcome,
    )
    show(context, {"id": do(context, command)}, lambda: "已更正，原记录保留。")


def _line(line: ActivityLine) -> str:
    told = (f"{line.at:%Y-%m-%d %H:%M}", line.site_name, line.kind, line.village, line.place)
    return f"{'　'.join(filter(None, told))}　{line.reached} 人\n    {line.id}"

"""Commands that check and publish rosters and write the poster for the wall."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.output import tell
from app.cli.session import ask, do, options_of, plain, show
from app.dates import ranges_text
from app.rules.roster.facts import RosterProblem, Severity
from app.safe_write import write_safely
from app.services.roster.accept_fill import AcceptFill
from app.services.roster.duty_board import DayBoard, DutyBoard, PrintDutyBoard
from app.services.roster.export_poster import ExportPoster, PosterFile
from app.services.roster.missing_rosters import MissingRoster, MissingRosters
from app.services.roster.month_view import RosterView
from app.services.roster.propose_fill import FillProposal, ProposeFill
from app.services.roster.publish_drafts import PublishDrafts
from app.services.roster.publish_roster import Published, PublishRoster
from app.services.roster.roster_month import RosterMonth
from app.services.roster.roster_problems import RosterProblems
from app.values import Month

_WORDS = {Severity.refuse: "不能发布", Severity.fault: "须处理", Severity.warn: "提醒"}
MonthOption = Annotated[str, typer.Option("--month", help="月份，如 2022-05")]
SiteOption = Annotated[str, typer.Option("--site", help="站点代码、全称或乡镇名；省略则为本单位各站点")]


def add(cli: typer.Typer) -> None:
    """Add `roster list`, `roster check`, `roster fill`, `roster publish`, `roster poster`, `roster missing`."""
    group = typer.Typer(help="排班：列出、检查、自动补齐、发布、公示表")
    group.command("list")(list_duties)
    group.command("check")(check)
    group.command("fill")(fill_month)
    group.command("publish")(publish)
    group.command("poster")(poster)
    group.command("board")(board)
    group.command("missing")(missing)
    cli.add_typer(group, name="roster")


def list_duties(
    context: typer.Context,
    month: MonthOption,
    site: Annotated[str, typer.Option("--site", help="站点代码、全称或乡镇名")],
) -> None:
    """列出一个站点一个月的班次和编号。"""
    found: RosterView = ask(context, RosterMonth(site, Month.parse(month)))
    document = [
        {
            "id": item.duty.id,
            "on": item.duty.on.isoformat(),
            "site": found.site,
            "name": item.duty.name,
            "person_id": item.duty.person_id,
            "time": ranges_text(item.duty.ranges),
            "kind": item.duty.kind.value,
            "state": item.state.value,
        }
        for item in found.duties
    ]
    lines = [
        "　".join((one["on"], one["time"], one["name"], one["kind"], one["state"], one["id"]))
        for one in document
    ]
    show(context, document, lambda: "\n".join(lines) or "没有班次。")


def check(context: typer.Context, month: MonthOption, site: SiteOption = "") -> None:
    """列出排班的问题；有不能发布的问题时退出码为 1。"""
    found: tuple[RosterProblem, ...] = ask(context, RosterProblems(Month.parse(month), site))
    refusals = [problem for problem in found if problem.is_refusal]
    document = {
        "month": month,
        "problems": [_document(problem) for problem in found],
        "refusals": len(refusals),
    }
    show(context, document, lambda: _listed(found))
    if refusals:
        tell(f"{refusals[0].code} {refusals[0].text}")
        raise typer.Exit(1)


def fill_month(
    context: typer.Context,
    month: MonthOption,
    site: SiteOption = "",
    accept: Annotated[bool, typer.Option("--accept", help="采纳全部建议，写成草稿")] = False,
) -> None:
    """为还没有人的班次建议值班人员；空着的班次说明原因。"""
    wanted = Month.parse(month)
    found: FillProposal = ask(context, ProposeFill(wanted, site))
    drafted = len(do(context, AcceptFill(wanted, found.seats)).made) if accept and found.seats else 0
    document = {
        "month": month,
        "seats": [
            {
                "site": seat.site,
                "on": seat.on.isoformat(),
                "time": ranges_text(seat.ranges),
                "person_id": seat.person_id,
                "name": seat.name,
            }
            for seat in found.seats
        ],
        "empty": [
            {"site": seat.name, "on": seat.on.isoformat(), "time": seat.hours, "reason": seat.reason}
            for seat in found.empty
        ],
        "best": found.is_best,
        "drafted": drafted,
    }
    show(context, document, lambda: "\n".join(_proposed(found, drafted)))


def publish(context: typer.Context, month: MonthOption, site: SiteOption = "") -> None:
    """发布排班草稿；重叠、请假、不具备条件的不能发布，其余只提醒。"""
    wanted = Month.parse(month)
    command: Any = PublishRoster(site, wanted) if site else PublishDrafts(wanted)
    found = do(context, command)
    made: tuple[Published, ...] = (found,) if site else found
    show(context, {"month": month, "published": [_version(one) for one in made]}, lambda: _announced(made))
    if not options_of(context).is_json:
        for problem in (problem for one in made for problem in one.warnings):
            tell(f"{_WORDS[problem.severity]} {problem.code} {problem.text}")


def board(
    context: typer.Context,
    site: Annotated[str, typer.Option("--site", help="站点代码、全称或乡镇名；省略为本单位")] = "",
    out: Annotated[Path | None, typer.Option("--file", help="另打印到这个 PDF 文件")] = None,
) -> None:
    """列出今日当班的人。"""
    found: DayBoard = ask(context, DutyBoard(site))
    if out is not None:
        write_safely(out, ask(context, PrintDutyBoard(site)).pdf)
    lines = [
        f"{line.state}　{line.hours}　{line.name}　{line.about}　{line.place}".rstrip()
        for line in found.lines
    ]
    show(context, found, lambda: "\n".join(lines) or "今天没有值班。")


def poster(
    context: typer.Context,
    month: MonthOption,
    site: Annotated[str, typer.Option("--site", help="站点代码、全称或乡镇名")],
    out: Annotated[Path, typer.Option("--out", help="要写的 PDF 或 XLSX 文件")],
) -> None:
    """导出值班公示表，带版次和校验码。"""
    written: PosterFile = do(context, ExportPoster(site, Month.parse(month), out))
    show(
        context,
        {
            "file": str(written.path),
            "version": written.version,
            "check_code": written.check_code,
            "warning": written.warning,
        },
        lambda: f"公示表已写到 {written.path}（第 {written.version} 版，校验码 {written.check_code}）",
    )
    if written.warning:
        tell(written.warning)


def missing(context: typer.Context, month: MonthOption) -> None:
    """列出一个月还没有发布排班的站点。"""
    found: tuple[MissingRoster, ...] = ask(context, MissingRosters(Month.parse(month)))
    document = [{"site": one.site, "name": one.name, "awaited": one.is_awaited} for one in found]
    show(
        context,
        document,
        lambda: (
            "\n".join(f"{one.name}　{'等站点报来' if one.is_awaited else '由本单位排'}" for one in found)
            or "各站点的排班都已发布。"
        ),
    )


def _proposed(found: FillProposal, drafted: int) -> Iterator[str]:
    yield found.words
    for seat in found.seats:
        yield "　".join((seat.on.isoformat(), seat.site_name, ranges_text(seat.ranges), seat.name))
    for empty in found.empty:
        yield "　".join((empty.on.isoformat(), empty.name, empty.hours, "空着", empty.reason))
    if drafted:
        yield f"已写成 {drafted} 班草稿，核对后发布。"


def _document(problem: RosterProblem) -> dict[str, object]:
    return {
        "code": problem.code,
        "text": problem.text,
        "severity": problem.severity.value,
        "site": problem.site,
        "on": plain(problem.on),
        "duty_id": problem.duty_id or None,
        "clause": problem.clause,
    }


def _version(one: Published) -> dict[str, object]:
    return {
        "site": one.site,
        "version": one.number,
        "duties": one.duties,
        "late": one.is_late,
        "backfilled": one.is_backfilled,
        "check_code": one.check_code,
        "warnings": [_document(problem) for problem in one.warnings],
    }


def _listed(found: tuple[RosterProblem, ...]) -> str:
    lines = [f"{_WORDS[problem.severity]} {problem.code} {problem.text}" for problem in found]
    return "\n".join(lines) or "没有发现问题。"


def _announced(made: tuple[Published, ...]) -> str:
    return "\n".join(
        f"{one.site_name}{one.month.words}已发布第 {one.number} 版，{one.duties} 班"
        + ("（补录）" if one.is_backfilled else "（晚于开班发布）" if one.is_late else "")
        + f"，校验码 {one.check_code}"
        for one in made
    )

"""Commands of supervision: telling people of evidence against them, taking what they say to it, drawing spot checks."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.services.supervision.draw_spot_checks import (
    AnnounceSpotDraw,
    RevealSpotDraw,
    SpotDrawOf,
    SpotDrawView,
)
from app.services.supervision.evidence_month import (
    ComplaintView,
    Evidence,
    EvidenceMonth,
    HearingState,
    SpotCheckView,
)
from app.services.supervision.hear_person import NotifyPerson, PersonNotified, RecordExplanation
from app.values import Month

PROCEDURES = {
    None: "不用说明",
    HearingState.to_notify: "待通知本人",
    HearingState.explanation_awaited: "待本人说明",
    HearingState.explanation_missed: "说明期已过",
    HearingState.explained: "已说明，待核实",
    HearingState.verified: "已核实",
}


def add(cli: typer.Typer) -> None:
    """Add `hear list`, `hear notify`, `hear explain` and `draw`."""
    group = typer.Typer(help="抽查、投诉的通知和说明", no_args_is_help=True)
    group.command("list")(list_evidence)
    group.command("notify")(notify)
    group.command("explain")(explain)
    cli.add_typer(group, name="hear")
    cli.command("draw")(draw)


def list_evidence(
    context: typer.Context,
    month: Annotated[str, typer.Option("--month", help="月份，如 2022-05")],
    site: Annotated[str, typer.Option("--site", help="站点代码，省略即全部")] = "",
) -> None:
    """列出一个月的抽查和投诉，以及通知、说明到了哪一步。"""
    found: Evidence = ask(context, EvidenceMonth(Month.parse(month), site))
    rows: list[SpotCheckView | ComplaintView] = [*found.checks, *found.complaints]
    document = [
        {
            "id": row.id,
            "kind": "complaint" if isinstance(row, ComplaintView) else "spot_check",
            "site": row.site,
            "name": row.name,
            "procedure": row.hearing.procedure.value if row.hearing.procedure else "",
            "due_on": row.hearing.said.due_on.isoformat() if row.hearing.said.due_on else "",
            "has_duty": bool(row.duty) if isinstance(row, SpotCheckView) else None,
        }
        for row in rows
    ]
    show(context, document, lambda: "\n".join(map(_line, rows)) or "这个月没有抽查和投诉。")


def notify(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="编号", help="`hear list` 列出的编号")],
) -> None:
    """记下已经通知本人，得到说明的期限。"""
    made: PersonNotified = do(context, NotifyPerson(subject))
    document = {"id": made.id, "due_on": made.due_on.isoformat()}
    show(context, document, lambda: f"已记下通知，本人应在 {made.due_on} 以前说明。")


def explain(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="编号", help="`hear list` 列出的编号")],
    text: Annotated[str, typer.Option("--text", help="本人怎么说")],
    brought_by: Annotated[str, typer.Option("--by", help="由谁送交，如 本人当面")],
) -> None:
    """登记本人的说明。"""
    made = do(context, RecordExplanation(subject, text, brought_by))
    show(context, {"id": made}, lambda: "已登记本人说明，由另一人核实。")


def _line(row: SpotCheckView | ComplaintView) -> str:
    what = row.verdict if isinstance(row, ComplaintView) else row.result
    due = f"期限 {row.hearing.said.due_on}" if row.hearing.said.due_on else ""
    parts = (f"{row.at:%m-%d %H:%M}", row.site_name, row.name, what, PROCEDURES[row.hearing.procedure], due)
    return "　".join(filter(None, (*parts, row.id)))


def draw(
    context: typer.Context,
    month: Annotated[str, typer.Argument(metavar="月份", help="如 2022-05")],
    is_announced: Annotated[bool, typer.Option("--announce", help="公布指纹，定下名单")] = False,
    is_revealed: Annotated[bool, typer.Option("--reveal", help="月底以后公布种子")] = False,
    count: Annotated[int, typer.Option("--count", help="抽几次，省略照规定")] = 0,
) -> None:
    """一个月的抽查抽签：公布指纹、公布种子，或者看到了哪一步。"""
    if is_announced:
        found: SpotDrawView = do(context, AnnounceSpotDraw(month, count))
    elif is_revealed:
        found = do(context, RevealSpotDraw(month))
    else:
        found = ask(context, SpotDrawOf(month))
    show(context, _draw_document(found), lambda: _draw_words(found))


def _draw_document(found: SpotDrawView) -> dict[str, object]:
    return {
        "month": found.month,
        "digest": found.digest,
        "seed": found.seed,
        "is_proved": found.is_proved,
        "count": found.count,
        "candidates": list(found.candidates),
        "gone": list(found.gone),
        "drawn": [{"candidate": one.candidate, "is_checked": one.is_checked} for one in found.drawn],
    }


def _draw_words(found: SpotDrawView) -> str:
    if not found.digest:
        return "这个月还没有公布指纹。"
    lines = [
        f"指纹 {found.digest}",
        f"名单 {len(found.candidates)} 个班次，抽 {found.count} 次",
        f"种子 {found.seed}，和指纹{'相符' if found.is_proved else '不符'}" if found.seed else "种子月底公布",
        *(f"抽中 {one.candidate}　{'已查' if one.is_checked else '待查'}" for one in found.drawn),
    ]
    return "\n".join(lines)

"""Commands of supervision: telling people of evidence against them, and taking what they say to it."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
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
    """Add `hear list`, `hear notify` and `hear explain`."""
    group = typer.Typer(help="抽查、投诉的通知和说明", no_args_is_help=True)
    group.command("list")(list_evidence)
    group.command("notify")(notify)
    group.command("explain")(explain)
    cli.add_typer(group, name="hear")


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

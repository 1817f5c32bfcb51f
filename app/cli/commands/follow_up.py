"""Commands for calling people about the service they had."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from app.cli.session import ask, do, show
from app.services.consultations.follow_up_list import FollowUpDesk, FollowUps
from app.services.consultations.rate_consultation import RateConsultation
from app.services.consultations.record_call import RecordCall
from app.values import Month, Rating


def add(cli: typer.Typer) -> None:
    """Add `follow list` and `follow record`."""
    group = typer.Typer(help="电话回访", no_args_is_help=True)
    group.command("list")(list_calls)
    group.command("record")(record)
    cli.add_typer(group, name="follow")


def list_calls(
    context: typer.Context,
    month: Annotated[str, typer.Option("--month", help="咨询的月份，如 2022-05")],
    site: Annotated[str, typer.Option("--site", help="站点代码、全称或乡镇名；省略为本单位各站点")] = "",
) -> None:
    """列出要回访的人、期限和结果。"""
    found: FollowUpDesk = ask(context, FollowUps(Month.parse(month), site))
    document = [
        {
            "id": line.id,
            "number": line.record.number,
            "site": line.record.site,
            "by": line.call.by.isoformat(),
            "why": line.call.why,
            "state": line.call.state.value,
            "calls": len(line.call.calls),
            "rating": line.call.rating,
        }
        for line in found.lines
    ]
    lines = [found.words] + [
        "　".join(
            (
                f"{line.call.by}",
                line.record.site_name,
                line.record.number,
                line.record.client,
                line.call.why,
                line.id,
            )
        )
        for line in found.lines
    ]
    show(context, document, lambda: "\n".join(lines))


def record(
    context: typer.Context,
    record_id: Annotated[str, typer.Argument(metavar="编号", help="`follow list` 列出的编号")],
    outcome: Annotated[
        str, typer.Argument(metavar="结果", help="满意、基本满意、不满意，或未接通、号码不对、不愿回答")
    ],
    note: Annotated[str, typer.Option("--note", help="对方怎么说")] = "",
) -> None:
    """登记一次回访。"""
    is_rating = outcome in set(Rating)
    command: Any = (
        RateConsultation(record_id, outcome, note, is_follow_up=True)
        if is_rating
        else RecordCall(record_id, outcome, note)
    )
    do(context, command)
    show(context, {"id": record_id, "outcome": outcome}, lambda: f"已登记：{outcome}")

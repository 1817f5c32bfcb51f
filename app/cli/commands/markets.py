"""Commands for market days and the mobile duties drafted for them."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.services.outreach.market_rules import AddMarket, DraftMarkets, EndMarket, Markets
from app.services.roster.copy_last_month import Copied
from app.values import Month

Id = Annotated[str, typer.Argument(metavar="编号", help="`market list` 列出的编号")]
Months = Annotated[str, typer.Option("--month", help="月份，如 2022-05")]


def add(cli: typer.Typer) -> None:
    """Add `market list`, `market add`, `market draft` and `market end`."""
    group = typer.Typer(help="赶集日", no_args_is_help=True)
    group.command("list")(list_markets)
    group.command("add")(add_point)
    group.command("draft")(draft)
    group.command("end")(end)
    cli.add_typer(group, name="market")


def list_markets(context: typer.Context, month: Months) -> None:
    """列出赶集日，这个月和下个月的。"""
    found = ask(context, Markets(Month.parse(month)))
    document = [
        {
            "id": one.id,
            "site": one.site,
            "place": one.place,
            "words": one.words,
            "hours": one.hours,
            "days": [{"on": day.on.isoformat(), "is_taken": day.is_taken} for day in one.days],
        }
        for one in found
    ]
    lines = [
        f"{one.site_name}　{one.place}　{one.words}　{one.hours}\n    {one.id}\n    "
        + "、".join(f"{day.on:%m-%d}{'（已排）' if day.is_taken else ''}" for day in one.days)
        for one in found
    ]
    show(context, document, lambda: "\n".join(lines) or "还没有登记赶集日。")


def add_point(
    context: typer.Context,
    place: Annotated[str, typer.Argument(metavar="场所", help="集市或场所")],
    cycle: Annotated[str, typer.Option("--cycle", help="农历、公历、每周")],
    days: Annotated[str, typer.Option("--days", help="逢三六九，或 5、15、25，或 周二、周五")],
    hours: Annotated[str, typer.Option("--hours", help="时段，如 09:00-12:00")],
    site: Annotated[str, typer.Option("--site", help="站点，省略为本单位")] = "",
) -> None:
    """登记一处赶集日。"""
    made = do(context, AddMarket(place, cycle, days, hours, site))
    show(context, {"id": made}, lambda: f"已登记赶集日：{made}")


def draft(
    context: typer.Context,
    market: Id,
    month: Months,
    person: Annotated[str, typer.Option("--person", help="值班人员的编号")],
) -> None:
    """按赶集日排流动值班，排成草稿。"""
    found: Copied = do(context, DraftMarkets(market, Month.parse(month), person))
    document = {"made": list(found.made), "kept": found.kept, "empty": len(found.empty)}
    lines = [f"排了 {len(found.made)} 次草稿，原来排好的 {found.kept} 次。"]
    lines += [f"{one.on} 没有排上：{one.reason}" for one in found.empty]
    show(context, document, lambda: "\n".join(lines))


def end(context: typer.Context, market: Id) -> None:
    """停用一处赶集日。"""
    show(context, {"id": do(context, EndMarket(market))}, lambda: "已停用。")

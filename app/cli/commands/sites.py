"""Commands that list and change the duty sites."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, opened, options_of, show
from app.clock import local_date
from app.dates import parse_date
from app.services.sites.add_site import AddSite
from app.services.sites.frequency import SetFrequency
from app.services.sites.site_list import SiteList, SiteView

site = typer.Typer(help="站点")
Reason = Annotated[str, typer.Option("--reason", help="理由")]


def add(cli: typer.Typer) -> None:
    """Add `site add|list|frequency`."""
    cli.add_typer(site, name="site")


@site.command("add")
def add_site(
    context: typer.Context,
    code: Annotated[
        str, typer.Option("--code", help="工作站填 9 位区划代码，中心填司法局代码加“-”和两位序号")
    ],
    name: Annotated[str, typer.Option("--name", help="全称")],
    kind: Annotated[str, typer.Option("--kind", help="市中心、县中心或工作站")],
) -> None:
    """新增方案之外的站点。"""
    made = do(context, AddSite(code, name, kind))
    show(context, {"code": made, "name": name, "kind": kind}, lambda: f"已新增站点 {name}（{made}）。")


@site.command("list")
def list_sites(
    context: typer.Context, every: Annotated[bool, typer.Option("--all", help="包括已停办的")] = False
) -> None:
    """列出站点、值班频次和接入情况。"""
    found = ask(context, SiteList(every))
    show(context, found, lambda: "\n".join(_line(one) for one in found))


@site.command("frequency")
def set_frequency(
    context: typer.Context,
    where: Annotated[str, typer.Argument(metavar="SITE", help="站点代码、全称或乡镇名")],
    times: Annotated[int, typer.Argument(help="每月值班次数")],
    reason: Reason,
    start: Annotated[str, typer.Option("--from", help="从哪天起，省略为今天")] = "",
) -> None:
    """设定站点的值班频次（偏离每周一次，须有理由）。"""
    with opened(options_of(context)) as (office, actor):
        today = local_date(options_of(context).clock.now().at)
        begins = parse_date(start) if start else today
        code = _code(office.ask(SiteList(), actor), where)
        office.do(SetFrequency(code, times, reason, begins), actor)
    document = {"site": code, "times_a_month": times, "valid_from": begins, "reason": reason}
    show(context, document, lambda: f"已设定 {where} 自 {begins} 起每月值班 {times} 次。")


def _code(sites: tuple[SiteView, ...], words: str) -> str:
    """The one site meant, or the words themselves, which are then refused."""
    found = [one.code for one in sites if words in (one.code, one.name, one.short_name)]
    return found[0] if len(found) == 1 else words


def _line(one: SiteView) -> str:
    closed = "" if one.is_active else "　已停办"
    return f"{one.code}　{one.name}　{one.kind}　{one.frequency}　{one.office}{closed}"

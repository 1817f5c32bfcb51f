"""Commands for the registers of people whom aid looks after."""

from __future__ import annotations

from typing import Annotated

import typer

from app.case_values import FocusEnd, FocusKind
from app.cli.session import ask, do, show
from app.dates import parse_date
from app.services.quality.focus_people import AddFocusPerson, FocusPeople, RemoveFocusPerson

Kind = Annotated[str, typer.Argument(metavar="名册", help="重点对象、联系卡、惠民卡、特殊困难人员")]


def add(cli: typer.Typer) -> None:
    """Add `focus list`, `focus add` and `focus remove`."""
    group = typer.Typer(help="重点人员名册", no_args_is_help=True)
    group.command("list")(list_people)
    group.command("add")(add_person)
    group.command("remove")(remove_person)
    cli.add_typer(group, name="focus")


def list_people(
    context: typer.Context,
    kind: Annotated[str, typer.Option("--kind", help="名册，省略为全部")] = "",
    words: Annotated[str, typer.Option("--words", help="姓名、卡号，或完整的证件号、电话")] = "",
    with_removed: Annotated[bool, typer.Option("--all", help="连同移出的")] = False,
) -> None:
    """列出名册上的人。"""
    found = ask(context, FocusPeople(kind=kind, words=words, with_removed=with_removed))
    document = [
        {
            "id": one.id,
            "kind": one.kind.value,
            "name": one.name,
            "category": one.category,
            "card": one.card,
            "since": one.since.isoformat(),
            "until": one.until.isoformat() if one.until else None,
            "ended": one.ended,
            "site": one.site_name,
        }
        for one in found
    ]
    lines = [
        "　".join(filter(None, (one.kind, one.name, one.category, one.card, str(one.since), one.ended)))
        + f"\n    {one.id}"
        for one in found
    ]
    show(context, document, lambda: "\n".join(lines) or "名册上没有人。")


def add_person(
    context: typer.Context,
    kind: Kind,
    name: Annotated[str, typer.Option("--name", help="姓名")],
    reason: Annotated[str, typer.Option("--reason", help="列入理由")],
    id_number: Annotated[str, typer.Option("--id-number", help="证件号")] = "",
    phone: Annotated[str, typer.Option("--phone", help="联系电话")] = "",
    address: Annotated[str, typer.Option("--address", help="住址")] = "",
    category: Annotated[str, typer.Option("--category", help="人员类别，如 无保户")] = "",
    card: Annotated[str, typer.Option("--card", help="惠民卡号")] = "",
    site: Annotated[str, typer.Option("--site", help="站点，省略为本单位")] = "",
    since: Annotated[str, typer.Option("--since", help="列入日期，省略为今天")] = "",
) -> None:
    """列入名册。"""
    if kind not in {one.value for one in FocusKind}:
        raise typer.BadParameter(f"没有“{kind}”，可写：{'、'.join(FocusKind)}")
    made = do(
        context,
        AddFocusPerson(
            kind=FocusKind(kind),
            name=name,
            reason=reason,
            id_number=id_number,
            phone=phone,
            address=address,
            category=category,
            card=card,
            site=site,
            since=parse_date(since) if since else None,
        ),
    )
    show(context, {"id": made}, lambda: f"已列入{kind}。")


def remove_person(
    context: typer.Context,
    person: Annotated[str, typer.Argument(metavar="编号", help="focus list 列出的编号")],
    ended_by: Annotated[str, typer.Option("--because", help="脱贫、迁出、死亡、到期、登记有误、其他")],
    until: Annotated[str, typer.Option("--until", help="移出日期")],
    reason: Annotated[str, typer.Option("--reason", help="说明")] = "",
) -> None:
    """移出名册，写明原因。"""
    if ended_by not in {one.value for one in FocusEnd}:
        raise typer.BadParameter(f"没有“{ended_by}”，可写：{'、'.join(FocusEnd)}")
    made = do(context, RemoveFocusPerson(person, parse_date(until), FocusEnd(ended_by), reason))
    show(context, {"id": made}, lambda: "已移出。")

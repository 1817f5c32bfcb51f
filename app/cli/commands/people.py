"""Commands that list the duty pool and link stations' proposals."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.services.people.link_person import AdoptPerson, LinkPerson, UnlinkPerson
from app.services.people.pool import Pool, PoolPerson
from app.services.people.suggestions import LinkSuggestion, LinkSuggestions

person = typer.Typer(help="值班人员库")
Proposal = Annotated[str, typer.Argument(help="站点登记的编号，见 person waiting")]


def add(cli: typer.Typer) -> None:
    """Add `person list|waiting|link|unlink|adopt`."""
    cli.add_typer(person, name="person")


@person.command("list")
def list_people(
    context: typer.Context,
    words: Annotated[str, typer.Argument(help="姓名、拼音首字母、尾号或电话，省略为全部")] = "",
    every: Annotated[bool, typer.Option("--all", help="包括已停用的")] = False,
) -> None:
    """列出值班人员（号码只显示部分）。"""
    found = ask(context, Pool(words, every))
    show(context, found, lambda: "\n".join(_line(one) for one in found))


@person.command("waiting")
def waiting(context: typer.Context) -> None:
    """列出站点登记、等待关联的人员和关联建议。"""
    found = ask(context, LinkSuggestions())
    show(context, found, lambda: "\n".join(_suggestion(one) for one in found) or "没有等待关联的人员。")


@person.command("link")
def link(
    context: typer.Context,
    proposal: Proposal,
    person_id: Annotated[str, typer.Argument(help="库里人员的编号，见 person list")],
    reason: Annotated[str, typer.Option("--reason", help="没有相同证号时须写明理由")] = "",
) -> None:
    """把站点登记的人员关联到库里的同一人。"""
    do(context, LinkPerson(proposal, person_id, reason))
    show(context, {"proposal": proposal, "person_id": person_id}, lambda: "已关联。")


@person.command("unlink")
def unlink(
    context: typer.Context, proposal: Proposal, reason: Annotated[str, typer.Option("--reason", help="理由")]
) -> None:
    """取消关联，两条登记恢复原样。"""
    do(context, UnlinkPerson(proposal, reason))
    show(context, {"proposal": proposal}, lambda: "已取消关联。")


@person.command("adopt")
def adopt(context: typer.Context, proposal: Proposal) -> None:
    """把站点登记的新人员收入值班人员库。"""
    person_id = do(context, AdoptPerson(proposal))
    show(context, {"proposal": proposal, "person_id": person_id}, lambda: f"已收入人员库，编号 {person_id}。")


def _line(one: PoolPerson) -> str:
    notes = [
        note
        for note, holds in (
            ("公职", one.is_public_servant),
            ("待关联", one.is_proposal),
            ("账户待复核", one.is_account_awaited),
            ("已停用", not one.is_active),
        )
        if holds
    ]
    return "　".join(
        filter(None, (one.id, one.name, one.kind, one.organisation, one.phone, *notes, one.against))
    )


def _suggestion(one: LinkSuggestion) -> str:
    words = (
        f"建议关联 {one.person_name}（{one.match}相同，{one.person_id}）"
        if one.person_id
        else "库里没有相近的人员"
    )
    alike = f"　可能重复：{'；'.join(one.alike)}" if one.alike else ""
    return f"{one.id}　{one.site_name}　{one.name}　{one.kind}　{words}{alike}"

"""Commands for the accounts that duty pay goes to: which wait for a second person, and that person's word."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.services.money.confirm_payee import AwaitedPayee, AwaitedPayees, ConfirmPayee

payee = typer.Typer(help="收款账户")


def add(cli: typer.Typer) -> None:
    """Add `payee list|confirm`."""
    cli.add_typer(payee, name="payee")


@payee.command("list")
def waiting(context: typer.Context) -> None:
    """列出等待复核的收款账户（账号只显示后四位）。"""
    found = ask(context, AwaitedPayees())
    show(context, found, lambda: "\n".join(_line(one) for one in found) or "没有等待复核的收款账户。")


@payee.command("confirm")
def confirm(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="姓名，或 payee list 列出的编号")],
    licence: Annotated[str, typer.Option("--licence", help="同名时填执业证号")] = "",
    end: Annotated[str, typer.Option("--end", help="本人账户资料上账号的后四位，不同即拒绝")] = "",
) -> None:
    """复核一人的收款账户；须由登记人以外的账号办理，复核后才能发放。"""
    found: AwaitedPayee = do(context, ConfirmPayee(name, licence, end))
    document = {"person_id": found.person_id, "name": found.name, "account": found.account}
    show(context, document, lambda: f"已复核 {found.name} 的收款账户 {found.bank_name} {found.account}。")


def _line(one: AwaitedPayee) -> str:
    note = "由您登记，须另一人复核" if one.is_mine else ""
    parts = (
        one.person_id,
        one.name,
        one.organisation,
        one.bank_name,
        one.account,
        f"登记：{one.origin}",
        note,
    )
    return "　".join(filter(None, parts))

"""Commands for the accounts that pay goes to, people's and firms': which wait for a second person, and that person's word."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.session import ask, do, show
from app.services.money.confirm_payee import AwaitedPayee, AwaitedPayees, ConfirmPayee
from app.services.money.firm_accounts import (
    ConfirmFirmAccount,
    FirmAccounts,
    FirmAccountView,
    SetFirmAccount,
)

payee = typer.Typer(help="收款账户")


def add(cli: typer.Typer) -> None:
    """Add `payee list|confirm|firms|set-firm|confirm-firm`."""
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


@payee.command("firms")
def firms(context: typer.Context) -> None:
    """列出承办单位的收款账户（账号只显示后四位）。"""
    found = ask(context, FirmAccounts())
    show(context, found, lambda: "\n".join(map(_firm, found)) or "人员库里还没有承办单位。")


@payee.command("set-firm")
def set_firm(
    context: typer.Context,
    firm: Annotated[str, typer.Argument(metavar="单位", help="承办单位全称，与案件上的一致")],
    bank: Annotated[str, typer.Option("--bank", help="开户行，两项都省略即去掉账户")] = "",
    account: Annotated[str, typer.Option("--account", help="银行账号")] = "",
    reason: Annotated[str, typer.Option("--reason", help="变更理由")] = "",
) -> None:
    """登记一家承办单位的收款账户，须另一人复核。"""
    made = do(context, SetFirmAccount(firm, bank, account, reason))
    show(context, {"id": made}, lambda: f"已登记 {firm} 的收款账户，请另一人复核。")


@payee.command("confirm-firm")
def confirm_firm(
    context: typer.Context,
    firm: Annotated[str, typer.Argument(metavar="单位", help="承办单位全称")],
    end: Annotated[str, typer.Option("--end", help="单位账户资料上账号的后四位，不同即拒绝")] = "",
) -> None:
    """复核一家承办单位的收款账户；须由登记人以外的账号办理。"""
    found: FirmAccountView = do(context, ConfirmFirmAccount(firm, end))
    show(context, found, lambda: f"已复核 {found.firm} 的收款账户 {found.bank_name} {found.account}。")


def _firm(one: FirmAccountView) -> str:
    note = "由您登记，须另一人复核" if one.is_mine and one.state == "待复核" else ""
    return "　".join(filter(None, (one.firm, one.bank_name, one.account, one.state or "没有账户", note)))


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

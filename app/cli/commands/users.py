"""Commands that add, disable and reset accounts."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.session import ask, do, no_password, password_in, show
from app.services.security.accounts import Accounts, AddAccount, DisableAccount, ResetPassword
from app.services.security.hand_over import HandOver
from app.values import Role

NEW_PASSWORD_VARIABLE = "HUIMIN_NEW_PASSWORD"
"""Name of the environment variable, never a password."""
NEW_PASSWORD_HELP = f"新密码所在文件；省略时取环境变量 {NEW_PASSWORD_VARIABLE}，再省略时在终端询问"
NewPasswordFile = Annotated[Path | None, typer.Option("--new-password-file", help=NEW_PASSWORD_HELP)]
Name = Annotated[str, typer.Argument(help="登录名")]
user = typer.Typer(help="账号")


def add(cli: typer.Typer) -> None:
    """Add `user add|disable|hand-over|reset|list`."""
    cli.add_typer(user, name="user")


@user.command("add")
def add_user(
    context: typer.Context,
    name: Name,
    role: Annotated[
        list[str] | None, typer.Option("--role", help="、".join(Role) + "；可重复给出，默认工作人员")
    ] = None,
    title: Annotated[str, typer.Option("--title", help="显示的姓名")] = "",
    new_password_file: NewPasswordFile = None,
) -> None:
    """新增账号。"""
    roles = tuple(_role(one) for one in role or [Role.clerk.value])
    do(context, AddAccount(name, new_password(new_password_file), roles, title))
    show(context, {"name": name, "roles": roles}, lambda: f"已新增账号“{name}”（{'、'.join(roles)}）。")


@user.command("disable")
def disable_user(context: typer.Context, name: Name) -> None:
    """停用账号。"""
    do(context, DisableAccount(name))
    show(context, {"name": name, "is_active": False}, lambda: f"已停用账号“{name}”。")


@user.command("hand-over")
def hand_over_user(
    context: typer.Context,
    name: Name,
    to: Annotated[str, typer.Option("--to", help="接手的人的登录名")],
    role: Annotated[list[str] | None, typer.Option("--role", help="一并交出的角色；可重复给出")] = None,
) -> None:
    """工作交接：没有填完的表和角色交给另一个账号，再停用。"""
    done = do(context, HandOver(name, to, tuple(role or ())))
    kept = f"；{done.kept} 张他自己也在填，没有转" if done.kept else ""
    show(context, done, lambda: f"已交接：转了 {done.drafts} 张没有填完的表{kept}。账号“{name}”已停用。")


@user.command("reset")
def reset_user(context: typer.Context, name: Name, new_password_file: NewPasswordFile = None) -> None:
    """给账号设新密码；停用的账号随之恢复。"""
    do(context, ResetPassword(name, new_password(new_password_file)))
    show(context, {"name": name, "is_active": True}, lambda: f"已为账号“{name}”设新密码。")


@user.command("list")
def list_users(context: typer.Context) -> None:
    """列出账号。"""
    found = ask(context, Accounts())
    lines = [
        f"{one.name}　{one.display_name}　{'、'.join(one.roles)}{'' if one.is_active else '　已停用'}"
        for one in found
    ]
    show(context, found, lambda: "\n".join(lines))


def new_password(file: Path | None) -> str:
    """The password an account gets, never that of who gives it. Raises Refused E014, E015."""
    if file is not None:
        return password_in(file)
    if NEW_PASSWORD_VARIABLE in os.environ:
        return os.environ[NEW_PASSWORD_VARIABLE]
    if sys.stdin.isatty():
        return str(typer.prompt("新密码", hide_input=True, confirmation_prompt=True, err=True))
    raise no_password("--new-password-file", NEW_PASSWORD_VARIABLE)


def _role(words: str) -> str:
    """A role by its Chinese word or its English name; anything else is left to be refused."""
    return Role[words].value if words in Role.__members__ else words

"""The command that moves an office's tables to a PostgreSQL server, or back into its data directory."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.session import (
    TerminalProgress,
    account_name,
    no_password,
    options_of,
    password,
    password_in,
    show,
)
from app.errors import Refused
from app.models.server_address import read_address
from app.services.office.move import Move, move_office
from app.services.office.office import need_office

FILE = "sqlite"
SERVER_PASSWORD_VARIABLE = "HUIMIN_SERVER_PASSWORD"
"""Name of the environment variable, never a password."""
office = typer.Typer(help="数据库放在哪里")


def add(cli: typer.Typer) -> None:
    """Add `office move`."""
    cli.add_typer(office, name="office")


@office.callback()
def _group() -> None:
    """数据库放在哪里。"""


@office.command("move")
def move(
    context: typer.Context,
    to: Annotated[str, typer.Option("--to", help="postgresql://用户@主机:端口/数据库；搬回本机写 sqlite")],
    server_password_file: Annotated[
        Path | None, typer.Option("--server-password-file", help="数据库用户的密码在哪个文件")
    ] = None,
) -> None:
    """把全部数据搬到 PostgreSQL 服务器，或搬回本机；先备份，逐行核对后才改用。"""
    options = options_of(context)
    need_office(options.data)
    wanted = _wanted(to, server_password_file)
    moved = move_office(
        options.data,
        account_name(options),
        password(options),
        wanted,
        options.clock,
        TerminalProgress().step,
    )
    show(
        context,
        moved,
        lambda: (
            f"已搬到 {moved.place}：{moved.tables} 张表，{moved.rows} 行，逐行核对一致。"
            f"搬之前的备份：{moved.backup}"
        ),
    )


def _wanted(to: str, file: Path | None) -> Move:
    """Raises Refused E986, E996 of the address, E014 of the file, E015 where no password is given."""
    if to == FILE:
        return Move(address=None)
    address, written = read_address(to)
    if written:
        raise Refused(
            "E996", "数据库地址里不要写密码，会留在命令记录里；请用 --server-password-file 给出。", field="to"
        )
    found = password_in(file) if file else os.environ.get(SERVER_PASSWORD_VARIABLE)
    if found is None and sys.stdin.isatty():
        found = str(typer.prompt(f"数据库用户 {address.user} 的密码", hide_input=True, err=True))
    if found is None:
        raise no_password("--server-password-file", SERVER_PASSWORD_VARIABLE)
    return Move(address=address, password=found)

"""Gathers the commands and their common options."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from app import __version__
from app.cli.output import answer
from app.cli.session import Options
from app.cli.where import holder_of
from app.clock import SystemClock
from app.paths import default_data_dir
from app.registry import modules_below

COMMANDS = "app.cli.commands"
WITH_VALUE = ("--data-dir", "--user", "--password-file")
"""The common options that take a value."""
cli = typer.Typer(
    name="huimin",
    help="惠民法律服务台",
    add_completion=False,
    pretty_exceptions_enable=False,
)


@cli.callback(invoke_without_command=True)
def common(
    context: typer.Context,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="数据目录")] = None,
    user: Annotated[str, typer.Option("--user", help="登录名，只有一个账号时可省略")] = "",
    password_file: Annotated[Path | None, typer.Option("--password-file", help="密码文件")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="标准输出只给一个 JSON 文档")] = False,
    version: Annotated[bool, typer.Option("--version", help="显示程序版本")] = False,
) -> None:
    """惠民法律服务台：不带命令时打开办公窗口。"""
    if version:
        answer(__version__)
        raise typer.Exit
    context.obj = Options(data_dir or default_data_dir(), user, password_file, as_json, SystemClock())
    if context.invoked_subcommand is None:
        from app.main import open_office_window

        raise typer.Exit(open_office_window(context.obj.data))


@cli.command("kiosk")
def kiosk(context: typer.Context) -> None:
    """打开签到台。"""
    from app.main import open_kiosk_window

    raise typer.Exit(open_kiosk_window(context.obj.data))


def opens_window(arguments: Sequence[str]) -> bool:
    """Whether only common options are given, so that no command needs to be loaded before the window shows."""
    return not _without_common(arguments)


def _without_common(arguments: Sequence[str]) -> list[str]:
    """What stands behind the common options that take a value; other common ones are left where they are."""
    rest = list(arguments)
    while rest and rest[0].split("=")[0] in WITH_VALUE:
        rest = rest[1 if "=" in rest[0] else 2 :]
    return rest


def common_first(arguments: Sequence[str]) -> list[str]:
    """The arguments with the common options before the command, wherever they were typed; what follows `--` stays."""
    common: list[str] = []
    others: list[str] = []
    rest = list(arguments)
    while rest and rest[0] != "--":
        name = rest[0].split("=")[0]
        width = 2 if name in WITH_VALUE and "=" not in rest[0] else 1
        (common if name in (*WITH_VALUE, "--json") else others).extend(rest[:width])
        rest = rest[width:]
    return [*common, *others, *rest]


def add_commands(arguments: Sequence[str] = ()) -> typer.Typer:
    """The command line with every command, or with those of one module where the arguments name one of its commands.

    Every module of app.cli.commands adds its own through `add(cli)`.
    """
    words = [one for one in _without_common(arguments) if one != "--json"]
    holder = holder_of(words[0]) if words else None
    found = (import_module(f"{COMMANDS}.{holder}"),) if holder else modules_below(COMMANDS)
    for module in found:
        _add(module)
    return cli


@cache
def _add(module: ModuleType) -> None:
    """A module adds its commands once in a process."""
    if hasattr(module, "add"):
        module.add(cli)

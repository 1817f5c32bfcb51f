"""The command that files of the program are opened with from the desktop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.session import options_of


def add(cli: typer.Typer) -> None:
    """Add `open`."""
    cli.command("open")(open_file)


def open_file(
    context: typer.Context, file: Annotated[Path | None, typer.Argument(help="上报包、备份、更新等")] = None
) -> None:
    """打开窗口；给了文件的，登录后到它该去的那一页。"""
    from app.main import open_office_window

    raise typer.Exit(open_office_window(options_of(context).data, file))

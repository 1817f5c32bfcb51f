"""The command that tries everything on this machine; installers run it last, technicians first."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from app.cli.session import options_of, plain, show
from app.errors import Refused
from app.paths import DataDir
from app.services.self_test.check import Check, self_test


def add(cli: typer.Typer) -> None:
    """Add `self-test`."""
    cli.command("self-test")(test)


def test(
    context: typer.Context,
    windows: Annotated[bool, typer.Option("--windows", help="也试开窗口、列出打印机")] = False,
) -> None:
    """自检：在这台电脑上把程序要用到的都试一遍，不动办公数据。"""
    options = options_of(context)
    found = self_test(options.data, options.clock, _window_checks() if windows else ())
    lines = [f"{'✓' if item.is_good else '✕'} {item.title}：{item.text}" for item in found]
    document = {"is_good": all(item.is_good for item in found), "items": plain(found)}
    show(context, document, lambda: "\n".join(lines))
    bad = [item.title for item in found if not item.is_good]
    if bad:
        raise Refused("E979", f"自检有 {len(bad)} 项不过：{'、'.join(bad)}。请照上面的说明处理，再自检一次。")


def _window_checks() -> tuple[tuple[str, str, Check], ...]:
    return (("windows", "窗口", _check_window), ("printers", "打印机", _check_printers))


def _check_window() -> str:
    """The first window opens; in a directory of its own, so that no office is opened."""
    from app.main import check_windows

    with TemporaryDirectory() as folder:
        found = check_windows(DataDir(Path(folder) / "试开"))
    return f"能打开，{found.seconds} 秒"


def _check_printers() -> str:
    """None is no fault."""
    from app.ui.printing import printer_names

    return "、".join(printer_names()) or "没有装打印机，可以先存成 PDF"

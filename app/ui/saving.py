"""Asks where a file is to be written, and offers another name when that one is open elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app.safe_write import CannotWrite
from app.ui.page import PageView

Write = Callable[[Path, Callable[[Exception], None]], object]
"""Writes to a path; a failure goes to the second part."""


def save_as(page: PageView, name: str, kinds: str, write: Write) -> None:
    """Ask where, then write; E501 stands in the page's banner with the second name to press."""
    chosen, kind = QFileDialog.getSaveFileName(page, "导出", name, kinds)
    if chosen:
        write_to(page, with_ending(Path(chosen), kind), write)


def write_to(page: PageView, path: Path, write: Write) -> None:
    """Write to a path that is known."""
    page.head.clear_banner()
    write(path, lambda error: _failed(page, error, write))


def with_ending(path: Path, kind: str) -> Path:
    """The path with the ending of the chosen kind, such as `PDF (*.pdf)`, where none was typed."""
    ending = kind.partition("*")[2].partition(")")[0].partition(" ")[0]
    return path if path.suffix or not ending else path.with_name(path.name + ending)


def _failed(page: PageView, error: Exception, write: Write) -> None:
    second = error.second if isinstance(error, CannotWrite) else None
    if second is None:
        page.fail(error)
        return
    page.head.show_banner(
        str(page.desk.say(error)), "fault", {f"另存为“{second.name}”": lambda: write_to(page, second, write)}
    )

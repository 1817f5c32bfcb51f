"""Writes and shows the papers of money from any of its pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.documents.form import form
from app.documents.text_pdf import Letter, letter_pdf
from app.ui.page import PageView
from app.ui.saving import save_as

KINDS = "Excel 工作簿 (*.xlsx);;PDF (*.pdf)"


def save_sheet(page: PageView, name: str, command: Callable[[Path], Any]) -> None:
    """Ask where, then write; the file's faults stand in the page's banner."""
    save_as(
        page,
        name,
        KINDS,
        lambda path, failed: page.desk.runner.do(
            command(path), lambda written: _written(page, written), failed, title="正在导出"
        ),
    )


def show_pdf(page: PageView, key: str, data: Any, name: str) -> None:
    """Draw a paper away from the window, then show it as it will be printed."""
    made = form(key)
    page.desk.runner.work(
        lambda _progress: made.draw(data).pdf,
        lambda pdf: _preview(page, pdf, made.title, name),
        page.fail,
        title=f"生成{made.title}",
        owner=page,
    )


def show_letter(page: PageView, letter: Letter, name: str) -> None:
    """Draw a letter away from the window, then show it as it will be printed."""
    page.desk.runner.work(
        lambda _progress: letter_pdf(letter).pdf,
        lambda pdf: _preview(page, pdf, letter.title, name),
        page.fail,
        title=f"生成{letter.title}",
        owner=page,
    )


def _preview(page: PageView, pdf: bytes, title: str, name: str) -> None:
    from app.ui.widgets.preview import Preview

    Preview(pdf, title, name, page).exec()


def _written(page: PageView, written: Any) -> None:
    page.done(f"已导出 {written.path.name}")
    if written.warning:
        page.head.show_banner(written.warning, "due")

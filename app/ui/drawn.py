"""Shows a drawn paper as it will be printed, with a word about characters that no font has."""

from __future__ import annotations

from app.documents.drawn import DrawnPaper
from app.ui.page import PageView
from app.ui.widgets.preview import Preview


def show_drawn(page: PageView, drawn: DrawnPaper) -> Preview:
    """The preview, opened over the page; its title is the first word of the file's name."""
    if drawn.missing:
        page.head.show_banner(
            f"有 {len(drawn.missing)} 个字没有字形，打印前请核对：{'、'.join(drawn.missing)}", "due"
        )
    made = Preview(drawn.pdf, drawn.file_name.partition(" ")[0].removesuffix(".pdf"), drawn.file_name, page)
    made.open()
    return made

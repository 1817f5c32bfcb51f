"""The columns in which the papers of a case are listed, numbered as they are bound; a line is (place, paper)."""

from __future__ import annotations

from app.services.cases.case_file import FiledPaper
from app.ui.widgets.table_model import Column


def paper_words(paper: FiledPaper) -> str:
    """What stands below a paper's title: 文号, pages of a scan, day."""
    return "　".join(
        filter(
            None, (paper.number.strip(), f"扫描件 {paper.pages} 页" if not paper.is_form else "", paper.on)
        )
    )


PAPER_COLUMNS = (
    Column("place", "序", 36, "muted", value=lambda one: f"{one[0]}", is_sortable=False),
    Column(
        "title",
        "材料",
        0,
        value=lambda one: one[1].title,
        sub=lambda one: paper_words(one[1]),
        sub_lines=1,
        is_sortable=False,
    ),
)

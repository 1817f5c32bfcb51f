"""Every workbook the demonstration writes, opened and printed by LibreOffice: nothing lost, nothing over its neighbour."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import openpyxl
import pdfplumber
import pytest

from app.demo.run import DemoOrder, run_demo

MOST_OVERLAP = 0.35
"""Of the smaller of two signs' boxes; signs beside each other touch."""
LEAST_ROWS = 2
"""Lines of text on a last page."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """Workbook → what LibreOffice prints of it."""
    folder = tmp_path_factory.mktemp("documents")
    run_demo(DemoOrder(folder / "demo", is_small=True, has_pictures=False), lambda _words: None)
    books = sorted((folder / "demo" / "documents").glob("*.xlsx"))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    call = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *map(str, books),
    ]
    subprocess.run(call, check=True, capture_output=True, timeout=300)
    assert len(books) > 10
    return {book: folder / f"{book.stem}.pdf" for book in books}


@pytest.mark.desk
def test_p46_every_text_of_a_workbook_is_printed(printed: dict[Path, Path]) -> None:
    lost = {}
    for book, file in printed.items():
        page: Any = openpyxl.load_workbook(book).worksheets[0]
        with pdfplumber.open(file) as paper:
            found = Counter(sign["text"] for sheet in paper.pages for sign in sheet.chars)
            count = len(paper.pages)
        rows = list(page.iter_rows(values_only=True))
        first, last = (int(part.strip("$")) for part in page.print_title_rows.split(":"))
        wanted = _signs(chain(rows, *([rows[first - 1 : last]] * (count - 1))))
        if missing := wanted - found:
            lost[book.name] = dict(missing)
    assert not lost


@pytest.mark.desk
def test_no_sign_is_printed_over_another(printed: dict[Path, Path]) -> None:
    clashes = []
    for book, file in printed.items():
        with pdfplumber.open(file) as paper:
            for number, sheet in enumerate(paper.pages, 1):
                clashes += [f"{book.name} {number}: {pair}" for pair in _overlaps(sheet.chars)]
    assert not clashes


@pytest.mark.desk
def test_no_last_page_stands_almost_empty(printed: dict[Path, Path]) -> None:
    for book, file in printed.items():
        with pdfplumber.open(file) as paper:
            lines = {round(sign["top"]) for sign in paper.pages[-1].chars}
        assert len(lines) > LEAST_ROWS + 1, book.name


def _signs(rows: Iterable[Sequence[object]]) -> Counter[str]:
    """The signs of all texts; figures are written as their formats say, and are not counted here."""
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    return Counter(sign for text in texts for sign in text if not sign.isspace())


def _overlaps(signs: Sequence[dict[str, Any]]) -> list[str]:
    """Pairs of signs whose boxes cover each other by more than touching does."""
    seen = sorted((one for one in signs if not one["text"].isspace()), key=lambda one: float(one["x0"]))
    found = []
    for at, one in enumerate(seen):
        for other in seen[at + 1 :]:
            if other["x0"] >= one["x1"]:
                break
            wide = min(one["x1"], other["x1"]) - other["x0"]
            high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            least = min(_area(one), _area(other))
            if high > 0 and wide * high > MOST_OVERLAP * least:
                found.append(f"{one['text']} {other['text']}")
    return found


def _area(sign: dict[str, Any]) -> float:
    return float((sign["x1"] - sign["x0"]) * (sign["bottom"] - sign["top"]))

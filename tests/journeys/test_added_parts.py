"""A report, a form, a page and a setting are each added in one place; screen, XLSX, PDF and command line follow."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
from openpyxl import load_workbook

from tests.journeys.added_parts import STEPS, Extended, extend
from tests.journeys.cli_inside import PEOPLE
from tests.journeys.office_runner import write_sheet


def test_each_part_is_added_in_one_place(tmp_path: Path) -> None:
    office = Extended(extend(tmp_path / "tree"))
    office.huimin("init", "--pack", "yuncheng-2022", "--site", "140802", "--admin", "admin")
    people = [["卫明", "律师", "1"], ["孙丽", "律师", "2"], ["赵新", "基层法律服务工作者", "3"]]
    office.huimin("import", "people", write_sheet(tmp_path / "people.xlsx", PEOPLE, people))

    listed = {one["key"]: one["title"] for one in json.loads(office.huimin("--json", "report"))}
    assert listed["kinds"] == "人员类别统计"
    book, paper = tmp_path / "kinds.xlsx", tmp_path / "kinds.pdf"
    for file in (book, paper):
        office.huimin("report", "kinds", "--period", "2022", "--out", file)
    cells = [row for row in load_workbook(book).active.iter_rows(values_only=True) if row[0]]
    assert ("基层法律服务工作者", 1) in cells and ("律师", 2) in cells
    assert "人员类别统计" in words_of(paper) and "基层法律服务工作者" in words_of(paper)

    notice, picture = tmp_path / "notice.pdf", tmp_path / "count.png"
    told = json.loads(office.python(STEPS, office.data, office.password, notice, picture))
    assert words_of(notice).strip() == "今日有律师值班"
    assert told["titles"][-1] == "人数" and {"3 人", "您好"} <= set(told["said"])
    assert picture.stat().st_size > 10_000


def words_of(pdf: Path) -> str:
    """The text of the first page, as another program reads it."""
    document = pypdfium2.PdfDocument(pdf)
    text: str = document[0].get_textpage().get_text_range()
    document.close()
    return text

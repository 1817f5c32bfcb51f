"""Workbooks of any kind: read as offices send them, all or nothing, marked, and undone whole."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from app.cli.commands.importing import KINDS
from app.errors import Refused
from app.services.importing.batches import ImportBatches
from app.services.importing.import_workbook import ImportWorkbook, import_kinds
from app.services.importing.kind import ImportReport
from app.services.importing.template import write_template
from app.services.importing.undo import UndoImport
from app.services.people.pool import Pool
from tests.services.conftest import Desk

pytestmark = pytest.mark.both_engines

HEADINGS = ["姓名", "人员类别", "是否公职", "所属机构", "执业证号", "联系电话", "身份证号"]


def row(name: str, licence: Any, **changed: Any) -> list[Any]:
    values = {
        "姓名": name,
        "人员类别": "律师",
        "是否公职": "否",
        "所属机构": "明理律师事务所",
        "执业证号": licence,
        "联系电话": "13900001111",
        "身份证号": "",
        **changed,
    }
    return [values[heading] for heading in HEADINGS]


def sheet(path: Path, rows: list[list[Any]], headings: list[str] = HEADINGS) -> Path:
    book = Workbook()
    active = book.worksheets[0]
    active.append(headings)
    for values in rows:
        active.append(values)
    book.save(path)
    return path


def take(desk: Desk, path: Path, **options: bool) -> ImportReport:
    report: ImportReport = desk.do(ImportWorkbook("people", path, **options))
    return report


def test_one_refused_row_stores_nothing_and_is_marked(county: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path / "人员.xlsx", [row("卫明", "1"), row("孙丽", "2", 人员类别="厨师")])
    before = path.read_bytes()
    report = take(county, path)
    assert not report.is_stored
    assert [(fault.row, fault.column) for fault in report.refused] == [(3, "人员类别")]
    assert county.ask(Pool()) == ()
    marked = load_workbook(report.marked_copy).worksheets[0]
    assert report.refused[0].code in str(marked.cell(3, len(HEADINGS) + 1).value)
    assert path.read_bytes() == before


def test_skip_bad_stores_the_good_rows(county: Desk, tmp_path: Path) -> None:
    report = take(
        county,
        sheet(tmp_path / "a.xlsx", [row("卫明", "1"), row("孙丽", "2", 人员类别="厨师")]),
        skip_bad=True,
    )
    assert (report.is_stored, report.accepted, len(report.refused)) == (True, 1, 1)
    assert [person.name for person in county.ask(Pool())] == ["卫明"]


def test_a_dry_run_stores_nothing(county: Desk, tmp_path: Path) -> None:
    report = take(county, sheet(tmp_path / "a.xlsx", [row("卫明", "1")]), is_dry_run=True)
    assert (report.accepted, report.is_stored, report.id) == (1, False, "")
    assert county.ask(Pool()) == ()


def test_p43_an_import_is_undone_whole_and_doubles_do_not_come_in(county: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", [row("卫明", "1"), row("孙丽", "2"), row("卫明", "1")])
    report = take(county, path)
    assert (report.accepted, report.unchanged) == (2, 1)
    assert county.do(UndoImport(report.id)) == 2
    assert county.ask(Pool()) == ()
    with pytest.raises(Refused, match="E233"):
        county.do(UndoImport(report.id))
    with pytest.raises(Refused, match="E232"):
        county.do(UndoImport("nothing"))


def test_p41_a_gbk_csv_without_a_mark_is_read(county: Desk, tmp_path: Path) -> None:
    path = tmp_path / "人员.csv"
    with path.open("w", encoding="gbk", newline="") as out:
        csv.writer(out).writerows([HEADINGS, row("卫明", "11408201510000001")])
    assert take(county, path).accepted == 1
    assert [person.name for person in county.ask(Pool())] == ["卫明"]


def test_p42_a_number_whose_last_digits_are_gone_is_refused(county: Desk, tmp_path: Path) -> None:
    report = take(county, sheet(tmp_path / "a.xlsx", [row("卫明", "1", 身份证号=140521199003070014)]))
    assert [(fault.column, fault.code) for fault in report.refused] == [("身份证号", "E230")]


def test_p44_text_that_looks_like_a_formula_stays_text(county: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", [row("卫明", "1", 所属机构="@SUM(1)律师事务所")])
    take(county, path)
    assert [person.organisation for person in county.ask(Pool())] == ["@SUM(1)律师事务所"]


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        (["甲", "乙"], "E221"),
        ([*HEADINGS, "备注二"], "E222"),
        ([*HEADINGS, "姓名"], "E223"),
        (["所属机构"], "E224"),
    ],
)
def test_wrong_headings_are_named(county: Desk, tmp_path: Path, headings: list[str], code: str) -> None:
    with pytest.raises(Refused, match=code):
        take(county, sheet(tmp_path / "a.xlsx", [], headings))


def test_what_is_no_workbook_is_said_plainly(county: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("不是表格")
    with pytest.raises(Refused, match="E226"):
        take(county, tmp_path / "a.xlsx")
    with pytest.raises(Refused, match="E225"):
        take(county, tmp_path / "nowhere.xlsx")
    with pytest.raises(Refused, match="E229"):
        county.do(ImportWorkbook("weather", tmp_path / "a.xlsx"))


def test_a_kind_is_found_by_the_name_of_its_module_and_loads_no_other() -> None:
    assert {key: kind.key for key, kind in import_kinds().items()} == {key: key for key in import_kinds()}
    code = (
        "import sys; from app.services.importing.import_workbook import KINDS, import_kind\n"
        "import_kind('focus'); print([one for one in sys.modules if one.startswith(f'{KINDS}.')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout == "['app.services.importing.kinds.focus']\n"


def test_the_help_of_the_command_names_every_kind() -> None:
    assert set(KINDS.split()) == set(import_kinds())


def test_every_kind_has_a_template_that_its_own_import_accepts(county: Desk, tmp_path: Path) -> None:
    assert set(import_kinds()) == {
        "people",
        "roster",
        "attendance",
        "spotchecks",
        "consultations",
        "complaints",
        "cases",
        "standards",
        "funds",
        "provincial",
        "focus",
        "activities",
    }
    for key in import_kinds():
        path = tmp_path / f"{key}.xlsx"
        write_template(key, path)
        report = county.do(ImportWorkbook(key, path, is_dry_run=True))
        assert (report.accepted, report.refused) == (0, ())


def test_p43_imports_are_listed_newest_first_and_say_when_undone(county: Desk, tmp_path: Path) -> None:
    first = take(county, sheet(tmp_path / "一.xlsx", [row("卫明", "1")]))
    county.clock.advance(timedelta(hours=1))
    take(
        county,
        sheet(tmp_path / "二.xlsx", [row("孙丽", "2"), row("卫明", "1"), row("王", "3", 人员类别="厨师")]),
        skip_bad=True,
    )
    county.do(UndoImport(first.id))
    newest, oldest = county.ask(ImportBatches())
    assert (newest.kind, newest.file, newest.by) == ("值班人员", "二.xlsx", "管理员")
    assert (newest.accepted, newest.unchanged, newest.refused, newest.is_undone) == (1, 1, 1, False)
    assert oldest.id == first.id and oldest.is_undone
    assert county.ask(ImportBatches("roster")) == ()


def test_a_marked_copy_that_is_in_the_way_gets_another_name(county: Desk, tmp_path: Path) -> None:
    (tmp_path / "a-已标注.xlsx").mkdir()
    report = take(county, sheet(tmp_path / "a.xlsx", [row("孙丽", "2", 人员类别="厨师")]))
    assert Path(report.marked_copy).name == "a-已标注 (2).xlsx"


def test_every_kind_says_what_it_is_for() -> None:
    assert all(kind.purpose for kind in import_kinds().values())

"""People from workbooks: all columns, what is there already, what is refused, undoing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy.orm import Session

from app.errors import Refused
from app.models.organisation import PersonPrivate
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.kind import ImportReport
from app.services.importing.kinds.people import FIELDS
from app.services.importing.undo import UndoImport
from app.services.people.card import PersonCard
from app.services.people.leave import AddLeave
from app.services.people.pool import Pool
from tests.services.conftest import Desk

LICENCE, ID = "11408201010123456", "11010519491231002X"
FULL = ("单晓明", "律师", "否", "河东律师事务所", LICENCE, "A20091408", "", "13835901234", "婚姻家庭、劳动争议；土地", "2010",
        ID, "", "农业银行盐湖支行", "6228480031234567")  # fmt: skip
RETIRED = ("田大力", "政法退休人员", "", "", "", "", 12, "", "", "", "", "", "", "")


def sheet(folder: Path, rows: Sequence[Sequence[Any]], headings: Sequence[str] = tuple(FIELDS)) -> Path:
    """A workbook with these rows."""
    book = Workbook()
    for row in (headings, *rows):
        book.active.append(list(row))
    path = folder / "people.xlsx"
    book.save(path)
    return path


def take(desk: Desk, folder: Path, *rows: Sequence[Any], **options: bool) -> ImportReport:
    """Import these rows."""
    return desk.do(ImportWorkbook("people", sheet(folder, rows), **options))


def test_p42_every_column_arrives_and_numbers_stay_text(county: Desk, tmp_path: Path) -> None:
    report = take(county, tmp_path, FULL, RETIRED)
    assert (report.accepted, report.unchanged, report.refused) == (2, 0, ())
    found = {one.name: one for one in county.ask(Pool())}
    lawyer = county.ask(PersonCard(found["单晓明"].id))
    assert (lawyer.licence, lawyer.practice_since, lawyer.organisation) == (LICENCE, 2010, "河东律师事务所")
    assert set(lawyer.specialties) == {"婚姻家庭", "劳动争议", "土地"}
    with Session(county.office.database.reader) as session:
        private = session.get(PersonPrivate, lawyer.id)
        assert (private.id_number, private.bank_account) == (ID, "6228480031234567")
    retired = county.ask(PersonCard(found["田大力"].id))
    assert (retired.is_public_servant, retired.years_of_service) == (False, 12)


def test_p42_an_identity_number_as_a_number_is_refused(county: Desk, tmp_path: Path) -> None:
    row = list(RETIRED)
    row[10] = 140521199003070014
    report = take(county, tmp_path, row)
    assert [(fault.row, fault.column, fault.code) for fault in report.refused] == [(2, "身份证号", "E230")]
    assert county.ask(Pool()) == ()


def test_rows_already_there_are_unchanged_whatever_their_order(county: Desk, tmp_path: Path) -> None:
    take(county, tmp_path, FULL, RETIRED)
    again = take(county, tmp_path, RETIRED, FULL, RETIRED)
    assert (again.accepted, again.unchanged, again.refused) == (0, 3, ())
    assert len(county.ask(Pool())) == 2


def test_p38_other_facts_under_the_same_papers_are_refused_by_name(county: Desk, tmp_path: Path) -> None:
    take(county, tmp_path, FULL, RETIRED)
    moved, older = list(FULL), list(RETIRED)
    moved[3], older[6] = "另一律师事务所", 13
    report = take(county, tmp_path, moved, older)
    assert [(fault.row, fault.column, fault.code) for fault in report.refused] == [
        (2, "执业证号", "E436"),
        (3, "姓名", "E468"),
    ]
    assert "单晓明" in report.refused[0].text


def test_y08_faulty_rows_name_column_and_code_and_nothing_is_stored(county: Desk, tmp_path: Path) -> None:
    bad = {1: ("律师傅", "人员类别", "E440"), 2: ("公", "是否公职", "E466"), 4: ("", "执业证号", "E441"),
           9: ("2031", "执业起始年", "E435"), 10: ("110105194912310021", "身份证号", "E203"), 6: ("五年", "业务年限", "E467"),
           0: ("", "姓名", "E231")}  # fmt: skip
    for place, (text, column, code) in bad.items():
        row = list(FULL)
        row[place] = text
        report = take(county, tmp_path, RETIRED, row)
        assert [(fault.row, fault.column, fault.code) for fault in report.refused] == [(3, column, code)], (
            column
        )
        assert not report.is_stored
    assert county.ask(Pool()) == ()
    report = take(county, tmp_path, RETIRED, row, skip_bad=True)
    assert (report.accepted, report.is_stored) == (1, True)


def test_only_name_and_kind_are_needed_as_headings(county: Desk, tmp_path: Path) -> None:
    path = sheet(tmp_path, [("安小满", "其他非公职")], ("姓名", "人员类别"))
    assert county.do(ImportWorkbook("people", path)).accepted == 1


def test_p43_an_import_is_undone_unless_somebody_has_records(county: Desk, tmp_path: Path) -> None:
    first = take(county, tmp_path, FULL)
    assert county.do(UndoImport(first.id)) == 2
    assert county.ask(Pool()) == ()
    second = take(county, tmp_path, FULL)
    person = county.ask(Pool())[0].id
    county.do(AddLeave(person, datetime(2022, 5, 12), datetime(2022, 5, 13)))
    with pytest.raises(Refused, match=r"E234.*单晓明"):
        county.do(UndoImport(second.id))


def test_y03_at_a_station_imported_people_are_proposals(station: Desk, tmp_path: Path) -> None:
    take(station, tmp_path, FULL)
    assert [(one.is_proposal, one.is_mine) for one in station.ask(Pool())] == [(True, True)]

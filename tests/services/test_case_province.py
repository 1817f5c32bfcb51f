"""The provincial system: its export against this register, and the fields in its order for re-keying (Y07 Y12)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import Refused
from app.kernel.permissions import staff
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.undo import UndoImport
from app.services.quality.province import EntryState, ProvinceCheck
from app.services.quality.provincial_order import ProvincialFields
from app.values import Role
from tests.services.case_desk import CLERK, HEAD, REVIEWER, CaseDesk, accountless
from tests.services.conftest import Desk
from tests.services.test_every_door import sheet

HEADINGS = ["省系统编号", "案号", "受援人", "录入日期"]


@pytest.fixture
def cases(county: Desk) -> CaseDesk:
    desk = CaseDesk(county)
    desk.today(date(2022, 6, 30))
    return desk


def test_y07_every_case_is_entered_different_or_not_entered(cases: CaseDesk, tmp_path: Path) -> None:
    ids = [cases.archived(date(2022, 5, 20), entered=at < 2) for at in range(4)]
    first, second, third, fourth = (cases.card(one).row.number for one in ids)
    rows = [
        ["SX1", first, "申请人1", "2022-05-20"],
        ["SX2", "", "申请人二", "2022-05-21"],
        ["SX3", third, "申请人3", "2022-05-20"],
        ["SX9", "别的案号", "某某", ""],
    ]
    path = sheet(tmp_path / "a.xlsx", HEADINGS, *rows)
    report = cases.desk.do(ImportWorkbook("provincial", path))
    assert (report.accepted, report.refused) == (4, ())
    found = {one.number: one for one in cases.desk.ask(ProvinceCheck())}
    assert {number: one.state.value for number, one in found.items()} == {
        first: "已录入", second: "不一致", third: "不一致", fourth: "未录入", "别的案号": "本机没有",
    }  # fmt: skip
    assert found[second].differences == ("录入日期：本机是 2022-05-20", "受援人姓名不同")
    assert found[third].differences == ("省系统编号：本机没有登记", "录入日期：本机没有登记")
    assert found[second].applicant == "申***"
    assert [one.number for one in cases.desk.ask(ProvinceCheck(EntryState.missing.value))] == [fourth]


def test_an_export_is_imported_once_and_a_newer_one_in_its_place(cases: CaseDesk, tmp_path: Path) -> None:
    row = ["SX1", "", "张三", "2022-05-20"]
    made = cases.desk.do(ImportWorkbook("provincial", sheet(tmp_path / "a.xlsx", HEADINGS, row)))
    again = cases.desk.do(ImportWorkbook("provincial", sheet(tmp_path / "b.xlsx", HEADINGS, row)))
    assert (again.accepted, again.unchanged) == (0, 1)
    newer = sheet(tmp_path / "c.xlsx", HEADINGS, ["SX1", "", "张三", "2022-05-21"])
    assert [one.code for one in cases.desk.do(ImportWorkbook("provincial", newer)).refused] == ["E828"]
    assert cases.desk.do(UndoImport(made.id)) == 1
    assert cases.desk.do(ImportWorkbook("provincial", newer)).accepted == 1
    twice = sheet(tmp_path / "d.xlsx", HEADINGS, ["SX2", "", "", ""], ["SX2", "", "", ""])
    assert [one.code for one in cases.desk.do(ImportWorkbook("provincial", twice)).refused] == ["E827"]


def test_the_fields_to_re_key_are_shown_to_the_agency_and_put_on_record(cases: CaseDesk) -> None:
    case = cases.archived(date(2022, 5, 20), phone="13800006021", id_number="11010519491231002X")
    fields = cases.desk.ask(ProvincialFields(case), accountless(REVIEWER))
    titles = [one.title for one in fields]
    assert titles[:3] == ["援助类型", "申请人姓名", "证件类型"] and titles[-1] == "归档日期"
    by_title = {one.title: one for one in fields}
    assert by_title["证件号码"].value == "11010519491231002X" and by_title["证件号码"].is_personal
    assert by_title["案号"].value == cases.card(case).row.number
    assert all(one.value for one in fields)
    for actor in (CLERK, staff("l", "l", "局领导", [Role.leader])):
        with pytest.raises(Refused, match="E001"):
            cases.desk.ask(ProvincialFields(case), accountless(actor))
    assert cases.desk.ask(ProvincialFields(case), accountless(HEAD)) == fields

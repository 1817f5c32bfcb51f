"""Importing the register from a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.demo.sample.workbooks import HEADINGS as SAMPLE_HEADINGS
from app.errors import Refused
from app.models.service_desk import Consultation, ConsultationAudit, ConsultationRating
from app.services.consultations.correct_consultation import CorrectConsultation
from app.services.consultations.register import Register
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.undo import UndoImport
from app.services.money.submit_month import SubmitMonth
from app.services.security.accounts import AddAccount
from tests.services.conftest import Desk
from tests.services.consultation_desk import ELDER, HEADINGS, LINE, lawyer, record, sheet, stored


def load(desk: Desk, path: Path, **options: Any) -> Any:
    """Import a workbook of consultations."""
    return desk.do(ImportWorkbook("consultations", path, **options))


def faults(report: Any) -> list[tuple[str, str]]:
    """(column, code) of each refused row."""
    return [(fault.column, fault.code) for fault in report.refused]


def test_the_headings_are_those_of_the_command_line() -> None:
    assert SAMPLE_HEADINGS["consultations"] == HEADINGS


def test_p42_p44_a_row_is_stored_with_its_audit_as_it_was_written(county: Desk, tmp_path: Path) -> None:
    lawyer(county)
    report = load(county, sheet(tmp_path / "a.xlsx", LINE))
    assert (report.accepted, report.refused, report.is_stored) == (1, (), True)
    (row,) = county.ask(Register(first=date(2022, 5, 10))).rows
    assert (row.number, row.groups, row.topics, row.rating, row.audit, row.missing) == (
        "0007",
        ("农民", "老年人"),
        ("劳动", "社会保障"),
        "满意",
        "合格",
        (),
    )
    kept = stored(county, row.id)
    assert (kept.id_number, kept.content, kept.serial) == (ELDER, "=工地欠薪", 7)
    assert record(county, person_id=kept.person_id).number == "0008"


def test_y17_a_row_that_lacks_an_item_is_stored_as_faulty(county: Desk, tmp_path: Path) -> None:
    lawyer(county)
    report = load(
        county,
        sheet(
            tmp_path / "a.xlsx",
            LINE
            | {
                "编号": "",
                "证件号": "",
                "联系电话": "",
                "答复意见": "",
                "审核结果": "",
                "满意度": "",
                "咨询人": "",
            },
        ),
    )
    assert report.is_stored and not report.refused
    (row,) = county.ask(Register()).rows
    assert row.missing == ("咨询人", "联系电话", "答复意见", "证件号") and (row.audit, row.rating) == ("", "")


@pytest.mark.parametrize(("changes", "fault"), [
    ({"证件号": "140800195003072041"}, ("证件号", "E203")), ({"证件号": "140800195002302043"}, ("证件号", "E204")),
    ({"证件号": 140800195003072040}, ("证件号", "E230")), ({"时间": "2022-02-30 09:00"}, ("时间", "E210")),
    ({"时间": "2022-05-11 09:00"}, ("时间", "E120")), ({"时间": ""}, ("时间", "E231")), ({"站点": "月球"}, ("站点", "E420")),
    ({"值班人员": "无此人"}, ("值班人员", "E430")), ({"满意度": "好"}, ("满意度", "E254")), ({"性别": "未知"}, ("性别", "E254")),
    ({"人群类别": "外星人"}, ("人群类别", "E267")), ({"事项类别": "劳动、占星"}, ("事项类别", "E267")),
    ({"咨询方式": "托梦"}, ("咨询方式", "E267")), ({"处理方式": "不管"}, ("处理方式", "E267")),
    ({"拒绝提供证件": "是"}, ("拒绝提供证件", "E268")),
    ({"审核结果": "优"}, ("审核结果", "E254")), ({"拒绝提供证件": "也许"}, ("拒绝提供证件", "E254")),
])  # fmt: skip
def test_p39_bad_input_names_row_and_column_and_stores_nothing(
    county: Desk, tmp_path: Path, changes: dict[str, Any], fault: tuple[str, str]
) -> None:
    lawyer(county)
    good = LINE | {"编号": "0008", "时间": "2022-05-10 08:30"}
    report = load(county, sheet(tmp_path / "a.xlsx", good, LINE | changes))
    assert (faults(report), report.is_stored, report.refused[0].row) == ([fault], False, 3)
    assert county.ask(Register()).total == 0


def test_a_word_that_no_list_knows_is_told_the_nearest(county: Desk, tmp_path: Path) -> None:
    lawyer(county)
    report = load(county, sheet(tmp_path / "a.xlsx", LINE | {"人群类别": "农民、进城农民工"}))
    assert report.refused[0].text.endswith("是不是“农民工”？")
    assert (
        "是不是“不满意”"
        in load(county, sheet(tmp_path / "b.xlsx", LINE | {"满意度": "很不满意"})).refused[0].text
    )
    strange = load(county, sheet(tmp_path / "c.xlsx", LINE | {"人群类别": "外星客"}))
    assert "是不是" not in strange.refused[0].text


def test_p39_other_papers_and_refusal_are_taken(county: Desk, tmp_path: Path) -> None:
    lawyer(county)
    rows = [
        LINE | {"证件号": "E1234567"},
        LINE | {"编号": "2", "证件号": "", "拒绝提供证件": "是"},
        LINE | {"编号": "3", "证件号": "拒绝提供", "拒绝提供证件": ""},
    ]
    assert load(county, sheet(tmp_path / "a.xlsx", *rows)).accepted == 3
    assert county.ask(Register(is_faulty_only=True)).total == 0


def test_p29_p43_rows_already_there_are_unchanged_and_other_content_is_refused(
    county: Desk, tmp_path: Path
) -> None:
    lawyer(county)
    unnumbered = LINE | {"编号": "", "时间": "2022-05-09 15:00"}
    book = sheet(tmp_path / "a.xlsx", LINE, unnumbered)
    load(county, book)
    again = load(county, book)
    assert (again.accepted, again.unchanged, again.refused) == (0, 2, ())
    other = load(county, sheet(tmp_path / "b.xlsx", LINE | {"答复意见": "改了"}))
    assert faults(other) == [("编号", "E249")]
    row = next(one for one in county.ask(Register()).rows if one.number == "0007")
    county.do(CorrectConsultation(id=row.id, reason="补充", answer="改了"))
    assert load(county, book).unchanged == 2


def test_q02_namesakes_need_the_licence(county: Desk, tmp_path: Path) -> None:
    first, second = lawyer(county), lawyer(county, serial=2)
    assert faults(load(county, sheet(tmp_path / "a.xlsx", LINE))) == [("值班人员", "E431")]
    named = sheet(
        tmp_path / "b.xlsx",
        LINE | {"执业证号": "11408201100000002"},
        headings=lambda: (*HEADINGS, "执业证号"),
    )
    load(county, named)
    assert [row.person_id for row in county.ask(Register()).rows] == [second] != [first]


def test_p43_an_import_is_undone_whole_unless_its_month_is_closed(county: Desk, tmp_path: Path) -> None:
    lawyer(county)
    report = load(county, sheet(tmp_path / "a.xlsx", LINE, LINE | {"编号": "2"}))
    assert county.do(UndoImport(report.id)) == 6
    with Session(county.office.database.reader) as session:
        assert session.scalar(select(func.count()).select_from(Consultation)) == 2, (
            "evidence is never removed"
        )
        for table in (ConsultationAudit, ConsultationRating):
            assert session.scalar(select(func.count()).select_from(table)) == 2
    assert county.ask(Register()).rows == ()
    april = load(county, sheet(tmp_path / "b.xlsx", LINE | {"时间": "2022-04-20 09:00"}))
    county.do(SubmitMonth("2022-04"))
    with pytest.raises(Refused, match="E234"):
        county.do(UndoImport(april.id))
    assert faults(
        load(county, sheet(tmp_path / "c.xlsx", LINE | {"编号": "9", "时间": "2022-04-21 09:00"}))
    ) == [("时间", "E110")]


def test_p43_a_corrected_record_keeps_its_import(county: Desk, tmp_path: Path) -> None:
    lawyer(county)
    report = load(county, sheet(tmp_path / "a.xlsx", LINE))
    (row,) = county.ask(Register()).rows
    county.do(CorrectConsultation(id=row.id, reason="补充", answer="改了"))
    with pytest.raises(Refused, match=r"E234.*更正"):
        county.do(UndoImport(report.id))


def test_q13_whoever_may_not_audit_does_not_by_workbook(county: Desk, tmp_path: Path) -> None:
    lawyer(county)
    county.do(AddAccount("clerk", "Clerk-2022", ("工作人员",), "柴秀英"))
    clerk = county.office.login("clerk", "Clerk-2022")
    book = sheet(tmp_path / "a.xlsx", LINE)
    report = county.do(ImportWorkbook("consultations", book), clerk)
    assert faults(report) == []
    assert [(one.column, one.code) for one in report.set_aside] == [("审核结果", "E237")]
    assert report.accepted == 1 and county.ask(Register()).rows[0].audit == ""


def test_bad_input_an_unknown_column_is_refused_by_name(county: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"E222.*星座"):
        load(county, sheet(tmp_path / "a.xlsx", LINE, headings=lambda: (*HEADINGS, "星座")))

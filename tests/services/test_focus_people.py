"""Registers of people whom aid looks after: added, removed with a reason, nobody twice, numbers masked (J04 G07 J08 G09)."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from app.case_values import FocusEnd, FocusKind
from app.clock import local_to_utc
from app.errors import Refused
from app.kernel.permissions import staff
from app.services.cases.judge_application import JudgeApplication
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.undo import UndoImport
from app.services.office.set_up import NewOffice
from app.services.quality.focus_people import AddFocusPerson, FocusPeople, RemoveFocusPerson
from app.values import Role
from tests.services.case_desk import CLERK, accountless
from tests.services.conftest import COUNTY, Desk
from tests.services.test_every_door import sheet

NUMBER = "11010519491231002X"
MAY = date(2022, 5, 1)


def add(desk: Desk, **changed: Any) -> str:
    said = {"kind": FocusKind.focus, "name": "张秀兰", "reason": "低保户", "since": MAY} | changed
    return str(desk.do(AddFocusPerson(**said), accountless(CLERK)))


def test_j04_people_join_and_leave_the_register_with_a_reason(county: Desk) -> None:
    one = add(county, id_number=NUMBER, phone="13800006021")
    with pytest.raises(Refused, match="E831"):
        add(county, id_number=NUMBER)
    add(county, id_number=NUMBER, kind=FocusKind.hardship)
    [shown] = county.ask(FocusPeople(kind="重点对象"))
    assert (shown.name, NUMBER in shown.id_number, "6021" in shown.phone) == ("张秀兰", False, True)
    with pytest.raises(Refused, match="E834"):
        county.do(RemoveFocusPerson(one, MAY, FocusEnd.other))
    for day in (date(2022, 4, 30), date(2022, 5, 11)):
        with pytest.raises(Refused, match="E832"):
            county.do(RemoveFocusPerson(one, day, FocusEnd.moved))
    county.do(RemoveFocusPerson(one, date(2022, 5, 9), FocusEnd.out_of_poverty, "2022 年脱贫"))
    with pytest.raises(Refused, match="E832"):
        county.do(RemoveFocusPerson(one, date(2022, 5, 9), FocusEnd.moved))
    assert county.ask(FocusPeople(kind="重点对象")) == ()
    [gone] = county.ask(FocusPeople(kind="重点对象", with_removed=True))
    assert gone.ended == "脱贫　2022 年脱贫"
    assert add(county, id_number=NUMBER), "who left may come back"


def test_an_entry_is_a_name_a_reason_and_a_day_that_came(county: Desk) -> None:
    for wrong, code in (
        ({"name": " "}, "E830"),
        ({"reason": ""}, "E830"),
        ({"since": date(2022, 5, 11)}, "E833"),
    ):
        with pytest.raises(Refused, match=code):
            add(county, **wrong)
    with pytest.raises(Refused, match="E203"):
        add(county, id_number="110105194912310021")
    leader = accountless(staff("l", "l", "局领导", [Role.leader]))
    with pytest.raises(Refused, match="E001"):
        county.do(AddFocusPerson(kind=FocusKind.focus, name="甲", reason="乙"), leader)
    add(county)
    [shown] = county.ask(FocusPeople(words="张"), leader)
    assert shown.name == "张**" and shown.reason == "（无权查看）"


HEADINGS = [
    "名册",
    "姓名",
    "证件号",
    "卡号",
    "人员类别",
    "列入理由",
    "列入日期",
    "移出日期",
    "移出原因",
    "移出说明",
    "站点",
]


def listed(path: Path, *rows: tuple[str, ...]) -> Path:
    return sheet(path, HEADINGS, *([*row, *[""] * (len(HEADINGS) - len(row))] for row in rows))


def test_j04_a_register_is_imported_with_those_who_left_it_and_undone(county: Desk, tmp_path: Path) -> None:
    path = listed(
        tmp_path / "a.xlsx",
        ("重点对象", "张秀兰", NUMBER, "", "低保户", "低保户", "2022-05-01"),
        ("联系卡", "张秀兰", NUMBER, "LX01", "重病", "重病", "2022-05-01"),
        ("惠民卡", "王五", "", "HM001", "", "困难职工", "2022-04-01"),
        (
            "特殊困难人员",
            "赵六",
            "",
            "",
            "",
            "临时遇困",
            "2021-04-01",
            "2022-04-01",
            "其他",
            "已找到工作",
            "解州镇",
        ),
    )
    assert county.do(ImportWorkbook("focus", path, is_dry_run=True)).accepted == 4
    assert county.ask(FocusPeople(with_removed=True)) == ()
    made = county.do(ImportWorkbook("focus", path), accountless(CLERK))
    assert (made.accepted, made.refused, made.is_stored) == (4, (), True)
    assert {(one.kind.value, one.card) for one in county.ask(FocusPeople())} == {
        ("重点对象", ""), ("联系卡", "LX01"), ("惠民卡", "HM001"),
    }  # fmt: skip
    [gone] = county.ask(FocusPeople(kind="特殊困难人员", with_removed=True))
    assert (gone.ended, gone.until, gone.site_name[-3:]) == ("其他　已找到工作", date(2022, 4, 1), "工作站")
    assert county.do(ImportWorkbook("focus", path)).unchanged == 4
    with pytest.raises(Refused, match="E831"):
        add(county, kind=FocusKind.card, card="HM001")
    assert county.do(UndoImport(made.id)) == 4
    assert county.ask(FocusPeople(with_removed=True)) == ()


def test_a_line_that_the_register_contradicts_is_refused_by_row_and_column(
    county: Desk, tmp_path: Path
) -> None:
    held = add(county, id_number=NUMBER, reason="低保户")
    add(county, kind=FocusKind.card, card="HM001", name="王五")
    path = listed(
        tmp_path / "a.xlsx",
        ("重点对象", "张秀兰", NUMBER, "", "", "低保户", "2022-04-02"),
        ("惠民卡", "别人", "", "HM001", "", "低保户", "2022-05-02"),
        ("重点对象", "张秀兰", NUMBER, "", "", "低保户", "2022-05-01", "2022-05-09", "迁出"),
        ("重点对象", "孙七", "", "", "", "", "2022-05-01"),
        ("重点对象", "孙七", "", "", "", "低保户", "2022-05-11"),
        ("重点对象", "孙七", "", "", "", "低保户", "2022-05-01", "2022-04-01", "死亡"),
        ("重点对象", "孙七", "", "", "", "低保户", "2022-05-01", "2022-05-02"),
        ("重点对象", "孙七", "", "", "", "低保户", "2022-05-01", "2022-05-02", "其他"),
        ("贫困户", "孙七", "", "", "", "低保户", "2022-05-01"),
        ("重点对象", "周八", "110105194912310021", "", "", "低保户", "2022-05-01"),
        ("联系卡", "吴九", "", "LX1", "", "低保户", "2022-05-01"),
        ("联系卡", "郑十", "", "LX1", "", "低保户", "2022-05-01"),
    )
    found = [(one.row, one.column, one.code) for one in county.do(ImportWorkbook("focus", path)).refused]
    assert found == [
        (2, "证件号", "E831"), (3, "证件号", "E831"), (4, "移出日期", "E839"), (5, "列入理由", "E231"),
        (6, "列入日期", "E833"), (7, "移出日期", "E832"), (8, "移出原因", "E838"), (9, "移出说明", "E834"),
        (10, "名册", "E236"), (11, "证件号", "E203"), (13, "证件号", "E831"),
    ]  # fmt: skip
    county.do(RemoveFocusPerson(held, date(2022, 5, 9), FocusEnd.moved))
    old = listed(tmp_path / "b.xlsx", ("重点对象", "张秀兰", NUMBER, "", "", "低保户", "2022-05-01"))
    assert county.do(ImportWorkbook("focus", old)).unchanged == 1, "an old sheet lists nobody again"


def test_j08_who_holds_a_card_is_exempt_without_claiming_it(make_desk: Any) -> None:
    desk = make_desk(
        NewOffice(
            **{
                **vars(COUNTY),
                "code": "360821",
                "parent": "3608",
                "pack": "jian-2018",
                "name": "吉安县司法局",
            }
        ),
        "jian",
    )
    desk.clock.at = local_to_utc(datetime.combine(date(2018, 5, 10), time(9)))
    asked = JudgeApplication(matter="抚养费", id_number=NUMBER)
    assert desk.ask(asked).strip == ""
    card = add(desk, kind=FocusKind.card, card="HM001", id_number=NUMBER, since=date(2018, 5, 1))
    found = desk.ask(asked)
    assert found.strip.startswith("免核查：惠民卡持有人") and found.criteria[2].answer == "符合"
    with pytest.raises(Refused, match="E831"):
        add(desk, kind=FocusKind.card, card="HM001", since=date(2018, 5, 1))
    desk.do(RemoveFocusPerson(card, date(2018, 5, 9), FocusEnd.expired))
    assert desk.ask(asked).strip == ""

"""Targets of every kind stand in report and page with what is reached; what nothing is known of says 尚无数据 and no number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.services.office.settings import ChangeSetting
from app.services.reports.export_report import ExportReport
from app.services.reports.show_report import ShowReport
from app.services.targets.progress import TargetProgress, TargetsProgress
from tests.services.case_desk import CaseDesk
from tests.services.conftest import COUNTY, STATION, Desk

Make = Callable[..., Desk]
OFFICES = {
    "Y": ("yuncheng-2022", "140802", "盐湖区司法局", "县", 2022),
    "Q": ("qinshui-2023", "140521", "沁水县司法局", "县", 2023),
    "G": ("ganyu-2021", "320707", "赣榆区司法局", "县", 2021),
    "A": ("anqing-2023", "3408", "安庆市司法局", "市", 2023),
    "J": ("jian-2018", "3608", "吉安市司法局", "市", 2018),
}
EXPECTED = {
    "Y": [("盐湖区", "特殊群体法律援助案件", 395, "件")],
    "Q": [("沁水县法律援助中心", "特殊群体法律援助案件", 70, "件")],
    "G": [("赣榆区", "受援困难群众", 1350, "人"), ("赣榆区司法局", "常住人口受援率突破", 13, "人/万人")],
    "J": [("吉安市", "法律援助案件", 4500, "件"), ("吉安市", "其他事项", 35000, "件/人次")],
}


def office(make_desk: Make, key: str) -> Desk:
    pack, code, name, level, year = OFFICES[key]
    desk = make_desk(replace(COUNTY, code=code, name=name, level=level, parent="", pack=pack), key)
    desk.clock.go_to(datetime(year, 5, 12, 9))
    return desk


def asked(desk: Desk, year: int) -> TargetProgress:
    found: TargetProgress = desk.ask(TargetsProgress(f"{year}-05"))
    return found


@pytest.mark.parametrize("key", sorted(EXPECTED))
def test_q01_g01_j14_other_targets_stand_without_made_up_numbers(make_desk: Make, key: str) -> None:
    others = asked(office(make_desk, key), OFFICES[key][4]).others
    assert [(one.name, one.title, one.amount, one.unit) for one in others] == EXPECTED[key]
    assert all(one.clause for one in others)
    is_known = [one.unit != "人/万人" for one in others]
    assert [one.done_words for one in others] == ["0" if known else "尚无数据" for known in is_known]


def test_a01_the_city_sees_every_unit_and_the_whole(make_desk: Make) -> None:
    others = asked(office(make_desk, "A"), 2023).others
    assert (len(others), others[0].name, others[0].amount, others[0].is_total) == (12, "合计", 5826, True)
    assert sum(one.amount for one in others[1:]) == 5826


def test_a_station_and_another_year_have_none(make_desk: Make) -> None:
    station = make_desk(STATION, "station")
    assert asked(station, 2022).others == ()
    desk = office(make_desk, "Q")
    desk.clock.go_to(datetime(2024, 5, 12, 9))
    assert asked(desk, 2024).others == ()


def test_the_report_lists_them_below_the_consultations(make_desk: Make, tmp_path: Path) -> None:
    desk = office(make_desk, "Q")
    view = desk.ask(ShowReport("targets", "2023-05"))
    at = [column.key for column in view.table.columns]
    last = dict(zip(at, view.table.texts[-1], strict=True))
    assert (last["unit"], last["matter"]) == ("沁水县法律援助中心", "案件（件）")
    assert (last["target"], last["so_far"], last["done"]) == ("70", "0", "0.0%")
    first = dict(zip(at, view.table.texts[0], strict=True))
    assert (first["target"], first["satisfaction_target"], first["so_far"]) == ("6000", "95.0%", "0")
    for ending in ("xlsx", "pdf"):
        desk.do(ExportReport("targets", "2023-05", tmp_path / f"targets.{ending}"))
    rows = load_workbook(tmp_path / "targets.xlsx").worksheets[0].iter_rows(values_only=True)
    assert any("案件（件）" in row and 70 in row for row in rows)


def test_q01_cases_done_are_those_that_count(make_desk: Make) -> None:
    desk = office(make_desk, "Q")
    cases = CaseDesk(desk)
    cases.today(date(2023, 7, 20))
    cases.archived(date(2023, 5, 20))
    cases.archived(date(2023, 6, 20), entered=False)
    found = asked(desk, 2023).others[0]
    assert (found.in_period, found.done, found.share) == (0, 1, 1 / 70)
    found = desk.ask(TargetsProgress("2023-04")).others[0]
    assert (found.in_period, found.done) == (1, 1)


def test_g01_recipients_and_their_share_of_the_residents(make_desk: Make) -> None:
    desk = office(make_desk, "G")
    cases = CaseDesk(desk)
    cases.today(date(2021, 7, 20))
    cases.granted(date(2021, 7, 1))
    people, share = desk.ask(TargetsProgress("2021")).others
    assert (people.done, share.done_words) == (1, "尚无数据")
    desk.do(ChangeSetting("residents", "4000", "统计公报"))
    assert desk.ask(TargetsProgress("2021")).others[1].done_words == "2.5"

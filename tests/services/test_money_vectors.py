"""The vectors of rules.md, each through a real office: commands in, settlement out."""

from __future__ import annotations

import pytest

from tests.services.conftest import Desk
from tests.services.money_book import AFTER_MAY, CENTRE, OTHER, Book


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(AFTER_MAY)
    return Book(county)


def test_y16_centre_clean_pays_200(book: Book) -> None:
    book.worked(10, CENTRE)
    assert book.nets() == [200]


def test_y17_centre_one_late_two_faulty_records_pays_130(book: Book) -> None:
    book.duty(10, CENTRE)
    book.row(10, "08:42:34", "18:30", CENTRE)
    book.record(10, "09:00", answer="", site=CENTRE)
    book.record(10, "10:00", answer="", site=CENTRE)
    assert book.nets() == [130]


def test_y17_centre_two_absences_one_late_pays_0(book: Book) -> None:
    book.duty(10, CENTRE)
    book.row(10, "08:40", "18:30", CENTRE)
    book.check(10, "10:00", site=CENTRE)
    book.check(10, "15:00", site=CENTRE)
    assert book.nets() == [0]


def test_y16_centre_two_duties_on_one_day_late_at_the_second_pays_150_in_all(book: Book) -> None:
    book.worked(10, CENTRE, hours="08:30-12:00")
    book.duty(10, CENTRE, hours="13:30-18:30")
    book.row(10, "13:35", "18:30", CENTRE)
    assert book.nets() == [150, 0]


def test_y16_station_clean_pays_300(book: Book) -> None:
    book.worked(10)
    assert book.nets() == [300]


def test_y17_station_late_and_early_pays_200(book: Book) -> None:
    book.duty(10)
    book.row(10, "09:10", "12:30")
    assert book.nets() == [200]


def test_y17_station_late_early_absence_dissatisfied_verified_pays_0(book: Book) -> None:
    book.duty(10)
    book.row(10, "09:10", "12:30")
    book.check(10, "10:00")
    book.record(10, "11:00", rating="不满意")
    book.complaint(10, "11:00", "0001")
    found = book.settle()
    assert [line.net_fen for line in found.lines] == [0]
    assert [(one.rule, one.fen) for one in found.lines[0].deductions] == [
        ("D2", 10000),
        ("D3", 5000),
        ("D4", 15000),
    ]


def test_y23_station_four_duties_three_absences_pays_0_for_all_four(book: Book) -> None:
    for day in (5, 10, 17, 24):
        book.worked(day)
    for day in (5, 10, 17):
        book.check(day, "10:00")
    assert book.nets() == [0, 0, 0, 0]


def test_y17_station_dissatisfied_not_verified_pays_300(book: Book) -> None:
    book.worked(10)
    book.record(10, "10:00", rating="不满意")
    found = book.settle()
    assert [line.net_fen for line in found.lines] == [30000]
    assert [one.kind.value for one in found.exceptions] == ["pending"]


def test_y17_station_absence_with_a_good_reason_pays_300(book: Book) -> None:
    book.worked(10)
    book.check(10, "10:00", good=True)
    assert book.nets() == [300]


def test_y17_two_sessions_in_one_day_at_two_stations_sham_at_one_pays_nothing(book: Book) -> None:
    book.worked(10, hours="08:00-12:00")
    book.worked(10, OTHER, hours="14:00-18:00")
    book.check(10, "15:00", "虚假值班", None, "属实", OTHER)
    found = book.settle()
    assert [line.net_fen for line in found.lines] == [0, 0]
    assert [one.name for one in found.circulars] == ["张三"]


@pytest.mark.parametrize("site", [CENTRE, OTHER])
def test_y16_public_servant_pays_0(book: Book, site: str) -> None:
    book.person("王五", is_public=True)
    book.worked(10, site, "王五")
    assert book.nets() == [0]


def test_p23_lines_sum_to_the_total_and_none_is_below_zero(book: Book) -> None:
    for day, who in ((10, "张三"), (11, "李四"), (12, "张三")):
        book.duty(day, who=who)
        book.row(day, "09:20", "12:00", who=who)
        book.check(day, "10:00", who=who)
    found = book.settle()
    assert all(line.net_fen >= 0 and isinstance(line.net_fen, int) for line in found.lines)
    assert found.total_fen == sum(one.net_fen for one in found.people) == 3 * 5000


def test_p22_a_rule_linked_to_three_people_makes_one_line_each(book: Book) -> None:
    for who in ("张三", "李四", "赵六"):
        book.duty(10, CENTRE, who)
        book.row(10, "08:45", "18:30", CENTRE, who)
    found = book.settle()
    assert [(line.name, line.net_fen) for line in sorted(found.lines, key=lambda line: line.name)] == [
        ("张三", 15000),
        ("李四", 15000),
        ("赵六", 15000),
    ]


def test_p21_one_lateness_is_deducted_once(book: Book) -> None:
    book.duty(10)
    book.row(10, "09:12:34", "11:00")
    book.row(10, "11:05", "13:00")
    line = book.settle().lines[0]
    assert [(one.rule, one.count) for one in line.deductions] == [("D2", 1)]
    assert line.explanation == "300 − 50 迟到 12 分 34 秒（签到 09:12:34）= 250"
    assert [(step.text, step.fen) for step in line.steps][1] == ("迟到 12 分 34 秒", -5000)

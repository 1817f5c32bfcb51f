"""The decision table of duty pay, line by line (Y16, Y17)."""

from __future__ import annotations

import pytest

from tests.unit.settlement_facts import CENTRE, CITY, OTHER, STATION, Book


@pytest.fixture
def book() -> Book:
    return Book()


def test_y16_centre_clean_pays_200(book: Book) -> None:
    book.worked(10, CENTRE)
    assert book.nets() == [200]


def test_y16_city_centre_clean_pays_200(book: Book) -> None:
    book.worked(10, CITY)
    assert book.nets() == [200]


def test_y17_centre_one_late_two_faulty_records_pays_130(book: Book) -> None:
    book.duty(10, CENTRE)
    book.row(10, "08:00:01", "18:00", CENTRE)
    book.record(10, "09:00", missing=("联系电话",), site=CENTRE)
    book.record(10, "10:00", audit="不规范", site=CENTRE)
    assert book.nets() == [130]


def test_y17_centre_two_absences_one_late_pays_0(book: Book) -> None:
    book.duty(10, CENTRE)
    book.row(10, "08:10", "18:00", CENTRE)
    book.check(10, "09:00", site=CENTRE)
    book.check(10, "15:00", site=CENTRE)
    line = book.line()
    assert (line.net_fen, line.deducted_fen) == (0, 25000)


def test_y17_centre_two_duties_on_one_day_late_at_the_second_pays_150_in_all(book: Book) -> None:
    book.worked(10, CENTRE, hours="08:00-12:00")
    book.duty(10, CENTRE, hours="14:00-18:00")
    book.row(10, "14:05", "18:00", CENTRE)
    assert book.nets() == [150, 0]
    first, second = book.settle().lines
    assert [d.rule for d in first.deductions] == ["D2"]
    assert "同日已计" in second.reasons[0]


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
    about = book.record(10, "11:00", rating="不满意")
    book.complaint(10, "11:00", about)
    line = book.line()
    assert (line.net_fen, line.deducted_fen) == (0, 30000)
    assert [(d.rule, d.fen) for d in line.deductions] == [("D2", 10000), ("D3", 5000), ("D4", 15000)]


def test_y23_station_four_duties_three_absences_pays_0_for_all_four(book: Book) -> None:
    for day in (3, 10, 17, 24):
        book.worked(day)
    for day in (3, 10, 17):
        book.check(day, "10:00")
    assert book.nets() == [0, 0, 0, 0]
    assert {d.rule for line in book.settle().lines for d in line.deductions} == {"D4M"}


def test_y17_station_dissatisfied_not_verified_pays_300(book: Book) -> None:
    book.worked(10)
    book.record(10, "10:00", rating="不满意")
    assert book.nets() == [300]
    assert book.kinds() == ["pending"]


def test_y17_station_absence_with_a_good_reason_pays_300(book: Book) -> None:
    book.worked(10)
    book.check(10, "10:00", good=True)
    assert book.nets() == [300]
    assert book.kinds() == []


def test_y17_two_sessions_at_two_stations_sham_at_one_pays_0_and_0(book: Book) -> None:
    book.worked(10, STATION, hours="08:00-12:00")
    book.worked(10, OTHER, hours="14:00-18:00")
    book.check(10, "15:00", "虚假值班", None, "属实", OTHER)
    assert book.nets() == [0, 0]


@pytest.mark.parametrize("site", [CENTRE, CITY, STATION])
def test_y16_public_servant_pays_0(book: Book, site: str) -> None:
    book.worked(10, site, "wang")
    assert book.nets() == [0]
    assert book.line().reasons == ("公职人员不予发放补贴（四（一）3）",)
    assert book.line().deductions == ()

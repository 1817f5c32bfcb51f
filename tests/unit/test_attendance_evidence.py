"""Which duty a spot check, a consultation and a complaint belong to."""

from __future__ import annotations

import pytest

from app.rules.duty.evidence import place_checks, place_complaints, place_consultations
from app.rules.duty.matching import index_duties
from tests.unit.settlement_facts import CENTRE, OTHER, Book


@pytest.mark.parametrize(("clock", "is_placed"), [("08:59:59", False), ("09:00", True), ("13:00", False)])
def test_y23_a_check_belongs_to_the_duty_whose_range_contains_it(clock: str, is_placed: bool) -> None:
    book = Book()
    duty = book.duty(10)
    book.check(10, clock)
    placed = place_checks(index_duties(book.duties), book.checks)
    assert (duty in placed.by_duty) is is_placed
    assert len(placed.left) == (0 if is_placed else 1)


def test_y23_a_check_without_a_duty_waits_to_be_matched() -> None:
    book = Book()
    book.worked(10)
    check = book.check(10, "14:00", "虚假值班", None, "属实")
    settled = book.settle()
    assert [(one.kind.value, one.subject) for one in settled.exceptions] == [("pending", check)]
    assert "待匹配" in settled.exceptions[0].text
    assert settled.total_fen == 30000


def test_y23_a_check_in_a_break_counts_for_nothing() -> None:
    book = Book()
    book.worked(10, CENTRE)
    book.check(10, "12:00", site=CENTRE)
    book.check(10, "13:59:59", "不在岗", None, "属实", CENTRE)
    assert book.nets() == [200]
    assert book.kinds() == []


def test_y23_a_check_at_another_site_does_not_belong() -> None:
    book = Book()
    book.worked(10)
    book.check(10, "10:00", site=OTHER)
    assert book.nets() == [300]
    assert book.kinds() == ["pending"]


def test_y10_a_consultation_belongs_to_the_nearest_duty_of_its_day() -> None:
    book = Book()
    first, second = book.duty(10, hours="08:00-10:00"), book.duty(10, hours="14:00-16:00")
    near_first, inside, near_second = (book.record(10, clock) for clock in ("11:59", "15:00", "12:01"))
    placed = place_consultations(index_duties(book.duties), book.records)
    assert [record.id for record in placed.by_duty[first]] == [near_first]
    assert [record.id for record in placed.by_duty[second]] == [near_second, inside]


def test_y10_a_consultation_without_a_duty_is_listed_and_costs_nothing() -> None:
    book = Book()
    book.worked(10)
    lost = book.record(11, "10:00", missing=("联系电话",))
    book.record(10, "10:00", missing=("联系电话",), person="li")
    book.record(10, "10:00", missing=("联系电话",), site=OTHER)
    assert book.nets() == [300]
    assert book.kinds() == ["no_record_duty"] * 3
    assert lost in {one.subject for one in book.settle().exceptions}


def test_y17_a_complaint_belongs_to_the_duty_of_its_consultation() -> None:
    book = Book()
    book.duty(10)
    duty = book.duty(11)
    about = book.record(11, "10:00")
    book.complaint(10, "10:00", about)
    index = index_duties(book.duties)
    records = place_consultations(index, book.records)
    assert set(place_complaints(index, book.complaints, records).by_duty) == {duty}


def test_y17_a_complaint_without_a_number_belongs_to_the_duty_containing_its_time() -> None:
    book = Book()
    book.worked(10)
    book.complaint(10, "12:59:59")
    assert book.nets() == [250]


@pytest.mark.parametrize("clock", ["13:00", "08:00"])
def test_y17_a_complaint_that_belongs_nowhere_is_listed_and_costs_nothing(clock: str) -> None:
    book = Book()
    book.worked(10)
    book.complaint(10, clock)
    assert book.nets() == [300]
    assert "待归属" in book.settle().exceptions[0].text


def test_y17_a_complaint_about_an_unknown_consultation_is_listed() -> None:
    book = Book()
    book.worked(10)
    book.complaint(10, "10:00", "gone")
    assert book.nets() == [300]
    assert book.kinds() == ["pending"]

"""Times that cannot be pay nothing before somebody gave a word; too little time is paid by rule and flagged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.unit.settlement_facts import Book


def test_four_days_of_attendance_are_not_paid() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "09:00", "13:00")
    book.rows[-1] = replace(book.rows[-1], out_at=book.rows[-1].out_at + timedelta(days=4))  # type: ignore[operator]
    assert (book.nets(), book.kinds()) == ([0], ["implausible"])
    assert book.line().reasons == ("签到到签退超过 16 小时，待审定，暂不发放",)


def test_sixteen_hours_and_not_a_second_more() -> None:
    book = Book()
    book.duty(10, hours="06:00-20:00")
    book.row(10, "06:00", "22:00")
    assert (book.nets(), book.kinds()) == ([300], [])
    book.rows[-1] = replace(book.rows[-1], out_at=book.rows[-1].out_at + timedelta(seconds=1))  # type: ignore[operator]
    assert (book.nets(), book.kinds()) == ([0], ["implausible"])


def test_somebody_s_word_settles_it() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "09:00", "08:55")
    row = book.rows[-1]
    book.rows[-1] = replace(row, judged=True)
    assert (book.nets(), book.kinds()) == ([300], [])
    book.rows[-1] = replace(row, judged=False)
    assert (book.nets(), book.kinds()) == ([0], [])
    assert book.line().reasons == ("签退早于签到，不予认可，不发放",)


def test_a_temporary_duty_without_a_length_is_not_paid() -> None:
    book = Book()
    book.row(10, "09:00", "08:55", is_unscheduled_approved=True, judged=True)
    assert book.nets() == [0]


def test_under_half_of_the_rostered_time_is_paid_by_rule_and_flagged() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "07:05", "10:59")
    assert (book.nets(), book.kinds()) == ([250], ["implausible"]), "two hours before the duty do not count"
    book.rows[-1] = replace(book.rows[-1], judged=True)
    assert (book.nets(), book.kinds()) == ([250], [])


def test_half_of_the_rostered_time_is_enough() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "09:00", "11:00")
    assert (book.nets(), book.kinds()) == ([250], [])

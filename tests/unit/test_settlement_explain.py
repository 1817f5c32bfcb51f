"""A line explains itself exactly, and printed lines sum to the printed total."""

from __future__ import annotations

from app.rules.pay.explain import explain
from tests.unit.settlement_facts import CENTRE, Book


def test_y17_a_lateness_is_told_to_the_second() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "09:12:34", "12:00")
    assert book.line().deductions[0].detail == (
        "迟到 12 分 34 秒（应到 09:00，签到 09:12:34）",
        "早退 1 小时（应退 13:00，签退 12:00）",
    )


def test_y18_the_arithmetic_of_a_line() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "09:12", "13:00")
    for _ in range(5):
        book.record(10, "10:00")
    book.record(10, "10:00", missing=("证件号",))
    number = book.records[-1].number
    assert explain(book.line()) == f"300 − 50 迟到 12 分（签到 09:12）− 10 缺项（第 {number} 号）= 240"


def test_y18_late_and_early_stand_apart() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "09:12:34", "12:50")
    assert (
        explain(book.line()) == "300 − 50 迟到 12 分 34 秒（签到 09:12:34）− 50 早退 10 分（签退 12:50）= 200"
    )
    assert (
        explain(book.line(late_and_early="once"))
        == "300 − 50 迟到 12 分 34 秒（签到 09:12:34）、早退 10 分（签退 12:50）= 250"
    )


def test_y18_a_clean_line_and_a_zero_line() -> None:
    book = Book()
    book.worked(10)
    book.worked(11, person="wang")
    clean, public = book.settle().lines
    assert explain(clean) == "300 = 300"
    assert explain(public) == "0（公职人员不予发放补贴（四（一）3））"


def test_y17_a_floored_line_says_that_nothing_carries_over() -> None:
    book = Book()
    book.worked(10, CENTRE)
    for clock in ("09:00", "10:00"):
        book.check(10, clock, site=CENTRE)
    book.complaint(10, "11:00", site=CENTRE)
    line = book.line()
    assert explain(line).endswith("= 0（扣减超过补贴，按 0 计）")
    assert "应扣 250 元，超过补贴 200 元，按 0 计，不结转" in line.reasons


def test_y23_a_forfeited_line_names_its_absences() -> None:
    book = Book()
    for day in (3, 10, 17):
        book.worked(day)
        book.check(day, "10:00")
    line = book.line()
    assert explain(line) == "300 − 300 当月脱岗 3 次，当月不予发放 = 0"
    assert "5月3日 10:00、5月10日 10:00、5月17日 10:00" in line.reasons[0]
    assert len(line.deductions[0].evidence) == 3


def test_d1_an_item_named_with_brackets_stays_whole() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "09:00", "13:00")
    book.record(10, "10:00", missing=("村（社区）",))
    (cause,) = book.line().deductions[0].causes
    assert (cause.what, cause.proof) == (str(cause), "") and cause.what.endswith("缺村（社区）")

"""Months, periods and amounts are read and written one way."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import Refused
from app.values import Month, Period, yuan_text


def test_a_month_knows_its_days_and_neighbours() -> None:
    month = Month.parse("2024-02")
    assert (str(month), month.first_day, month.last_day) == ("2024-02", date(2024, 2, 1), date(2024, 2, 29))
    assert (str(Month(2022, 1).previous()), str(Month(2022, 12).next())) == ("2021-12", "2023-01")
    assert len(month.days()) == 29 and date(2024, 2, 29) in month and date(2024, 3, 1) not in month


@pytest.mark.parametrize("text", ["2022-13", "2022-5", "22-05", "2022-05-01", "", "２０２２-05", "0000-01"])
def test_a_month_nobody_can_read_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        Month.parse(text)
    assert refused.value.code == "E921"


@pytest.mark.parametrize(
    ("text", "start", "end", "months"),
    [("2022", date(2022, 1, 1), date(2022, 12, 31), 12), ("2022-Q2", date(2022, 4, 1), date(2022, 6, 30), 3),
     ("2022-05", date(2022, 5, 1), date(2022, 5, 31), 1)],
)  # fmt: skip
def test_periods(text: str, start: date, end: date, months: int) -> None:
    period = Period.parse(text)
    assert (period.start, period.end, len(period.months())) == (start, end, months)


@pytest.mark.parametrize("text", ["2022-Q5", "2022-5", "Q2", "2022Q2"])
def test_a_period_nobody_can_read_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        Period.parse(text)
    assert refused.value.code == "E922"


def test_amounts() -> None:
    assert [yuan_text(fen) for fen in (130000, 5, 0, -5, -15000)] == [
        "1,300.00",
        "0.05",
        "0.00",
        "−0.05",
        "−150.00",
    ]

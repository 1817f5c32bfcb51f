"""A minus is carried against the next pay, oldest first, and nothing is lost or taken twice."""

from __future__ import annotations

import pytest

from app.rules.pay.debts import Carried, Debt, carried, sum_fen
from app.values import Month

APRIL, MAY, JUNE, JULY = (Month(2022, number) for number in (4, 5, 6, 7))


def test_a_debt_meets_the_next_pay_until_it_is_zero() -> None:
    months = {APRIL: -900, MAY: 300, JUNE: 400, JULY: 500}
    assert carried(months, APRIL) == Carried(left=(Debt(APRIL, 900),))
    assert carried(months, MAY) == Carried((Debt(APRIL, 900),), (Debt(APRIL, 300),), (Debt(APRIL, 600),))
    assert carried(months, JUNE) == Carried((Debt(APRIL, 600),), (Debt(APRIL, 400),), (Debt(APRIL, 200),))
    assert carried(months, JULY) == Carried((Debt(APRIL, 200),), (Debt(APRIL, 200),), ())


def test_the_oldest_debt_is_taken_first() -> None:
    found = carried({APRIL: -100, MAY: -200, JUNE: 250}, JUNE)
    assert found.taken == (Debt(APRIL, 100), Debt(MAY, 150)) and found.left == (Debt(MAY, 50),)


def test_a_pay_that_came_back_meets_what_is_owed_since() -> None:
    months = {MAY: 300, JUNE: -200, JULY: 500}
    assert carried(months, MAY) == Carried((Debt(JUNE, 200),), (Debt(JUNE, 200),), ())
    assert carried(months, JULY) == Carried()


@pytest.mark.parametrize("july", [0, 100, 1000])
def test_what_is_taken_and_left_is_what_is_owed(july: int) -> None:
    months = {APRIL: -300, MAY: 120, JUNE: -70, JULY: july}
    taken = sum(sum_fen(carried(months, month).taken) for month in months)
    assert taken + sum_fen(carried(months, JULY).left) == 370
    assert carried(months, JULY).left == () or taken == 120 + july

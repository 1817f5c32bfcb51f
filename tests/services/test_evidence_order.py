"""What a month pays never depends on the order in which roster, swap, check, complaint and verdicts arrive (Y23 Y24)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import permutations

import pytest

from app.services.attendance.decide import Decide
from app.services.reading.duties import duties_in_force
from app.services.roster.change_duty import ChangeDuty
from app.values import ChangeKind, Month
from tests.services.conftest import Desk
from tests.services.money_book import VERIFIER, Book

MAY = Month(2022, 5)


def _roster(book: Book) -> None:
    book.duty(10, who="张三")
    book.duty(17, who="张三")
    book.publish()
    with book.desk.office._dispatcher.looking(book.desk.actor) as look:
        duty = next(one for one in duties_in_force(look, MAY) if one.on.day == 17)
    book.desk.do(ChangeDuty(duty.id, ChangeKind.swap, "有事", person_id=book.person("李四")))


def _attendance(book: Book) -> None:
    book.row(10, "09:00", "13:00", who="张三")
    book.row(17, "09:00", "13:00", who="李四")


def _check(book: Book) -> None:
    made = book.check(17, "10:00", good=None, who="李四")
    book.desk.do(Decide(made, True, "无故离开"), VERIFIER)


def _complaint(book: Book) -> None:
    book.complaint(10, "10:00", who="张三")


STEPS: tuple[Callable[[Book], None], ...] = (_roster, _attendance, _check, _complaint)


@pytest.mark.parametrize("order", list(permutations(range(4)))[::3])
def test_y23_y24_the_order_of_arrival_changes_no_yuan(county: Desk, order: tuple[int, ...]) -> None:
    county.clock.go_to(datetime(2022, 5, 25, 9))
    book = Book(county)
    for step in order:
        STEPS[step](book)
    found = book.settle()
    assert sorted((line.name, line.net_fen // 100) for line in found.lines) == [("张三", 250), ("李四", 150)]

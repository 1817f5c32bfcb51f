"""测算: a year replayed under another reading or another programme, beside what is paid, and nothing stored."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.errors import Refused
from app.kernel.packs import load_pack
from app.rules.pay.lines import PayLine
from app.rules.pay.trial import compare
from app.services.money.try_pack import TrialPacks, TryPack
from app.values import DutyKind
from tests.services.conftest import Desk
from tests.services.money_book import AFTER_MAY, OTHER, Book
from tests.services.test_money_commands import huimin

__all__ = ["huimin"]


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(AFTER_MAY)
    made = Book(county)
    made.duty(10)
    made.row(10, "09:10", "13:00")
    made.worked(12, OTHER, "李四")
    made.publish()
    return made


def test_a_reading_tried_shows_who_gains_and_changes_nothing(book: Book) -> None:
    before = book.settle().lines
    tried = book.desk.ask(TryPack("", 2022, (("grace_minutes", "15"),)))
    assert [(line.name, line.pay.gain_fen) for line in tried.lines] == [("李四", 0), ("张三", 5000)]
    assert tried.lines[1].pay.deducted_less_fen == 5000
    assert (tried.before_fen, tried.after_fen, tried.words) == (
        55_000,
        60_000,
        "1 人增加，0 人减少，1 人不变",
    )
    assert book.settle().lines == before
    assert book.desk.ask(TryPack("", 2022)).before_fen == 55_000


def test_both_sides_of_a_trial_are_what_settling_gives(book: Book) -> None:
    """The side "before" equals the settlement of every month of the year, whatever else is tried."""
    tried = book.desk.ask(TryPack("qinshui-2023", 2022))
    assert tried.before_fen == book.settle().total_fen
    other = load_pack("qinshui-2023")
    assert tried.after == other.title
    assert {key for key, _ in book.desk.ask(TrialPacks())} == {"yuncheng-2022", "qinshui-2023"}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (TryPack("ganyu-2021", 2022), "E498"),
        (TryPack("nothing", 2022), "E950"),
        (TryPack("", 2023), "E499"),
        (TryPack("", 2022, (("no_such_reading", "1"),)), "E985"),
    ],
)
def test_what_cannot_be_tried_is_refused(book: Book, query: TryPack, code: str) -> None:
    with pytest.raises(Refused) as refused:
        book.desk.ask(query)
    assert refused.value.code == code


def test_people_on_one_side_only_are_compared_with_nothing() -> None:
    def line(person: str, net: int) -> PayLine:
        return PayLine(
            key=person, unit=person, person_id=person, on=date(2022, 5, 1), site="s", kind=DutyKind.station,
            base_fen=30_000, deductions=(), net_fen=net, reasons=(),
        )  # fmt: skip

    found = compare([line("a", 30_000)], [line("b", 25_000)])
    assert [(one.person_id, one.gain_fen) for one in found] == [("a", -30_000), ("b", 25_000)]


def test_the_command_tells_a_trial(huimin: Any, tmp_path: Path) -> None:
    code, out, _ = huimin("--json", "trial", "--year", "2022", "--set", "grace_minutes=15")
    found = json.loads(out)
    assert code == 0 and (found["before_fen"], found["after_fen"]) == (55_000, 60_000)
    assert {one["name"]: one["gain_fen"] for one in found["people"]} == {"张三": 5_000, "李四": 0}
    code, _, err = huimin("trial", "--year", "2022", "--set", "grace")
    assert code == 1 and "E497" in err

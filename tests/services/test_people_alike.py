"""Proposals of two stations that may be one person are found by what they share, however many others wait (case 60)."""

from __future__ import annotations

from typing import Any

import pytest

from app.models.organisation import Person, PersonPrivate
from app.services.people import suggestions
from app.services.people.suggestions import LinkSuggestions
from tests.direct_rows import write_rows
from tests.services.conftest import Desk

HERE, THERE = "140802100", "140802101"
NUMBER = "11010519491231002X"


def person(station: str, name: str, licence: str = "", id_number: str = "") -> tuple[Any, ...]:
    """Rows of a proposal as a bundle brings them."""
    own = f"{station}-{name}-{licence}"
    row = Person(id=own, writer=station, name=name, kind="律师", licence=licence, specialties=[])
    return (row, PersonPrivate(id=own, writer=station, id_number=id_number)) if id_number else (row,)


def alike(desk: Desk) -> dict[str, list[str]]:
    """Id of each that waits, without what the stations' codes share → what its likes share with it."""
    return {
        one.id.removeprefix(HERE[:-1]): [words.rpartition("，")[2] for words in one.alike]
        for one in desk.ask(LinkSuggestions())
    }


def test_case_60_likes_share_a_paper_or_a_name_that_no_paper_tells_apart(county: Desk) -> None:
    write_rows(
        county.office,
        *person(HERE, "卫明", "A1"), *person(HERE, "卫明", "A2"), *person(HERE, "单明", "", NUMBER),
        *person(THERE, "卫小明", "A1"), *person(THERE, "卫明", "A9"), *person(THERE, "单小明", "A8", NUMBER),
        *person(THERE, "单明"), *person(THERE, "曾秀英"),
    )  # fmt: skip
    assert alike(county) == {
        "0-卫明-A1": ["执业证号相同"], "1-卫小明-A1": ["执业证号相同"], "0-卫明-A2": [], "1-卫明-A9": [],
        "0-单明-": ["身份证号相同", "姓名相同"], "1-单小明-A8": ["身份证号相同"], "1-单明-": ["姓名相同"], "1-曾秀英-": [],
    }  # fmt: skip


def test_each_is_compared_with_the_few_that_share_something(
    county: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = 200
    rows = [
        row
        for number in range(pairs)
        for station in (HERE, THERE)
        for row in person(station, f"人员{number}", f"L{number}")
    ]
    write_rows(county.office, *rows)
    compared, match = [], suggestions._match

    def counting(*who: Any) -> str:
        compared.append(who)
        return match(*who)

    monkeypatch.setattr(suggestions, "_match", counting)
    found = alike(county)
    assert len(found) == 2 * pairs and all(words == ["执业证号相同"] for words in found.values())
    assert len(compared) == 2 * pairs

"""Each shape of a travelling value: what has it, and each thing that keeps a value from having it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from app.models import shapes
from app.models.shapes import Shape

LOCAL, ABSOLUTE = datetime(2022, 5, 6, 9), datetime(2022, 5, 6, 1, tzinfo=UTC)
DAY = ["09:00:00", "12:00:00"]
CASES: list[tuple[Shape, list[Any], list[Any]]] = [
    (shapes.TEXT, ["", "值班"], [5, None, ["值班"]]),
    (shapes.WHOLE, [0, -3], ["0", 1.0, True, None]),
    (shapes.YES_NO, [True, False], [0, 1, "1", None]),
    (shapes.INSTANT, [ABSOLUTE], [LOCAL]),
    (shapes.LOCAL_TIME, [LOCAL], [ABSOLUTE]),
    (shapes.ID, ["record-c1", "140802/1/up:x_.", "x" * 64], ["", "x" * 65, "a b", "甲", "a\u202eb", "a\n"]),
    (shapes.MONTH, ["2022-05", "2022-12"], ["2022-5", "2022-13", "2022-00", "2022-05-06", "２０２２-05", ""]),
    (shapes.TEXTS, [[], ["甲", "乙"]], ["甲", {"甲": 1}, ["甲", 5], [None]]),
    (
        shapes.RANGES,
        [[DAY], [DAY, ["12:00:00", "13:00:00"]]],
        [
            [],
            {},
            DAY,
            [[]],
            [["09:00:00"]],
            [[*DAY, "13:00:00"]],
            [["09:00:00", 12]],
            [["09:00", "12:00:00"]],
            [["09:00:00+08:00", "12:00:00"]],
            [["09:00:00", "24:30:00"]],
            [["九点", "十点"]],
            [["12:00:00", "09:00:00"]],
            [["09:00:00", "09:00:00"]],
            [["14:00:00", "18:00:00"], DAY],
            [DAY, ["11:00:00", "13:00:00"]],
        ],
    ),
    (
        shapes.STROKES,
        [[], [[1, 2]], [[0, 1000, 5, 6], [7, 8]]],
        [[1, 2], [[]], [[1]], [[1, 2, 3]], [[-1, 2]], [[1, 1001]], [["1", "2"]], [[True, 1]], None],
    ),
    (shapes.COUNTS, [{}, {"咨询": 3}], [[], {"咨询": "3"}, {"咨询": True}, {"咨询": None}]),
    (shapes.PAIRS, [[], [["甲", "乙"], []]], [{}, "甲", ["甲"], [["甲", 5]]]),
    (shapes.MAPPINGS, [[], [{}, {"甲": 1}]], [{}, "甲", [["甲"]], [{}, 5]]),
    (shapes.MAPPING, [{}, {"甲": 1}], [[], "甲", None]),
    (
        shapes.FACTS,
        [{}, {"甲": 1, "乙": "丙", "丁": True, "戊": ["己"], "庚": None}],
        [[], {"甲": {}}, {"甲": [1]}, {"甲": 1.5}],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0].name)
def test_a_shape_takes_what_has_it_and_nothing_else(case: tuple[Shape, list[Any], list[Any]]) -> None:
    shape, right, wrong = case
    assert [value for value in right if not shape.holds(value)] == []
    assert [value for value in wrong if shape.holds(value)] == []


def test_every_shape_has_a_case() -> None:
    """A date has no form beyond its column's type: the column reads it or refuses it."""
    known = {shape for shape in vars(shapes).values() if isinstance(shape, Shape)}
    assert known - {case[0] for case in CASES} == {shapes.DATE}

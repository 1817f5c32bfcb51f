"""案号 are issued by template and year and sort as numbers; a sample is drawn the same on both sides (G12)."""

from __future__ import annotations

import hashlib
import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.rules.cases.case_numbers import (
    DEFAULT_TEMPLATE,
    check_template,
    issue_number,
    read_number,
    year_warning,
)
from app.rules.cases.quality import drawn_cases
from app.rules.supervision.draw import announced_seed, is_announced

READ = [
    ("盐援〔2022〕第15号", 2022, 15),
    ("盐援字(2022)0015", 2022, 15),
    ("盐援字（２０２２）第１５号", 2022, 15),
    ("（2021）晋0802援9号", 2021, 9),
    ("盐援[2022]民字第7号", 2022, 7),
    ("盐援〔2022〕第7号之2", 2022, 7),
    ("2022-0015", 2022, 15),
    ("运援2022第3号", 2022, 3),
    ("YC20220015", 2022, 15),
    ("15", 0, 15),
    ("无号", 0, 0),
]


@pytest.mark.parametrize(("text", "year", "number"), READ)
def test_a_case_number_is_read_as_any_office_writes_it(text: str, year: int, number: int) -> None:
    found = read_number(text)
    assert (found.year, found.number, found.text) == (year, number, text)


def test_case_numbers_sort_by_year_and_then_as_numbers() -> None:
    texts = ["盐援〔2022〕10号", "盐援〔2022〕9号", "盐援〔2021〕100号", "盐援〔2022〕2号"]
    assert sorted(texts, key=read_number) == [
        "盐援〔2021〕100号",
        "盐援〔2022〕2号",
        "盐援〔2022〕9号",
        "盐援〔2022〕10号",
    ]


def test_a_number_follows_the_highest_of_its_year() -> None:
    taken = ["盐援〔2022〕第9号", "盐援〔2022〕第12号", "盐援〔2021〕第300号"]
    assert issue_number("盐援〔{年}〕第{号}号", 2022, taken) == "盐援〔2022〕第13号"
    assert issue_number("盐援〔{年}〕第{号:4}号", 2023, taken) == "盐援〔2023〕第0001号"


@pytest.mark.parametrize(
    "template",
    ["盐援第{号}号", "盐援〔{年}〕", "{号}-{年}", "〔{年}〕{年}{号}", "{x}〔{年}〕{号}", "〔{年}〕{号}号3厅"],
)
def test_a_template_that_cannot_be_read_back_is_refused(template: str) -> None:
    with pytest.raises(Refused, match="E320"):
        check_template(template)


@given(st.integers(1990, 2099), st.integers(0, 99999), st.sampled_from([DEFAULT_TEMPLATE, "盐{年}-{号:4}"]))
def test_what_is_issued_is_read_back(year: int, highest: int, template: str) -> None:
    issued = issue_number(template, year, [f"援字〔{year}〕第{highest}号"])
    assert (read_number(issued).year, read_number(issued).number) == (year, highest + 1)


def test_a_number_of_another_year_is_warned_of() -> None:
    assert year_warning("盐援〔2022〕1号", date(2022, 1, 3)) == ""
    assert year_warning("盐援〔2022〕1号", None) == ""
    assert "2021 年" in year_warning("盐援〔2021〕1号", date(2022, 1, 3))
    assert "看不出年份" in year_warning("1号", date(2022, 1, 3))


@pytest.mark.parametrize(
    ("many", "drawn"), [(0, 0), (1, 1), (3, 1), (4, 2), (10, 3), (11, 4), (20, 6), (100, 30)]
)
def test_g12_thirty_percent_are_drawn_rounded_up(many: int, drawn: int) -> None:
    assert len(drawn_cases([f"盐援〔2022〕{one}号" for one in range(many)], "种子")) == drawn


def test_g12_both_sides_draw_the_same_in_whatever_order_they_list() -> None:
    numbers = [f"盐援〔2022〕{one}号" for one in range(40)]
    shuffled = random.Random(1).sample([*numbers, numbers[0]], 41)
    assert drawn_cases(numbers, "a1b2") == drawn_cases(shuffled, "a1b2")
    assert drawn_cases(numbers, "a1b2") != drawn_cases(numbers, "a1b3")
    first = min(numbers, key=lambda number: hashlib.sha256(("a1b2" + number).encode()).hexdigest())
    assert drawn_cases(numbers, "a1b2")[0] == first
    assert len(drawn_cases(numbers, "a1b2", percent=100)) == 40


def test_g12_a_seed_is_the_one_announced() -> None:
    announced = announced_seed("a1b2")
    assert is_announced("a1b2", announced.upper()) and not is_announced("a1b3", announced)

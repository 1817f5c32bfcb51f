"""Amounts in capitals, exact to the 分."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.amounts import amount_in_capitals, amount_with_capitals

CASES = [
    (0, "零元整"),
    (1, "壹分"),
    (10, "壹角整"),
    (15, "壹角伍分"),
    (100, "壹元整"),
    (105, "壹元零伍分"),
    (110, "壹元壹角整"),
    (1000, "壹拾元整"),
    (130000, "壹仟叁佰元整"),
    (130005, "壹仟叁佰元零伍分"),
    (1001000, "壹万零壹拾元整"),
    (10000000, "壹拾万元整"),
    (-24000, "负贰佰肆拾元整"),
]
DIGITS = "零壹贰叁肆伍陆柒捌玖"


@pytest.mark.parametrize(("fen", "capitals"), CASES)
def test_y18_amount_in_capitals(fen: int, capitals: str) -> None:
    assert amount_in_capitals(fen) == capitals


def test_y18_figures_stand_beside_the_capitals() -> None:
    assert amount_with_capitals(130000) == "壹仟叁佰元整（¥1,300.00）"


@given(st.integers(0, 10**12))
def test_p23_capitals_read_back_to_the_same_fen(fen: int) -> None:
    assert read(amount_in_capitals(fen)) == fen


def read(text: str) -> int:
    """Reads capitals back, by the values of the signs alone."""
    yuan, total, section, digit = 0, 0, 0, 0
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        elif sign in "拾佰仟":
            section += digit * 10 ** ("拾佰仟".index(sign) + 1)
            digit = 0
        elif sign in "万亿":
            total = (total + section + digit) * 10 ** {"万": 4, "亿": 8}[sign]
            yuan, total, section, digit = yuan + total, 0, 0, 0
        elif sign == "元":
            yuan, section, digit = yuan + section + digit, 0, 0
        elif sign in "角分":
            total += digit * {"角": 10, "分": 1}[sign]
            digit = 0
    return yuan * 100 + total

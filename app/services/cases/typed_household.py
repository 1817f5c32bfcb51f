"""Reads the household table as it is typed: one line a person, with the year's income by its three kinds."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from app.errors import Refused
from app.services.cases.case_entry import HouseholdEntry
from app.text import clean, half_width

HINT = "一行一人：姓名 关系 年龄 工资 经营 其他（元／年，没有的写 0）"
_WORDS = 6


def read_household(text: str) -> tuple[HouseholdEntry, ...]:
    """Its members. Raises Refused E804 naming the line that cannot be read."""
    return tuple(_member(number, line) for number, line in enumerate(_lines(text), 1))


def household_words(members: tuple[HouseholdEntry, ...]) -> str:
    """The text that would be read as these members."""
    return "\n".join(
        f"{one.name} {one.relation or '—'} {'—' if one.age is None else one.age} "
        + " ".join(f"{Decimal(fen) / 100:f}" for fen in (one.wages_fen, one.business_fen, one.other_fen))
        for one in members
    )


def _lines(text: str) -> list[str]:
    return [line for line in map(clean, text.splitlines()) if line]


def _member(number: int, line: str) -> HouseholdEntry:
    words = half_width(line).replace("、", " ").split()
    try:
        if not 2 < len(words) <= _WORDS:
            raise ValueError(line)
        name, relation, age, *income = words
        wages, business, other = (*map(_fen, income), 0, 0, 0)[:3]
        return HouseholdEntry(
            name,
            "" if relation == "—" else relation,
            None if age in ("—", "-") else int(age),
            wages,
            business,
            other,
        )
    except (ValueError, InvalidOperation) as fault:
        raise Refused(
            "E804",
            f"家庭成员第 {number} 行看不懂，请写成“李四 配偶 45 12000 0 0”：姓名 关系 年龄 工资 经营 其他。",
            field="household",
        ) from fault


def _fen(word: str) -> int:
    fen = Decimal(word.replace(",", "")) * 100
    if fen != int(fen) or fen < 0:
        raise ValueError(word)
    return int(fen)

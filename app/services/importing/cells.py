"""Reads the cells that several kinds of workbook share: moments, flags and words of a list, each naming its column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from app.dates import parse_date, parse_moment
from app.errors import Refused
from app.services.importing.kind import Cells
from app.text import clean_number, half_width, nearest_words

FLAGS = {"是": True, "否": False}


def read_moment(cells: Cells, heading: str) -> datetime | None:
    """The naive local time of a cell, None where it is empty. Raises Refused E210, E211 that name the column."""
    if not cells[heading]:
        return None
    try:
        return parse_moment(cells[heading])
    except Refused as fault:
        raise Refused(fault.code, fault.message, field=heading) from fault


def read_flag(cells: Cells, heading: str) -> bool | None:
    """是 or 否, None where it is empty. Raises Refused E235 for anything else."""
    text = cells[heading]
    if text and text not in FLAGS:
        raise Refused("E235", f"“{heading}”只能填“是”或“否”，现为“{text}”。", field=heading)
    return FLAGS.get(text)


def read_word(cells: Cells, heading: str, words: Iterable[str], fallback: str = "") -> str:
    """A word of a list, the fallback where the cell is empty. Raises Refused E236 for anything else."""
    known, text = tuple(words), cells[heading] or fallback
    if text not in known:
        raise Refused(
            "E236",
            f"“{heading}”填的是“{text}”，不在可选值内，请填：{'、'.join(known)}。{nearest_words(text, known)}",
            field=heading,
        )
    return text


def need_listed(words: Iterable[str], heading: str, known: Sequence[str]) -> None:
    """Raises Refused E267 for a word that the policy pack's list lacks; a pack without the list leaves it open."""
    for word in words:
        if known and word not in known:
            raise Refused(
                "E267",
                f"“{heading}”没有“{word}”这一项，请填：{'、'.join(known)}。{nearest_words(word, known)}",
                field=heading,
            )


def read_whole(text: str, heading: str, *, field: str = "") -> int | None:
    """The whole number of a cell, at most four digits, None where it is empty. Raises Refused E467 for anything else."""
    digits = clean_number(text)
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 4):
        raise Refused("E467", f"“{heading}”请填整数，不能填“{text}”。", field=field or heading)
    return int(digits)


def read_day(cells: Cells, heading: str) -> date:
    """The date of a cell. Raises Refused E210 … of dates, that names the column."""
    try:
        return parse_date(cells[heading])
    except Refused as fault:
        raise Refused(fault.code, fault.message, field=heading) from fault


def read_amount(cells: Cells, heading: str) -> int:
    """The 分 of a cell written in yuan. Raises Refused E239 for anything else, or finer than a 分."""
    text = half_width(cells[heading]).replace(",", "").removesuffix("元")
    try:
        fen = Decimal(text) * 100
    except InvalidOperation:
        fen = Decimal("0.1")
    if not fen.is_finite() or fen != fen.to_integral_value() or abs(fen) >= 10**15:
        raise Refused(
            "E239", f"“{heading}”应是多少元，如 1800 或 1800.50，现为“{cells[heading]}”。", field=heading
        )
    return int(fen)

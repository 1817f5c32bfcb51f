"""Finds names and words by the characters typed, their initials or their pinyin, every reading of each counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Thread
from typing import cast

_SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "任": "ren", "盖": "ge",
    "华": "hua", "覃": "qin", "朴": "piao", "尉": "yu", "乐": "yue", "黑": "he", "缪": "miao", "员": "yun",
    "召": "shao", "葛": "ge", "翟": "zhai", "宁": "ning", "卜": "bu", "晁": "chao", "冼": "xian", "洗": "xian",
}  # fmt: skip


def load_beside() -> None:
    """Load the readings of all characters beside the work, so that the first letter typed does not wait a second."""
    Thread(target=_readings, args=("一",), daemon=True).start()


def full(name: str) -> str:
    """The usual reading without tones, lower case: 李小明 → lixiaoming; a surname's own reading first."""
    return "".join(readings[0] for readings in _readings(name))


def initials(name: str) -> str:
    """The first letters of the usual reading: 李小明 → lxm."""
    return "".join(readings[0][:1] for readings in _readings(name))


def order(name: str) -> tuple[tuple[str, str], ...]:
    """Sorts names as a dictionary does: by the first character's reading, then the next; same characters together."""
    return tuple((readings[0], sign) for readings, sign in zip(_readings(name), name, strict=True))


def matches(query: str, name: str) -> bool:
    """Whether a query finds a name: part of it, its initials, its pinyin, or a mixture, from any character on."""
    return score(query, name) > 1


def filtered(words: Sequence[str], query: str) -> list[str]:
    """The words that a query finds, best first, otherwise in their own order; initials may be left out."""
    scored = [(score(query, word), word) for word in words]
    return [word for found, word in sorted(scored, key=lambda pair: -pair[0]) if found]


def score(query: str, word: str) -> int:
    """How well a query fits a word: 0 not at all, 4 begins with it, 3 holds it or sounds so from the beginning,
    2 sounds so from a later character, 1 only its letters in order are initials of the word (lc: 劳动报酬)."""
    typed, held = query.strip().lower(), word.lower()
    if held.startswith(typed):
        return 4
    if typed in held:
        return 3
    wanted = "".join(typed.split())
    if not wanted.isascii() and not any(sign in word for sign in wanted):
        return 0
    readings = _readings(word)
    if _fits(wanted, readings):
        return 3
    if any(_fits(wanted, readings[start:]) for start in range(1, len(readings))):
        return 2
    return int(_in_order(wanted, readings))


@lru_cache(maxsize=20_000)
def _readings(name: str) -> tuple[tuple[str, ...], ...]:
    """Each character's readings, the likeliest first, the character itself last."""
    from pypinyin import Style, pinyin

    apart = cast(Callable[[str], str], list)  # one entry a character, whatever it is
    usual = pinyin(name, style=Style.NORMAL, errors=apart)
    found = []
    for place, sign in enumerate(name):
        likely = _SURNAMES.get(sign, usual[0][0]) if place == 0 else usual[place][0]
        every = pinyin(sign, style=Style.NORMAL, heteronym=True, errors=apart)[0]
        found.append(tuple(dict.fromkeys(reading.lower() for reading in (likely, *every, sign))))
    return tuple(found)


def _fits(wanted: str, readings: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the query is used up by the characters in order, each giving its whole reading or its initial."""
    if not wanted:
        return True
    if not readings:
        return False
    return any(_fits_reading(wanted, reading, readings[1:]) for reading in readings[0])


def _fits_reading(wanted: str, reading: str, rest: tuple[tuple[str, ...], ...]) -> bool:
    if reading.startswith(wanted):
        return True
    if wanted.startswith(reading) and _fits(wanted[len(reading) :], rest):
        return True
    return wanted[0] == reading[0] and _fits(wanted[1:], rest)


def _in_order(wanted: str, readings: tuple[tuple[str, ...], ...]) -> bool:
    rest = iter(readings)
    return all(any(reading[:1] == letter for one in rest for reading in one) for letter in wanted)

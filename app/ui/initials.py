"""Finds words by their pinyin initials, so that `lm` … `ldbc` finds 劳动报酬."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from itertools import product
from threading import Thread

MANY = 32


def load_beside() -> None:
    """Load the readings of all characters beside the work, so that the first letter typed does not wait a second."""
    Thread(target=import_module, args=("pypinyin",), daemon=True).start()


@lru_cache(maxsize=8192)
def initials(word: str) -> tuple[str, ...]:
    """All initials a word may have (characters with several readings give several), lower case."""
    from pypinyin import Style, pinyin

    readings = pinyin(list(word), style=Style.FIRST_LETTER, heteronym=True)
    choices = [tuple(dict.fromkeys(part.lower() for part in one)) for one in readings]
    found = []
    for letters in product(*choices):
        found.append("".join(letters))
        if len(found) == MANY:
            break
    return tuple(found)


@lru_cache(maxsize=8192)
def full(word: str) -> str:
    """The word's usual pinyin without tones, run together."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(word)).lower()


def matches(word: str, typed: str) -> int:
    """How well what was typed fits a word: 0 not at all; 4 begins with it … 1 somewhere inside."""
    wanted = typed.strip().lower()
    if not wanted or word.lower().startswith(wanted):
        return 4
    if wanted in word.lower():
        return 3
    if not wanted.isascii():
        return 0
    return _by_sound(word, wanted)


def _by_sound(word: str, wanted: str) -> int:
    letters = initials(word)
    if any(one.startswith(wanted) for one in letters) or full(word).startswith(wanted):
        return 3
    if any(wanted in one for one in letters):
        return 2
    return int(any(_in_order(wanted, one) for one in letters))


def _in_order(wanted: str, letters: str) -> bool:
    rest = iter(letters)
    return all(letter in rest for letter in wanted)


def filtered(words: list[str], typed: str) -> list[str]:
    """The words that fit, best first, otherwise in their own order."""
    scored = [(matches(word, typed), word) for word in words]
    return [word for score, word in sorted(scored, key=lambda pair: -pair[0]) if score]

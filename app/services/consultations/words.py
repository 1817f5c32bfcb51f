"""Splits the lists that sheets write in one cell, without tearing words of the pack that hold a 、 themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.text import clean

_BETWEEN = re.compile(r"[、；;，,]")


def split_words(text: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    """The words of a cell in their order: 农民、老年人 → two; 抚恤金、救济金 stays one where the pack knows it."""
    left = clean(text)
    kept: dict[str, str] = {}
    for word in sorted((one for one in known if _BETWEEN.search(one)), key=len, reverse=True):
        mark = chr(0xE000 + len(kept))
        if word in left:
            kept[mark] = word
            left = left.replace(word, mark)
    found = (part.strip() for part in _BETWEEN.split(left))
    return tuple(dict.fromkeys(_restored(part, kept) for part in found if part))


def _restored(part: str, kept: dict[str, str]) -> str:
    for mark, word in kept.items():
        part = part.replace(mark, word)
    return part

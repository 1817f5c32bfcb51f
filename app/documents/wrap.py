"""Breaks text into lines by Chinese rules without losing a character (P46)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Measure = Callable[[str], float]
_NOT_FIRST = "、。，．：；！？）〕】》〉」』”’…—～·％%,.;:!?)]}〗°元"
_NOT_LAST = "（〔【《〈「『“‘([{〖￥¥"
_WORD = re.compile(r"[0-9A-Za-z*][0-9A-Za-z.,:/@_+*\-]*[0-9A-Za-z%*]|_+|\s|.", re.DOTALL)


def wrapped_lines(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of a text; joined together they give the text back, but for its own line breaks.

    width and measure's answer are in points. A word or number is broken only when it is wider than a line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_wrap_line(paragraph, width, measure))
    return lines


def _wrap_line(text: str, width: float, measure: Measure) -> list[str]:
    if measure(text) <= width:
        return [text]
    lines, line, used = [], "", 0.0
    for piece in _pieces(text, width, measure):
        size = measure(piece)
        if line and used + size > width and not piece.isspace():
            lines.append(line)
            line, used = "", 0.0
        line += piece
        used += size
    return [*lines, line]


def _pieces(text: str, width: float, measure: Measure) -> Iterator[str]:
    """Unbreakable pieces: words and numbers, signs bound to their neighbour; cut only where a piece is too wide."""
    for piece in _bound(text):
        if measure(piece) <= width:
            yield piece
        else:
            yield from piece


def _bound(text: str) -> Iterator[str]:
    held = ""
    for found in _WORD.finditer(text):
        piece = found[0]
        if held and not _belongs(held, piece):
            yield held
            held = ""
        held += piece
    if held:
        yield held


def _belongs(held: str, piece: str) -> bool:
    return held[-1] in _NOT_LAST or (piece[0] in _NOT_FIRST and not held.isspace())

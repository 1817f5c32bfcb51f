"""What a full-text index holds of texts, names and numbers: plain tokens, the same for what is kept and what is typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from app.masking import LAST, SHORTEST_ENDED
from app.pinyin import initials
from app.text import half_width

INDEXED = (
    "client_name",
    "topics",
    "site",
    "number",
    "serial",
    "phone",
    "id_number",
    "content",
    "answer",
    "village",
)
"""The columns of a record whose words the index holds, in the order that record_tokens takes them."""
BETWEEN = "zz"
"""Stands between two texts of a column, so that no phrase runs from one into the other."""
_LONGEST_INITIALS = 6
_BREAK = "\0"
"""Where one text ends and the next begins; no record holds it."""
_DIGIT = "[0-9０-９]"
_HIDDEN = re.compile(rf"{_DIGIT}(?:[ \-　－]?{_DIGIT}){{{SHORTEST_ENDED - 1},}}[xXｘＸ]?")
"""Digits as long as a number that lists mask; in the words of a record they obey the same rule."""
_SIGNS = re.compile(r"[^0-9a-z]")
_TOKEN = re.compile(r"[0-9]|[^\W_]")
_KEPT = 4096
"""Names' letters, topics, sites: the same few again and again."""


class _Pieces(dict[int, str]):
    """Sign → what stands for it: a digit itself, so that a run of them is one token; an ASCII letter, small, and any other
    letter's number, each a token of its own; a blank for the rest."""

    def __missing__(self, code: int) -> str:
        self[code] = "".join(map(_piece, half_width(chr(code)).lower()))
        return self[code]


def _piece(sign: str) -> str:
    if not _TOKEN.fullmatch(sign):
        return " "
    if sign.isascii():
        return sign if sign.isdigit() else f" {sign} "
    return f" {ord(sign):x} "


_PIECES = _Pieces({ord(_BREAK): f" {BETWEEN} "})


def tokens(words: str) -> list[str]:
    """Every character a token, a run of digits one; anything but letters and digits is left out.

    Other characters than ASCII by their number, so that SQLite needs to know nothing of them, rare ones included.
    """
    return words.replace(_BREAK, " ").translate(_PIECES).split()


def joined_tokens(texts: Iterable[str]) -> str:
    """The tokens of some texts, in one column of the index."""
    return _BREAK.join(texts).translate(_PIECES)


def record_tokens(record: Sequence[Any]) -> tuple[str, ...]:
    """What the index holds of a stored record (values of INDEXED): client, initials, numbers, topics, content, site."""
    client, topics, site, number, serial, phone, id_number, *texts = record
    client = _plain(client)
    content = _BREAK.join(filter(None, map(_plain, texts)))
    numbers = [phone, id_number]
    if hidden := _HIDDEN.findall(content):
        content = _HIDDEN.sub(_BREAK, content)
        numbers += hidden
    found = [number_token(_plain(number)), serial_token(_plain(serial)), *personal_tokens(numbers)]
    return (
        client.translate(_PIECES),
        initial_words(client),
        " ".join(found),
        _topic_words(_plain(topics)),
        content.translate(_PIECES),
        site_token(_plain(site)),
    )


def _plain(value: Any) -> str:
    return value if type(value) is str else "" if value is None else str(value)


@lru_cache(_KEPT)
def _topic_words(stored: str) -> str:
    return joined_tokens(filter(None, stored.split('"')))


def initial_words(name: str) -> str:
    """Every part of a name's initials that finds it."""
    letters = [_first_letter(name[:1]), *map(_next_letter, name[1:_LONGEST_INITIALS])]
    return _parts("".join(letters).lower())


@lru_cache(_KEPT)
def _first_letter(sign: str) -> str:
    return initials(half_width(sign))


@lru_cache(_KEPT)
def _next_letter(sign: str) -> str:
    """Of a character behind another, so that it is no surname. Single ones are known by heart, whole names are ever new."""
    return initials(f"一{half_width(sign)}")[1:]


@lru_cache(_KEPT)
def _parts(letters: str) -> str:
    """Every part of at least two letters, so that initials are found from any character on."""
    sizes = range(2, len(letters) + 1)
    return " ".join(
        letters[start : start + size] for size in sizes for start in range(len(letters) - size + 1)
    )


def personal_tokens(numbers: Iterable[Any]) -> Iterable[str]:
    """What finds telephone and identity numbers: each whole, and the last four of one long enough to be masked."""
    for number in numbers:
        if number and (bare := _bare(str(number))):
            yield f"w{bare}"
            if len(bare) >= SHORTEST_ENDED:
                yield f"l{bare[-LAST:]}"


def _bare(number: str) -> str:
    if number.isascii() and number.isalnum():
        return number.lower()
    return _SIGNS.sub("", half_width(number).lower())


def number_token(number: str) -> str:
    """A register's number, whole."""
    return f"n{number if number.isascii() and number.isdigit() else ''.join(tokens(number))}"


def serial_token(serial: str) -> str:
    """A serial number, with or without leading zeros."""
    return f"s{serial.lstrip('0')}"


def whole_token(number: str) -> str:
    """A telephone or identity number, whole."""
    return f"w{_bare(number)}"


def end_token(end: str) -> str:
    """The last four of one that is long enough to be masked (masking.means_number)."""
    return f"l{_bare(end)}"


@lru_cache(_KEPT)
def site_token(site: str) -> str:
    """A site's code as one token."""
    return half_width(site).replace("-", "x").lower()

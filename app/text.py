"""Cleans text where it enters and makes it safe where it is shown or becomes a file name."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from app.errors import Refused

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff"
_DROPPED = {ord(mark): None for mark in _BIDI + _INVISIBLE}
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DASHES = {ord(mark): "-" for mark in "‐‑‒–—―−－"}
_FORMULA_STARTS = "=+-@＝＋－＠\t\r"
_RESERVED_NAME = re.compile(r"(?i)^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(?=\.|$)")
_UNSAFE_IN_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_NAME_BYTES = 200
MOST_NAMED = 5


def clean(text: str) -> str:
    """One line of typed text: NFC, no invisible marks or bidirectional controls, blanks trimmed and single.

    Raises Refused E213 when it holds characters that cannot be kept (U+0000, lone surrogates).
    """
    return " ".join(_keepable(text).split())


def clean_lines(text: str) -> str:
    """Typed text of several lines, cleaned as `clean` does, its line breaks and tabs kept.

    Raises Refused E213.
    """
    lines = _keepable(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n ")


def clean_number(text: str) -> str:
    """A number typed as text: full-width signs become ASCII, dashes '-', all blanks go, letters are capitals.

    Raises Refused E213.
    """
    plain = half_width(_keepable(text))
    return "".join((plain if plain.isascii() else plain.translate(_DASHES)).split()).upper()


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as their ASCII twins; Chinese characters stay."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def display_safe(text: str) -> str:
    """Text of unknown origin for a screen: no bidirectional or invisible marks, a control sign shown as a blank.

    Never raises: what cannot be shown becomes U+FFFD.
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):  # none of the marks above is printable
        return text
    shown = (_shown_sign(sign) for sign in text.translate(_DROPPED))
    return unicodedata.normalize("NFC", "".join(shown))


def told_name(path: Path) -> str:
    """A file's or folder's name as one harmless line for a sentence or a record; one written in GBK is read as GBK."""
    return re.sub(r"\s+", " ", display_safe(readable(path.name)))


def readable(text: str) -> str:
    """Text from the system whose bytes were no UTF-8, read as GBK, as an old Chinese Windows wrote it; other text as it is."""
    if not any(0xD800 <= ord(sign) <= 0xDFFF for sign in text):
        return text
    return os.fsencode(text).decode("gb18030", "replace")


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula (P44)."""
    return bool(text) and text[0] in _FORMULA_STARTS


def safe_file_name(text: str, *, fallback: str = "未命名") -> str:
    """A file name that is harmless on Windows and Linux alike; the ending is kept, at most 200 bytes of UTF-8.

    Path separators, stream colons and control signs become '_'; bidirectional marks go (exchange case 35).
    """
    name = _UNSAFE_IN_NAME.sub("_", display_safe(text).replace("\ufffd", "_"))
    name = re.sub(r"\.{2,}", ".", name).strip(" .")
    if _RESERVED_NAME.match(name):
        name = "_" + name
    return _shortened(name) or fallback


def named_few(names: Sequence[str], unit: str) -> str:
    """`甲、乙`, and of more than MOST_NAMED the first of them with their number: `甲、乙、丙、丁、戊 等 7 个单位`."""
    more = f" 等 {len(names)} {unit}" if len(names) > MOST_NAMED else ""
    return f"{'、'.join(names[:MOST_NAMED])}{more}"


def nearest_words(text: str, known: Iterable[str]) -> str:
    """A sentence that offers the word of a list nearest to the one typed, "" where none has a sign in common."""
    likeness = {word: SequenceMatcher(None, text, word).ratio() for word in known}
    best = max(likeness, key=lambda word: likeness[word], default="")
    return f"是不是“{best}”？" if best and likeness[best] > 0 else ""


def _keepable(text: str) -> str:
    if text.isprintable():  # no control, mark or surrogate is; nearly every cell of a sheet
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    if "\x00" in text or any(0xD800 <= ord(sign) <= 0xDFFF for sign in text):
        raise Refused("E213", "文字中含有无法保存的字符，请删去后重新输入")
    plain = "".join(sign for sign in text.translate(_DROPPED) if sign in "\n\r\t" or not _is_control(sign))
    return unicodedata.normalize("NFC", plain)


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) == "Cc"


def _shown_sign(sign: str) -> str:
    if 0xD800 <= ord(sign) <= 0xDFFF:
        return "\ufffd"
    return " " if _is_control(sign) and sign != "\n" else sign


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > 20:
        stem, dot, ending = name, "", ""
    room = _NAME_BYTES - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + dot + ending if stem else ""

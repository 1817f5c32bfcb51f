"""Measures text in a role's font and embeds just the characters used, so that every name prints or is reported."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from functools import cache
from threading import RLock
from typing import Any

from app.documents.fonts import FontRole, font_chain
from app.documents.glyphs import GlyphSource, Outline, build_truetype, glyph_source
from app.text import display_safe

GETA = "〓"
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u200b-\u200d]")
_POSTSCRIPT = {
    FontRole.song: "HuiminSong",
    FontRole.hei: "HuiminHei",
    FontRole.kai: "HuiminKai",
    FontRole.fang: "HuiminFang",
    FontRole.headline: "HuiminHeadline",
}
font_lock = RLock()


class Typeface:
    """One role: its files in order of preference, widths remembered by character."""

    def __init__(self, role: FontRole, sources: tuple[GlyphSource, ...]):
        self.role = role
        self.name = _POSTSCRIPT[role]
        self._sources = sources
        self._widths: dict[str, float] = {}

    def width(self, text: str, size: float) -> float:
        """The printed width of one line in points; size is the font size in points."""
        widths = self._widths
        return sum(widths.get(sign) or self._width(sign) for sign in text) * size

    def has(self, sign: str) -> bool:
        """Whether any file of the chain has a glyph for the character."""
        return self._source(ord(sign)) is not None

    def shown(self, text: str) -> str:
        """The text as it prints: characters without a glyph become 〓, never an empty box (P49)."""
        return "".join(sign if self.has(sign) else GETA for sign in text)

    def outline(self, sign: str) -> Outline:
        """The glyph of a character that `has`."""
        source = self._source(ord(sign))
        assert source is not None
        return source.outline(ord(sign))

    def _width(self, sign: str) -> float:
        with font_lock:
            source = self._source(ord(sign))
            found = source.advance(ord(sign)) / 1000 if source else 1.0
        self._widths[sign] = found
        return found

    def _source(self, code: int) -> GlyphSource | None:
        return next((source for source in self._sources if source.has(code)), None)


@cache
def typeface(role: FontRole) -> Typeface:
    """The typeface of a role on this machine."""
    return Typeface(role, tuple(glyph_source(file) for file in font_chain(role)))


def printable(text: str) -> str:
    """Text for paper: no control or bidirectional marks, no variation selectors, tabs as blanks; line breaks stay."""
    return _SELECTORS.sub("", display_safe(text.replace("\r\n", "\n").replace("\r", "\n")))


def embed(face: Typeface, text: Iterable[str]) -> None:
    """Registers with reportlab, under the face's name, a font with the characters of the text.

    The caller holds `font_lock` from here until the document is saved.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFontFace

    signs = {sign for part in text for sign in part if face.has(sign)} | {" ", GETA}
    data = build_truetype(face.name, {ord(sign): face.outline(sign) for sign in sorted(signs)})
    if face.name in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.getFont(face.name).face = TTFontFace(io.BytesIO(data))
    else:
        pdfmetrics.registerFont(_font_class()(face.name, io.BytesIO(data)))


@cache
def _font_class() -> type[Any]:
    """reportlab's font with text beyond U+FFFF kept searchable: its table wants UTF-16 pairs there."""
    from reportlab.pdfbase.ttfonts import TTFont

    class EmbeddedFont(TTFont):  # type: ignore[misc]
        def addObjects(self, doc: Any) -> None:  # noqa: N802
            state, face = self.state[doc], self.face
            for code in [code for code in face.charToGlyph if code > 0xFFFF]:
                face.charToGlyph[_utf16(code)] = face.charToGlyph[code]
                face.charWidths[_utf16(code)] = face.charWidths.get(code, face.defaultWidth)
            state.subsets = [[_utf16(code) for code in subset] for subset in state.subsets]
            super().addObjects(doc)

    return EmbeddedFont


def _utf16(code: int) -> int:
    return int.from_bytes(chr(code).encode("utf-16-be")) if 0xFFFF < code <= 0x10FFFF else code

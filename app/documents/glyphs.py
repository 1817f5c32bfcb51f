"""Takes single glyphs out of any outline font and builds a small TrueType font of just those (reportlab takes no CFF)."""

from __future__ import annotations

import io
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from app.documents.fonts import FontFile

UNITS = 1000
_RESTRICTED = 0x0002


@dataclass(frozen=True)
class Outline:
    """One glyph as TrueType curves; advance in thousandths of the font size."""

    glyph: Any
    advance: int


class GlyphSource:
    """The glyphs of one font file, read one by one and kept for the life of the process."""

    def __init__(self, file: FontFile):
        self.file = file
        self._kept: dict[int, Outline] = {}

    @cached_property
    def _font(self) -> Any:
        from fontTools.ttLib import TTFont

        font = TTFont(self.file.path, fontNumber=self.file.index, lazy=True)
        weakref.finalize(self, font.close)
        return font

    @cached_property
    def _names(self) -> dict[int, str]:
        """Code point → glyph name; empty where the licence bits of the font forbid embedding."""
        may_embed = "OS/2" not in self._font or self._font["OS/2"].fsType & 0x000F != _RESTRICTED
        return dict(self._font.getBestCmap() or {}) if may_embed else {}

    @cached_property
    def _glyph_set(self) -> Any:
        return self._font.getGlyphSet()

    @cached_property
    def _scale(self) -> float:
        return float(UNITS / self._font["head"].unitsPerEm)

    def has(self, code: int) -> bool:
        """Whether the font has a glyph for the code point."""
        return code in self._names

    def advance(self, code: int) -> int:
        """The width of the character in thousandths of the font size."""
        width: float = self._glyph_set[self._names[code]].width
        return round(width * self._scale)

    def outline(self, code: int) -> Outline:
        """The glyph of a code point that the font has, its curves quadratic, one em = 1000 units."""
        if code not in self._kept:
            self._kept[code] = Outline(self._draw(self._names[code]), self.advance(code))
        return self._kept[code]

    def _draw(self, name: str) -> Any:
        from fontTools.pens.cu2quPen import Cu2QuPen
        from fontTools.pens.recordingPen import DecomposingRecordingPen
        from fontTools.pens.transformPen import TransformPen
        from fontTools.pens.ttGlyphPen import TTGlyphPen

        recorded = DecomposingRecordingPen(self._glyph_set)
        self._glyph_set[name].draw(recorded)
        pen = TTGlyphPen(None)
        is_cubic = "glyf" not in self._font
        curves = Cu2QuPen(pen, 0.8, reverse_direction=True) if is_cubic else pen
        recorded.replay(TransformPen(curves, (self._scale, 0, 0, self._scale, 0, 0)))
        return pen.glyph()


@cache
def glyph_source(file: FontFile) -> GlyphSource:
    """The one source of a font file in this process."""
    return GlyphSource(file)


def build_truetype(name: str, outlines: Mapping[int, Outline]) -> bytes:
    """A TrueType font file with the given code points only.

    name: its PostScript name, ASCII. outlines: code point → glyph.
    """
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    names = {code: f"u{code:05X}" for code in sorted(outlines)}
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    glyphs = {names[code]: outlines[code].glyph for code in names}
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), **glyphs})
    bearings = {".notdef": (0, 0)}
    bearings |= {names[code]: (outlines[code].advance, _left(outlines[code].glyph)) for code in names}
    builder.setupHorizontalMetrics(bearings)
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable(
        {"familyName": name, "styleName": "Regular", "psName": name, "uniqueFontIdentifier": name}
    )
    builder.setupOS2(
        sTypoAscender=880, sTypoDescender=-120, usWinAscent=1000, usWinDescent=300, sCapHeight=730
    )
    builder.setupPost(keepGlyphNames=False)
    stream = io.BytesIO()
    builder.save(stream)
    return stream.getvalue()


def _left(glyph: Any) -> int:
    return int(getattr(glyph, "xMin", 0) or 0)

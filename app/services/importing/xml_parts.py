"""Feeds the XML of a part of a workbook to whoever reads it, leaving out unread what only carries a style."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

CHUNK = 1 << 20
_BLANK_CELL = re.compile(rb'<c (?=[^<>]*\br=")[^<>]*/>')
_BLANK_ROW = re.compile(rb'<row (?=[^<>]*\br=")[^<>]*(?:/>|>\s*</row>)')


def parse_part(
    archive: ZipFile,
    part: str,
    opened: Callable[[str, dict[str, str]], None],
    closed: Callable[[str], None],
    told: Callable[[str], None],
    *,
    is_thinned: bool = False,
) -> None:
    """Feed a part's XML to the three; thinned: cells and rows that only carry a style are left out unread."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    plain = _PlainNames()
    parser.StartElementHandler = lambda name, given: opened(plain[name], given)
    parser.EndElementHandler = lambda name: closed(plain[name])
    parser.CharacterDataHandler = told
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(part) as source:
        while chunk := source.read(CHUNK):
            if is_thinned and b"<![CDATA[" not in chunk:
                chunk = _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", chunk))
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


class _PlainNames(dict[str, str]):
    """Name of an element → the name without the prefix of its namespace."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition(":")[2]
        return self[name]


def _refuse_doctype(*_given: Any) -> None:
    raise ValueError("a workbook declares no document type")

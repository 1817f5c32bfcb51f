"""Reads the cells of an XLSX workbook as text in one pass over its XML, so that blank rows and unused styles cost nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from app.services.importing.lines import LOST, NO_VALUE, FilledLine
from app.services.importing.xml_parts import parse_part

LONGEST_EXACT = 10**15
"""A number of more digits than fifteen has lost its last ones."""
CHINESE_DATES = frozenset((*range(27, 37), *range(50, 59)))
"""Formats that a Chinese Excel takes for granted and does not write down: 31 is yyyy"年"m"月"d"日"."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MARKS = {"1": True, "true": True}


class Stop(Exception):
    """Enough was read."""


@dataclass(frozen=True)
class XlsxSheet:
    """One sheet of cells: its name and the part of the file that holds it."""

    name: str
    part: str


@dataclass
class XlsxBook:
    """An open workbook. styles: which cell styles are dates, which durations; epoch: day nought of its dates."""

    archive: ZipFile
    sheets: list[XlsxSheet]
    strings: list[str]
    dates: frozenset[int]
    durations: frozenset[int]
    epoch: datetime

    def lines(self, sheet: XlsxSheet, most: int) -> Iterator[FilledLine]:
        """The rows that hold anything, at most so many; hidden columns are told by the first line."""
        found = _Cells(book=self, most=most)
        with suppress(Stop):
            parse_part(self.archive, sheet.part, found.opened, found.closed, found.told, is_thinned=True)
        return iter(found.lines)


def open_xlsx(path: Path) -> XlsxBook:
    """Open a workbook; whoever opens it closes its archive. A damaged file raises in ways of its own."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

    archive = ZipFile(path)
    root = next(rel for rel in _relations(archive, "") if rel[1] == "officeDocument")[2]
    book = ElementTree.fromstring(archive.read(root))
    parts = {rel[0]: (rel[1], rel[2]) for rel in _relations(archive, root)}
    sheets = []
    for node in _children(book, "sheet"):
        rel = next(value for name, value in node.attrib.items() if name.rpartition("}")[2] == "id")
        kind, part = parts[rel]
        if kind == "worksheet":
            sheets.append(XlsxSheet(node.attrib["name"], part))
    of_kind = dict(parts.values())
    is_1904 = any(node.attrib.get("date1904") in _MARKS for node in _children(book, "workbookPr"))
    dates, durations = _date_styles(archive, of_kind.get("styles", ""))
    return XlsxBook(
        archive,
        sheets,
        _strings(archive, of_kind.get("sharedStrings", "")),
        dates,
        durations,
        CALENDAR_MAC_1904 if is_1904 else CALENDAR_WINDOWS_1900,
    )


@dataclass(kw_only=True)
class _Cells:
    """Takes the events of one sheet and keeps its lines."""

    book: XlsxBook
    most: int
    lines: list[FilledLine] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    row: int = 0
    column: int = 0
    is_hidden: bool = False
    cells: dict[int, str] = field(default_factory=dict)
    faults: dict[int, str] = field(default_factory=dict)
    kind: str = ""
    style: int = 0
    has_formula: bool = False
    is_phonetic: bool = False
    is_text: bool = False
    value: list[str] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)

    def opened(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            self.column = self._place(given.get("r", "")) or self.column + 1
            self.kind, self.style = given.get("t", "n"), int(given.get("s", 0))
            self.has_formula = False
            self.value.clear()
        elif name in {"v", "t"}:
            self.is_text = not self.is_phonetic
        elif name == "f":
            self.has_formula = True
        elif name == "row":
            self.row, self.column = int(given.get("r", self.row + 1)), 0
            self.is_hidden = given.get("hidden") in _MARKS
            self.cells, self.faults = {}, {}
        elif name == "rPh":
            self.is_phonetic = True
        elif name == "col" and given.get("hidden") in _MARKS:
            self.hidden.update(range(int(given["min"]), min(int(given["max"]), int(given["min"]) + 200) + 1))

    def told(self, text: str) -> None:
        if self.is_text:
            self.value.append(text)

    def closed(self, name: str) -> None:
        if name in {"v", "t"}:
            self.is_text = False
        elif name == "c":
            if self.value or self.has_formula:
                self._take("".join(self.value))
        elif name == "rPh":
            self.is_phonetic = False
        elif name == "row" and (self.cells or self.faults):
            self.lines.append(
                FilledLine(self.row, self.cells, self.faults, self.is_hidden, frozenset(self.hidden))
            )
            if len(self.lines) > self.most:
                raise Stop

    def _take(self, text: str) -> None:
        kind = self.kind
        if kind == "s":
            words = self.book.strings[int(text)]
        elif kind in {"inlineStr", "str"}:
            words = _unescaped(text)
        elif kind == "e" or (self.has_formula and not text and kind != "str"):
            self.faults[self.column] = NO_VALUE
            return
        elif kind == "b":
            words = "是" if text in _MARKS else "否"
        elif kind == "d":
            words = text.replace("T", " ")
        else:
            words = self._number(text)
        if words and not words.isspace():
            self.cells[self.column] = words.strip()

    def _number(self, text: str) -> str:
        if not text:
            return ""
        if self.style in self.book.dates:
            return self._moment(float(text))
        if text.isdigit() and len(text) <= 15:
            return str(int(text))
        value = float(text)
        if abs(value) >= LONGEST_EXACT:
            self.faults[self.column] = LOST
        return str(int(value)) if value.is_integer() else str(value)

    def _moment(self, value: float) -> str:
        from openpyxl.utils.datetime import from_excel

        found = from_excel(value, self.book.epoch, timedelta=self.style in self.book.durations)
        return moment_words(found)

    def _place(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        found = self.columns.get(letters)
        if found is None:
            found = 0
            for letter in letters:
                found = found * 26 + ord(letter) - 64
            self.columns[letters] = found
        return found


def moment_words(value: Any) -> str:
    """A date, time or duration as clerks write it, the time only where there is one."""
    if isinstance(value, datetime):
        day = value.date().isoformat()
        return day if value.time() == time() else f"{day} {value:%H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:%H:%M:%S}" if isinstance(value, time) else str(value)


def _strings(archive: ZipFile, part: str) -> list[str]:
    """The texts that cells share; readings written above characters are no part of them."""
    found: list[str] = []
    if not part:
        return found
    words: list[str] = []
    state = {"text": False, "reading": False}

    def opened(name: str, _given: dict[str, str]) -> None:
        if name == "t":
            state["text"] = not state["reading"]
        elif name == "rPh":
            state["reading"] = True

    def closed(name: str) -> None:
        if name == "si":
            found.append(_unescaped("".join(words)))
            words.clear()
        elif name == "t":
            state["text"] = False
        elif name == "rPh":
            state["reading"] = False

    def told(text: str) -> None:
        if state["text"]:
            words.append(text)

    parse_part(archive, part, opened, closed, told)
    return found


def _date_styles(archive: ZipFile, part: str) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of the cell styles that show dates or times, and of those among them that show durations."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    if not part:
        return frozenset(), frozenset()
    root = ElementTree.fromstring(archive.read(part))
    formats: dict[int, str] = dict(BUILTIN_FORMATS)
    formats |= dict.fromkeys(CHINESE_DATES, "yyyy-mm-dd")
    formats |= {int(n.attrib["numFmtId"]): n.attrib["formatCode"] for n in _children(root, "numFmt")}
    uses = [
        formats.get(int(style.attrib.get("numFmtId", 0)), "")
        for styles in _children(root, "cellXfs")
        for style in styles
    ]
    durations = frozenset(n for n, code in enumerate(uses) if code and is_timedelta_format(code))
    return frozenset(n for n, code in enumerate(uses) if code and is_date_format(code)) | durations, durations


def _relations(archive: ZipFile, part: str) -> list[tuple[str, str, str]]:
    """(id, kind, part) of what a part of the file refers to."""
    place = PurePosixPath(part)
    name = str(place.parent / "_rels" / f"{place.name}.rels") if part else "_rels/.rels"
    if name not in archive.namelist():
        return []
    found = []
    for node in ElementTree.fromstring(archive.read(name)):
        target = node.attrib["Target"]
        whole = (
            target.lstrip("/") if target.startswith("/") else str(place.parent / target if part else target)
        )
        found.append((node.attrib["Id"], node.attrib["Type"].rpartition("/")[2], whole))
    return found


def _children(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """Everything below of that name, whichever of the two standards the file follows."""
    return [node for node in root.iter() if isinstance(node.tag, str) and node.tag.rpartition("}")[2] == name]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text

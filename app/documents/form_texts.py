"""Reads the texts of the legal-aid forms from resources/forms, so that an office's wording changes without a program."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from app.paths import resources

CATALOGUE = "catalogue.toml"
PLACE = re.compile(r"\{([^{}|]+)(?:\|(\d+))?\}")
"""A named place in a text: {申请人}, or {证件号码|18} with the blanks to print where nothing is known."""
BLANKS = 8
_OPEN_DAY = "____年__月__日"
LETTER, TABLE = "letter", "table"


@dataclass(frozen=True, kw_only=True)
class FormRow:
    """One row of a table form: a section's heading, pairs of label and value, one tall cell, a list, or a sentence.

    lines: least lines of a tall cell, to be written in by hand. signed: set at the right foot of the cell. source: the
    list that fills the columns; least: rows to print at least.
    """

    section: str = ""
    cells: tuple[str, ...] = ()
    label: str = ""
    value: str = ""
    lines: int = 1
    signed: str = ""
    columns: tuple[str, ...] = ()
    source: str = ""
    least: int = 0
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class FormText:
    """One form of the Ministry's list (司法部《法律援助文书格式》).

    number: its place there. mark: what its 文号 calls it, "" for a form without one. subject: 案件, or what else it is
    about. events, states: when it is of use, both empty: always. is_intake: an intake point puts it out itself.
    copies: who gets one.
    """

    number: int
    title: str
    kind: str = TABLE
    mark: str = ""
    subject: str = "案件"
    events: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    is_intake: bool = False
    is_landscape: bool = False
    addressee: str = ""
    paragraphs: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    signer: str = ""
    signatures: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    rows: tuple[FormRow, ...] = field(default=())

    @property
    def texts(self) -> Iterator[str]:
        """Every text that may name a place."""
        yield from (self.addressee, self.signer, *self.paragraphs, *self.attachments, *self.signatures)
        for row in self.rows:
            yield from (*row.cells, row.value, row.signed, row.text)


@cache
def form_texts() -> Mapping[int, FormText]:
    """Number in the Ministry's list → form, in the order of the list."""
    found: dict[int, FormText] = {}
    for file in sorted((resources() / "forms").glob("*.toml")):
        if file.name != CATALOGUE:
            read = tomllib.loads(file.read_text(encoding="utf-8"))
            found |= {one["number"]: _form(one) for one in read["form"]}
    return dict(sorted(found.items()))


def filled(text: str, values: Mapping[str, str], *, is_cell: bool = False) -> str:
    """The text with its places filled; one without a value is a blank line, or an empty table cell."""

    def value(found: re.Match[str]) -> str:
        known = values.get(found[1], "")
        if known or is_cell:
            return known
        is_day = found[1].endswith(("日期", "期限"))
        return _OPEN_DAY if is_day else "_" * int(found[2] or BLANKS)

    return PLACE.sub(value, text)


def _form(read: Mapping[str, Any]) -> FormText:
    plain: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in read.items()
    }
    return FormText(**(plain | {"rows": tuple(_row(one) for one in read.get("rows", ()))}))


def _row(read: Mapping[str, Any]) -> FormRow:
    names = {"from": "source"}
    plain: dict[str, Any] = {
        names.get(name, name): tuple(value) if isinstance(value, list) else value
        for name, value in read.items()
    }
    return FormRow(**plain)

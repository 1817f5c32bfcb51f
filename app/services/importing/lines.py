"""One line of a sheet as every kind of file gives it, before its headings are known."""

from __future__ import annotations

from typing import NamedTuple

NO_VALUE, LOST = "no value", "lost"
"""What a spreadsheet did to a cell: a formula that left no value, a number whose last digits are gone."""


class FilledLine(NamedTuple):
    """A row that holds anything. cells, faults: by column, the first is 1; hidden_columns: of the whole sheet."""

    number: int
    cells: dict[int, str]
    faults: dict[int, str]
    is_hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()

"""The one model of a table document, from which screen, XLSX and PDF all come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

Kind = Literal["text", "number", "money", "percent", "date", "time"]
Align = Literal["", "left", "center", "right"]
Value = str | int | float | date | datetime | time | None
Row = tuple[Value, ...]
_SHORT = 6
_LABEL_WIDTH = 2


@dataclass(frozen=True)
class SheetColumn:
    """One column.

    kind: text; number; money (分); percent (a ratio, 0.5 = 50 %); date; time (a local time, naive
    local datetime, or text). width: how many Chinese characters it should hold on one line.
    total: summed in the totals row. group: a heading over neighbours of the same group.
    align: "" sets figures right, short text, dates and times in the middle, longer text left.
    medium: "paper" is only printed, "file" only on the screen and in the XLSX, "" in both.
    is_merged: equal neighbours below each other print as one tall cell.
    """

    key: str
    title: str
    kind: Kind = "text"
    width: float = 6
    total: bool = False
    group: str = ""
    align: Align = ""
    medium: Literal["", "paper", "file"] = ""
    is_merged: bool = False

    @property
    def is_numeric(self) -> bool:
        return self.kind in ("number", "money", "percent")

    @property
    def alignment(self) -> str:
        """left, center or right."""
        if self.align or self.is_numeric:
            return self.align or "right"
        return "left" if self.kind == "text" and self.width > _SHORT else "center"


@dataclass(frozen=True)
class Footer:
    """What the foot of each page says beside `第 n 页 共 m 页`; printed_at is a naive local time."""

    version: str = ""
    check_code: str = ""
    printed_at: datetime | None = None
    text: str = ""

    def left(self) -> str:
        """Version and check code, as far as given."""
        code = f"校验码 {spaced_code(self.check_code)}" if self.check_code else ""
        return "　".join(part for part in (self.version, code, self.text) if part)

    def right(self) -> str:
        return f"打印时间 {self.printed_at:%Y-%m-%d %H:%M}" if self.printed_at else ""


@dataclass(frozen=True)
class ReadRows:
    """Rows that are read anew whenever somebody goes through them, so that no list of all of them is held.

    count: how many there are. sums: as the function below gives them, known without going through the rows.
    """

    read: Callable[[], Iterator[Row]]
    count: int
    sums: Row

    def __iter__(self) -> Iterator[Row]:
        return self.read()

    def __len__(self) -> int:
        return self.count

    def picked(self, places: Sequence[int]) -> ReadRows:
        """The same with these columns only."""
        return ReadRows(
            lambda: (_picked(row, places) for row in self), self.count, _picked(self.sums, places)
        )


Rows = tuple[Row, ...] | ReadRows


@dataclass(frozen=True)
class View:
    """What one medium shows of a sheet."""

    columns: tuple[SheetColumn, ...]
    rows: Rows
    totals: Row | None

    def page_totals(self, rows: Iterable[Row]) -> Row:
        """What the rows of one page come to, its first free text cell saying 本页小计."""
        row = list(sums(self.columns, rows))
        place = next((place for place, column in enumerate(self.columns) if _may_label(column)), None)
        if place is not None:
            row[place] = "本页小计"
        return tuple(row)


@dataclass(frozen=True)
class Sheet:
    """A table document.

    subtitle: up to three parts set left, centre and right above the table, or more as lines.
    rows: values in the order of columns. totals: the totals row where it is not plain sums (empty
    cells None); a value under a `total` column must equal the sum of the printed lines (P23).
    totals_text: a line of full width under the totals, as the amount in capitals.
    signatures: `制表人` prints as a line to sign and date. size: the largest font size in points.
    row_height: least printed height of a row in millimetres, as for signing. has_page_totals: where the rows
    take several pages each page ends with what its own rows come to (本页小计).
    """

    title: str
    columns: tuple[SheetColumn, ...]
    rows: Rows
    subtitle: tuple[str, ...] = ()
    totals: Row | None = None
    totals_text: str = ""
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    orientation: Literal["portrait", "landscape"] = "portrait"
    footer: Footer = field(default_factory=Footer)
    size: float = 10.5
    row_height: float = 0
    has_page_totals: bool = False
    empty_text: str = "本期无记录"

    def __post_init__(self) -> None:
        for row in self.rows if isinstance(self.rows, tuple) else ():
            if len(row) != len(self.columns):
                raise ValueError(f"{self.title}: a row has {len(row)} values for {len(self.columns)} columns")
        for column, stated, summed in zip(self.columns, self.totals or (), self.sums(), strict=False):
            if column.total and stated != summed:
                raise ValueError(
                    f"{self.title}: total of {column.key} is {stated}, its lines sum to {summed}"
                )

    def sums(self) -> Row:
        """The sum of each `total` column, None elsewhere."""
        return sums(self.columns, self.rows)

    def total_row(self) -> Row | None:
        """The totals row to show, its first free text cell saying 合计; None when nothing is totalled."""
        if self.totals is not None:
            return self.totals
        if not any(column.total for column in self.columns):
            return None
        row = list(self.sums())
        for medium in ("paper", "file"):
            free = (
                place
                for place, column in enumerate(self.columns)
                if _may_label(column) and column.medium in ("", medium)
            )
            place = next(free, None)
            if place is not None:
                row[place] = "合计"
        return tuple(row)

    def view(self, medium: Literal["paper", "file"]) -> View:
        """Columns, rows and totals as one medium shows them."""
        places = [place for place, column in enumerate(self.columns) if column.medium in ("", medium)]
        totals = self.total_row()
        rows = self.rows
        return View(
            tuple(self.columns[place] for place in places),
            rows.picked(places)
            if isinstance(rows, ReadRows)
            else tuple(_picked(row, places) for row in rows),
            _picked(totals, places) if totals is not None else None,
        )


def sums(columns: Sequence[SheetColumn], rows: Iterable[Row]) -> Row:
    """The sum of each `total` column over the rows, None elsewhere; money stays whole 分."""
    if isinstance(rows, ReadRows):
        return rows.sums
    totals: list[int | float | None] = [0 if column.total else None for column in columns]
    for row in rows:
        for place, column in enumerate(columns):
            value = row[place]
            if column.total and isinstance(value, int | float):
                totals[place] = (totals[place] or 0) + value
    return tuple(totals)


def spaced_code(code: str) -> str:
    """A check code in two groups, as read out on the telephone: `1234 5678`."""
    return f"{code[:4]} {code[4:]}" if len(code) == 8 else code


def _may_label(column: SheetColumn) -> bool:
    return not column.is_numeric and column.width >= _LABEL_WIDTH


def _picked(row: Row, places: Sequence[int]) -> Row:
    return tuple(row[place] for place in places)

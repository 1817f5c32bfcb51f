"""Turns the lines of a file into rows by heading, saying of every cell that cannot be taken why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from app.errors import Problem, Refused
from app.services.importing.kind import ImportKind
from app.services.importing.lines import NO_VALUE, FilledLine
from app.services.importing.table_file import read_lines
from app.text import told_name

MOST_NAMED = 10


class SheetRow(NamedTuple):
    """One row: its number in the sheet, its cells by heading, and what is wrong with it before anybody reads it."""

    number: int
    cells: dict[str, str]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class SheetRows:
    """The rows below the headings, and what somebody should know of them though nothing is refused for it."""

    rows: list[SheetRow]
    notes: tuple[str, ...] = ()


def read_rows(path: Path, kind: ImportKind) -> SheetRows:
    """The rows below the headings. Raises Refused E220 … E228, E260, E261, E263 … E266 for what is not such a sheet."""
    lines = read_lines(path)
    if not lines:
        raise Refused("E220", f"文件“{told_name(path)}”是空的，请从模板开始填写。")
    first = lines[0] if lines[0].number == 1 else FilledLine(1, {}, {})
    _check_headings(path, kind, first)
    headings = first.cells
    rows = [_row(line, headings) for line in lines if line.number > 1]
    return SheetRows(rows, tuple(_notes(lines, headings)))


def column_letters(column: int) -> str:
    """What a spreadsheet calls a column: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _row(line: FilledLine, headings: dict[int, str]) -> SheetRow:
    cells, problems = {}, []
    for column, text in line.cells.items():
        if column in headings:
            cells[headings[column]] = text
        else:
            problems.append(_without_heading(column))
    for column, fault in line.faults.items():
        heading = headings.get(column)
        if heading is None:
            if column not in line.cells:
                problems.append(_without_heading(column))
        else:
            problems.append(_no_value(heading) if fault == NO_VALUE else _lost(heading))
    return SheetRow(line.number, cells, tuple(problems))


def _without_heading(column: int) -> Problem:
    letters = column_letters(column)
    return Problem(letters, f"{letters} 列第一行没有列名，这一格却有内容。请补上列名，或清空这一格。", "E262")


def _no_value(heading: str) -> Problem:
    return Problem(
        heading,
        f"“{heading}”是公式，表格里没有算出的结果。请用 WPS 或 Excel 打开，把结果复制、选择性粘贴为数值，再导入。",
        "E261",
    )


def _lost(heading: str) -> Problem:
    return Problem(heading, f"“{heading}”是数字格式，末几位已丢失。请把该列设为文本后重新填写。", "E230")


def _notes(lines: Sequence[FilledLine], headings: dict[int, str]) -> Iterable[str]:
    hidden = [line.number for line in lines if line.is_hidden and line.number > 1]
    if hidden:
        named = "、".join(str(number) for number in islice(hidden, MOST_NAMED))
        more = f" 等 {len(hidden)} 行" if len(hidden) > MOST_NAMED else " 行"
        yield f"第 {named}{more}在表格里是隐藏的，也一并读了。不要的请删去，不要只隐藏。"
    columns = [headings[column] for column in sorted(lines[0].hidden_columns) if column in headings]
    if columns:
        yield f"隐藏的列也一并读了：{'、'.join(columns)}。"


def _check_headings(path: Path, kind: ImportKind, first: FilledLine) -> None:
    name, headings = told_name(path), list(first.cells.values())
    if first.faults:
        raise Refused("E261", f"“{name}”的表头里有公式或数字，没有可读的列名。请改成模板里的列名。")
    known = {column.heading for column in kind.columns}
    named = set(headings)
    if len(known & named) * 2 < len(named) or not named:
        raise Refused("E221", f"“{name}”第一行没有“{kind.title}”的表头，可能选错了表。可先导出模板对照。")
    unknown = [heading for heading in headings if heading not in known]
    if unknown:
        raise Refused("E222", f"“{name}”有不认识的列：{'、'.join(unknown)}。请删除或改成模板里的列名。")
    doubled = sorted({heading for heading in headings if headings.count(heading) > 1})
    if doubled:
        raise Refused("E223", f"“{name}”的列重复：{'、'.join(doubled)}。每列只保留一个。")
    missing = [column.heading for column in kind.columns if column.is_needed and column.heading not in named]
    if missing:
        raise Refused("E224", f"“{name}”缺少列：{'、'.join(missing)}。请按模板补上。")

"""Takes the rows of a sheet one by one: what each makes is kept to be stored, what is wrong with it is listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.errors import Refused
from app.kernel.permissions import Permission
from app.services.importing.kind import ImportKind, KindColumn, RowFault
from app.services.importing.sheet import SheetRow
from app.services.importing.taking import Taking


@dataclass
class Taken:
    """What came of the rows. rights: what storing them needs beyond the right to import; made: (table, id)."""

    rights: set[Permission]
    made: list[tuple[str, str]] = field(default_factory=list)
    unchanged: int = 0
    faults: list[RowFault] = field(default_factory=list)
    set_aside: list[RowFault] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """How many rows have a fault."""
        return len({fault.row for fault in self.faults})


def take_rows(work: Taking, kind: ImportKind, rows: Sequence[SheetRow]) -> Taken:
    """What came of every row; a refused one leaves nothing behind."""
    found = Taken({kind.permission})
    with_right = [column for column in kind.columns if column.right]
    empty = dict.fromkeys((column.heading for column in kind.columns), "")
    needed = [column.heading for column in kind.columns if column.is_needed]
    for done, row in enumerate(rows, 1):
        work.progress.step(done, len(rows), f"核对第 {row.number} 行")
        said = [column for column in with_right if _says_something(column, row)]
        denied = [column for column in said if column.right and not work.actor.may(column.right)]
        mark = work.mark()
        try:
            cells = _cells(row, empty | row.cells, needed, denied)
            taken = kind.take(work, cells)
        except Refused as refusal:
            work.take_back(mark)
            found.faults += [RowFault(row.number, p.field, p.code, p.message) for p in refusal.problems]
            continue
        found.made += taken
        found.unchanged += not taken
        found.set_aside += [_left_out(row, column) for column in denied]
        if taken:
            found.rights |= {column.right for column in said if column.right and column not in denied}
    return found


def _says_something(column: KindColumn, row: SheetRow) -> bool:
    return row.cells.get(column.heading, "") not in ("", column.says_nothing)


def _left_out(row: SheetRow, column: KindColumn) -> RowFault:
    assert column.right is not None, "only a column with a right of its own is set aside"
    return RowFault(
        row.number,
        column.heading,
        "E237",
        f"您没有“{column.right.value}”的权限，“{column.heading}”这一格没有导入，该行其余内容照常；请由有权限的人补填。",
    )


def _cells(
    row: SheetRow, cells: dict[str, str], needed: Sequence[str], denied: Sequence[KindColumn]
) -> dict[str, str]:
    """The cells without what the importer may not say. Raises Refused E231 and what reading the row found."""
    if row.problems:
        raise Refused.of(row.problems)
    for column in denied:
        cells[column.heading] = ""
    for heading in needed:
        if not cells[heading]:
            raise Refused("E231", f"“{heading}”不能为空。", field=heading)
    return cells

"""Says which field of a record is too long to be kept, since what no bundle can carry would hold up a whole office."""

from __future__ import annotations

from app.bundle.limits import MIB, SEGMENT_BYTES
from app.errors import Refused
from app.models.changelog import EntryTooLong
from app.models.schema import shared_classes, table, table_title
from app.models.travelling import declared_columns


def too_long(fault: EntryTooLong) -> Refused:
    """E943, beside the field where the form has one of that name."""
    size, most = fault.size / MIB, SEGMENT_BYTES // MIB
    return Refused(
        "E943",
        f"{table_title(fault.table)}的“{_field(fault)}”太长（{size:.1f} MB），"
        f"一条记录最多 {most} MB，没有保存。请删减后再保存。",
        field=fault.column,
    )


def _field(fault: EntryTooLong) -> str:
    """The column's declared name; its own where the entry is none of this program's tables."""
    declared = declared_columns(table(fault.table)) if fault.table in shared_classes() else {}
    return declared[fault.column].title if fault.column in declared else fault.column

"""Finds entries that no bundle can carry, kept from before their writing was limited, so that all others still go."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text

from app.bundle.limits import ENTRY_BYTES
from app.kernel.work import Look
from app.models.records import LONG_PART
from app.models.schema import table_title

_PART = (
    "SELECT seq FROM change_{} WHERE stream = :stream AND seq BETWEEN :first AND :last AND length({}) > {}"
)
_LONG = f"{_PART.format('entry', 'body', LONG_PART)} UNION {_PART.format('personal', 'vals', LONG_PART)}"
"""Asked of indexes that hold nothing else, so that an export need not read the log twice."""
_TOO_LONG = text(
    "SELECT e.seq, e.tbl, e.row_id, length(e.body) AS size FROM change_entry e "
    "LEFT JOIN change_personal p ON p.stream = e.stream AND p.seq = e.seq "
    f"WHERE e.stream = :stream AND e.seq IN ({_LONG}) "
    "AND length(e.body) + coalesce(length(p.vals), 0) > :most ORDER BY e.seq"
)


@dataclass(frozen=True)
class SetAside:
    """An entry that is too long. is_blocking: not only its personal texts, which may stay behind, but its body."""

    seq: int
    table: str
    row_id: str
    is_blocking: bool

    @property
    def words(self) -> str:
        """What is left out, and what to do."""
        what = f"{table_title(self.table)}（编号 {self.row_id}，流水第 {self.seq} 条）的文字过长"
        if self.is_blocking:
            return f"{what}，从这一条起没有导出，请联系技术人员"
        return f"{what}，导出时没有带上它的文字，请删减后重新保存"


def too_long_entries(look: Look, stream: str, first: int, last: int) -> tuple[SetAside, ...]:
    """Those of a run, up to the first that blocks."""
    rows = look.session.execute(
        _TOO_LONG, {"stream": stream, "first": first, "last": last, "most": ENTRY_BYTES}
    )
    found = []
    for row in rows:
        found.append(SetAside(row.seq, row.tbl, row.row_id, row.size > ENTRY_BYTES))
        if found[-1].is_blocking:
            break
    return tuple(found)

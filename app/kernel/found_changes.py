"""Sets right what somebody changed in the database outside the program, before anybody's command can sign for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from app.canonical import BadData
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.after_images import Values, column_names, last_image, stored_row
from app.models.changelog import noted_rows
from app.models.found import ADDED, ALTERED, DELETED, SAME, UNSURE, FoundRow
from app.models.records import SecurityEvent
from app.models.schema import shared_classes, table_title

EVENT = "found_changes"
KIND_WORDS = {
    ALTERED: "被改动",
    DELETED: "被删除",
    ADDED: "被添加",
    SAME: "被碰过，内容未变",
    UNSURE: "被改动，流水也被改动，未能复原",
}
LONGEST_NAME = 64


class LeftBehind(Exception):
    """Rows noted as changed before the transaction began: no command of this program changed them."""


@dataclass(frozen=True)
class SetRight:
    """Put every row that was changed outside the program back to its last after-image, with an alarm."""


@dataclass(frozen=True)
class _Found:
    table: str
    row_id: str
    kind: str
    found: Values | None
    right: Values | None


def refuse_left_behind(connection: Connection) -> None:
    """Raises LeftBehind; asked at the beginning of a transaction, when nothing can have been noted by us."""
    if noted_rows(connection):
        raise LeftBehind


@handles(SetRight, title="复原库外改动", permission=Permission.KEEP_OFFICE)
def set_right(work: Work, command: SetRight) -> int:
    """How many rows. What was found is kept beside the alarm; a row that no log knows stays out of its table."""
    connection = work.session.connection()
    noted = noted_rows(connection)
    found = [_judged(connection, name, row_id) for name, row_id in noted if name in shared_classes()]
    wrong = [one for one in found if one.kind not in (SAME, UNSURE)]
    for one in wrong:
        connection.execute(text(f'DELETE FROM "{one.table}" WHERE id = :id'), {"id": one.row_id})
    lost = [one for one in wrong if one.right is not None and not _put_back(connection, one)]
    # What this noted is no change of the records: each stands as the log has it.
    connection.execute(text("DELETE FROM pending"))
    if noted:
        _tell(work, found, noted, lost)
    return len(noted)


def _judged(connection: Connection, name: str, row_id: str) -> _Found:
    found = stored_row(connection, name, row_id)
    try:
        image = last_image(connection, name, row_id)
    except BadData:
        return _Found(name, row_id, UNSURE, found, found)
    right = image.values if image else None
    if found == right:
        kind = SAME
    elif right is None:
        kind = ADDED
    else:
        kind = ALTERED if found else DELETED
    return _Found(name, row_id, kind, found, right)


def _put_back(connection: Connection, one: _Found) -> bool:
    """Whether there was room for it: a row added past the triggers may hold its place (`check` names both)."""
    columns = column_names(one.table)
    names, places = (", ".join(f"{mark}{c}{end}" for c in columns) for mark, end in (('"', '"'), (":", "")))
    try:
        with connection.begin_nested():
            connection.execute(text(f'INSERT INTO "{one.table}" ({names}) VALUES ({places})'), one.right)
    except IntegrityError:
        return False
    return True


def _tell(
    work: Work, found: Sequence[_Found], noted: Sequence[tuple[str, str]], lost: Sequence[_Found]
) -> None:
    """An alarm for all of them, and each as it was found."""
    counts = Counter((one.table, one.kind) for one in found)
    words = [f"{table_title(name)}{KIND_WORDS[kind]} {n} 条" for (name, kind), n in sorted(counts.items())]
    if strange := len(noted) - len(found):
        words.append(f"不认识的记录 {strange} 条")
    if lost:
        words.append(f"{len(lost)} 条没有能放回，请运行“检查”")
    event = SecurityEvent(
        at=work.now.at, kind=EVENT, actor=work.actor.name, detail="；".join(words), is_alarm=True
    )
    work.session.add(event)
    work.session.flush()
    work.subjects.extend(one.row_id[:LONGEST_NAME] for one in found)
    work.session.add_all(
        FoundRow(
            event_id=event.id,
            table=one.table,
            row_id=one.row_id,
            kind=one.kind,
            found=_kept(one.found) if one.found and one.kind != SAME else None,
        )
        for one in found
    )


def _kept(row: Mapping[str, Any]) -> Values:
    """The columns as JSON can hold them; what no row of ours holds is described."""
    return {
        name: value if value is None or isinstance(value, str) or type(value) is int else repr(value)
        for name, value in row.items()
    }

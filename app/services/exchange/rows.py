"""Turns a verified entry of another office into its business row, refusing what cannot be one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.bundle.entries import LogEntry
from app.models.after_images import void_mark
from app.models.many_rows import merge_tuples
from app.models.organisation import Site
from app.models.schema import CONTRACT, EVIDENCE, shared_classes, table
from app.models.travelling import declared_columns
from app.models.upcasts import upcast
from app.services.exchange.row_values import NotARow, check_row
from app.services.exchange.unknown_words import flag_unknown_words, forget_unknown_words
from app.text import display_safe
from app.values import Level

BATCH = 500
_VOID = (
    "INSERT INTO voided (id, writer, site, tbl, row_id, voided_by, voided_at) "
    "SELECT :id, writer, site, '{table}', id, writer, {at} FROM {table} WHERE id = :row AND writer = :writer "
    "ON CONFLICT (id) DO NOTHING"
)
"""For an office whose program deleted the rows of an import it undid; table: one of the evidence."""


def row_of(session: Session, entry: LogEntry, sender: str, level: str) -> dict[str, Any]:
    """The columns to store. level: that of the office that wrote it. Raises NotARow."""
    name = entry.fields["table"]
    if name not in shared_classes():
        raise NotARow(f"本程序不认识“{display_safe(name)[:40]}”这类记录，请升级程序")
    if not may_travel(name, entry.fields["stream"], level):
        raise NotARow("这类记录不应由发送单位发来")
    target, contract = table(name), entry.fields["contract"]
    row, personal = entry.fields["row"], entry.personal.decoded() if entry.personal else {}
    if set(row) & set(personal) or any(_is_no_personal(name, column, contract) for column in personal):
        raise NotARow("个人信息里有不属于个人信息的栏目")
    raised = upcast(name, contract, {**row, **personal})
    values = {column: raised.get(column) for column in declared_columns(target)}
    if (values["id"], values["writer"]) != (entry.fields["id"], sender):
        raise NotARow("记录编号或登记单位前后不一致")
    check_row(target, values)
    _check_addressee(session, values, entry.fields["stream"])
    return values


def is_newer(entry: LogEntry) -> bool:
    """Whether a newer program wrote it: what this one does not know of it is kept in the received log (case 53)."""
    return int(entry.fields["contract"]) > CONTRACT


def _is_no_personal(name: str, column: str, contract: int) -> bool:
    """Whether a value in the side row has no place there; a column that only a newer program knows may have one."""
    told = declared_columns(table(name)).get(column)
    return contract <= CONTRACT if told is None else not told.personal


def may_travel(name: str, stream: str, level: str) -> bool:
    """Whether an office of this level gives the table's rows to such a stream: up, down to all, or down to one."""
    way = stream.split("/", 2)[2]
    return bool(level) and shared_classes()[name].audience.of(level) == (
        way if way in ("up", "down") else "site"
    )


def level_beyond(own: str, stream: str) -> str:
    """The level of the office from which such a stream comes to one of level `own`; "" where none stands there."""
    levels = [one.value for one in Level]
    beyond = levels.index(own) + (1 if stream.endswith("/up") else -1)
    return levels[beyond] if 0 <= beyond < len(levels) else ""


def _check_addressee(session: Session, values: Mapping[str, Any], stream: str) -> None:
    """A row for one office comes by that office's own stream: its site is the office's, or one below it."""
    addressee = stream.split("/", 2)[2].partition(":")[2]
    if addressee and values.get("site") != addressee:
        site = session.get(Site, values.get("site"))
        if site is None or site.parent != addressee:
            raise NotARow("记录所属站点不是接收单位")


def taken_ids(session: Session, name: str, ids: Sequence[str], sender: str) -> set[str]:
    """Those of the ids that belong to a row, or to a person, of another office."""
    found: set[str] = set()
    for owner in (name, shared_classes()[name].id_of or name):
        query = text(f'SELECT id FROM "{owner}" WHERE id IN :ids AND writer <> :writer').bindparams(
            bindparam("ids", expanding=True)
        )
        for start in range(0, len(ids), BATCH):
            found.update(
                session.execute(query, {"ids": ids[start : start + BATCH], "writer": sender}).scalars()
            )
    return found


def store(session: Session, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, or bring those that are there up to date; never another office's."""
    columns = tuple(declared_columns(table(name)))
    tuples = [tuple(row[column] for column in columns) for row in rows]
    merge_tuples(session.connection(), name, columns, tuples, _merge(name))
    flag_unknown_words(session, name, rows)


@cache
def _merge(name: str) -> str:
    """What becomes of rows that are there already."""
    columns = declared_columns(table(name))
    changes = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column != "id")
    return f'ON CONFLICT (id) DO UPDATE SET {changes} WHERE "{name}".writer = excluded.writer'


def try_store(session: Session, name: str, row: Mapping[str, Any]) -> str:
    """Store one row by itself; "" or why it could not be. A full disk or a damaged file is no fault of the row."""
    try:
        with session.begin_nested():
            store(session, name, [row])
    except IntegrityError as error:
        return f"与本单位的记录冲突（{error.orig}）"
    return ""


def remove(session: Session, name: str, row_id: str, writer: str, stream: str, level: str) -> None:
    """Take back a row that its writer voided; evidence stays and is marked as taken back."""
    if name not in shared_classes() or not may_travel(name, stream, level):
        return
    if name in EVIDENCE:
        named = {"id": void_mark(row_id), "row": row_id, "writer": writer}
        at = "audited_at" if name == "consultation_audit" else "at"
        session.execute(text(_VOID.format(table=name, at=at)), named)
    else:
        gone = session.execute(
            text(f'DELETE FROM "{name}" WHERE id = :id AND writer = :writer RETURNING id'),
            {"id": row_id, "writer": writer},
        )
        forget_unknown_words(session, name, gone.scalars().all())

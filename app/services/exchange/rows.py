"""Turns a verified entry of another office into its business row, refusing what cannot be one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.bundle.entries import LogEntry
from app.models.after_images import void_mark
from app.models.many_rows import merge_each, put_each
from app.models.organisation import Site
from app.models.schema import CONTRACT, EVIDENCE, shared_classes, table
from app.models.search_tokens import INDEXED
from app.models.search_words import put_new
from app.models.service_desk import Consultation
from app.models.travelling import declared_columns, personal_columns
from app.models.upcasts import upcast
from app.services.exchange.row_values import NotARow, are_rows, check_row
from app.services.exchange.unknown_words import flag_unknown_words, forget_unknown_words
from app.text import display_safe
from app.values import Level

Row = tuple[Any, ...]
"""What is stored, in the order of the table's columns."""
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


def rows_of(
    session: Session, entries: Sequence[LogEntry], sender: str, level: str
) -> tuple[dict[int, Row], dict[int, str]]:
    """By place: the rows to store of entries that write one table, and why an entry is none."""
    usual = _usual_rows(entries, sender, level)
    if usual is not None:
        return dict(enumerate(usual)), {}
    rows, faults = dict[int, Row](), dict[int, str]()
    for place, entry in enumerate(entries):
        try:
            rows[place] = tuple(row_of(session, entry, sender, level).values())
        except NotARow as fault:
            faults[place] = str(fault)
    return rows, faults


def _usual_rows(entries: Sequence[LogEntry], sender: str, level: str) -> list[Row] | None:
    """All of them at once, column by column; None where one must be looked at by itself."""
    name = entries[0].fields["table"]
    streams = {entry.fields["stream"] for entry in entries}
    if name not in shared_classes() or any(entry.fields["contract"] != CONTRACT for entry in entries):
        return None
    if any(_addressee(stream) or not may_travel(name, stream, level) for stream in streams):
        return None
    target = table(name)
    columns, personal = tuple(declared_columns(target)), frozenset(personal_columns(target))
    rows = []
    for entry in entries:
        row = entry.fields["row"]
        if entry.personal:
            side = entry.personal.decoded()
            if not personal.issuperset(side) or not row.keys().isdisjoint(side):
                return None
            row = {**row, **side}
        if (row.get("id"), row.get("writer")) != (entry.fields["id"], sender):
            return None
        rows.append(tuple(map(row.get, columns)))
    return rows if are_rows(target, rows) else None


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
    addressee = _addressee(stream)
    if addressee and values.get("site") != addressee:
        site = session.get(Site, values.get("site"))
        if site is None or site.parent != addressee:
            raise NotARow("记录所属站点不是接收单位")


def _addressee(stream: str) -> str:
    """The one office that a stream is for, "" for all of them."""
    return stream.split("/", 2)[2].partition(":")[2]


def writers_of(session: Session, name: str, ids: Sequence[str]) -> dict[str, str]:
    """Id → whose row, or whose person, it is, of those of the ids that are stored."""
    found: dict[str, str] = {}
    for owner in (name, shared_classes()[name].id_of or name):
        query = text(f'SELECT id, writer FROM "{owner}" WHERE id IN (SELECT value FROM json_each(:ids))')
        found |= dict(session.execute(query, {"ids": orjson.dumps(ids).decode()}).tuples().all())
    return found


def store(session: Session, name: str, rows: Sequence[Row], *, are_new: bool = False) -> dict[int, str]:
    """Insert the rows, or bring those that are there up to date, never another office's; place of a row → why it could
    not be stored. A full disk or a damaged file is no fault of a row.

    are_new: no row of these ids is there, and no two have the same.
    """
    connection, broken = session.connection(), dict[int, str]()
    is_file = connection.dialect.name == "sqlite"

    def put() -> dict[int, str]:
        if is_file:
            broken.update(put_each(connection, _insert(name) if are_new else _upsert(name), rows))
        else:
            columns = tuple(declared_columns(table(name)))
            broken.update(merge_each(connection, name, columns, rows, _merge(name)))
        return broken

    if are_new and is_file and name == Consultation.__tablename__:
        put_new(connection, put, list(map(_indexed(), rows)))
    else:
        put()
    flag_unknown_words(session, name, [row for place, row in enumerate(rows) if place not in broken])
    return {place: f"与本单位的记录冲突（{words}）" for place, words in broken.items()}


@cache
def _indexed() -> Callable[[Row], tuple[Any, ...]]:
    """What the index of words takes of a consultation's row."""
    places = {column: place for place, column in enumerate(declared_columns(Consultation.__table__))}
    return itemgetter(*(places[column] for column in (*INDEXED, "at", "id")))


@cache
def id_place(name: str) -> int:
    """Where the id stands among the values of a row."""
    return tuple(declared_columns(table(name))).index("id")


@cache
def _insert(name: str) -> str:
    """In the driver's own words, for every row of every bundle comes through it.

    A row that breaks a rule does so before anything of it is written; OR FAIL spares SQLite the copies of pages by which
    it would undo it.
    """
    columns = tuple(declared_columns(table(name)))
    names, places = ", ".join(f'"{column}"' for column in columns), ", ".join("?" for _ in columns)
    return f'INSERT OR FAIL INTO "{name}" ({names}) VALUES ({places})'


@cache
def _upsert(name: str) -> str:
    return f"{_insert(name).replace('OR FAIL ', '')} {_merge(name)}"


@cache
def _merge(name: str) -> str:
    """What becomes of rows that are there already."""
    columns = declared_columns(table(name))
    changes = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column != "id")
    return f'ON CONFLICT (id) DO UPDATE SET {changes} WHERE "{name}".writer = excluded.writer'


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

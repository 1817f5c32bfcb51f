"""Which rows lost their personal values by a lawful erasure, and the one statement on each of their places that takes them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Index, text
from sqlalchemy.orm import Mapped

from app.canonical import decode
from app.models.base import Audience, Base, Shared, UtcText
from app.models.schema import shared_classes, table
from app.models.travelling import personal_columns, shared

Key = tuple[str, str]
"""Table and id of a row."""
SHORTEST = 2
"""Characters of a personal value that a draft is searched for; one alone stands in any text."""


class Erasure(Shared, Base):
    """The word that one row's personal values are gone for good (PIPL 47); whoever holds a copy empties it too.

    It goes to the parent and to every child, for it names a row by its id and nobody.
    """

    __tablename__ = "erasure"
    audience = Audience(station="up", bureau="down")
    title = "删除个人信息"

    table: Mapped[str] = shared("记录种类", name="tbl")
    row_id: Mapped[str] = shared("记录编号")
    reason: Mapped[str | None] = shared("原因", personal=True)
    erased_by: Mapped[str] = shared("经办人")
    erased_at: Mapped[datetime] = shared("删除时间", UtcText)


Index("ix_erasure_row_id", Erasure.row_id)

_LOGS = ("change", "received")
_SIDE_VALUES = {
    log: text(
        f"SELECT p.vals FROM {log}_entry e JOIN {log}_personal p ON p.stream = e.stream AND p.seq = e.seq "
        "WHERE e.row_id = :id AND e.tbl = :tbl"
    )
    for log in _LOGS
}
_TAKE_SIDES = {
    log: text(
        f"DELETE FROM {log}_personal WHERE (stream, seq) IN "
        f"(SELECT stream, seq FROM {log}_entry WHERE row_id = :id AND tbl = :tbl)"
    )
    for log in _LOGS
}
_FOUND = text("SELECT id, found FROM found_row WHERE tbl = :tbl AND row_id = :id AND found IS NOT NULL")
_PUT_FOUND = text("UPDATE found_row SET found = :found WHERE id = :found_id")
_FORGET_NOTE = text("DELETE FROM pending WHERE tbl = :tbl AND row_id = :id")
_TAKE_PIN = text("DELETE FROM kiosk_credential WHERE person_id = :id")
_TAKE_KEY = text(
    "DELETE FROM stored_file WHERE digest = (SELECT digest FROM case_paper WHERE id = :id) AND NOT EXISTS "
    "(SELECT 1 FROM case_paper p WHERE p.digest = stored_file.digest AND (p.name IS NOT NULL OR NOT EXISTS "
    "(SELECT 1 FROM erasure e WHERE e.tbl = 'case_paper' AND e.row_id = p.id)))"
)
"""A scan without its key is gone; it stays while another paper, which nobody erased, is the very same scan."""
_DRAFTS = text('SELECT account, form, "values" AS written FROM draft')
_TAKE_DRAFT = text("DELETE FROM draft WHERE account = :account AND form = :form")


def personal_values_of(connection: Connection, key: Key) -> dict[str, set[str]]:
    """Personal column → every value that the row, or any version of it in a log, still holds."""
    name, row_id = key
    if name not in shared_classes():
        return {}
    places: dict[str, Any] = {"tbl": name, "id": row_id}
    rows: list[Mapping[str, Any]] = []
    if columns := personal_columns(table(name)):
        listed = ", ".join(f'"{column}"' for column in columns)
        query = text(f'SELECT {listed} FROM "{name}" WHERE id = :id')
        rows += [dict(row) for row in connection.execute(query, places).mappings()]
    for query in _SIDE_VALUES.values():
        rows += [decode(written) for written in connection.execute(query, places).scalars()]
    found: dict[str, set[str]] = {}
    for row in rows:
        for column, value in row.items():
            if value is not None:
                found.setdefault(column, set()).add(str(value))
    return found


def erase_values(connection: Connection, keys: Iterable[Key]) -> None:
    """Empty the rows' personal columns, their versions in every log, and whatever else holds those values.

    The digest that the chain keeps, ids and all other columns stay, so that log and row still agree: an entry without
    its side row says that the values are empty. Hence no new entry is written, and nothing is noted.
    """
    values: set[str] = set()
    for key in keys:
        if key[0] not in shared_classes():
            continue
        values.update(*personal_values_of(connection, key).values())
        _erase_row(connection, *key)
    _take_drafts(connection, {value for value in values if len(value) >= SHORTEST})


def _erase_row(connection: Connection, name: str, row_id: str) -> None:
    columns, places = personal_columns(table(name)), {"tbl": name, "id": row_id}
    for statement in _TAKE_SIDES.values():
        connection.execute(statement, places)
    if columns:
        emptied = ", ".join(f'"{column}" = NULL' for column in columns)
        connection.execute(text(f'UPDATE "{name}" SET {emptied} WHERE id = :id'), places)
    for row in connection.execute(_FOUND, places).all():
        kept = {column: value for column, value in orjson.loads(row.found).items() if column not in columns}
        connection.execute(
            _PUT_FOUND,
            {"found": orjson.dumps(kept, option=orjson.OPT_SORT_KEYS).decode(), "found_id": row.id},
        )
    if name == "person":
        connection.execute(_TAKE_PIN, places)
    if name == "case_paper":
        connection.execute(_TAKE_KEY, places)
    connection.execute(_FORGET_NOTE, places)


def _take_drafts(connection: Connection, values: set[str]) -> None:
    """A half-filled form with any of the values in it goes whole."""
    for draft in connection.execute(_DRAFTS).all() if values else ():
        if any(value in text_of for text_of in _texts(orjson.loads(draft.written)) for value in values):
            connection.execute(_TAKE_DRAFT, {"account": draft.account, "form": draft.form})


def _texts(value: Any) -> Iterable[str]:
    """Every text in a value of JSON."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif value is not None:
        yield str(value)

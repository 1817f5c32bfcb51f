"""Turns a verified entry of another office into its business row, refusing what cannot be one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.bundle.entries import Entry
from app.models.base import personal_columns
from app.models.schema import shared_classes, table
from app.services.exchange.row_values import NotARow, check_value
from app.text import display_safe

BATCH = 500
ABOUT_A_PERSON = {"person_private": "person"}
"""Tables whose id is that of a row in another one: only that row's writer may write them."""


def row_of(entry: Entry, sender: str) -> dict[str, Any]:
    """The columns to store. Raises NotARow."""
    name = entry.fields["table"]
    if name not in shared_classes():
        raise NotARow(f"本程序不认识“{display_safe(name)[:40]}”这类记录，请升级程序")
    if not may_travel(name, entry.fields["stream"]):
        raise NotARow("这类记录不应由发送单位发来")
    target = table(name)
    row, personal = entry.fields["row"], entry.personal.decoded() if entry.personal else {}
    if set(personal) - set(personal_columns(target)) or set(row) & set(personal):
        raise NotARow("个人信息里有不属于个人信息的栏目")
    values = {column: {**row, **personal}.get(column) for column in target.columns.keys()}  # noqa: SIM118
    if (values["id"], values["writer"]) != (entry.fields["id"], sender):
        raise NotARow("记录编号或登记单位前后不一致")
    for column, value in values.items():
        check_value(target, column, value)
    _check_addressee(values, entry.fields["stream"])
    return values


def may_travel(name: str, stream: str) -> bool:
    """Whether the table's rows go by such a stream: up from a station, down to all, or down to one site."""
    declared, audience = shared_classes()[name].audience, stream.split("/", 2)[2]
    if audience == "up":
        return declared.station == "up"
    return declared.bureau == ("down" if audience == "down" else "site")


def _check_addressee(values: Mapping[str, Any], stream: str) -> None:
    """A row for one site comes by that site's own stream."""
    addressee = stream.split("/", 2)[2].partition(":")[2]
    if addressee and values.get("site") != addressee:
        raise NotARow("记录所属站点不是接收单位")


def taken_ids(session: Session, name: str, ids: Sequence[str], sender: str) -> set[str]:
    """Those of the ids that belong to a row, or to a person, of another office."""
    found: set[str] = set()
    for owner in (name, ABOUT_A_PERSON.get(name, name)):
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
    columns = list(table(name).columns.keys())
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join(f":{column}" for column in columns)
    changes = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column != "id")
    session.execute(
        text(
            f'INSERT INTO "{name}" ({names}) VALUES ({places}) ON CONFLICT (id) DO UPDATE SET {changes} '
            f'WHERE "{name}".writer = excluded.writer'
        ),
        [dict(row) for row in rows],
    )


def try_store(session: Session, name: str, row: Mapping[str, Any]) -> str:
    """Store one row by itself; "" or why it could not be. A full disk or a damaged file is no fault of the row."""
    try:
        with session.begin_nested():
            store(session, name, [row])
    except IntegrityError as error:
        return f"与本单位的记录冲突（{error.orig}）"
    return ""


def remove(session: Session, name: str, row_id: str, writer: str, stream: str) -> None:
    """Take back a row that its writer voided."""
    if name in shared_classes() and may_travel(name, stream):
        session.execute(
            text(f'DELETE FROM "{name}" WHERE id = :id AND writer = :writer'),
            {"id": row_id, "writer": writer},
        )

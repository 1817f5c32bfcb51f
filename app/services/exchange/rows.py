"""Turns a verified entry of another office into its business row, refusing what cannot be one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Integer, Table, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.models.base import personal_columns
from app.models.schema import shared_classes, table
from app.services.exchange.format.entries import Entry

LONGEST_TEXT = 20_000


class NotARow(Exception):
    """A valid entry whose content cannot become a row here; the sentence goes back to its sender."""


def row_of(entry: Entry, sender: str, is_from_child: bool) -> dict[str, Any]:
    """The columns to store. Raises NotARow."""
    name = entry.fields["table"]
    if name not in shared_classes():
        raise NotARow(f"本程序不认识“{name}”这类记录，请升级程序")
    target = table(name)
    row = {**entry.fields["row"], **(entry.personal.decoded() if entry.personal else {})}
    if row.get("id") != entry.fields["id"]:
        raise NotARow("记录编号前后不一致")
    if is_from_child and "site" in target.columns and row.get("site") != sender:
        raise NotARow("记录所属站点不是发送单位")
    values = {column: row.get(column) for column in target.columns.keys()}  # noqa: SIM118
    for column, value in values.items():
        _check_value(target, column, value)
    return values


def writer_of(entry: Entry) -> Any:
    """The office that the row itself names as its writer; None for a void."""
    return entry.fields["row"].get("writer")


def _check_value(target: Table, name: str, value: Any) -> None:
    column = target.columns[name]
    personal = name in personal_columns(target)
    if value is None:
        if not column.nullable and not personal:
            raise NotARow(f"缺少“{name}”")
        return
    wanted = int if isinstance(getattr(column.type, "impl", column.type), Integer) else str
    if type(value) is not wanted or (isinstance(value, str) and len(value) > LONGEST_TEXT):
        raise NotARow(f"“{name}”的内容不合格式")
    if hasattr(column.type, "process_result_value"):
        try:
            column.type.process_result_value(value, None)
        except (ValueError, TypeError) as error:
            raise NotARow(f"“{name}”的内容不合格式") from error


def store(session: Session, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, or bring those that are there up to date."""
    columns = list(table(name).columns.keys())
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join(f":{column}" for column in columns)
    changes = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column != "id")
    session.execute(
        text(f'INSERT INTO "{name}" ({names}) VALUES ({places}) ON CONFLICT (id) DO UPDATE SET {changes} '
             f'WHERE "{name}".writer = excluded.writer'),
        [dict(row) for row in rows],
    )


def try_store(session: Session, name: str, row: Mapping[str, Any]) -> str:
    """Store one row by itself; "" or why it could not be."""
    try:
        with session.begin_nested():
            store(session, name, [row])
    except DBAPIError as error:
        return f"与本单位的记录冲突（{error.orig}）"
    return ""


def remove(session: Session, name: str, row_id: str, writer: str) -> None:
    """Take back a row that its writer voided."""
    if name in shared_classes():
        session.execute(text(f'DELETE FROM "{name}" WHERE id = :id AND writer = :writer'),
                        {"id": row_id, "writer": writer})

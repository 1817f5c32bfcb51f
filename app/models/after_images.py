"""Tells what the logs, our own and those received, last said a row is: its after-image."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, text

from app.canonical import decode
from app.models.schema import shared_classes, table
from app.models.travelling import FIRST_CONTRACT
from app.models.upcasts import upcast

Values = dict[str, Any]


@dataclass(frozen=True)
class AfterImage:
    """One entry's word on a row. values: its columns as they are stored, None when the entry voids it."""

    table: str
    row_id: str
    order: tuple[int, int]
    """Epoch and version: of two entries of one row the greater counts."""
    values: Values | None


_OF_ROW = {
    log: text(
        f"SELECT e.stream, e.version, e.body, p.vals FROM {log}_entry e "
        f"LEFT JOIN {log}_personal p ON p.stream = e.stream AND p.seq = e.seq "
        f"WHERE e.row_id = :id AND e.tbl = :tbl {accepted}"
    )
    for log, accepted in (("change", ""), ("received", "AND e.fault = ''"))
}


def image_of(stream: str, version: int, fields: Mapping[str, Any], personal: bytes | None) -> AfterImage:
    """The image in a decoded body; personal: canonical bytes of the side row, None where it was erased or is none."""
    name, values = str(fields["table"]), None
    if fields["op"] == "put":
        known = {**fields["row"], **(decode(personal) if personal else {})}
        raised = upcast(name, int(fields.get("contract", FIRST_CONTRACT)), known)
        values = {column.name: raised.get(column.name) for column in table(name).columns}
    return AfterImage(name, str(fields["id"]), (int(stream.split("/", 2)[1]), version), values)


def last_image(connection: Connection, name: str, row_id: str) -> AfterImage | None:
    """The newest image of a row in our own log, else in what was received and accepted; None where no log knows it."""
    for log in ("change", "received"):
        images = list(_images(connection, log, name, row_id))
        if images:
            return max(images, key=lambda image: image.order)
    return None


def _images(connection: Connection, log: str, name: str, row_id: str) -> Iterator[AfterImage]:
    for row in connection.execute(_OF_ROW[log], {"id": row_id, "tbl": name}):
        yield image_of(row.stream, row.version, decode(row.body), row.vals)


def stored_row(connection: Connection, name: str, row_id: str) -> Values | None:
    """The row as it stands in its table."""
    found = (
        connection.execute(text(f'SELECT * FROM "{name}" WHERE id = :id'), {"id": row_id}).mappings().first()
    )
    return None if found is None else dict(found)


def stored_rows(connection: Connection, name: str) -> Iterator[Mapping[str, Any]]:
    """Every row of a table."""
    yield from (
        connection.execution_options(yield_per=1000).execute(text(f'SELECT * FROM "{name}"')).mappings()
    )


def print_of(values: Mapping[str, Any]) -> bytes:
    """Sixteen bytes that tell rows apart, values of a kind that no row of ours holds included."""
    written = orjson.dumps(dict(values), option=orjson.OPT_SORT_KEYS, default=repr)
    return hashlib.blake2b(written, digest_size=16).digest()


def is_shared(name: str) -> bool:
    """Whether rows of that table enter the log."""
    return name in shared_classes()

"""Tells what the logs, our own and those received, last said a row is: its after-image."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Connection, text

from app.canonical import BadData, decode
from app.chain import SALT_BYTES, personal_digest
from app.models.schema import EVIDENCE, table
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


BEYOND = "单位恢复备份以后才收到的旧记录，不计入；请核对，需要的重新登记"
"""Why an entry is listed only: it came after its writer had begun a new epoch, and counts once the writer has it back."""

ACCEPTED = (
    f"((e.fault = '' OR (e.fault = '{BEYOND}' AND e.seq <= "
    "(SELECT s.counted_to FROM received_stream s WHERE s.id = e.stream))) "
    "AND NOT EXISTS (SELECT 1 FROM late_entry l WHERE l.stream = e.stream AND l.seq = e.seq AND l.is_taken = 0))"
)
"""Of received entries e: whether rows were brought up to it. Late changes count once the bureau has taken them in."""

_OF_ROW = {
    log: text(
        f"SELECT e.stream, e.version, e.body, p.salt, p.vals FROM {log}_entry e "
        f"LEFT JOIN {log}_personal p ON p.stream = e.stream AND p.seq = e.seq "
        f"WHERE e.row_id = :id AND e.tbl = :tbl AND {accepted}"
    )
    for log, accepted in (("change", "true"), ("received", ACCEPTED))
}


def image_of(stream: str, version: int, fields: Mapping[str, Any], personal: Values) -> AfterImage:
    """The image in a decoded body of a shared table; personal: the values of its side row, none where it was erased.

    Raises BadData for a body that no program of ours wrote.
    """
    try:
        name, values = str(fields["table"]), None
        if fields["op"] == "put":
            raised = upcast(name, int(fields["contract"]), {**fields["row"], **personal})
            values = {column: raised.get(column) for column in column_names(name)}
        return AfterImage(name, str(fields["id"]), (int(stream.split("/", 2)[1]), version), values)
    except (KeyError, TypeError, ValueError, IndexError) as fault:
        raise BadData("流水的内容被改动") from fault


def personal_values(fields: Mapping[str, Any], salt: Any, written: Any) -> Values:
    """The side row's values, none where it was erased. Raises BadData when they are not what the entry was chained with."""
    if salt is None and written is None:
        return {}
    if not isinstance(salt, bytes) or not isinstance(written, bytes) or len(salt) != SALT_BYTES:
        raise BadData("个人信息被改动")
    if personal_digest(salt, written) != fields.get("personal"):
        raise BadData("个人信息与流水不符")
    return dict(decode(written))


def last_image(connection: Connection, name: str, row_id: str) -> AfterImage | None:
    """The newest image of a row in our own log, else in what was received and accepted; None where no log knows it.

    Raises BadData for an entry that somebody altered so that it cannot be read.
    """
    for log in ("change", "received"):
        images = [one for one in _images(connection, log, name, row_id) if counts(one)]
        if images:
            return max(images, key=lambda image: image.order)
    return None


def counts(image: AfterImage) -> bool:
    """Whether the row follows the image: evidence stays when an older program voids it, marked by a row of its own."""
    return image.values is not None or image.table not in EVIDENCE


def void_mark(row_id: str) -> str:
    """Id of the row that marks evidence which an older program voided by deleting it."""
    return f"void.{row_id}"[:64]


def _images(connection: Connection, log: str, name: str, row_id: str) -> Iterator[AfterImage]:
    for row in connection.execute(_OF_ROW[log], {"id": row_id, "tbl": name}):
        fields = decode(row.body)
        yield image_of(row.stream, row.version, fields, personal_values(fields, row.salt, row.vals))


def rating_mark(row_id: str, version: int) -> str:
    """Id of the row that holds the rating which an older program wrote into a version of the record itself."""
    return f"rated.{version:03d}.{row_id}"[:64]


@cache
def column_names(name: str) -> tuple[str, ...]:
    """The columns of a table, by their names in the database, as plain text: SQLAlchemy's own kind is no key of JSON."""
    return tuple(map(str, table(name).columns.keys()))


def stored_row(connection: Connection, name: str, row_id: str) -> Values | None:
    """The row as it stands in its table."""
    found = (
        connection.execute(text(f'SELECT * FROM "{name}" WHERE id = :id'), {"id": row_id}).mappings().first()
    )
    return None if found is None else dict(found)


def stored_rows(connection: Connection, name: str) -> Iterator[Values]:
    """Every row of a table."""
    found = connection.execute(text(f'SELECT * FROM "{name}"'), execution_options={"yield_per": 1000})
    names = tuple(found.keys())
    for row in found:
        yield dict(zip(names, row, strict=True))


def print_of(values: Values) -> bytes:
    """Sixteen bytes that tell rows apart, values of a kind that no row of ours holds included."""
    written = orjson.dumps(values, option=orjson.OPT_SORT_KEYS, default=repr)
    return hashlib.blake2b(written, digest_size=16).digest()

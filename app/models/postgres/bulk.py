"""Many rows into a server's table at once, by COPY."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, text


def copy_in(connection: Connection, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Stored values in the order of the columns; how many rows. The connection's transaction goes on."""
    listed, count = ", ".join(f'"{column}"' for column in columns), 0
    driver = connection.connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor, cursor.copy(f'COPY "{name}" ({listed}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def follow_numbers(connection: Connection, one: Table) -> None:
    """Let the numbers that the server gives new rows go on behind those that were copied."""
    for column in one.primary_key:
        asked = {"tbl": one.name, "col": column.name}
        series = connection.execute(text("SELECT pg_get_serial_sequence(:tbl, :col)"), asked).scalar()
        if series:
            last = f'SELECT setval(:series, max("{column.name}") + 1, false) FROM "{one.name}" HAVING count(*) > 0'
            connection.execute(text(last), {"series": series})

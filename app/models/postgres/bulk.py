"""Many rows into a server's table at once, by COPY, new ones straight and changed ones through a table beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import DBAPIError

from app.models.use_option import OPTION


def copy_in(connection: Connection, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Stored values in the order of the columns; how many rows. The connection's transaction goes on.

    Raises SQLAlchemy's own errors, as any statement does.
    """
    listed, count = ", ".join(f'"{column}"' for column in columns), 0
    driver = connection.connection.driver_connection
    assert driver is not None
    use = connection.get_execution_options().get(OPTION)
    if use is not None:
        use.take(f'INSERT INTO "{name}"')
    statement = f'COPY "{name}" ({listed}) FROM STDIN'
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
    except psycopg.Error as error:
        raise DBAPIError.instance(
            statement, None, error, psycopg.Error, dialect=connection.dialect
        ) from error
    return count


def copy_over(
    connection: Connection, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], merge: str
) -> None:
    """Rows of which some may be there already. merge: what follows the rows in an INSERT; it names the table itself.

    Of several with one id (the first column) the last counts, as if they had come one after another.
    """
    beside, listed = f"arriving_{name}"[:63], ", ".join(f'"{column}"' for column in columns)
    newest = {row[columns.index("id")]: row for row in rows}
    connection.exec_driver_sql(
        f'CREATE TEMP TABLE IF NOT EXISTS "{beside}" ON COMMIT DELETE ROWS AS SELECT {listed} FROM "{name}" WHERE false'
    )
    copy_in(connection, beside, columns, newest.values())
    connection.exec_driver_sql(f'INSERT INTO "{name}" ({listed}) SELECT {listed} FROM "{beside}" {merge}')
    connection.exec_driver_sql(f'TRUNCATE "{beside}"')


def follow_numbers(connection: Connection, one: Table) -> None:
    """Let the numbers that the server gives new rows go on behind those that were copied."""
    for column in one.primary_key:
        asked = {"tbl": one.name, "col": column.name}
        series = connection.execute(text("SELECT pg_get_serial_sequence(:tbl, :col)"), asked).scalar()
        if series:
            last = f'SELECT setval(:series, max("{column.name}") + 1, false) FROM "{one.name}" HAVING count(*) > 0'
            connection.execute(text(last), {"series": series})

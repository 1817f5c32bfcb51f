"""What a server says of itself: which one it is, and how large the office's database there is."""

from __future__ import annotations

from sqlalchemy import Connection, text

_PLACE = text(
    "SELECT (SELECT system_identifier FROM pg_control_system()), oid FROM pg_database WHERE datname = current_database()"
)
_SIZE = text("SELECT pg_database_size(current_database())")


def place_words(connection: Connection) -> str:
    """Tells one database of one server from every other, a copy of it on another server included."""
    server, database = connection.execute(_PLACE).one()
    return f"postgresql {server} {database}"


def size_bytes(connection: Connection) -> int:
    """Bytes of the database on the server's disk."""
    return int(connection.execute(_SIZE).scalar_one())

"""Functions by the names SQLite has for them, laid on the server so that a statement is said once for both engines."""

from __future__ import annotations

from sqlalchemy import Connection, text

FUNCTIONS = {
    "json_each(told text)": (
        "TABLE(value text)",
        "SELECT jsonb_array_elements_text(told::jsonb)",
    ),
    "json_extract(told text, path text)": (
        "text",
        "SELECT jsonb_path_query_first(told::jsonb, path::jsonpath) #>> '{}'",
    ),
    "json_array_length(told text)": (
        "bigint",
        "SELECT jsonb_array_length(told::jsonb)::bigint",
    ),
}
"""Name and parameters → result and body."""


def lay_functions(connection: Connection) -> None:
    """Make them, or bring them up to date."""
    for name, (result, body) in FUNCTIONS.items():
        connection.execute(
            text(
                f"CREATE OR REPLACE FUNCTION {name} RETURNS {result} LANGUAGE sql IMMUTABLE "
                f"AS $${body.replace(':', chr(92) + ':')}$$"
            )
        )


def drop_functions(connection: Connection) -> None:
    """Remove them."""
    for name in FUNCTIONS:
        connection.execute(text(f"DROP FUNCTION IF EXISTS {name}"))

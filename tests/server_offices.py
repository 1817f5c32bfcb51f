"""Offices whose tables lie on a PostgreSQL server of the test run's own, moved there once and copied for each test."""

from __future__ import annotations

import atexit
import os
from contextlib import ExitStack
from functools import cache
from typing import Any

import pytest

from app.kernel.tables import FileTables, ServerTables
from app.models.migrate import bring_up_to_date
from app.models.moving import copy_rows
from app.models.server_address import read_address
from app.paths import DataDir
from tests.postgres_server import TestServer, running_server, server_programs

_FIRST: dict[Any, str] = {}


@cache
def the_server() -> TestServer:
    """Started when it is first needed, stopped when the tests end; without the programs the test is skipped, but
    continuous integration has them."""
    programs = server_programs()
    if programs is None:
        reason = "PostgreSQL's server programs are not installed (Debian: postgresql)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    stack = ExitStack()
    server = stack.enter_context(running_server(programs))
    atexit.register(stack.close)
    return server


def put_on_server(data: DataDir, key: bytes, kind: Any) -> str:
    """Let the office have its tables in a database of its own; the address. kind: offices of one kind begin alike."""
    first = _first(key, kind, data)
    typed = the_server().make_database(first)
    address, password = read_address(typed)
    ServerTables(data).write(address, password, key)
    data.database.unlink()
    return typed


def _first(key: bytes, kind: Any, data: DataDir) -> str:
    """Name of the database that the others are copied from."""
    if kind not in _FIRST:
        _FIRST[kind] = _moved(key, data)
    return _FIRST[kind]


def _moved(key: bytes, data: DataDir) -> str:
    typed = the_server().make_database()
    address, password = read_address(typed)
    draft = DataDir(data.root / "first")
    draft.root.mkdir()
    server = ServerTables(draft)
    server.write(address, password, key)
    source, target = FileTables(data).open(key), server.open(key)
    bring_up_to_date(target)
    with source.reader.connect() as before, target.writer.begin() as after:
        copy_rows(before, after, lambda done, total, words: None)
    source.close()
    target.close()
    server.path.unlink()
    draft.root.rmdir()
    return address.database


def as_database(data: DataDir, key: bytes) -> str:
    """Let an office that tests made in a file have its tables on the server, whatever it holds; the database's address."""
    return put_on_server(data, key, data.root)

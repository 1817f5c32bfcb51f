"""Moves an office's tables from the file of its data directory to a PostgreSQL server, or back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, inspect

from app.clock import Clock
from app.errors import Refused
from app.kernel.database_trouble import told_plainly
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.slots import sync_folder
from app.kernel.tables import FileTables, ServerTables, Tables, office_tables
from app.kernel.work import Silent, Work
from app.models.engine import Database
from app.models.migrate import bring_up_to_date
from app.models.moving import NotTheSame, copy_rows, is_earlier_state, moved_tables
from app.models.server_address import ServerAddress
from app.paths import DataDir
from app.private_files import make_private_folder
from app.services.office.back_up import BackUp
from app.services.office.office import open_office
from app.services.security.change_key import opening
from app.services.security.presence import alone

Told = Callable[[int, int, str], None]


@dataclass(frozen=True, kw_only=True)
class Move:
    """Where to: an address with its password, or None for the file of the data directory."""

    address: ServerAddress | None
    password: str = ""


@dataclass(frozen=True)
class Moved:
    """What was moved; place: where the tables are now. backup: the file that was written before."""

    place: str
    tables: int
    rows: int
    backup: str


@dataclass(frozen=True)
class NoteMove:
    """The tables were moved."""

    place: str


@handles(NoteMove, title="搬移数据库", permission=Permission.CHANGE_SETTINGS)
def note_move(work: Work, command: NoteMove) -> None:
    """Only the journal keeps it."""
    work.why = command.place


def move_office(
    data: DataDir, name: str, password: str, move: Move, clock: Clock, told: Told = Silent().step
) -> Moved:
    """Back the office up, copy every row, compare both, then use the new tables and do away with the old.

    Killed anywhere before the last step it leaves the office as it was, and can be run again. Raises Refused E993 where it
    is there already, E994 while somebody else has it open, E992 for a server's database that holds something else, E995
    for rows that did not arrive, and what opening and backing up raise.
    """
    office, actor = open_office(data, name, password, clock)
    try:
        actor.need(Permission.CHANGE_SETTINGS)
        source = office_tables(data)
        if isinstance(source, FileTables) == (move.address is None):
            raise Refused("E993", "数据已经在那里了，不用搬。")
        backup = office.do(BackUp(), actor).value.file
        key = office.safe.key
    finally:
        office.close()
    with _alone(data), _draft(data) as draft:
        target = _target(draft, move, key)
        counted = _copy(source, target, key, told)
        _put_in_place(data, draft, source, key)
    office, actor = open_office(data, name, password, clock)
    try:
        place = office.database.place if move.address else data.database.name
        office.do(NoteMove(place), actor)
    finally:
        office.close()
    return Moved(place, len(moved_tables()), counted, backup)


@contextmanager
def _alone(data: DataDir) -> Iterator[None]:
    """Nobody else has the office open, and nobody gets in meanwhile."""
    with opening(data), alone(data.presence_lock) as is_alone:
        if not is_alone:
            raise Refused("E994", "还有窗口、签到台或别的席位开着，不能搬数据。请都关掉后再试。")
        yield


@contextmanager
def _draft(data: DataDir) -> Iterator[DataDir]:
    """An empty folder beside the office's files; whatever a killed move left in it goes first."""
    shutil.rmtree(data.moving.root, ignore_errors=True)
    make_private_folder(data.moving.root)
    try:
        yield data.moving
    finally:
        shutil.rmtree(data.moving.root, ignore_errors=True)


def _target(draft: DataDir, move: Move, key: bytes) -> Tables:
    if move.address is None:
        return FileTables(draft)
    server = ServerTables(draft)
    server.write(move.address, move.password, key)
    return server


def _copy(source: Tables, target: Tables, key: bytes, told: Told) -> int:
    """Every row in one transaction; how many."""
    reading, writing = source.open(key), target.open(key)
    try:
        with told_plainly("没有搬走任何数据"):
            _make_room(reading, writing)
            bring_up_to_date(writing)
            with reading.reader.connect() as before, writing.writer.begin() as after:
                return copy_rows(before, after, told)
    except NotTheSame as fault:
        raise Refused(
            "E995", "搬过去的数据与原来的核对不符，没有改用新的数据库，原来的数据照常使用。请检查磁盘后再试。"
        ) from fault
    finally:
        reading.close()
        writing.close()


def _make_room(reading: Database, writing: Database) -> None:
    """The target is empty, or holds an earlier state of this very office, which a killed move left and which goes."""
    with writing.writer.begin() as after:
        if not inspect(after).get_table_names():
            return
        with reading.reader.connect() as before:
            if not is_earlier_state(after, before):
                raise Refused(
                    "E992", f"数据库“{writing.place}”里已有别的数据，不能搬进去。请按手册另建一个空的数据库。"
                )
        _clear(after)


def _put_in_place(data: DataDir, draft: DataDir, source: Tables, key: bytes) -> None:
    """The rename is what moves the office. Then the old rows go: nobody could erase anything in them any more."""
    if isinstance(source, FileTables):
        draft.server.replace(data.server)
        sync_folder(data.root)
        for ending in ("", "-wal", "-shm"):
            data.database.with_name(data.database.name + ending).unlink(missing_ok=True)
        return
    draft.database.replace(data.database)
    sync_folder(data.root)
    left = source.open(key)
    data.server.unlink()
    sync_folder(data.root)
    try:
        with told_plainly("数据已经搬到本机，服务器上的旧数据没有清除"), left.writer.begin() as connection:
            _clear(connection)
    finally:
        left.close()


def _clear(connection: Connection) -> None:
    """Only a server's tables are cleared; a file goes as a whole."""
    from app.models.postgres.schema import clear_server

    clear_server(connection)

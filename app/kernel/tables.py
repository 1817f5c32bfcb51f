"""Where an office's tables lie: in the encrypted file of its data directory, or on a server that a sealed file there names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from app import canonical
from app.errors import Refused
from app.kernel.sealing import seal_text, unseal_text
from app.kernel.slots import write_private
from app.models.copies import copy_database, fold_journal, is_same
from app.models.engine import Database, fits, open_database
from app.models.server_address import ServerAddress, read_address
from app.paths import DataDir
from app.safe_write import check_room

_LABEL = b"huimin.server.v1\0"


class Tables(Protocol):
    """What stands for an office's tables in its data directory, and how it is opened and given another key."""

    path: Path

    def open(self, key: bytes) -> Database:
        """The database; raises what stands in the way."""

    def fits(self, key: bytes) -> bool:
        """Whether this is the key."""

    def write_next(self, old: bytes, new: bytes) -> None:
        """The same under another key, verified and synced beside it."""

    def take_next(self) -> None:
        """Let that take its place."""

    @property
    def has_next(self) -> bool:
        """Whether one is there."""

    def discard_next(self) -> None:
        """Remove it."""


def office_tables(data: DataDir) -> Tables:
    """Those of the data directory; the file where there is none yet."""
    return ServerTables(data) if data.server.exists() else FileTables(data)


class FileTables:
    """An encrypted file of this computer."""

    def __init__(self, data: DataDir):
        self._data, self.path = data, data.database

    def open(self, key: bytes) -> Database:
        """Raises Refused E902, E920."""
        return open_database(self.path, key)

    def fits(self, key: bytes) -> bool:
        """By opening it."""
        return fits(self.path, key)

    def write_next(self, old: bytes, new: bytes) -> None:
        """Raises Refused E018 for a copy that is not the same, E502 without room."""
        fold_journal(self.path, old)
        check_room(self._data.root, 2 * self.path.stat().st_size)
        copy_database(self.path, old, self._data.next_database, new)
        if not is_same(self.path, old, self._data.next_database, new):
            raise Refused("E018", "换密钥时新写的数据库核对不符，仍用原来的数据库。请检查磁盘。")
        with self._data.next_database.open("rb+") as file:
            os.fsync(file.fileno())

    def take_next(self) -> None:
        """The rename is what changes the key."""
        self._data.next_database.replace(self.path)

    @property
    def has_next(self) -> bool:
        return self._data.next_database.exists()

    def discard_next(self) -> None:
        """Its journal too."""
        for ending in ("", "-wal", "-shm", "-journal"):
            self._data.next_database.with_name(self._data.next_database.name + ending).unlink(missing_ok=True)


class ServerTables:
    """A database on a server; its password lies here sealed under the office's key, bound to the address."""

    def __init__(self, data: DataDir):
        self._data, self.path = data, data.server

    @property
    def address(self) -> ServerAddress:
        """Raises Refused E990 for a damaged file."""
        return self._read()[0]

    def open(self, key: bytes) -> Database:
        """Raises Refused E902 when the key does not fit, E987 … E990 of the server and the file."""
        address, password = self._opened(key)
        if password is None:
            raise Refused("E902", f"数据库打不开：密钥不符或文件已损坏（{self.path.name}）。请用备份恢复。")
        from app.models.postgres.engine import open_server

        return open_server(address, password)

    def fits(self, key: bytes) -> bool:
        """By opening the seal."""
        return self._opened(key)[1] is not None

    def write(self, address: ServerAddress, password: str, key: bytes) -> None:
        """Name the server from now on."""
        write_private(self.path, _sealed(address, password, key))

    def write_next(self, old: bytes, new: bytes) -> None:
        """The password under the new key. Raises Refused E018 where the old one does not open it."""
        address, password = self._opened(old)
        if password is None:
            raise Refused("E018", "换密钥时新写的数据库核对不符，仍用原来的数据库。请检查磁盘。")
        write_private(self._data.next_server, _sealed(address, password, new))

    def take_next(self) -> None:
        """The rename is what changes the key."""
        self._data.next_server.replace(self.path)

    @property
    def has_next(self) -> bool:
        return self._data.next_server.exists()

    def discard_next(self) -> None:
        self._data.next_server.unlink(missing_ok=True)

    def _opened(self, key: bytes) -> tuple[ServerAddress, str | None]:
        address, box = self._read()
        return address, unseal_text(key, _label(address), box)

    def _read(self) -> tuple[ServerAddress, str]:
        try:
            fields = canonical.decode(self.path.read_bytes())
            return read_address(fields["address"])[0], str(fields["password"])
        except (canonical.BadData, KeyError, TypeError, AttributeError, Refused) as fault:
            raise Refused(
                "E990", f"写着数据库地址的文件 {self.path.name} 已损坏。请用备份恢复数据目录。"
            ) from fault


def _sealed(address: ServerAddress, password: str, key: bytes) -> bytes:
    box = seal_text(key, _label(address), password)
    return canonical.encode({"address": str(address), "password": box})


def _label(address: ServerAddress) -> bytes:
    """Another address with this password sealed to it does not open: it would be told to a stranger."""
    return _LABEL + str(address).encode()

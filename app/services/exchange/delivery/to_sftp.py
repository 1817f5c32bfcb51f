"""Delivers over SFTP, to a server that shows the one host key that was approved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import asyncssh

from app.services.exchange.delivery.carrying import (
    BLOCK,
    name_taken,
    not_let_in,
    not_taken,
    stranger_server,
    unreachable,
)

_SECONDS = 30.0
Value = TypeVar("Value")


class SftpCarrier:
    """A folder of a server; what an earlier try brought of a file is kept and gone on from."""

    def __init__(self, address: str, account: str, secret: str, pin: str):
        parts = urlsplit(address)
        self._folder = parts.path.rstrip("/") or "."
        self._loop = asyncio.new_event_loop()
        is_key = secret.startswith("-----BEGIN")
        try:
            with _told():
                self._connection, self._sftp = self._run(
                    _connected(
                        parts.hostname or "",
                        parts.port or 22,
                        username=account,
                        password=None if is_key else secret,
                        client_keys=[asyncssh.import_private_key(secret)] if is_key else None,
                        known_hosts=([asyncssh.import_public_key(pin)], [], []),
                        agent_path=None,
                        config=None,
                        connect_timeout=_SECONDS,
                    )
                )
        except BaseException:
            self._loop.close()
            raise

    def digest(self, name: str) -> str | None:
        """SHA-256 of a file there; None where there is none."""
        with _told():
            return self._run(self._digest(self._path(name)))

    def put(self, file: Path, name: str) -> None:
        """Go on at the end of what is there."""
        with _told():
            self._run(self._put(file, self._path(name)))

    def rename(self, old: str, new: str) -> None:
        """Only where the name is free: the protocol's own rename does not overwrite."""
        with _told():
            if self._run(self._sftp.exists(self._path(new))):
                raise name_taken(new)
            self._run(self._sftp.rename(self._path(old), self._path(new)))

    def remove(self, name: str) -> None:
        """Take a file away."""
        with _told():
            self._run(self._sftp.remove(self._path(name)))

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()
        self._run(self._connection.wait_closed())
        self._loop.close()

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name}"

    def _run(self, work: Coroutine[Any, Any, Value]) -> Value:
        return self._loop.run_until_complete(work)

    async def _digest(self, path: str) -> str | None:
        digest = sha256()
        try:
            async with self._sftp.open(path, "rb") as file:
                async for block in _blocks(file):
                    digest.update(block)
        except asyncssh.SFTPNoSuchFile:
            return None
        return digest.hexdigest()

    async def _put(self, file: Path, path: str) -> None:
        there = await self._sftp.getsize(path) if await self._sftp.exists(path) else 0
        with file.open("rb") as source:
            source.seek(there)
            async with self._sftp.open(path, "ab") as out:
                while block := source.read(BLOCK):
                    await out.write(block)


def shown_host_key(address: str) -> str:
    """The host key that a server shows now, as OpenSSH writes it. Raises Refused E750."""
    parts = urlsplit(address)
    with _told():
        key = asyncio.run(asyncssh.get_server_host_key(parts.hostname or "", parts.port or 22, config=None))
    if key is None:
        raise unreachable()
    return key.export_public_key().decode().strip()


async def _connected(host: str, port: int, **options: Any) -> tuple[Any, Any]:
    connection = await asyncssh.connect(host, port, **options)
    return connection, await connection.start_sftp_client()


async def _blocks(file: Any) -> AsyncIterator[bytes]:
    while block := await file.read(BLOCK):
        yield block


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (asyncssh.HostKeyNotVerifiable, asyncssh.KeyExchangeFailed) as fault:
        raise stranger_server() from fault
    except (asyncssh.PermissionDenied, asyncssh.KeyImportError) as fault:
        raise not_let_in() from fault
    except (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection) as fault:
        raise unreachable() from fault
    except asyncssh.SFTPError as fault:
        raise not_taken(f"SFTP {fault.code}") from fault
    except (asyncssh.Error, OSError, TimeoutError) as fault:
        raise unreachable() from fault

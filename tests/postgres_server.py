"""A throw-away PostgreSQL server for tests: Debian's programs, a folder of its own, a socket there and no port."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PLACES = ("/usr/lib/postgresql", "/usr/pgsql", "/usr/local/pgsql")
USER, PASSWORD = "huimin", "Server-2022"
_QUICK = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=64MB -c max_connections=60"


def server_programs() -> Path | None:
    """The folder with `initdb` and `postgres`, the newest; None where the package is not installed."""
    found = [path.parent for place in PLACES for path in Path(place).glob("**/bin/initdb")]
    return max(found, key=lambda folder: folder.parent.name, default=None)


@dataclass(frozen=True)
class TestServer:
    """A running server, reached by the socket in its folder."""

    __test__ = False
    folder: Path

    def make_database(self, like: str = "template0") -> str:
        """A fresh database as the manual says to make one, or like another; its address, password included."""
        name = f"office_{secrets.token_hex(4)}"
        self._ask(
            f"CREATE DATABASE {name} OWNER {USER} TEMPLATE {like} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' "
            "STRATEGY file_copy"
        )
        return f"postgresql://{USER}:{PASSWORD}@{str(self.folder).replace('/', '%2F')}/{name}"

    def _ask(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(host=str(self.folder), user="postgres", autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]


@contextmanager
def running_server(programs: Path) -> Iterator[TestServer]:
    """A server that lasts as long as the block; root starts it as the package's own user, for it refuses root."""
    folder = Path(tempfile.mkdtemp(prefix="huimin-pg-", dir="/tmp"))
    data, as_user = folder / "data", _as_user(folder)
    try:
        _run(
            [
                *as_user,
                str(programs / "initdb"),
                "-D",
                str(data),
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "-N",
            ]
        )
        (data / "pg_hba.conf").write_text("local all postgres trust\nlocal all all scram-sha-256\n", "ascii")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} {_QUICK}"
        control = [*as_user, str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
        _run([*control, "-o", options, "start"])
        try:
            server = TestServer(folder)
            server._ask(f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'")
            yield server
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_user(folder: Path) -> list[str]:
    if os.geteuid() != 0:
        return []
    postgres = pwd.getpwnam("postgres")
    os.chown(folder, postgres.pw_uid, postgres.pw_gid)
    folder.chmod(0o755)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]


def _run(words: list[str]) -> None:
    done = subprocess.run(words, capture_output=True, encoding="utf-8", cwd="/", check=False)
    if done.returncode:
        raise RuntimeError(f"{Path(words[0]).name}: {done.stdout}{done.stderr}")

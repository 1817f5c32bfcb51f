"""The address of a PostgreSQL database as it is typed and shown: never with its password."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from app.errors import Refused

SCHEMES = ("postgresql", "postgres")
PORT = 5432
OPTIONS = ("sslmode", "sslrootcert")
"""What may stand behind a question mark: how the way to the server is encrypted, and by whose certificate."""


@dataclass(frozen=True, kw_only=True)
class ServerAddress:
    """Where one office's database is. host: a name, a number, or the folder of a local socket."""

    host: str
    port: int
    user: str
    database: str
    options: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        more = "?" + "&".join(f"{name}={value}" for name, value in self.options) if self.options else ""
        host = quote(self.host, safe="") if "/" in self.host else self.host
        return f"postgresql://{quote(self.user)}@{host}:{self.port}/{quote(self.database)}{more}"


def read_address(typed: str) -> tuple[ServerAddress, str]:
    """The address in `postgresql://user[:password]@host[:port]/database`, and the password in it, "" for none.

    Raises Refused E986 for anything else.
    """
    try:
        parts = urlsplit(typed.strip())
        # A socket's folder is typed with its slashes quoted.
        host, port = unquote(parts.netloc.rpartition("@")[2].partition(":")[0]), parts.port or PORT
        options = tuple(parse_qsl(parts.query, strict_parsing=True)) if parts.query else ()
    except ValueError as fault:
        raise _bad() from fault
    user, database = unquote(parts.username or ""), unquote(parts.path.lstrip("/"))
    is_known = all(name in OPTIONS for name, _ in options)
    if parts.scheme not in SCHEMES or not (user and database and host and is_known):
        raise _bad()
    address = ServerAddress(host=host, port=port, user=user, database=database, options=options)
    return address, unquote(parts.password or "")


def _bad() -> Refused:
    return Refused(
        "E986",
        "数据库地址的写法不对。请写成 postgresql://用户@主机:端口/数据库，用户和数据库都不能少。",
        field="to",
    )

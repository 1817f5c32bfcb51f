"""Sees that every part of the program and every library it needs can be loaded on this machine."""

from __future__ import annotations

from importlib import import_module

from app.kernel.packs import load_pack, pack_keys
from app.registry import modules_below

_LIBRARIES = (
    "alembic",
    "argon2",
    "asyncssh",
    "cn2an",
    "cryptography",
    "fontTools",
    "highspy",
    "holidays",
    "httpx",
    "keyring",
    "openpyxl",
    "orjson",
    "PIL",
    "platformdirs",
    "psycopg",
    "pypdfium2",
    "pypinyin",
    "pyrage",
    "reportlab",
    "rich",
    "segno",
    "sqlalchemy",
    "sqlcipher3",
    "stdnum",
    "typer",
    "uuid_utils",
    "zstandard",
)


def check_parts() -> str:
    """Load them all, and every policy pack."""
    for name in _LIBRARIES:
        import_module(name)
    parts = sum(len(modules_below(name)) for name in ("app.services", "app.documents", "app.bundle"))
    packs = pack_keys()
    for key in packs:
        load_pack(key)
    return f"{parts} 个部件、{len(_LIBRARIES)} 个库、{len(packs)} 个方案都能载入"

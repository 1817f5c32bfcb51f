"""The list beside the database of accounts that were disabled, so that an older backup brings nobody back in."""

from __future__ import annotations

import os
from pathlib import Path

import orjson


class KeptOut:
    """One JSON line a change, the last one of an account counts; ids only, append-only."""

    def __init__(self, file: Path):
        self._file = file

    def note(self, account: str, *, is_out: bool) -> None:
        """The account was disabled, or may come in again."""
        line = orjson.dumps({"account": account, "is_out": is_out}) + b"\n"
        handle = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line)
            os.fsync(handle)
        finally:
            os.close(handle)

    def accounts(self) -> set[str]:
        """Ids of the accounts that are kept out; a torn line says nothing."""
        out: set[str] = set()
        if not self._file.exists():
            return out
        for line in self._file.read_bytes().splitlines():
            try:
                found = orjson.loads(line)
                account, is_out = str(found["account"]), bool(found["is_out"])
            except (orjson.JSONDecodeError, KeyError, TypeError):
                continue
            (out.add if is_out else out.discard)(account)
        return out

"""The list beside the database of accounts that were disabled and of what was erased, so that an older backup brings
nobody and nothing back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import orjson


@dataclass(frozen=True)
class ErasedRow:
    """A row whose personal values were erased. id and writer: of the row that says so; at: its stored UTC instant."""

    id: str
    writer: str
    table: str
    row_id: str
    by: str
    at: str


_NAMES = {field.name for field in fields(ErasedRow)}


class KeptOut:
    """One JSON line a change, the last one of an account counts; ids only, append-only."""

    def __init__(self, file: Path):
        self._file = file

    def note(self, account: str, *, is_out: bool) -> None:
        """The account was disabled, or may come in again."""
        self._append([{"account": account, "is_out": is_out}])

    def note_erased(self, rows: Iterable[ErasedRow]) -> None:
        """The rows' personal values are gone for good."""
        self._append([{"erased": asdict(row)} for row in rows])

    def accounts(self) -> set[str]:
        """Ids of the accounts that are kept out."""
        out: set[str] = set()
        for line in self._lines():
            if "account" in line:
                (out.add if line.get("is_out") else out.discard)(str(line["account"]))
        return out

    def erased(self) -> dict[str, ErasedRow]:
        """Id of the row that says so → what was erased."""
        found: dict[str, ErasedRow] = {}
        for line in self._lines():
            told = line.get("erased")
            if isinstance(told, dict) and set(told) == _NAMES:
                row = ErasedRow(**{name: str(value) for name, value in told.items()})
                found[row.id] = row
        return found

    def _append(self, lines: list[dict[str, Any]]) -> None:
        if not lines:
            return
        handle = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            # A line that a power cut tore must not swallow the first one here.
            os.write(handle, b"\n" + b"\n".join(map(orjson.dumps, lines)) + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)

    def _lines(self) -> Iterator[dict[str, Any]]:
        """Every whole line; a torn one says nothing."""
        if not self._file.exists():
            return
        for line in self._file.read_bytes().splitlines():
            try:
                found = orjson.loads(line)
            except orjson.JSONDecodeError:
                continue
            if isinstance(found, dict):
                yield found

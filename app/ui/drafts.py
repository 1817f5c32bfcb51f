"""Keeps what was typed and not yet saved, so that closing a window loses nothing."""

from __future__ import annotations

from typing import Any, Protocol


class DraftKeeper(Protocol):
    """Where drafts lie: one dictionary of plain values a key."""

    def load(self, key: str) -> dict[str, Any] | None: ...

    def save(self, key: str, values: dict[str, Any]) -> None: ...

    def forget(self, key: str) -> None: ...


class MemoryDrafts:
    """Drafts that last as long as the program runs."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, Any]] = {}

    def load(self, key: str) -> dict[str, Any] | None:
        found = self._kept.get(key)
        return dict(found) if found is not None else None

    def save(self, key: str, values: dict[str, Any]) -> None:
        self._kept[key] = dict(values)

    def forget(self, key: str) -> None:
        self._kept.pop(key, None)

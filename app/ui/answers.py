"""Keeps count of which parts of a page each question fills, so that a failure is shown just there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.ui.widgets.pending import AnswerState, PendingPart


class AnswerKeeper:
    """The questions of one page by slot: what was answered last, and the parts that were filled with it."""

    def __init__(self, page: QWidget, ask_again: Callable[[], object]) -> None:
        self._page, self._ask_again = page, ask_again
        self._last: dict[str, Any] = {}
        self._filled: dict[str, list[PendingPart]] = {}

    def take(self, slot: str, query: Any, show: Callable[[], object]) -> None:
        """Show an answer and note which parts it fills."""
        before = {part: part.answers for part in self._parts()}
        self._last[slot] = query
        show()
        filled = [part for part in self._parts() if part.answers != before.get(part, 0)]
        self._filled[slot] = filled or self._filled.get(slot, [])

    def fail(self, slot: str, query: Any) -> None:
        """Say it where the answer belongs; what the same question was answered with before stays."""
        if slot in self._last and self._last[slot] == query:
            return
        own = [part for part in self._filled.get(slot, []) if isValid(part)]
        for part in own or [one for one in self._parts() if one.state is AnswerState.awaited]:
            part.fail(self._retry)

    def _retry(self) -> None:
        for part in self._parts():
            if part.state is AnswerState.failed:
                part.wait()
        self._ask_again()

    def _parts(self) -> list[PendingPart]:
        return self._page.findChildren(PendingPart)

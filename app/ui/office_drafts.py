"""Keeps drafts in the office's own database, so that they outlive the window and the power."""

from __future__ import annotations

from typing import Any

from app.services.drafts.keep_draft import Drafts, ForgetDraft, SaveDraft
from app.ui.runner import Runner


class OfficeDrafts:
    """Drafts of whoever is at work; read once when first wanted, written behind the window's back."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._kept: dict[str, dict[str, Any]] | None = None

    def load(self, key: str) -> dict[str, Any] | None:
        """The draft of a form, None where there is none."""
        found = self._all().get(key)
        return dict(found) if found is not None else None

    def save(self, key: str, values: dict[str, Any]) -> None:
        """Keep the draft; nothing is written while it is what is kept already."""
        if self._all().get(key) != values:
            self._all()[key] = dict(values)
            self._runner.do(SaveDraft(key, dict(values)), is_quiet=True)

    def forget(self, key: str) -> None:
        """Remove the draft."""
        if self._all().pop(key, None) is not None:
            self._runner.do(ForgetDraft(key), is_quiet=True)

    def _all(self) -> dict[str, dict[str, Any]]:
        if self._kept is None:
            self._kept = dict(self._runner.office.ask(Drafts(), self._runner.actor))
        return self._kept

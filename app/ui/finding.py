"""Lets Ctrl+K find records: asks the office, and says which page shows what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.services.search.everything import CASE, CONSULTATION, PERSON, REPORT, SITE, FindAnything, Found
from app.ui.desk import Hit, Search
from app.ui.runner import Runner


def record_search(runner: Runner) -> Search:
    """The desk's search: calls back with the hits, each of which opens its page with the row selected."""

    def search(text: str, then: Callable[[Sequence[Hit]], None]) -> None:
        runner.ask(FindAnything(text), lambda found: then([hit_of(one) for one in found]), owner=runner)

    return search


def hit_of(found: Found) -> Hit:
    """The page that shows it, and what that page is asked for."""
    pages: dict[str, tuple[str, dict[str, Any]]] = {
        PERSON: ("people", {"person": found.key, "is_closed": found.is_closed}),
        CONSULTATION: ("consultations", {"id": found.key}),
        CASE: ("cases", {"case": found.key}),
        SITE: ("settings", {"tab": "sites", "site": found.key}),
        REPORT: ("reports", {"report": found.key}),
    }
    page, wanted = pages[found.kind]
    return Hit(found.title, found.hint, page, wanted, found.kind)

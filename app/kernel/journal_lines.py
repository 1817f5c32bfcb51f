"""What a line of the journal says: of a request and what came of it, and of personal data that left the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.clock import Instant
from app.kernel.permissions import Actor
from app.kernel.work import DONE, Disclosure, Look

MOST_SUBJECTS = 200
"""Ids that one line of the journal names."""


def journal_line(
    now: Instant,
    actor: Actor,
    name: str,
    seat: str,
    outcome: str,
    touched: Iterable[str] = (),
    subjects: Sequence[str] = (),
    why: str = "",
) -> dict[str, Any]:
    """A line about a request of that name, as `write_line` takes it."""
    return {
        "at": now.at,
        "mono": now.mono,
        "boot": now.boot,
        "actor": actor.account,
        "command": name,
        "subjects": list(subjects[:MOST_SUBJECTS]),
        "why": why,
        "outcome": outcome,
        "seat": seat,
        "tables": sorted(touched),
    }


def disclosure_line(name: str, look: Look, one: Disclosure, seat: str) -> dict[str, Any]:
    """The line of one disclosure, under the request's name; it tells no page, for the one that asked would ask again."""
    words = (one.what, one.period, f"{one.rows} 行")
    why = "，".join(word for word in words if word)
    return journal_line(look.now, look.actor, name, seat, DONE, (), one.subjects, why)

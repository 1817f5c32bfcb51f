"""What the journal says of personal data that left the screen."""

from __future__ import annotations

from typing import Any

from app.clock import Instant
from app.kernel.permissions import Actor
from app.kernel.work import DONE, Disclosure, Look
from app.models.records import JournalEntry


def disclosure_entry(name: str, look: Look, one: Disclosure, seat: str) -> JournalEntry:
    """The journal row of one disclosure, under the request's name; it tells no page, for the one that asked would
    ask again."""
    words = (one.what, one.period, f"{one.rows} 行")
    return JournalEntry(
        **signed(look.now, look.actor, name),
        subjects=list(one.subjects[:200]),
        why="，".join(word for word in words if word),
        outcome=DONE,
        seat=seat,
        tables=[],
    )


def signed(now: Instant, actor: Actor, name: str) -> dict[str, Any]:
    """What every row of the journal begins with: when, who, what."""
    return {"at": now.at, "mono": now.mono, "boot": now.boot, "actor": actor.account, "command": name}

"""What the journal says of personal data that left the screen."""

from __future__ import annotations

from app.kernel.work import DONE, Disclosure, Look
from app.models.records import JournalEntry


def disclosure_entry(name: str, look: Look, one: Disclosure, seat: str) -> JournalEntry:
    """The journal row of one disclosure, under the request's name; it tells no page, for the one that asked would
    ask again."""
    words = (one.what, one.period, f"{one.rows} 行")
    return JournalEntry(
        at=look.now.at,
        mono=look.now.mono,
        boot=look.now.boot,
        actor=look.actor.account,
        command=name,
        subjects=list(one.subjects[:200]),
        why="，".join(word for word in words if word),
        outcome=DONE,
        seat=seat,
        tables=[],
    )

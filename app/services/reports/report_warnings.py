"""What every report must say of the records it was made from."""

from __future__ import annotations

from app.kernel.work import Look
from app.services.reading.incoming import incomplete_note


def report_warnings(look: Look) -> tuple[str, ...]:
    """Sentences for below the table; none where all records are here that came."""
    note = incomplete_note(look)
    return (f"{note}。",) if note else ()

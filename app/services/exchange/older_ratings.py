"""Keeps the rating that an older program wrote into the record itself: it becomes a row of its own here."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.bundle.entries import LogEntry
from app.models.after_images import rating_mark
from app.values import Rating, RatingChannel

_STORE = text(
    "INSERT INTO consultation_rating (id, writer, site, consultation_id, rating, channel, rated_by, at) "
    "SELECT :id, c.writer, c.site, c.id, :rating, :channel, c.recorded_by, c.at FROM consultation c "
    "WHERE c.id = :row AND c.writer = :writer AND NOT EXISTS (SELECT 1 FROM consultation_rating r "
    "WHERE r.consultation_id = c.id AND r.writer = c.writer AND r.rating = :rating)"
)
"""At the time of the record, since nothing tells when it was rated; a word that stands already is not said again."""


def keep_older_ratings(session: Session, entries: Iterable[LogEntry], sender: str) -> None:
    """Store the words in entries of records that were stored just now; their order tells a later word from an earlier."""
    for entry in entries:
        word = entry.fields["row"].get("rating")
        if word is not None and word in tuple(Rating):
            row_id = entry.fields["id"]
            mark = rating_mark(row_id, entry.fields["version"])
            told = {"id": mark, "row": row_id, "writer": sender, "rating": word}
            session.execute(_STORE, told | {"channel": RatingChannel.desk.value})

"""The bundle files that were written and those that somebody tried to import."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Flag, JsonText, UtcText
from app.models.checks import at_least, one_of

OUTCOMES = ("APPLIED", "NOOP", "PARKED", "REFUSED", "ALARM")
"""What may become of a bundle file; their meaning is the exchange's."""


class SentBundle(Base):
    """A bundle that was written, read back, and awaits or has its receipt."""

    __tablename__ = "sent_bundle"

    id: Mapped[str] = mapped_column(primary_key=True)
    recipient: Mapped[str]
    file: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcText)
    made_by: Mapped[str]
    slices: Mapped[list[dict[str, Any]]] = mapped_column(JsonText)
    check_code: Mapped[str]
    receipted_at: Mapped[datetime | None] = mapped_column(UtcText)


Index("ix_sent_bundle_receipted_at", SentBundle.receipted_at)


class ReceivedBundle(Base):
    """A file somebody tried to import, and what came of it."""

    __tablename__ = "received_bundle"
    __table_args__ = (
        one_of("outcome", OUTCOMES),
        at_least("applied", 0),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    bundle_id: Mapped[str] = mapped_column(default="")
    sender: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    applied: Mapped[int] = mapped_column(default=0)
    check_code: Mapped[str] = mapped_column(default="")
    summary: Mapped[dict[str, Any]] = mapped_column(JsonText, default=dict)
    program: Mapped[dict[str, Any]] = mapped_column(JsonText, default=dict)
    """Which program its sender runs, as the manifest says; empty where it does not."""
    is_discarded: Mapped[bool] = mapped_column(Flag, default=False)
    """Somebody gave up the file that was kept of it."""
    at: Mapped[datetime] = mapped_column(UtcText)


Index("ix_received_bundle_outcome", ReceivedBundle.outcome)
Index("ix_received_bundle_sender", ReceivedBundle.sender, ReceivedBundle.id)

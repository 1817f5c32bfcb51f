"""The rows that somebody changed outside the program, as they were found."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Flag, JsonText, UtcText
from app.models.checks import local_reference, one_of

FOUND_KINDS = ALTERED, DELETED, ADDED, SAME, UNSURE = ("altered", "deleted", "added", "same", "unsure")
"""What was done to a row outside the program."""


class FoundRow(Base):
    """A row that somebody changed outside the program, as it was found before it was set right; kept for the inquiry."""

    __tablename__ = "found_row"
    __table_args__ = (one_of("kind", FOUND_KINDS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(local_reference("security_event.id"))
    """The alarm that tells of it."""
    table: Mapped[str] = mapped_column("tbl")
    row_id: Mapped[str]
    kind: Mapped[str]
    """altered and deleted: the last after-image was put back. added: the log knows no such row; it waits here, out of
    its table, until somebody decides. same: noted as changed, but as the log has it. unsure: left as it was found, for
    its entry in the log was altered too."""
    found: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    """The columns as they were found; None where the row was gone."""
    is_kept: Mapped[bool | None] = mapped_column(Flag)
    decided_at: Mapped[datetime | None] = mapped_column(UtcText)
    decided_by: Mapped[str] = mapped_column(default="")


Index("ix_found_row_event_id", FoundRow.event_id)

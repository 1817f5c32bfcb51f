"""What a station wrote about a month after it had reported it, kept apart until the bureau decides row by row."""

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, DateText, Flag, JsonText, UtcText
from app.models.checks import one_of

WAITING, ACCEPTED, REFUSED, REPORTED = "waiting", "accepted", "refused", "reported"
LATE_STATES = (WAITING, ACCEPTED, REFUSED, REPORTED)
"""reported: the month was reported anew after a return, and the row with it."""


class LateChange(Base):
    """A row with images that came after its month was reported; the row stands at its last accepted image.

    after: id of the submission that it came after. words: what was written, in a few words without names.
    """

    __tablename__ = "late_change"
    __table_args__ = (one_of("state", LATE_STATES),)

    id: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(String(16))
    month: Mapped[str] = mapped_column(String(7))
    after: Mapped[str]
    table: Mapped[str] = mapped_column("tbl")
    row_id: Mapped[str]
    on: Mapped[date] = mapped_column(DateText)
    person_id: Mapped[str]
    words: Mapped[str]
    noticed_at: Mapped[datetime] = mapped_column(UtcText)
    state: Mapped[str] = mapped_column(default=WAITING)
    decision_id: Mapped[str] = mapped_column(default="")


Index("ix_late_change_month", LateChange.month, LateChange.site)
Index("ix_late_change_row_id", LateChange.row_id)


class LateEntry(Base):
    """One image of such a row in the received log. months: those that hold it back, each with the submission it came after."""

    __tablename__ = "late_entry"

    stream: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[str]
    months: Mapped[dict[str, str]] = mapped_column(JsonText)
    is_waiting: Mapped[bool] = mapped_column(Flag, default=True)
    is_taken: Mapped[bool] = mapped_column(Flag, default=False)
    """Whether the row was brought up to this image."""


Index("ix_late_entry_change_id", LateEntry.change_id)

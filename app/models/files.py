"""The keys of files that lie encrypted beside the database, so that a copy of the folder alone opens nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcText
from app.models.checks import at_least


class StoredFile(Base):
    """A file of this office by the SHA-256 of its plain content, with its own random key; without the row nobody
    can read it, so deleting the row erases it. size: bytes of the plain content."""

    __tablename__ = "stored_file"
    __table_args__ = (at_least("size", 0),)

    digest: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary)
    size: Mapped[int]
    stored_at: Mapped[datetime] = mapped_column(UtcText)

"""The keys of files that lie encrypted beside the database, so that a copy of the folder alone opens nothing."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Flag, UtcText
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


class FileDelivery(Base):
    """A content that was written whole into a bundle for another office, or that this office asks for (again)."""

    __tablename__ = "file_delivery"

    digest: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(String(16), primary_key=True)
    is_wanted: Mapped[bool] = mapped_column(Flag, default=False)
    at: Mapped[datetime] = mapped_column(UtcText)


class BlockedFile(Base):
    """A content that came in a bundle and is nothing that may be kept; why, in words. It is not asked for again."""

    __tablename__ = "blocked_file"

    digest: Mapped[str] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(String(16))
    code: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcText)

"""Which workbooks were imported and which rows each made, so that an import can be undone."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, JsonText, UtcText
from app.models.checks import at_least, local_reference


class ImportBatch(Base):
    """A workbook that was imported, so that it can be undone whole (P43)."""

    __tablename__ = "import_batch"
    __table_args__ = (
        at_least("accepted", 0),
        at_least("unchanged", 0),
        at_least("refused", 0),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    file: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcText)
    by: Mapped[str]
    accepted: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]
    rights: Mapped[list[str]] = mapped_column(JsonText)
    """Names of the rights that recording its rows needed; undoing them needs the same."""
    undone_at: Mapped[datetime | None] = mapped_column(UtcText)


Index("ix_import_batch_at", ImportBatch.at, ImportBatch.id)


class ImportRow(Base):
    """A row that a batch made."""

    __tablename__ = "import_row"

    batch: Mapped[str] = mapped_column(local_reference("import_batch.id"), primary_key=True)
    tbl: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True)

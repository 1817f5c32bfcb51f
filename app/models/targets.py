"""How a bureau splits a year's target over the units below it and the months."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.models.base import Audience, Base, JsonText, Shared, UtcText
from app.models.shapes import COUNTS
from app.models.travelling import shared


class TargetSplit(Shared, Base):
    """One version of the split; never edited, a later version takes its place (Y26).

    parts: `unit/MM` → amount, every unit with its twelve months; they sum to total.
    """

    __tablename__ = "target_split"
    audience = Audience(station="local", bureau="down")
    title = "任务分解"

    year: Mapped[int] = shared("年度")
    kind: Mapped[str] = shared("任务")
    version: Mapped[int] = shared("版次")
    total: Mapped[int] = shared("合计")
    parts: Mapped[dict[str, int]] = shared("分解", JsonText, shape=COUNTS)
    reason: Mapped[str] = shared("依据")
    decided_by: Mapped[str] = shared("分解人")
    decided_at: Mapped[datetime] = shared("分解时间", UtcText)


Index("ix_target_split_year", TargetSplit.writer, TargetSplit.year, TargetSplit.kind)

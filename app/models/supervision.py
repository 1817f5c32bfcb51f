"""What supervision keeps: notices and explanations about evidence, draws of spot checks (Y24 Q03)."""

from datetime import date, datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.case_values import DrawStep
from app.models.base import Audience, Base, DateText, JsonText, Shared, UtcText
from app.models.shapes import MONTH, TEXTS
from app.models.travelling import shared
from app.supervision_values import EvidenceStepKind


class EvidenceStep(Shared, Base):
    """The notice to a person about a finding or a complaint, or his explanation; rows are only added (Y24)."""

    __tablename__ = "evidence_step"
    audience = Audience(station="up", bureau="site")
    title = "通知与说明"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    subject_id: Mapped[str] = shared("抽查或投诉")
    kind: Mapped[str] = shared("步骤", words=EvidenceStepKind)
    on: Mapped[date] = shared("日期", DateText)
    due_on: Mapped[date | None] = shared("说明期限", DateText)
    """The last day for the explanation; only a notice has one."""
    text: Mapped[str | None] = shared("说明内容", personal=True)
    brought_by: Mapped[str | None] = shared("何人送交", personal=True)
    """签到台 where the person proved himself by his PIN, else who brought it to the clerk."""
    entered_by: Mapped[str] = shared("登记人")
    entered_at: Mapped[datetime] = shared("登记时间", UtcText)


Index("ix_evidence_step_subject_id", EvidenceStep.subject_id)
Index("ix_evidence_step_due_on", EvidenceStep.due_on)


class SpotDraw(Shared, Base):
    """A step of a month's draw of spot checks: the seed's hash with the frozen candidates, the seed afterwards (Q03)."""

    __tablename__ = "spot_draw"
    audience = Audience(station="local", bureau="down")
    title = "抽查抽签"

    month: Mapped[str] = shared("月份", String(7), shape=MONTH)
    step: Mapped[str] = shared("步骤", words=DrawStep)
    value: Mapped[str] = shared("指纹或种子")
    count: Mapped[int] = shared("抽几次")
    candidates: Mapped[list[str]] = shared("班次", JsonText, shape=TEXTS, default=list)
    """日期 站点代码 时段 of each duty: with the hash those that take part, with the seed those the roster lost since."""
    by: Mapped[str] = shared("经办人")
    at: Mapped[datetime] = shared("时间", UtcText)
    __table_args__ = (UniqueConstraint("writer", "month", "step"),)


class SpotDrawSeed(Base):
    """The seed of a draw until it is told; it stays in the office that draws, so that nobody below knows who is drawn."""

    __tablename__ = "spot_draw_seed"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    seed: Mapped[str]

"""What supervision keeps: notices and explanations about evidence (Y24)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped

from app.models.base import Audience, Base, DateText, Shared, UtcText
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

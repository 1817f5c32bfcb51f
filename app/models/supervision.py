"""What supervision keeps: notices and explanations about evidence, draws, inspections, problems
and how they were mended, what was done about the document's measures (Y24 Q03 Y27 Q15)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.case_values import DrawStep
from app.models.base import Audience, Base, DateText, JsonText, Shared, UtcText
from app.models.shapes import FACTS, MONTH, TEXTS
from app.models.travelling import shared
from app.supervision_values import (
    EvidenceStepKind,
    InspectionKind,
    ProblemSource,
    ProblemStepKind,
)


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


class Inspection(Shared, Base):
    """An inspection on site: who looked at what, and what was found of each item (Q03 Y22)."""

    __tablename__ = "inspection"
    audience = Audience(station="local", bureau="site")
    title = "实地检查"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    kind: Mapped[str] = shared("检查类别", words=InspectionKind)
    on: Mapped[date] = shared("日期", DateText)
    inspectors: Mapped[str] = shared("检查人")
    marks: Mapped[dict[str, Any]] = shared("各项结果", JsonText, shape=FACTS)
    """Item of the checklist → one of CheckMark."""
    clause: Mapped[str] = shared("依据", default="")
    note: Mapped[str | None] = shared("情况说明", personal=True)
    entered_by: Mapped[str] = shared("登记人")
    entered_at: Mapped[datetime] = shared("登记时间", UtcText)


Index("ix_inspection_on", Inspection.on)


class SupervisionProblem(Shared, Base):
    """A problem that somebody must mend by a day (Y27); `ProblemStep` rows say what came of it."""

    __tablename__ = "supervision_problem"
    audience = Audience(station="up", bureau="site")
    title = "督导问题"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    source: Mapped[str] = shared("来源", words=ProblemSource)
    source_id: Mapped[str] = shared("来源记录", default="")
    found_on: Mapped[date] = shared("发现日期", DateText)
    text: Mapped[str | None] = shared("问题", personal=True)
    owner: Mapped[str | None] = shared("责任人", personal=True)
    due_on: Mapped[date] = shared("整改期限", DateText)
    entered_by: Mapped[str] = shared("登记人")
    entered_at: Mapped[datetime] = shared("登记时间", UtcText)


Index("ix_supervision_problem_found_on", SupervisionProblem.found_on)
Index("ix_supervision_problem_due_on", SupervisionProblem.due_on)


class ProblemStep(Shared, Base):
    """What was done about a problem, with its evidence in words; rows are only added (Y27)."""

    __tablename__ = "problem_step"
    audience = Audience(station="up", bureau="site")
    title = "整改与复查"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    problem_id: Mapped[str] = shared("问题", refers_to="supervision_problem")
    kind: Mapped[str] = shared("步骤", words=ProblemStepKind)
    on: Mapped[date] = shared("日期", DateText)
    text: Mapped[str | None] = shared("情况与证据", personal=True)
    entered_by: Mapped[str] = shared("登记人")
    entered_at: Mapped[datetime] = shared("登记时间", UtcText)


Index("ix_problem_step_problem_id", ProblemStep.problem_id)


class MeasureStep(Shared, Base):
    """Something that was done about a measure of the document, with its evidence in words; rows are only added (Q15)."""

    __tablename__ = "measure_step"
    audience = Audience(station="up", bureau="up")
    title = "任务措施"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    pack: Mapped[str] = shared("方案")
    number: Mapped[str] = shared("措施编号")
    period: Mapped[str] = shared("期间", String(7), default="")
    """2022-05 or 2022-Q2 for what is done again and again, "" for what is done once."""
    on: Mapped[date] = shared("日期", DateText)
    text: Mapped[str | None] = shared("做了什么和证据", personal=True)
    entered_by: Mapped[str] = shared("登记人")
    entered_at: Mapped[datetime] = shared("登记时间", UtcText)


Index("ix_measure_step_pack", MeasureStep.pack, MeasureStep.number)


class Meeting(Shared, Base):
    """A work meeting with its minutes (Q03: one a month); it stays in the office that held it."""

    __tablename__ = "meeting"
    audience = Audience(station="local", bureau="local")
    title = "工作例会"

    on: Mapped[date] = shared("日期", DateText)
    subject: Mapped[str] = shared("议题")
    attendees: Mapped[str | None] = shared("参加人", personal=True)
    minutes: Mapped[str | None] = shared("纪要", personal=True)
    entered_by: Mapped[str] = shared("登记人")
    entered_at: Mapped[datetime] = shared("登记时间", UtcText)


Index("ix_meeting_on", Meeting.on)

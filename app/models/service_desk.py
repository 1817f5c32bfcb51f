"""The consultation register, what clients thought of the service, and its audits."""

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.desk_values import CallOutcome
from app.models.base import Audience, Base, DateText, Flag, JsonText, Shared, UtcText
from app.models.checks import local_reference
from app.models.shapes import STROKES
from app.models.travelling import shared
from app.values import AuditResult, Rating, RatingChannel


class Consultation(Shared, Base):
    """One visit or call (人次) with one or more topics (件); belongs to the person on duty (Y10)."""

    __tablename__ = "consultation"
    audience = Audience(station="up", bureau="local")
    title = "咨询"
    counted_as = "consultations"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    serial: Mapped[int] = shared("流水号")
    number: Mapped[str] = shared("编号")
    """The register's number; unique within its site only."""
    at: Mapped[datetime] = shared("时间", UtcText)
    on: Mapped[date] = shared("日期", DateText)
    person_id: Mapped[str] = shared("值班人员", refers_to="person")
    client_name: Mapped[str | None] = shared("咨询人", personal=True)
    sex: Mapped[str | None] = shared("性别", personal=True)
    id_kind: Mapped[str] = shared("证件类型", default="")
    id_number: Mapped[str | None] = shared("证件号码", personal=True)
    is_id_refused: Mapped[bool] = shared("拒绝提供证件", Flag, default=False)
    phone: Mapped[str | None] = shared("联系电话", personal=True)
    village: Mapped[str | None] = shared("住址", personal=True)
    groups: Mapped[list[str]] = shared("人群类别", JsonText, default=list)
    channel: Mapped[str] = shared("咨询方式", default="")
    topics: Mapped[list[str]] = shared("事项类别", JsonText, default=list)
    content: Mapped[str | None] = shared("咨询内容", personal=True)
    answer: Mapped[str | None] = shared("答复意见", personal=True)
    handling: Mapped[str] = shared("处理方式", default="")
    is_aid_mentioned: Mapped[bool] = shared("已告知法律援助", Flag, default=False)
    is_told_once: Mapped[bool] = shared("已一次性告知", Flag, default=False)
    is_home_visit_needed: Mapped[bool] = shared("需要上门", Flag, default=False)
    is_green: Mapped[bool] = shared("绿色通道", Flag, default=False, since=2)
    """优先解答 受理 审查 指派, for one of the record's groups (Q07)."""
    missing: Mapped[list[str]] = shared("缺项", JsonText, default=list)
    """Required items that the record lacks (Y17(1)); kept beside the record, for personal items may be erased."""
    recorded_by: Mapped[str] = shared("登记人")
    revision: Mapped[int] = shared("修订号", default=1)
    revision_reason: Mapped[str | None] = shared("修订原因", personal=True)


Index("ix_consultation_on_at", Consultation.on, Consultation.at, Consultation.id)
Index(
    "ix_consultation_counted",
    *(Consultation.site, Consultation.on, Consultation.missing, Consultation.topics),
    *(Consultation.id, Consultation.writer),
)  # all that counting a site's year or its faulty records asks for, so that no record is read for it
Index("ix_consultation_site_on_at", Consultation.site, Consultation.on, Consultation.at, Consultation.id)
Index("ix_consultation_home_visit", Consultation.is_home_visit_needed, Consultation.on)
Index("ix_consultation_person_on", Consultation.person_id, Consultation.on)
Index("ix_consultation_site_serial", Consultation.site, Consultation.serial)
Index("ix_consultation_site_number", Consultation.site, Consultation.number)
Index("ix_consultation_client_name", Consultation.client_name)
Index("ix_consultation_phone", Consultation.phone)
Index("ix_consultation_id_number", Consultation.id_number)


class ConsultationRating(Shared, Base):
    """What a client thought of one visit or call, as told once; never edited, another word is another row (Y06)."""

    __tablename__ = "consultation_rating"
    audience = Audience(station="up", bureau="site")
    title = "群众评价"

    site: Mapped[str] = shared("站点", refers_to="site")
    consultation_id: Mapped[str] = shared("咨询记录", refers_to="consultation")
    rating: Mapped[str] = shared("满意度", words=Rating)
    channel: Mapped[str] = shared("评价方式", words=RatingChannel)
    reason: Mapped[str | None] = shared("说明", personal=True)
    """Why the word differs from the one before, or what was said in the follow-up."""
    rated_by: Mapped[str] = shared("登记人")
    at: Mapped[datetime] = shared("评价时间", UtcText)


Index("ix_consultation_rating_consultation_id", ConsultationRating.consultation_id)


class ConsultationAudit(Shared, Base):
    """合格, 缺项 or 不规范, as an auditor found a record (Q13, Y17(1))."""

    __tablename__ = "consultation_audit"
    audience = Audience(station="up", bureau="site")
    title = "咨询审核"

    site: Mapped[str] = shared("站点", refers_to="site")
    consultation_id: Mapped[str] = shared("咨询记录", refers_to="consultation")
    result: Mapped[str] = shared("审核结果", words=AuditResult)
    reason: Mapped[str | None] = shared("理由", personal=True)
    audited_by: Mapped[str] = shared("审核人")
    audited_at: Mapped[datetime] = shared("审核时间", UtcText)


Index("ix_consultation_audit_consultation_id", ConsultationAudit.consultation_id)


class FollowUpCall(Shared, Base):
    """A follow-up call that brought no rating; one that did is a rating of the channel 回访 (Y06)."""

    __tablename__ = "follow_up_call"
    audience = Audience(station="up", bureau="site")
    title = "回访未果"

    site: Mapped[str] = shared("站点", refers_to="site")
    consultation_id: Mapped[str] = shared("咨询记录", refers_to="consultation")
    outcome: Mapped[str] = shared("结果", words=CallOutcome)
    note: Mapped[str | None] = shared("说明", personal=True)
    called_by: Mapped[str] = shared("回访人")
    at: Mapped[datetime] = shared("回访时间", UtcText)


Index("ix_follow_up_call_consultation_id", FollowUpCall.consultation_id)


class ClientSignature(Shared, Base):
    """A citizen's handwritten name under a record, as the pen went; the newest counts (Q02)."""

    __tablename__ = "client_signature"
    audience = Audience(station="up", bureau="local")
    title = "咨询人签名"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    consultation_id: Mapped[str] = shared("咨询记录", refers_to="consultation")
    revision: Mapped[int] = shared("所签的修订号")
    """The version of the record that was before the citizen's eyes."""
    strokes: Mapped[list[list[int]] | None] = shared("笔迹", JsonText, shape=STROKES, personal=True)
    taken_by: Mapped[str] = shared("经办人")
    at: Mapped[datetime] = shared("签名时间", UtcText)


Index("ix_client_signature_consultation_id", ClientSignature.consultation_id)


class Draft(Base):
    """A form somebody left half filled in; kept per account and form."""

    __tablename__ = "draft"

    account: Mapped[str] = mapped_column(local_reference("account.id"), primary_key=True)
    form: Mapped[str] = mapped_column(primary_key=True)
    values: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(UtcText)

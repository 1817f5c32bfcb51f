"""The consultation register and its audits."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import PERSONAL, Audience, Base, DateText, Flag, JsonText, Shared, UtcText


class Consultation(Shared, Base):
    """One visit or call (人次) with one or more topics (件); belongs to the person on duty (Y10)."""

    __tablename__ = "consultation"
    audience = Audience(station="up", bureau="local")

    site: Mapped[str] = mapped_column(String(16))
    serial: Mapped[int]
    number: Mapped[str]
    """The register's number; unique within its site only."""
    at: Mapped[datetime] = mapped_column(UtcText)
    on: Mapped[date] = mapped_column(DateText)
    person_id: Mapped[str]
    client_name: Mapped[str | None] = mapped_column(info=PERSONAL)
    sex: Mapped[str | None] = mapped_column(info=PERSONAL)
    id_kind: Mapped[str] = mapped_column(default="")
    id_number: Mapped[str | None] = mapped_column(info=PERSONAL)
    is_id_refused: Mapped[bool] = mapped_column(Flag, default=False)
    phone: Mapped[str | None] = mapped_column(info=PERSONAL)
    village: Mapped[str | None] = mapped_column(info=PERSONAL)
    groups: Mapped[list[str]] = mapped_column(JsonText, default=list)
    channel: Mapped[str] = mapped_column(default="")
    topics: Mapped[list[str]] = mapped_column(JsonText, default=list)
    content: Mapped[str | None] = mapped_column(info=PERSONAL)
    answer: Mapped[str | None] = mapped_column(info=PERSONAL)
    handling: Mapped[str] = mapped_column(default="")
    rating: Mapped[str] = mapped_column(default="")
    is_aid_mentioned: Mapped[bool] = mapped_column(Flag, default=False)
    is_told_once: Mapped[bool] = mapped_column(Flag, default=False)
    is_home_visit_needed: Mapped[bool] = mapped_column(Flag, default=False)
    missing: Mapped[list[str]] = mapped_column(JsonText, default=list)
    """Required items that the record lacks (Y17(1)); kept beside the record, for personal items may be erased."""
    recorded_by: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    revision_reason: Mapped[str | None] = mapped_column(info=PERSONAL)


Index("ix_consultation_site_on", Consultation.site, Consultation.on)
Index("ix_consultation_person_on", Consultation.person_id, Consultation.on)
Index("ix_consultation_at", Consultation.at)
Index("ix_consultation_site_serial", Consultation.site, Consultation.serial)
Index("ix_consultation_site_number", Consultation.site, Consultation.number)
Index("ix_consultation_client_name", Consultation.client_name)
Index("ix_consultation_phone", Consultation.phone)
Index("ix_consultation_id_number", Consultation.id_number)


class ConsultationAudit(Shared, Base):
    """合格, 缺项 or 不规范, as an auditor found a record (Q13, Y17(1))."""

    __tablename__ = "consultation_audit"
    audience = Audience(station="up", bureau="site")

    site: Mapped[str]
    consultation_id: Mapped[str]
    result: Mapped[str]
    reason: Mapped[str | None] = mapped_column(info=PERSONAL)
    audited_by: Mapped[str]
    audited_at: Mapped[datetime] = mapped_column(UtcText)


Index("ix_consultation_audit_consultation_id", ConsultationAudit.consultation_id)


class Draft(Base):
    """A form somebody left half filled in; kept per account and form."""

    __tablename__ = "draft"

    account: Mapped[str] = mapped_column(primary_key=True)
    form: Mapped[str] = mapped_column(primary_key=True)
    values: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(UtcText)

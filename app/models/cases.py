"""Legal-aid cases: the application as it was received, whom it helps, and the events that made of it what it is."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from app.case_values import (
    CaseEventKind,
    CaseForm,
    CaseGround,
    CaseKind,
    CaseStage,
    Fund,
    Procedure,
)
from app.models.base import Audience, Base, DateText, Flag, JsonText, LocalText, Shared, UtcText
from app.models.shapes import FACTS, MAPPINGS
from app.models.travelling import shared


class LegalCase(Shared, Base):
    """An application for legal aid, or an organ's notice to defend, as it came in; corrected by events only (Y12 Y13).

    Its id is the case's key wherever it moves. What is not known is empty; readers overlay 补正 events.
    """

    __tablename__ = "legal_case"
    audience = Audience(station="up", bureau="site")
    title = "援助案件"
    counted_as = "cases"

    site: Mapped[str] = shared("受理点", String(16), refers_to="site")
    serial: Mapped[int] = shared("受理流水号")
    """The intake point's own number of applications."""
    began_as: Mapped[str] = shared("来由", words=CaseEventKind)
    """登记, or 通知辩护 where an organ's notice came first."""
    received_on: Mapped[date] = shared("收到日期", DateText)
    channel: Mapped[str] = shared("申请方式", default="")
    kind: Mapped[str] = shared("案件类型", words=CaseKind)
    form: Mapped[str] = shared("诉讼或非诉讼", words=CaseForm, default="")
    stage: Mapped[str] = shared("诉讼阶段", words=CaseStage, default="")
    procedure: Mapped[str] = shared("程序", words=Procedure, default="")
    ground: Mapped[str] = shared("法律依据", words=CaseGround, default="")
    matter: Mapped[str] = shared("事项", default="")
    groups: Mapped[list[str]] = shared("人群类别", JsonText, default=list)
    fund: Mapped[str] = shared("资金来源", words=Fund, default="")
    applicant: Mapped[str | None] = shared("申请人", personal=True)
    """A person, or the organisation that applies (G17)."""
    is_organisation: Mapped[bool] = shared("单位申请", Flag, default=False)
    representative: Mapped[str | None] = shared("代表人或代理人", personal=True)
    sex: Mapped[str | None] = shared("性别", personal=True)
    born_on: Mapped[date | None] = shared("出生日期", DateText, personal=True)
    id_kind: Mapped[str] = shared("证件类型", default="")
    id_number: Mapped[str | None] = shared("证件号码", personal=True)
    phone: Mapped[str | None] = shared("联系电话", personal=True)
    address: Mapped[str | None] = shared("住址", personal=True)
    summary: Mapped[str | None] = shared("案情概况", personal=True)
    opponent: Mapped[str | None] = shared("对方当事人", personal=True)
    household: Mapped[list[dict[str, Any]] | None] = shared(
        "家庭经济状况", JsonText, shape=MAPPINGS, personal=True
    )
    """One mapping a member: name, relation, age, and a year's wages_fen, business_fen and other_fen."""
    exemption: Mapped[str] = shared("免核查情形", default="")
    exemption_proof: Mapped[str] = shared("免核查证明", default="")
    is_green: Mapped[bool] = shared("绿色通道", Flag, default=False, since=2)
    """Answered, received, examined and assigned before others, for one of its groups (Q07)."""
    is_undertaking: Mapped[bool] = shared("告知承诺", Flag, default=False)
    """A statement with undertaking stands for proof of means and is verified later (G08)."""
    opposing_firms: Mapped[list[str]] = shared("对方的律所", JsonText, default=list)
    organ_received_at: Mapped[datetime | None] = shared("办案机关收到申请的时刻", LocalText)
    forwarded_at: Mapped[datetime | None] = shared("转交的时刻", LocalText)
    number: Mapped[str] = shared("案号", default="")
    """Of a case that an organ's notice began or a register named; every other one gets its 案号 by an event."""
    organ: Mapped[str] = shared("办案机关", default="")
    letter: Mapped[str] = shared("函号", default="")
    agent_zone: Mapped[str] = shared("代办来源地", default="")
    recipients: Mapped[int] = shared("受援人数", default=1)
    group_case: Mapped[str] = shared("群体案件", default="")
    continues: Mapped[str] = shared("接续案件", refers_to="legal_case", default="")
    is_sealed: Mapped[bool] = shared("未成年人封存", Flag, default=False)
    is_imported: Mapped[bool] = shared("台账导入", Flag, default=False)
    consultation_id: Mapped[str] = shared("来自咨询", refers_to="consultation", default="")
    entered_by: Mapped[str] = shared("登记人")
    entered_at: Mapped[datetime] = shared("登记时间", UtcText)


Index("ix_legal_case_received_on", LegalCase.received_on, LegalCase.id)
Index("ix_legal_case_site_serial", LegalCase.site, LegalCase.serial)
Index("ix_legal_case_consultation_id", LegalCase.consultation_id)
Index("ix_legal_case_number", LegalCase.number)
Index("ix_legal_case_phone", LegalCase.phone)
Index("ix_legal_case_applicant", LegalCase.applicant)
Index("ix_legal_case_id_number", LegalCase.id_number)


class CaseRecipient(Shared, Base):
    """One more person whom a joint claim helps; the first is the applicant."""

    __tablename__ = "case_recipient"
    audience = Audience(station="up", bureau="site")
    title = "受援人"

    site: Mapped[str] = shared("受理点", String(16), refers_to="site")
    case_id: Mapped[str] = shared("案件", refers_to="legal_case")
    name: Mapped[str | None] = shared("姓名", personal=True)
    sex: Mapped[str | None] = shared("性别", personal=True)
    id_number: Mapped[str | None] = shared("证件号码", personal=True)
    groups: Mapped[list[str]] = shared("人群类别", JsonText, default=list)


Index("ix_case_recipient_case_id", CaseRecipient.case_id)


class CaseEventRow(Shared, Base):
    """One event of a case, never edited; a wrong one is voided by a later one that names it (Y07).

    facts: what the kind carries, by English name; private: those of them that are personal.
    """

    __tablename__ = "case_event"
    audience = Audience(station="up", bureau="site")
    title = "办案事件"
    counted_as = "case_events"

    site: Mapped[str] = shared("受理点", String(16), refers_to="site")
    case_id: Mapped[str] = shared("案件", refers_to="legal_case")
    kind: Mapped[str] = shared("事件", words=CaseEventKind)
    on: Mapped[date] = shared("日期", DateText)
    turn: Mapped[int] = shared("轮次", default=0)
    number: Mapped[int] = shared("序号")
    """Counts within case and writer."""
    facts: Mapped[dict[str, Any]] = shared("内容", JsonText, shape=FACTS)
    private: Mapped[dict[str, Any] | None] = shared("个人内容", JsonText, shape=FACTS, personal=True)
    reason: Mapped[str | None] = shared("理由", personal=True)
    voids: Mapped[str] = shared("作废哪一件", refers_to="case_event", default="")
    is_derived: Mapped[bool] = shared("由台账推出", Flag, default=False)
    entered_by: Mapped[str] = shared("登记人")
    entered_at: Mapped[datetime] = shared("登记时间", UtcText)
    __table_args__ = (UniqueConstraint("case_id", "writer", "number"),)


Index("ix_case_event_kind_on", CaseEventRow.kind, CaseEventRow.on)


class CasePaper(Shared, Base):
    """A paper of a case file: a scan or a printed form, stored encrypted beside the database by its content's hash.

    digest: SHA-256 of the plain content, by which the file is found and sent.
    """

    __tablename__ = "case_paper"
    audience = Audience(station="up", bureau="site")
    title = "案件材料"

    site: Mapped[str] = shared("受理点", String(16), refers_to="site")
    case_id: Mapped[str] = shared("案件", refers_to="legal_case")
    paper: Mapped[str] = shared("材料种类")
    place: Mapped[int] = shared("卷内顺序", default=0)
    name: Mapped[str | None] = shared("材料名称", personal=True)
    media: Mapped[str] = shared("格式")
    digest: Mapped[str] = shared("内容指纹")
    size: Mapped[int] = shared("字节数")
    pages: Mapped[int] = shared("页数", default=1)
    added_on: Mapped[date] = shared("收到日期", DateText)
    added_by: Mapped[str] = shared("登记人")
    added_at: Mapped[datetime] = shared("登记时间", UtcText)


Index("ix_case_paper_case_id", CasePaper.case_id)
Index("ix_case_paper_digest", CasePaper.digest)

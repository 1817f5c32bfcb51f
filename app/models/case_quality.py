"""What is kept beside cases: notes, review sheets, draws, marks of handlers, means figures, registers, the province's rows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from app.case_values import (
    DrawStep,
    FocusEnd,
    FocusKind,
    Grade,
    HandlerMark,
    NoteKind,
    ReviewKind,
    StandardKind,
)
from app.models.base import Audience, Base, DateText, JsonText, Shared, UtcText
from app.models.shapes import COUNTS, FACTS
from app.models.travelling import shared


class MeansFigure(Shared, Base):
    """One of the county's dated figures by which means are judged, 分 a head and month (Y13 G02 A03 J08)."""

    __tablename__ = "means_figure"
    audience = Audience(station="local", bureau="down")
    title = "经济困难标准"

    kind: Mapped[str] = shared("标准", words=StandardKind)
    valid_from: Mapped[date] = shared("生效日", DateText)
    fen: Mapped[int] = shared("每人每月（分）")
    source: Mapped[str] = shared("依据文件")
    entered_by: Mapped[str] = shared("登记人")
    entered_at: Mapped[datetime] = shared("登记时间", UtcText)
    __table_args__ = (UniqueConstraint("writer", "kind", "valid_from"),)


class HandlerMarkRow(Shared, Base):
    """A lawyer of the named team, or an older one who leads a younger (G14); closed by a later day."""

    __tablename__ = "handler_mark"
    audience = Audience(station="local", bureau="local")
    title = "承办人名册"

    kind: Mapped[str] = shared("类别", words=HandlerMark)
    person_id: Mapped[str] = shared("人员", refers_to="person")
    mentor_id: Mapped[str] = shared("带教律师", refers_to="person", default="")
    since: Mapped[date] = shared("自何日起", DateText)
    until: Mapped[date | None] = shared("至何日止", DateText)
    entered_by: Mapped[str] = shared("登记人")


class CaseNote(Shared, Base):
    """Something noted about a case beside its steps, never changed; `NOTE_RULES` says what each kind carries.

    about: the complaint that a later note answers. who and text are personal; facts hold what is not.
    """

    __tablename__ = "case_note"
    audience = Audience(station="up", bureau="site")
    title = "案件记事"

    site: Mapped[str] = shared("受理点", String(16), refers_to="site")
    case_id: Mapped[str] = shared("案件", refers_to="legal_case")
    kind: Mapped[str] = shared("事项", words=NoteKind)
    on: Mapped[date] = shared("日期", DateText)
    who: Mapped[str | None] = shared("何人", personal=True)
    text: Mapped[str | None] = shared("内容", personal=True)
    facts: Mapped[dict[str, Any]] = shared("其他内容", JsonText, shape=FACTS)
    about: Mapped[str] = shared("答复哪一件", refers_to="case_note", default="")
    entered_by: Mapped[str] = shared("登记人")
    entered_at: Mapped[datetime] = shared("登记时间", UtcText)


Index("ix_case_note_case_id", CaseNote.case_id)
Index("ix_case_note_kind_on", CaseNote.kind, CaseNote.on)
Index("ix_case_note_on", CaseNote.on, CaseNote.id)


class CaseReviewSheet(Shared, Base):
    """A reviewer's score sheet of one archived file; one of a kind for each case (Y15 G12)."""

    __tablename__ = "case_review_sheet"
    audience = Audience(station="local", bureau="local")
    title = "案卷评查表"

    case_id: Mapped[str] = shared("案件", refers_to="legal_case")
    kind: Mapped[str] = shared("评查方式", words=ReviewKind)
    on: Mapped[date] = shared("评查日期", DateText)
    reviewer_id: Mapped[str] = shared("评查人", refers_to="person")
    scores: Mapped[dict[str, int]] = shared("各项得分", JsonText, shape=COUNTS)
    score: Mapped[int] = shared("总分")
    grade: Mapped[str] = shared("质量等级", words=Grade)
    comment: Mapped[str | None] = shared("评语", personal=True)
    entered_by: Mapped[str] = shared("登记人")
    entered_at: Mapped[datetime] = shared("登记时间", UtcText)
    __table_args__ = (UniqueConstraint("writer", "case_id", "kind"),)


Index("ix_case_review_sheet_on", CaseReviewSheet.on, CaseReviewSheet.id)
Index("ix_case_review_sheet_case_id", CaseReviewSheet.case_id)


class QualityDraw(Shared, Base):
    """A step of a draw of archived files: the seed's hash first, the seed with the quarter's 案号 later (G12)."""

    __tablename__ = "quality_draw"
    audience = Audience(station="local", bureau="up")
    title = "案卷抽查"

    period: Mapped[str] = shared("季度", String(7))
    step: Mapped[str] = shared("步骤", words=DrawStep)
    value: Mapped[str] = shared("指纹或种子")
    percent: Mapped[int] = shared("抽取比例")
    numbers: Mapped[list[str]] = shared("参加抽取的案号", JsonText, default=list)
    by: Mapped[str] = shared("经办人")
    at: Mapped[datetime] = shared("时间", UtcText)
    __table_args__ = (UniqueConstraint("writer", "period", "step"),)


class FocusPerson(Shared, Base):
    """Somebody on a register of people whom aid looks after, from a day until they leave it with a reason (J04)."""

    __tablename__ = "focus_person"
    audience = Audience(station="up", bureau="site")
    title = "重点人员"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    kind: Mapped[str] = shared("名册", words=FocusKind)
    name: Mapped[str | None] = shared("姓名", personal=True)
    id_number: Mapped[str | None] = shared("证件号码", personal=True)
    phone: Mapped[str | None] = shared("联系电话", personal=True)
    address: Mapped[str | None] = shared("住址", personal=True)
    category: Mapped[str] = shared("人员类别", default="")
    card: Mapped[str | None] = shared("卡号", personal=True)
    reason: Mapped[str | None] = shared("列入理由", personal=True)
    since: Mapped[date] = shared("列入日期", DateText)
    until: Mapped[date | None] = shared("移出日期", DateText)
    ended_by: Mapped[str] = shared("移出原因", words=FocusEnd, default="")
    end_reason: Mapped[str | None] = shared("移出说明", personal=True)
    entered_by: Mapped[str] = shared("登记人")
    entered_at: Mapped[datetime] = shared("登记时间", UtcText)


Index("ix_focus_person_kind", FocusPerson.kind, FocusPerson.until)
Index("ix_focus_person_until", FocusPerson.until, FocusPerson.since)
Index("ix_focus_person_id_number", FocusPerson.id_number)


class ProvincialRow(Shared, Base):
    """A case as the provincial system exports it, held against this register (Y07 Y12)."""

    __tablename__ = "provincial_row"
    audience = Audience(station="local", bureau="local")
    title = "省系统案件"

    entered_number: Mapped[str] = shared("省系统编号")
    number: Mapped[str] = shared("案号", default="")
    recipient: Mapped[str | None] = shared("受援人", personal=True)
    entered_on: Mapped[date | None] = shared("录入日期", DateText)
    imported_at: Mapped[datetime] = shared("导入时间", UtcText)
    __table_args__ = (UniqueConstraint("writer", "entered_number"),)


Index("ix_provincial_row_number", ProvincialRow.number)

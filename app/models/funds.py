"""The money behind cases: standards, funds, the quarterly lists that are final, their examination and payment."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from app.case_values import CaseKind, CaseOutcome, CaseStage, Fund, FundFlow, FundSource, Grade
from app.models.base import Audience, Base, DateText, Flag, JsonText, Shared, UtcText
from app.models.shapes import MAPPING
from app.models.travelling import shared
from app.values import LineOrigin


class CaseStandard(Shared, Base):
    """One row of the county's dated table of what a case is paid (Y19 G12)."""

    __tablename__ = "case_standard"
    audience = Audience(station="local", bureau="local")
    title = "办案补贴标准"

    valid_from: Mapped[date] = shared("生效日", DateText)
    kind: Mapped[str] = shared("案件类型", words=CaseKind)
    stage: Mapped[str] = shared("诉讼阶段", words=CaseStage, default="")
    """"" for every stage without a row of its own."""
    fen: Mapped[int] = shared("标准（分）")
    entered_by: Mapped[str] = shared("登记人")
    entered_at: Mapped[datetime] = shared("登记时间", UtcText)
    __table_args__ = (UniqueConstraint("writer", "valid_from", "kind", "stage"),)


class FundEntry(Shared, Base):
    """One row of a fund's ledger: 下达, 到位 or 支出 (Y20 Y25 A05)."""

    __tablename__ = "fund_entry"
    audience = Audience(station="local", bureau="local")
    title = "资金收支"

    on: Mapped[date] = shared("日期", DateText)
    fund: Mapped[str] = shared("资金", words=Fund)
    flow: Mapped[str] = shared("收支", words=FundFlow)
    source: Mapped[str] = shared("来源", words=FundSource, default="")
    fen: Mapped[int] = shared("金额（分）", adds="fund_fen")
    use: Mapped[str] = shared("用途", default="")
    voucher: Mapped[str] = shared("凭证号", default="")
    entered_by: Mapped[str] = shared("登记人")
    entered_at: Mapped[datetime] = shared("登记时间", UtcText)


Index("ix_fund_entry_fund_on", FundEntry.fund, FundEntry.on)


class CaseSettlement(Shared, Base):
    """A quarter's list of cases made final by the agency; quarters become final in order (Y19)."""

    __tablename__ = "case_settlement"
    audience = Audience(station="local", bureau="local")
    title = "办案补贴定稿"

    quarter: Mapped[str] = shared("季度", String(7))
    final_at: Mapped[datetime] = shared("定稿时间", UtcText)
    final_by: Mapped[str] = shared("定稿人")
    pack: Mapped[str] = shared("方案")
    special_fen: Mapped[int] = shared("惠民专项（分）")
    business_fen: Mapped[int] = shared("业务经费（分）")
    project_fen: Mapped[int] = shared("项目资金（分）")
    __table_args__ = (UniqueConstraint("writer", "quarter"),)


class StoredCaseLine(Shared, Base):
    """What one case is paid, or that it is paid nothing, as its quarter became final; never changed.

    told: everything that explains it, as `reading.case_lines` writes and reads it. is_base: it gave the case its one
    base; the database refuses a second.
    """

    __tablename__ = "case_line"
    audience = Audience(station="local", bureau="local")
    title = "办案补贴明细"

    settlement_id: Mapped[str] = shared("定稿", refers_to="case_settlement")
    quarter: Mapped[str] = shared("季度", String(7))
    case_id: Mapped[str] = shared("案件", refers_to="legal_case")
    number: Mapped[str] = shared("案号")
    outcome: Mapped[str] = shared("结果", words=CaseOutcome)
    is_base: Mapped[bool] = shared("占补贴一次", Flag)
    grade: Mapped[str] = shared("质量等级", words=Grade, default="")
    fund: Mapped[str] = shared("资金", words=Fund, default="")
    place: Mapped[int | None] = shared("任务名次")
    special_fen: Mapped[int] = shared("惠民专项（分）", adds="case_special_fen")
    business_fen: Mapped[int] = shared("业务经费（分）")
    project_fen: Mapped[int] = shared("项目资金（分）")
    told: Mapped[dict[str, Any]] = shared("明细", JsonText, shape=MAPPING)


Index("ix_case_line_quarter", StoredCaseLine.quarter)
Index("ix_case_line_case_id", StoredCaseLine.case_id)
Index(
    "ux_case_line_base", StoredCaseLine.writer, StoredCaseLine.case_id, unique=True,
    sqlite_where=StoredCaseLine.is_base == True,  # noqa: E712 - a column, not a truth
)  # fmt: skip


class StoredCaseAdjustment(Shared, Base):
    """What later facts add to a final line in one fund, or the reversal of one; below zero it is to be paid back."""

    __tablename__ = "case_adjustment"
    audience = Audience(station="local", bureau="local")
    title = "办案补贴调整"

    adjusts: Mapped[str] = shared("调整哪一行", refers_to="case_line")
    quarter: Mapped[str] = shared("列入季度", String(7))
    case_id: Mapped[str] = shared("案件", refers_to="legal_case")
    number: Mapped[str] = shared("案号")
    fund: Mapped[str] = shared("资金", words=Fund)
    fen: Mapped[int] = shared("金额（分）")
    origin: Mapped[str] = shared("来由", words=LineOrigin)
    reasons: Mapped[list[str]] = shared("理由", JsonText)
    reason: Mapped[str | None] = shared("说明", personal=True)
    made_by: Mapped[str] = shared("经办人")
    made_at: Mapped[datetime] = shared("登记时间", UtcText)


Index("ix_case_adjustment_quarter", StoredCaseAdjustment.quarter)
Index("ix_case_adjustment_adjusts", StoredCaseAdjustment.adjusts)


class CaseExamination(Shared, Base):
    """The bureau's word on one line of a list: passed, or returned with a coded reason (Y19)."""

    __tablename__ = "case_examination"
    audience = Audience(station="local", bureau="local")
    title = "办案补贴审核"

    line_id: Mapped[str] = shared("明细", refers_to="case_line")
    is_passed: Mapped[bool] = shared("是否通过", Flag)
    code: Mapped[str] = shared("原因代码", default="")
    reason: Mapped[str | None] = shared("理由", personal=True)
    examined_by: Mapped[str] = shared("审核人")
    examined_at: Mapped[datetime] = shared("审核时间", UtcText)


Index("ix_case_examination_line_id", CaseExamination.line_id)


class CasePayment(Shared, Base):
    """A quarter's case subsidies paid from one fund, with date and voucher (Y19 Y25)."""

    __tablename__ = "case_payment"
    audience = Audience(station="local", bureau="local")
    title = "办案补贴发放"

    quarter: Mapped[str] = shared("季度", String(7))
    fund: Mapped[str] = shared("资金", words=Fund)
    paid_on: Mapped[date] = shared("发放日期", DateText)
    voucher: Mapped[str] = shared("凭证号")
    fen: Mapped[int] = shared("金额（分）")
    cases: Mapped[int] = shared("件数")
    made_by: Mapped[str] = shared("经办人")
    made_at: Mapped[datetime] = shared("登记时间", UtcText)


Index("ix_case_payment_fund_paid_on", CasePayment.fund, CasePayment.paid_on)
Index("ix_case_payment_quarter", CasePayment.quarter)


class CasePaymentItem(Shared, Base):
    """One line, or one adjustment of a line, as a payment paid it; no line is paid twice from one fund."""

    __tablename__ = "case_payment_item"
    audience = Audience(station="local", bureau="local")
    title = "办案补贴发放明细"

    payment_id: Mapped[str] = shared("发放", refers_to="case_payment")
    line_id: Mapped[str] = shared("明细或调整")
    fund: Mapped[str] = shared("资金", words=Fund)
    fen: Mapped[int] = shared("金额（分）")
    payee: Mapped[str] = shared("收款人")
    """The firm or person it went to."""
    __table_args__ = (UniqueConstraint("writer", "line_id", "fund", "payee"),)


Index("ix_case_payment_item_payment_id", CasePaymentItem.payment_id)

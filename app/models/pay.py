"""Submissions, reviews, settlements, pay lines, adjustments and payments."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from app.models.base import Audience, Base, DateText, Flag, JsonText, Shared, UtcText
from app.models.shapes import COUNTS, MAPPING, MAPPINGS, MONTH, PAIRS
from app.models.travelling import shared
from app.values import DutyKind, LineOrigin


class Submission(Shared, Base):
    """A site's month as reported to the bureau; freezes the site's own rows (Y05, P28)."""

    __tablename__ = "submission"
    audience = Audience(station="up", bureau="local")
    title = "月报"

    site: Mapped[str] = shared("站点", refers_to="site")
    month: Mapped[str] = shared("月份", String(7), shape=MONTH)
    number: Mapped[int] = shared("次数")
    is_nil: Mapped[bool] = shared("零报告", Flag, default=False)
    submitted_at: Mapped[datetime] = shared("提交时间", UtcText)
    submitted_by: Mapped[str] = shared("提交人")
    counts: Mapped[dict[str, int]] = shared("条数", JsonText, shape=COUNTS)
    answers: Mapped[str | None] = shared("依据的退回", refers_to="review")
    """Id of the bureau's return that this submission answers: what was written since then is part of it."""


Index("ix_submission_month", Submission.month)
Index("ix_submission_site_submitted_at", Submission.site, Submission.submitted_at)
Index("ix_submission_site_month", Submission.site, Submission.month)


class Review(Shared, Base):
    """The bureau's answer to a submission: approved or returned."""

    __tablename__ = "review"
    audience = Audience(station="local", bureau="site")
    title = "月报审核"

    site: Mapped[str] = shared("站点", refers_to="site")
    month: Mapped[str] = shared("月份", String(7), shape=MONTH)
    submission_id: Mapped[str] = shared("月报", refers_to="submission")
    is_approved: Mapped[bool] = shared("是否通过", Flag)
    reason: Mapped[str | None] = shared("理由", personal=True)
    reviewed_by: Mapped[str] = shared("审核人")
    reviewed_at: Mapped[datetime] = shared("审核时间", UtcText)


Index("ix_review_submission_id", Review.submission_id)


class Settlement(Shared, Base):
    """A month's final settlement by the bureau; it locks the month (Y18)."""

    __tablename__ = "settlement"
    audience = Audience(station="local", bureau="local")
    title = "结算"

    month: Mapped[str] = shared("月份", String(7), shape=MONTH)
    final_at: Mapped[datetime] = shared("结算时间", UtcText)
    final_by: Mapped[str] = shared("结算人")
    total_fen: Mapped[int] = shared("合计（分）")
    pack: Mapped[str] = shared("方案")
    settings: Mapped[dict[str, Any]] = shared("方案设定", JsonText, shape=MAPPING)
    """The pack's settings in force, so that later evidence is judged by what the month was settled by."""
    public_servants: Mapped[list[str]] = shared("公职人员", JsonText)
    """Ids of the people who were public servants then, for a later change of status is no evidence."""
    unapproved: Mapped[list[str]] = shared("未审核站点", JsonText)
    """Codes of the sites whose month the bureau had not approved."""
    reason: Mapped[str | None] = shared("理由", personal=True)
    """Why it was settled by a document that does not cover the month."""
    __table_args__ = (UniqueConstraint("month"),)


class StoredPayLine(Shared, Base):
    """What one duty pays one person, or what puts such a line right, with everything that explains it; never changed.

    month: the settlement it is paid in; `on` is the duty's date and may lie in an earlier month.
    """

    __tablename__ = "pay_line"
    audience = Audience(station="local", bureau="site")
    title = "补贴明细"

    settlement_id: Mapped[str] = shared("结算", refers_to="settlement")
    month: Mapped[str] = shared("月份", String(7), shape=MONTH)
    place: Mapped[int] = shared("序号")
    """Its place among the lines of its settlement."""
    key: Mapped[str] = shared("值班", refers_to="duty")
    """Id of the duty."""
    unit: Mapped[str] = shared("计发单位")
    """The person-day or session the duty is paid in."""
    person_id: Mapped[str] = shared("值班人员", refers_to="person")
    on: Mapped[date] = shared("日期", DateText)
    site: Mapped[str] = shared("站点", refers_to="site")
    kind: Mapped[str] = shared("值班类别", words=DutyKind)
    base_fen: Mapped[int] = shared("标准（分）")
    deductions: Mapped[list[dict[str, Any]]] = shared("扣减", JsonText, shape=MAPPINGS)
    net_fen: Mapped[int] = shared("应发（分）", adds="fen")
    reasons: Mapped[list[str]] = shared("理由", JsonText)
    settings: Mapped[list[list[str]]] = shared("设定", JsonText, shape=PAIRS)
    """[name, value] of each setting that had a part in it."""
    origin: Mapped[str] = shared("来由", words=LineOrigin)
    """结算, 补证调整, 局里调整 or 冲销."""
    adjusts: Mapped[str | None] = shared("调整哪一行", refers_to="pay_line")
    """The stored line that this line corrects, with the difference as its net (P24, P25)."""
    source: Mapped[str] = shared("依据的调整", refers_to="adjustment", default="")
    """Id of the bureau's adjustment that this line carries out."""
    code: Mapped[str] = shared("原因代码", default="")
    evidence: Mapped[list[str]] = shared("证据", JsonText)
    note: Mapped[str | None] = shared("说明", personal=True)


Index("ix_pay_line_month", StoredPayLine.month)
Index(
    "ix_pay_line_sums",
    StoredPayLine.person_id,
    StoredPayLine.month,
    StoredPayLine.settlement_id,
    StoredPayLine.net_fen,
)
Index("ix_pay_line_on", StoredPayLine.on)
Index("ix_pay_line_source", StoredPayLine.source)
Index("ix_pay_line_adjusts", StoredPayLine.adjusts)


class Adjustment(Shared, Base):
    """The bureau's word that a line pays another amount, or nothing any more; the original stays (P20, P25).

    line_id: the stored line; "" while the month is not finally settled. from_fen: the amount the bureau saw.
    """

    __tablename__ = "adjustment"
    audience = Audience(station="local", bureau="site")
    title = "补贴调整"

    site: Mapped[str] = shared("站点", refers_to="site")
    month: Mapped[str] = shared("月份", String(7), shape=MONTH)
    line_key: Mapped[str] = shared("值班", refers_to="duty")
    line_id: Mapped[str] = shared("明细", refers_to="pay_line", default="")
    person_id: Mapped[str] = shared("值班人员", refers_to="person")
    origin: Mapped[str] = shared("来由", words=LineOrigin)
    """局里调整 or 冲销."""
    from_fen: Mapped[int] = shared("原金额（分）")
    to_fen: Mapped[int] = shared("现金额（分）")
    reason_code: Mapped[str] = shared("原因代码")
    reason: Mapped[str | None] = shared("原因", personal=True)
    adjusted_by: Mapped[str] = shared("调整人")
    adjusted_at: Mapped[datetime] = shared("调整时间", UtcText)


class Payment(Shared, Base):
    """A person's pay of a month handed over, or the reversal of one (P20)."""

    __tablename__ = "payment"
    audience = Audience(station="local", bureau="local")
    title = "发放"

    month: Mapped[str] = shared("月份", String(7), shape=MONTH)
    person_id: Mapped[str] = shared("人员", refers_to="person")
    fen: Mapped[int] = shared("金额（分）")
    paid_on: Mapped[date] = shared("发放日期", DateText)
    voucher: Mapped[str] = shared("凭证号")
    confirmation: Mapped[str] = shared("账户复核", refers_to="payee_confirmation", default="")
    """The second person's word on the account it went to; "" without an account."""
    item_id: Mapped[str] = shared("批次明细", refers_to="pay_batch_item", default="", since=2)
    """What of which batch it hands over; "" for a reversal."""
    reverses: Mapped[str | None] = shared("冲销哪一笔", refers_to="payment")
    reason_code: Mapped[str] = shared("原因代码", default="")
    reason: Mapped[str | None] = shared("原因", personal=True)
    made_by: Mapped[str] = shared("经办人")
    made_at: Mapped[datetime] = shared("登记时间", UtcText)


class PaymentNotice(Shared, Base):
    """What every unit below is told of a payment or of its reversal, without persons, 分.

    So a bureau that was restored learns from them what it has paid already.
    """

    __tablename__ = "payment_notice"
    audience = Audience(station="local", bureau="down")
    title = "发放通知"

    month: Mapped[str] = shared("月份", String(7), shape=MONTH)
    fund: Mapped[str] = shared("款项")
    voucher: Mapped[str] = shared("凭证号")
    paid_on: Mapped[date] = shared("发放日期", DateText)
    total_fen: Mapped[int] = shared("合计（分）")
    lines: Mapped[int] = shared("人数")


Index("ix_payment_notice_month", PaymentNotice.month)
Index("ix_payment_sums", Payment.person_id, Payment.month, Payment.fen)
Index("ix_payment_month", Payment.month)
Index("ix_payment_vouchers", Payment.paid_on, Payment.voucher, Payment.fen)
Index("ix_adjustment_month", Adjustment.month)

"""Submissions, reviews, settlements, pay lines, adjustments and payments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import PERSONAL, Audience, Base, DateText, Flag, JsonText, Shared, UtcText


class Submission(Shared, Base):
    """A site's month as reported to the bureau; freezes the site's own rows (Y05, P28)."""

    __tablename__ = "submission"
    audience = Audience(station="up", bureau="local")

    site: Mapped[str]
    month: Mapped[str] = mapped_column(String(7))
    number: Mapped[int]
    is_nil: Mapped[bool] = mapped_column(Flag, default=False)
    submitted_at: Mapped[datetime] = mapped_column(UtcText)
    submitted_by: Mapped[str]
    counts: Mapped[dict[str, int]] = mapped_column(JsonText)


Index("ix_submission_site_month", Submission.site, Submission.month)


class Review(Shared, Base):
    """The bureau's answer to a submission: approved or returned."""

    __tablename__ = "review"
    audience = Audience(station="local", bureau="site")

    site: Mapped[str]
    month: Mapped[str] = mapped_column(String(7))
    submission_id: Mapped[str]
    is_approved: Mapped[bool] = mapped_column(Flag)
    reason: Mapped[str | None] = mapped_column(info=PERSONAL)
    reviewed_by: Mapped[str]
    reviewed_at: Mapped[datetime] = mapped_column(UtcText)


Index("ix_review_submission_id", Review.submission_id)


class Settlement(Shared, Base):
    """A month's final settlement by the bureau; it locks the month (Y18)."""

    __tablename__ = "settlement"
    audience = Audience(station="local", bureau="local")

    month: Mapped[str] = mapped_column(String(7))
    final_at: Mapped[datetime] = mapped_column(UtcText)
    final_by: Mapped[str]
    total_fen: Mapped[int]
    pack: Mapped[str]
    settings: Mapped[dict[str, Any]] = mapped_column(JsonText)
    """The pack's settings in force, so that later evidence is judged by what the month was settled by."""
    public_servants: Mapped[list[str]] = mapped_column(JsonText)
    """Ids of the people who were public servants then, for a later change of status is no evidence."""
    unapproved: Mapped[list[str]] = mapped_column(JsonText)
    """Codes of the sites whose month the bureau had not approved."""
    __table_args__ = (UniqueConstraint("month"),)


class PayLine(Shared, Base):
    """What one duty pays one person, or what puts such a line right, with everything that explains it; never changed.

    month: the settlement it is paid in; `on` is the duty's date and may lie in an earlier month.
    """

    __tablename__ = "pay_line"
    audience = Audience(station="local", bureau="site")

    settlement_id: Mapped[str]
    month: Mapped[str] = mapped_column(String(7))
    place: Mapped[int]
    """Its place among the lines of its settlement."""
    key: Mapped[str]
    """Id of the duty."""
    unit: Mapped[str]
    """The person-day or session the duty is paid in."""
    person_id: Mapped[str]
    on: Mapped[date] = mapped_column(DateText)
    site: Mapped[str]
    kind: Mapped[str]
    base_fen: Mapped[int]
    deductions: Mapped[list[dict[str, Any]]] = mapped_column(JsonText)
    net_fen: Mapped[int]
    reasons: Mapped[list[str]] = mapped_column(JsonText)
    settings: Mapped[list[list[str]]] = mapped_column(JsonText)
    """[name, value] of each setting that had a part in it."""
    origin: Mapped[str]
    """结算, 补证调整, 局里调整 or 冲销."""
    adjusts: Mapped[str | None]
    """The stored line that this line corrects, with the difference as its net (P24, P25)."""
    source: Mapped[str] = mapped_column(default="")
    """Id of the bureau's adjustment that this line carries out."""
    code: Mapped[str] = mapped_column(default="")
    evidence: Mapped[list[str]] = mapped_column(JsonText)
    note: Mapped[str | None] = mapped_column(info=PERSONAL)


Index("ix_pay_line_month", PayLine.month)
Index("ix_pay_line_on", PayLine.on)
Index("ix_pay_line_source", PayLine.source)
Index("ix_pay_line_adjusts", PayLine.adjusts)


class Adjustment(Shared, Base):
    """The bureau's word that a line pays another amount, or nothing any more; the original stays (P20, P25).

    line_id: the stored line; "" while the month is not finally settled. from_fen: the amount the bureau saw.
    """

    __tablename__ = "adjustment"
    audience = Audience(station="local", bureau="site")

    site: Mapped[str]
    month: Mapped[str] = mapped_column(String(7))
    line_key: Mapped[str]
    line_id: Mapped[str] = mapped_column(default="")
    person_id: Mapped[str]
    origin: Mapped[str]
    """局里调整 or 冲销."""
    from_fen: Mapped[int]
    to_fen: Mapped[int]
    reason_code: Mapped[str]
    reason: Mapped[str | None] = mapped_column(info=PERSONAL)
    adjusted_by: Mapped[str]
    adjusted_at: Mapped[datetime] = mapped_column(UtcText)


class Payment(Shared, Base):
    """A person's pay of a month handed over, or the reversal of one (P20)."""

    __tablename__ = "payment"
    audience = Audience(station="local", bureau="local")

    month: Mapped[str] = mapped_column(String(7))
    person_id: Mapped[str]
    fen: Mapped[int]
    paid_on: Mapped[date] = mapped_column(DateText)
    voucher: Mapped[str]
    reverses: Mapped[str | None]
    reason_code: Mapped[str] = mapped_column(default="")
    reason: Mapped[str | None] = mapped_column(info=PERSONAL)
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcText)


class PaymentNotice(Shared, Base):
    """What every unit below is told of a payment or of its reversal, without persons, 分.

    So a bureau that was restored learns from them what it has paid already.
    """

    __tablename__ = "payment_notice"
    audience = Audience(station="local", bureau="down")

    month: Mapped[str] = mapped_column(String(7))
    fund: Mapped[str]
    voucher: Mapped[str]
    paid_on: Mapped[date] = mapped_column(DateText)
    total_fen: Mapped[int]
    lines: Mapped[int]


Index("ix_payment_notice_month", PaymentNotice.month)
Index("ix_payment_month", Payment.month)
Index("ix_adjustment_month", Adjustment.month)

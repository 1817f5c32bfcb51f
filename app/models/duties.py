"""Rosters, raw punches, corrections, decisions, spot checks and complaints."""

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Audience, Base, DateText, Flag, JsonText, Shared, UtcText
from app.models.checks import at_least
from app.models.shapes import MONTH, RANGES
from app.models.travelling import shared
from app.values import ChangeKind, ClockGrade, Direction, DutyKind, Origin, SpotMethod, SpotResult, Verdict


class Duty(Shared, Base):
    """One person's duty at one site on one day; ranges are [["09:00:00", "13:00:00"], …] of local time."""

    __tablename__ = "duty"
    audience = Audience(station="up", bureau="site")
    title = "值班"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    on: Mapped[date] = shared("日期", DateText)
    kind: Mapped[str] = shared("值班类别", words=DutyKind)
    person_id: Mapped[str] = shared("值班人员", refers_to="person")
    ranges: Mapped[list[list[str]]] = shared("时段", JsonText, shape=RANGES, adds="duty_seconds")
    version: Mapped[int | None] = shared("排班版本号")
    """Number of the roster version that published it; None while it is a draft."""
    note: Mapped[str] = shared("备注", default="")


Index("ix_duty_on", Duty.on)
Index("ix_duty_site_on", Duty.site, Duty.on)
Index("ix_duty_person_on", Duty.person_id, Duty.on)


class RosterVersion(Shared, Base):
    """A published month of a site's roster (Y04)."""

    __tablename__ = "roster_version"
    audience = Audience(station="up", bureau="site")
    title = "排班版本"

    site: Mapped[str] = shared("站点", refers_to="site")
    month: Mapped[str] = shared("月份", String(7), shape=MONTH)
    number: Mapped[int] = shared("版本号")
    published_at: Mapped[datetime] = shared("发布时间", UtcText)
    published_by: Mapped[str] = shared("发布人")
    is_late: Mapped[bool] = shared("迟发布", Flag, default=False)
    """Published after one of its duties had begun."""
    is_backfilled: Mapped[bool] = shared("补录", Flag, default=False)
    """补录: published for a month already over."""
    check_code: Mapped[str] = shared("核对码")
    duty_ids: Mapped[list[str]] = shared("值班编号", JsonText)


Index("ix_roster_version_month", RosterVersion.month)
Index("ix_roster_version_site_month", RosterVersion.site, RosterVersion.month)


class RosterChange(Shared, Base):
    """A change of a published duty: 取消, 换人 or 改时, with who, when and why (Y22a); `id` is its own."""

    __tablename__ = "roster_change"
    audience = Audience(station="up", bureau="site")
    title = "排班变更"

    site: Mapped[str] = shared("站点", refers_to="site")
    duty_id: Mapped[str] = shared("原值班", refers_to="duty")
    kind: Mapped[str] = shared("变更类别", words=ChangeKind)
    new_duty_id: Mapped[str] = shared("新值班", refers_to="duty", default="")
    reason: Mapped[str | None] = shared("原因", personal=True)
    changed_at: Mapped[datetime] = shared("变更时间", UtcText)
    changed_by: Mapped[str] = shared("变更人")


Index("ix_roster_change_duty", RosterChange.duty_id)


class Punch(Shared, Base):
    """One raw attendance event; never edited (Y05)."""

    __tablename__ = "punch"
    audience = Audience(station="up", bureau="local")
    title = "签到签退"
    counted_as = "punches"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    person_id: Mapped[str] = shared("值班人员", refers_to="person")
    direction: Mapped[str] = shared("签到或签退", String(3), words=Direction)
    """in or out"""
    at: Mapped[datetime] = shared("时间", UtcText)
    on: Mapped[date] = shared("日期", DateText)
    pair_id: Mapped[str] = shared("对应的签到", refers_to="punch", default="")
    """An out names the in that it closes."""
    origin: Mapped[str] = shared("来源", words=Origin)
    confirmed_by: Mapped[str] = shared("确认人", default="")
    reason: Mapped[str | None] = shared("事由", personal=True)
    """Why there is a duty without a roster entry, in the person's words."""
    mono: Mapped[int] = shared("单调时钟", default=0)
    boot: Mapped[str] = shared("开机编号", default="")
    grade: Mapped[str] = shared("时钟可信度", words=ClockGrade, default="green")
    """Trust in the clock: green, grey, amber or red."""
    grade_reason: Mapped[str] = shared("时钟说明", default="")


Index("ix_punch_on", Punch.on)
Index("ix_punch_pair_id", Punch.pair_id)
Index("ix_punch_site_on", Punch.site, Punch.on)
Index("ix_punch_person_on", Punch.person_id, Punch.on)


class Voided(Shared, Base):
    """A row of evidence that its writer takes back: it stays as it is and counts no longer. Kiosk punches never are."""

    __tablename__ = "voided"
    audience = Audience(station="up", bureau="site")
    title = "作废"

    site: Mapped[str] = shared("站点", refers_to="site")
    table: Mapped[str] = shared("记录种类", name="tbl")
    row_id: Mapped[str] = shared("记录编号")
    reason: Mapped[str | None] = shared("原因", personal=True)
    voided_by: Mapped[str] = shared("作废人")
    voided_at: Mapped[datetime] = shared("作废时间", UtcText)


Index("ix_voided_row_id", Voided.row_id)


class Correction(Shared, Base):
    """补签: a claimed sign-in or sign-out that counts only once another person approved it."""

    __tablename__ = "correction"
    audience = Audience(station="up", bureau="local")
    title = "补签"

    site: Mapped[str] = shared("站点", refers_to="site")
    person_id: Mapped[str] = shared("值班人员", refers_to="person")
    direction: Mapped[str] = shared("签到或签退", String(3), words=Direction)
    at: Mapped[datetime] = shared("时间", UtcText)
    on: Mapped[date] = shared("日期", DateText)
    punch_id: Mapped[str] = shared("对应的签到", refers_to="punch", default="")
    """The open sign-in it closes, if there is one."""
    reason: Mapped[str | None] = shared("原因", personal=True)
    asked_by: Mapped[str] = shared("申请人")
    asked_at: Mapped[datetime] = shared("申请时间", UtcText)


Index("ix_correction_on", Correction.on)
Index("ix_correction_punch_id", Correction.punch_id)
Index("ix_correction_site_on", Correction.site, Correction.on)


class Decision(Shared, Base):
    """Somebody's answer to a correction, an unscheduled duty, a short duty, or unproved evidence."""

    __tablename__ = "decision"
    audience = Audience(station="up", bureau="site")
    title = "审定"

    site: Mapped[str] = shared("站点", refers_to="site")
    subject: Mapped[str] = shared("审定对象")
    """Name of the table the decided row is in."""
    subject_id: Mapped[str] = shared("对象编号")
    is_approved: Mapped[bool] = shared("是否认可", Flag)
    reason: Mapped[str | None] = shared("理由", personal=True)
    decided_by: Mapped[str] = shared("审定人")
    decided_at: Mapped[datetime] = shared("审定时间", UtcText)


Index("ix_decision_subject_id", Decision.subject_id)


class SpotCheck(Shared, Base):
    """点名抽查: what an inspector found at a time and place (Y17(4)(5), Y23)."""

    __tablename__ = "spot_check"
    audience = Audience(station="up", bureau="site")
    title = "抽查"

    site: Mapped[str] = shared("站点", refers_to="site")
    at: Mapped[datetime] = shared("时间", UtcText)
    on: Mapped[date] = shared("日期", DateText)
    person_id: Mapped[str] = shared("值班人员", refers_to="person")
    method: Mapped[str] = shared("抽查方式", words=SpotMethod)
    result: Mapped[str] = shared("抽查结果", words=SpotResult)
    reason: Mapped[str | None] = shared("原因", personal=True)
    is_justified: Mapped[bool | None] = shared("是否正当", Flag)
    verdict: Mapped[str] = shared("核实", words=Verdict)
    inspector: Mapped[str] = shared("抽查人", default="")
    entered_by: Mapped[str] = shared("登记人", default="", since=2)
    """The account that put it on record and therefore does not verify it (Y24); "" where nothing tells."""


Index("ix_spot_check_on", SpotCheck.on)
Index("ix_spot_check_site_on", SpotCheck.site, SpotCheck.on)


class Complaint(Shared, Base):
    """Somebody's complaint about a duty; costs only what was verified (Y17(3), Y24)."""

    __tablename__ = "complaint"
    audience = Audience(station="up", bureau="site")
    title = "投诉"

    site: Mapped[str] = shared("站点", refers_to="site")
    at: Mapped[datetime] = shared("时间", UtcText)
    on: Mapped[date] = shared("日期", DateText)
    person_id: Mapped[str] = shared("值班人员", refers_to="person")
    consultation_id: Mapped[str] = shared("咨询记录", refers_to="consultation", default="")
    consultation_number: Mapped[str] = shared("咨询编号", default="")
    matter: Mapped[str | None] = shared("事由", personal=True)
    verdict: Mapped[str] = shared("核实", words=Verdict)
    entered_by: Mapped[str] = shared("登记人", default="", since=2)


Index("ix_complaint_on", Complaint.on)
Index("ix_complaint_consultation_id", Complaint.consultation_id)
Index("ix_complaint_consultation_number", Complaint.consultation_number)
Index("ix_complaint_site_on", Complaint.site, Complaint.on)


class KioskCredential(Base):
    """A person's PIN at this site's kiosk, as argon2id; never leaves the office."""

    __tablename__ = "kiosk_credential"
    __table_args__ = (at_least("failures", 0),)

    person_id: Mapped[str] = mapped_column(primary_key=True)
    pin_hash: Mapped[str]
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcText)
    changed_at: Mapped[datetime] = mapped_column(UtcText)

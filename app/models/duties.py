"""Rosters, raw punches, corrections, decisions, spot checks and complaints."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import PERSONAL, Audience, Base, DateText, Flag, JsonText, Shared, UtcText


class Duty(Shared, Base):
    """One person's duty at one site on one day; ranges are [["09:00:00", "13:00:00"], …] of local time."""

    __tablename__ = "duty"
    audience = Audience(station="up", bureau="site")

    site: Mapped[str] = mapped_column(String(16))
    on: Mapped[date] = mapped_column(DateText)
    kind: Mapped[str]
    person_id: Mapped[str]
    ranges: Mapped[list[list[str]]] = mapped_column(JsonText)
    version: Mapped[int | None]
    """Number of the roster version that published it; None while it is a draft."""
    note: Mapped[str] = mapped_column(default="")


Index("ix_duty_site_on", Duty.site, Duty.on)
Index("ix_duty_person_on", Duty.person_id, Duty.on)


class RosterVersion(Shared, Base):
    """A published month of a site's roster (Y04)."""

    __tablename__ = "roster_version"
    audience = Audience(station="up", bureau="site")

    site: Mapped[str]
    month: Mapped[str] = mapped_column(String(7))
    number: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(UtcText)
    published_by: Mapped[str]
    is_late: Mapped[bool] = mapped_column(Flag, default=False)
    """Published after one of its duties had begun."""
    is_backfilled: Mapped[bool] = mapped_column(Flag, default=False)
    """补录: published for a month already over."""
    check_code: Mapped[str]
    duty_ids: Mapped[list[str]] = mapped_column(JsonText)


Index("ix_roster_version_site_month", RosterVersion.site, RosterVersion.month)


class RosterChange(Shared, Base):
    """A change of a published duty: 取消, 换人 or 改时, with who, when and why (Y22a); `id` is its own."""

    __tablename__ = "roster_change"
    audience = Audience(station="up", bureau="site")

    site: Mapped[str]
    duty_id: Mapped[str]
    kind: Mapped[str]
    new_duty_id: Mapped[str] = mapped_column(default="")
    reason: Mapped[str | None] = mapped_column(info=PERSONAL)
    changed_at: Mapped[datetime] = mapped_column(UtcText)
    changed_by: Mapped[str]


Index("ix_roster_change_duty", RosterChange.duty_id)


class Punch(Shared, Base):
    """One raw attendance event; never edited (Y05)."""

    __tablename__ = "punch"
    audience = Audience(station="up", bureau="local")

    site: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[str]
    direction: Mapped[str] = mapped_column(String(3))
    """in or out"""
    at: Mapped[datetime] = mapped_column(UtcText)
    on: Mapped[date] = mapped_column(DateText)
    pair_id: Mapped[str] = mapped_column(default="")
    """An out names the in that it closes."""
    origin: Mapped[str]
    confirmed_by: Mapped[str] = mapped_column(default="")
    reason: Mapped[str | None] = mapped_column(info=PERSONAL)
    """Why there is a duty without a roster entry, in the person's words."""
    mono: Mapped[int] = mapped_column(default=0)
    boot: Mapped[str] = mapped_column(default="")
    grade: Mapped[str] = mapped_column(default="green")
    """Trust in the clock: green, grey, amber or red."""
    grade_reason: Mapped[str] = mapped_column(default="")


Index("ix_punch_site_on", Punch.site, Punch.on)
Index("ix_punch_person_on", Punch.person_id, Punch.on)


class Correction(Shared, Base):
    """补签: a claimed sign-in or sign-out that counts only once another person approved it."""

    __tablename__ = "correction"
    audience = Audience(station="up", bureau="local")

    site: Mapped[str]
    person_id: Mapped[str]
    direction: Mapped[str] = mapped_column(String(3))
    at: Mapped[datetime] = mapped_column(UtcText)
    on: Mapped[date] = mapped_column(DateText)
    punch_id: Mapped[str] = mapped_column(default="")
    """The open sign-in it closes, if there is one."""
    reason: Mapped[str | None] = mapped_column(info=PERSONAL)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(UtcText)


Index("ix_correction_site_on", Correction.site, Correction.on)


class Decision(Shared, Base):
    """Somebody's answer to a correction, an unscheduled duty, a short duty, or unproved evidence."""

    __tablename__ = "decision"
    audience = Audience(station="up", bureau="site")

    site: Mapped[str]
    subject: Mapped[str]
    """Name of the table the decided row is in."""
    subject_id: Mapped[str]
    is_approved: Mapped[bool] = mapped_column(Flag)
    reason: Mapped[str | None] = mapped_column(info=PERSONAL)
    decided_by: Mapped[str]
    decided_at: Mapped[datetime] = mapped_column(UtcText)


Index("ix_decision_subject_id", Decision.subject_id)


class SpotCheck(Shared, Base):
    """点名抽查: what an inspector found at a time and place (Y17(4)(5), Y23)."""

    __tablename__ = "spot_check"
    audience = Audience(station="up", bureau="site")

    site: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcText)
    on: Mapped[date] = mapped_column(DateText)
    person_id: Mapped[str]
    method: Mapped[str]
    result: Mapped[str]
    reason: Mapped[str | None] = mapped_column(info=PERSONAL)
    is_justified: Mapped[bool | None] = mapped_column(Flag)
    verdict: Mapped[str]
    inspector: Mapped[str] = mapped_column(default="")


Index("ix_spot_check_site_on", SpotCheck.site, SpotCheck.on)


class Complaint(Shared, Base):
    """Somebody's complaint about a duty; costs only what was verified (Y17(3), Y24)."""

    __tablename__ = "complaint"
    audience = Audience(station="up", bureau="site")

    site: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcText)
    on: Mapped[date] = mapped_column(DateText)
    person_id: Mapped[str]
    consultation_id: Mapped[str] = mapped_column(default="")
    consultation_number: Mapped[str] = mapped_column(default="")
    matter: Mapped[str | None] = mapped_column(info=PERSONAL)
    verdict: Mapped[str]


Index("ix_complaint_site_on", Complaint.site, Complaint.on)


class KioskCredential(Base):
    """A person's PIN at this site's kiosk, as argon2id; never leaves the office."""

    __tablename__ = "kiosk_credential"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    pin_hash: Mapped[str]
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcText)
    changed_at: Mapped[datetime] = mapped_column(UtcText)

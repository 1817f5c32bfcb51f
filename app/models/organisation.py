"""Sites, the office itself, its settings, and the people of the duty pool."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import PERSONAL, Audience, Base, DateText, Flag, JsonText, LocalText, Shared, UtcText


class OfficeRow(Base):
    """The one office this database belongs to."""

    __tablename__ = "office"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16))
    name: Mapped[str]
    level: Mapped[str]
    parent: Mapped[str] = mapped_column(default="")
    pack: Mapped[str]
    epoch: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(UtcText)
    escrow: Mapped[str] = mapped_column(default="")
    """age recipient of the escrow key that can open every bundle if the bureau loses its own."""
    machine: Mapped[str] = mapped_column(default="")
    """Mark of the computer that it exports from, "" before the first export."""


class SettingRow(Base):
    """A setting that differs from its default; `pack.` before a name overrides a setting of the pack."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")


class Site(Shared, Base):
    """A bureau, a centre or a station (Y01, Q21); `id` is its code."""

    __tablename__ = "site"
    audience = Audience(station="local", bureau="down")

    name: Mapped[str]
    short_name: Mapped[str]
    kind: Mapped[str]
    parent: Mapped[str]
    is_active: Mapped[bool] = mapped_column(Flag, default=True)


class SiteFrequency(Shared, Base):
    """How often a station sits duty when the county departs from weekly, with its reason (Y09)."""

    __tablename__ = "site_frequency"
    audience = Audience(station="local", bureau="down")

    site: Mapped[str]
    times_a_month: Mapped[int]
    reason: Mapped[str]
    valid_from: Mapped[date] = mapped_column(DateText)


class Person(Shared, Base):
    """Somebody of the duty pool (Y03, Y08); written at a station it is a proposal to the county."""

    __tablename__ = "person"
    audience = Audience(station="up", bureau="down")

    name: Mapped[str | None] = mapped_column(info=PERSONAL)
    phone: Mapped[str | None] = mapped_column(info=PERSONAL)
    kind: Mapped[str]
    is_public_servant: Mapped[bool] = mapped_column(Flag, default=False)
    organisation: Mapped[str] = mapped_column(default="")
    licence: Mapped[str] = mapped_column(default="")
    qualification: Mapped[str] = mapped_column(default="")
    years_of_service: Mapped[int | None]
    specialties: Mapped[list[str]] = mapped_column(JsonText, default=list)
    practice_since: Mapped[int | None]
    relaxed_approval: Mapped[str] = mapped_column(default="")
    badge_code: Mapped[str] = mapped_column(default="")
    is_active: Mapped[bool] = mapped_column(Flag, default=True)
    inactive_reason: Mapped[str] = mapped_column(default="")


class PersonPrivate(Shared, Base):
    """What only the payer needs of a person; `id` is the person's."""

    __tablename__ = "person_private"
    audience = Audience(station="up", bureau="local")

    id_number: Mapped[str | None] = mapped_column(info=PERSONAL)
    bank_name: Mapped[str | None] = mapped_column(info=PERSONAL)
    bank_account: Mapped[str | None] = mapped_column(info=PERSONAL)


class PersonLink(Shared, Base):
    """The county's word that a station's proposal and a person of the pool are one; `id` is the proposal's."""

    __tablename__ = "person_link"
    audience = Audience(station="local", bureau="down")

    person_id: Mapped[str]


class Leave(Shared, Base):
    """A time somebody cannot sit duty."""

    __tablename__ = "leave"
    audience = Audience(station="up", bureau="down")

    person_id: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(LocalText)
    ends_at: Mapped[datetime] = mapped_column(LocalText)
    reason: Mapped[str | None] = mapped_column(info=PERSONAL)
    is_cancelled: Mapped[bool] = mapped_column(Flag, default=False)


Index("ix_leave_person", Leave.person_id)

"""Sites, the office itself, its settings, and the people of the duty pool."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Audience, Base, DateText, Flag, JsonText, LocalText, Shared, UtcText
from app.models.checks import at_least, one_of
from app.models.travelling import FIRST_CONTRACT, shared
from app.values import Level, PersonKind, PlaceKind


class OfficeRow(Base):
    """The one office this database belongs to."""

    __tablename__ = "office"
    __table_args__ = (
        CheckConstraint("id = 1", name="is_the_only_one"),
        one_of("level", Level),
        at_least("epoch", 1),
        at_least("contract", 1),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16))
    name: Mapped[str]
    level: Mapped[str]
    parent: Mapped[str] = mapped_column(default="")
    pack: Mapped[str]
    epoch: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(UtcText)
    contract: Mapped[int] = mapped_column(default=FIRST_CONTRACT)
    """Contract of the program that last opened the office."""
    escrow: Mapped[str] = mapped_column(default="")
    """age recipient of the escrow key that can open every bundle if the bureau loses its own."""
    machine: Mapped[str] = mapped_column(default="")
    """Mark of the computer that it exports from, "" before the first export."""


class SettingRow(Base):
    """A setting of this office that differs from its default; readings of the pack are rows of their own, for they travel."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")


class Site(Shared, Base):
    """A bureau, a centre or a station (Y01, Q21); `id` is its code."""

    __tablename__ = "site"
    audience = Audience(station="local", bureau="down", city="local")
    title = "站点"

    name: Mapped[str] = shared("全称")
    short_name: Mapped[str] = shared("简称")
    kind: Mapped[str] = shared("类别", words=PlaceKind)
    parent: Mapped[str] = shared("上级")
    is_active: Mapped[bool] = shared("启用", Flag, default=True)


class SiteFrequency(Shared, Base):
    """How often a station sits duty when the county departs from weekly, with its reason (Y09)."""

    __tablename__ = "site_frequency"
    audience = Audience(station="local", bureau="down")
    title = "值班频次"

    site: Mapped[str] = shared("站点", refers_to="site")
    times_a_month: Mapped[int] = shared("每月次数")
    reason: Mapped[str] = shared("理由")
    valid_from: Mapped[date] = shared("自何日起", DateText)


class ApprovalDelegation(Shared, Base):
    """From when until when the county lets an intake point decide applications itself (G11); both days included."""

    __tablename__ = "approval_delegation"
    audience = Audience(station="local", bureau="down", city="local")
    title = "审批委托"

    site: Mapped[str] = shared("站点", refers_to="site")
    since: Mapped[date] = shared("自何日起", DateText)
    until: Mapped[date | None] = shared("至何日止", DateText)


Index("ix_approval_delegation_site", ApprovalDelegation.site)


class Person(Shared, Base):
    """Somebody of the duty pool (Y03, Y08); written at a station it is a proposal to the county."""

    __tablename__ = "person"
    audience = Audience(station="up", bureau="down")
    title = "人员"

    name: Mapped[str | None] = shared("姓名或名称", personal=True)
    phone: Mapped[str | None] = shared("联系电话", personal=True)
    kind: Mapped[str] = shared("人员类别", words=PersonKind)
    is_public_servant: Mapped[bool] = shared("是否公职", Flag, default=False)
    organisation: Mapped[str] = shared("所属机构", default="")
    licence: Mapped[str] = shared("执业证号", default="")
    qualification: Mapped[str] = shared("资格证号", default="")
    years_of_service: Mapped[int | None] = shared("业务年限")
    specialties: Mapped[list[str]] = shared("专业特长", JsonText, default=list)
    practice_since: Mapped[int | None] = shared("执业起始年")
    relaxed_approval: Mapped[str] = shared("放宽批准文号", default="")
    badge_code: Mapped[str] = shared("胸牌码", default="")
    is_active: Mapped[bool] = shared("在用", Flag, default=True)
    inactive_reason: Mapped[str] = shared("停用原因", default="")


class PersonPrivate(Shared, Base):
    """What only the payer needs of a person; `id` is the person's."""

    __tablename__ = "person_private"
    audience = Audience(station="up", bureau="local")
    title = "人员收款信息"
    id_of = "person"

    id_number: Mapped[str | None] = shared("身份证号", personal=True)
    bank_name: Mapped[str | None] = shared("开户行", personal=True)
    bank_account: Mapped[str | None] = shared("银行账号", personal=True)


class PersonLink(Shared, Base):
    """The county's word that a station's proposal and a person of the pool are one; `id` is the proposal's."""

    __tablename__ = "person_link"
    audience = Audience(station="local", bureau="down")
    title = "人员关联"

    person_id: Mapped[str] = shared("人员", refers_to="person")


class Leave(Shared, Base):
    """A time somebody cannot sit duty."""

    __tablename__ = "leave"
    audience = Audience(station="up", bureau="down")
    title = "请假"

    person_id: Mapped[str] = shared("人员", refers_to="person")
    starts_at: Mapped[datetime] = shared("起", LocalText)
    ends_at: Mapped[datetime] = shared("止", LocalText)
    reason: Mapped[str | None] = shared("原因", personal=True)
    is_cancelled: Mapped[bool] = shared("已销假", Flag, default=False)


Index("ix_leave_ends_at", Leave.ends_at)
Index("ix_leave_person", Leave.person_id)

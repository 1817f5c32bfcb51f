"""Who put an account for duty pay where it stands, and who else confirmed it: rows that are only ever added."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.models.base import Audience, Base, Shared, UtcText
from app.models.travelling import shared


class PayeeChange(Shared, Base):
    """An account of this office was typed, changed or taken away; the newest of a row says by whom."""

    __tablename__ = "payee_change"
    audience = Audience(station="local", bureau="local")
    title = "收款账户变更"

    private_id: Mapped[str] = shared("收款信息")
    """Id of the private row; the row itself may be gone, with an import that was undone."""
    changed_by: Mapped[str] = shared("登记人")
    changed_at: Mapped[datetime] = shared("登记时间", UtcText)
    reason: Mapped[str | None] = shared("理由", personal=True)


Index("ix_payee_change_private_id", PayeeChange.private_id)


class PayeeConfirmation(Shared, Base):
    """A second person's word that this account is this person's; it says nothing of any other account (Y29).

    private_id: the row the account stands in, the person's own or a station's entry linked to them. change_id: the
    typing it confirms, "" for an account that came from a station.
    """

    __tablename__ = "payee_confirmation"
    audience = Audience(station="local", bureau="local")
    title = "收款账户复核"

    person_id: Mapped[str] = shared("人员", refers_to="person")
    private_id: Mapped[str] = shared("收款信息", refers_to="person_private")
    change_id: Mapped[str] = shared("所复核的变更", refers_to="payee_change", default="")
    bank_name: Mapped[str | None] = shared("开户行", personal=True)
    bank_account: Mapped[str | None] = shared("银行账号", personal=True)
    confirmed_by: Mapped[str] = shared("复核人")
    confirmed_at: Mapped[datetime] = shared("复核时间", UtcText)


Index("ix_payee_confirmation_person_id", PayeeConfirmation.person_id)

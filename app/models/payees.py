"""Who put an account for pay where it stands, a person's or a firm's, and who else confirmed it: rows that are only ever added."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
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


class FirmAccount(Shared, Base):
    """The account that a firm's case subsidies go to, as somebody typed it; the newest of a firm holds (Y14).

    bank_account None: from then on the firm has none.
    """

    __tablename__ = "firm_account"
    audience = Audience(station="local", bureau="local")
    title = "承办单位收款账户"

    firm: Mapped[str] = shared("承办单位")
    bank_name: Mapped[str | None] = shared("开户行", personal=True)
    bank_account: Mapped[str | None] = shared("银行账号", personal=True)
    reason: Mapped[str | None] = shared("理由", personal=True)
    typed_by: Mapped[str] = shared("登记人")
    typed_at: Mapped[datetime] = shared("登记时间", UtcText)


class FirmConfirmation(Shared, Base):
    """A second person's word on one typing of a firm's account; the next typing needs another."""

    __tablename__ = "firm_confirmation"
    audience = Audience(station="local", bureau="local")
    title = "承办单位账户复核"

    account_id: Mapped[str] = shared("所复核的账户", refers_to="firm_account")
    confirmed_by: Mapped[str] = shared("复核人")
    confirmed_at: Mapped[datetime] = shared("复核时间", UtcText)
    __table_args__ = (UniqueConstraint("writer", "account_id"),)


Index("ix_firm_account_firm", FirmAccount.firm)
Index("ix_firm_confirmation_account_id", FirmConfirmation.account_id)

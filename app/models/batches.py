"""Payment batches: who is paid what into which account, as the maker froze it, and whose hands it went through (Y29)."""

from datetime import date, datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from app.desk_values import BatchStep
from app.models.base import Audience, Base, DateText, Flag, Shared, UtcText
from app.models.shapes import MONTH
from app.models.travelling import shared


class PayBatch(Shared, Base):
    """People of a finally settled month who are paid together; never changed, its steps say how far it came."""

    __tablename__ = "pay_batch"
    audience = Audience(station="local", bureau="local")
    title = "发放批次"

    month: Mapped[str] = shared("月份", String(7), shape=MONTH)
    number: Mapped[int] = shared("第几批")
    made_by: Mapped[str] = shared("制单人")
    made_at: Mapped[datetime] = shared("制单时间", UtcText)
    __table_args__ = (UniqueConstraint("writer", "month", "number"),)


Index("ix_pay_batch_month", PayBatch.month)


class PayBatchItem(Shared, Base):
    """One person of a batch: the amount, 分, and the confirmed account as it stood when the batch was made.

    taken_fen: what was kept back of it for earlier debts (抵扣). cash_reason: why it goes without a transfer.
    """

    __tablename__ = "pay_batch_item"
    audience = Audience(station="local", bureau="local")
    title = "发放批次明细"

    batch_id: Mapped[str] = shared("批次", refers_to="pay_batch")
    person_id: Mapped[str] = shared("人员", refers_to="person")
    fen: Mapped[int] = shared("金额（分）")
    taken_fen: Mapped[int] = shared("抵扣（分）")
    is_cash: Mapped[bool] = shared("是否现金", Flag)
    cash_reason: Mapped[str | None] = shared("发现金的理由", personal=True)
    payee_name: Mapped[str | None] = shared("户名", personal=True)
    bank_name: Mapped[str | None] = shared("开户行", personal=True)
    bank_account: Mapped[str | None] = shared("银行账号", personal=True)
    confirmation: Mapped[str] = shared("账户复核", refers_to="payee_confirmation", default="")


Index("ix_pay_batch_item_batch_id", PayBatchItem.batch_id)


class PayBatchStep(Shared, Base):
    """A hand that a batch went through after it was made: checked, sent back or paid."""

    __tablename__ = "pay_batch_step"
    audience = Audience(station="local", bureau="local")
    title = "发放批次办理"

    batch_id: Mapped[str] = shared("批次", refers_to="pay_batch")
    step: Mapped[str] = shared("步骤", words=BatchStep)
    reason: Mapped[str | None] = shared("理由", personal=True)
    paid_on: Mapped[date | None] = shared("发放日期", DateText)
    voucher: Mapped[str] = shared("凭证号", default="")
    done_by: Mapped[str] = shared("办理人")
    done_at: Mapped[datetime] = shared("办理时间", UtcText)


Index("ix_pay_batch_step_batch_id", PayBatchStep.batch_id)

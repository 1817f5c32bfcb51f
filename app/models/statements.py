"""What each person is told of a month's pay, the person's own word on it, and the bureau's answer (Y18, Y29)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped

from app.models.base import Audience, Base, DateText, Flag, JsonText, Shared, UtcText
from app.models.shapes import MAPPINGS, MONTH
from app.models.travelling import shared


class PersonStatement(Shared, Base):
    """A person's final month as one of the sites is told: its own lines travel as such, the other sites' as sums.

    elsewhere: {site, name, lines, fen} of each other site. A later one of the same month takes its place.
    """

    __tablename__ = "person_statement"
    audience = Audience(station="local", bureau="site")
    title = "补贴对账通知"

    site: Mapped[str] = shared("站点", refers_to="site")
    month: Mapped[str] = shared("月份", String(7), shape=MONTH)
    person_id: Mapped[str] = shared("人员", refers_to="person")
    number: Mapped[int] = shared("第几次")
    """Counted a person and month; what is told at once to several sites bears one number."""
    net_fen: Mapped[int] = shared("各站合计（分）")
    taken_fen: Mapped[int] = shared("抵扣（分）")
    payable_fen: Mapped[int] = shared("实发（分）")
    elsewhere: Mapped[list[dict[str, Any]]] = shared("其他站点", JsonText, shape=MAPPINGS)
    debts: Mapped[list[str]] = shared("应收回说明", JsonText)
    reply_by: Mapped[date] = shared("答复期限", DateText)
    issued_at: Mapped[datetime] = shared("发出时间", UtcText)


Index("ix_person_statement_month_person_id", PersonStatement.month, PersonStatement.person_id)


class PayReply(Shared, Base):
    """A person's word on a month's pay: confirmed, or disputed with a reason; never changed, another word is another row.

    keys: the duties that are disputed, none for the whole month. said_by: `person:` and the id for one said with the
    PIN, else the account that entered it from paper.
    """

    __tablename__ = "pay_reply"
    audience = Audience(station="up", bureau="local")
    title = "本人对补贴的答复"

    site: Mapped[str] = shared("站点", refers_to="site")
    month: Mapped[str] = shared("月份", String(7), shape=MONTH)
    person_id: Mapped[str] = shared("人员", refers_to="person")
    statement_id: Mapped[str] = shared("对账通知", refers_to="person_statement")
    is_dispute: Mapped[bool] = shared("是否有异议", Flag)
    keys: Mapped[list[str]] = shared("有异议的值班", JsonText)
    reason: Mapped[str | None] = shared("理由", personal=True)
    said_by: Mapped[str] = shared("答复人")
    at: Mapped[datetime] = shared("答复时间", UtcText)


Index("ix_pay_reply_month_person_id", PayReply.month, PayReply.person_id)


class PayAnswer(Shared, Base):
    """The bureau's answer to a dispute; where it is upheld, the adjustment that carries it out."""

    __tablename__ = "pay_answer"
    audience = Audience(station="local", bureau="site")
    title = "补贴异议答复"

    site: Mapped[str] = shared("站点", refers_to="site")
    month: Mapped[str] = shared("月份", String(7), shape=MONTH)
    reply_id: Mapped[str] = shared("所答复的异议", refers_to="pay_reply")
    is_upheld: Mapped[bool] = shared("是否成立", Flag)
    reason: Mapped[str | None] = shared("答复意见", personal=True)
    adjustment_id: Mapped[str] = shared("调整", refers_to="adjustment", default="")
    answered_by: Mapped[str] = shared("答复人")
    answered_at: Mapped[datetime] = shared("答复时间", UtcText)


Index("ix_pay_answer_month", PayAnswer.month)

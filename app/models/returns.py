"""Single records that the bureau sends back to the station that wrote them, and what the station answers."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped

from app.desk_values import ReplyKind, SentBackCode, SentBackEnd
from app.models.base import Audience, Base, Flag, Shared, UtcText
from app.models.travelling import shared


class SentBack(Shared, Base):
    """One round of one record: sent back with a reason, open until the bureau ends it; another round is another row."""

    __tablename__ = "sent_back"
    audience = Audience(station="local", bureau="site")
    title = "单条退回"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    table: Mapped[str] = shared("记录种类", name="tbl")
    row_id: Mapped[str] = shared("记录编号")
    round: Mapped[int] = shared("第几次退回", name="round_number")
    code: Mapped[str] = shared("退回原因", words=SentBackCode)
    comment: Mapped[str | None] = shared("退回说明", personal=True)
    may_correct: Mapped[bool] = shared("可以更正", Flag, default=True)
    """Whether the station may correct it although its month is reported; not once the month was finally settled."""
    sent_by: Mapped[str] = shared("退回人")
    sent_at: Mapped[datetime] = shared("退回时间", UtcText)
    end: Mapped[str] = shared("办理结果", words=SentBackEnd, default="")
    """\"\" while the round is open."""
    ended_by: Mapped[str] = shared("办结人", default="")
    ended_at: Mapped[datetime | None] = shared("办结时间", UtcText)
    ending: Mapped[str | None] = shared("办结意见", personal=True)


Index("ix_sent_back_row_id", SentBack.row_id)
Index("ix_sent_back_end", SentBack.end, SentBack.sent_at)
Index("ix_sent_back_sent_at", SentBack.sent_at)


class SentBackReply(Shared, Base):
    """What a station says about a record that was sent back; a correction of the record says so by itself."""

    __tablename__ = "sent_back_reply"
    audience = Audience(station="up", bureau="local")
    title = "单条退回答复"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    sent_back_id: Mapped[str] = shared("退回编号", refers_to="sent_back")
    kind: Mapped[str] = shared("答复", words=ReplyKind)
    text: Mapped[str | None] = shared("答复内容", personal=True)
    replied_by: Mapped[str] = shared("答复人")
    replied_at: Mapped[datetime] = shared("答复时间", UtcText)


Index("ix_sent_back_reply_sent_back_id", SentBackReply.sent_back_id)

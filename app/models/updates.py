"""Which update of the program a bureau hands down to the units below it."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from app.models.base import Audience, Base, Shared, UtcText
from app.models.travelling import shared


class HandedUpdate(Shared, Base):
    """An update for one system, named in the bureau's reply; the file itself lies beside the reply on the stick.

    What is said here only names the file: each unit verifies the maker's signature in it, and trusts no bureau for it.
    """

    __tablename__ = "handed_update"
    audience = Audience(station="local", bureau="down")
    title = "下发的更新"

    version: Mapped[str] = shared("版本号")
    counter: Mapped[int] = shared("发布序号")
    system: Mapped[str] = shared("系统")
    arch: Mapped[str] = shared("处理器")
    size: Mapped[int] = shared("大小（字节）")
    digest: Mapped[str] = shared("文件校验值")
    """SHA-256 of the whole file, hexadecimal."""
    notes: Mapped[str] = shared("改了什么")
    handed_by: Mapped[str] = shared("下发人")
    handed_at: Mapped[datetime] = shared("下发时间", UtcText)


Index("ix_handed_update_writer", HandedUpdate.writer, HandedUpdate.counter)

"""Where bundles are delivered over a network, and the queue of those that wait for it; neither travels."""

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcText
from app.models.checks import at_least, local_reference, one_of

PLACE_KINDS = ("文件夹", "WebDAV", "SFTP")
DELIVERY_STATES = ("等待", "已送达", "失败", "取消")


class DeliveryPlace(Base):
    """A folder or server that bundles are delivered to."""

    __tablename__ = "delivery_place"
    __table_args__ = (one_of("kind", PLACE_KINDS),)

    name: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    address: Mapped[str]
    account: Mapped[str] = mapped_column(default="")
    secret: Mapped[str] = mapped_column(default="")
    """A password, or for SFTP a private key; readable only with the database's key, as everything here."""
    pin: Mapped[str] = mapped_column(default="")
    """The one certificate (PEM) or host key (OpenSSH) that this server may show; empty for a folder."""


class QueuedDelivery(Base):
    """A bundle that was written for one receiver and is to lie at one place."""

    __tablename__ = "queued_delivery"
    __table_args__ = (
        one_of("state", DELIVERY_STATES),
        at_least("attempts", 0),
        UniqueConstraint("place", "bundle"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(local_reference("delivery_place.name"))
    bundle: Mapped[str]
    file: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(default="等待")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(UtcText)
    """Not tried again before."""
    code: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    queued_at: Mapped[datetime] = mapped_column(UtcText)
    ended_at: Mapped[datetime | None] = mapped_column(UtcText)


Index("ix_queued_delivery_state", QueuedDelivery.state)

"""The bureau's own readings of its programme document, sent down so that its stations reckon as it does."""

from sqlalchemy.orm import Mapped

from app.models.base import Audience, Base, Shared
from app.models.travelling import shared


class PackReading(Shared, Base):
    """Another value for a setting of the pack than the shipped one; the bureau's word holds at its stations too.

    Its id is the bureau's code and the setting's name, so that each has one row, changed and never deleted.
    """

    __tablename__ = "pack_reading"
    audience = Audience(station="local", bureau="down", city="local")
    title = "文件读法"

    name: Mapped[str] = shared("读法")
    value: Mapped[str] = shared("取值")
    """As typed; "" for none."""
    reason: Mapped[str | None] = shared("理由", personal=True)

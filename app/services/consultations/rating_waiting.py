"""Names today's records that the kiosk may still ask the client about, with nothing personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.clock import local, local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.models.service_desk import Consultation
from app.services.reading.ratings import rating_in_force
from app.services.reading.voids import not_voided


@dataclass(frozen=True)
class RatingWaiting:
    """Today's unrated records at this desk, of one person on duty or of all."""

    person_id: str = ""


@dataclass(frozen=True)
class UnratedRecord:
    """A record by its number, naive local time and topics."""

    id: str
    number: str
    at: datetime
    topics: tuple[str, ...]


@answers(RatingWaiting, permission=Permission.KIOSK)
def rating_waiting(look: Look, query: RatingWaiting) -> tuple[UnratedRecord, ...]:
    """The newest first; none while the kiosk is not to ask."""
    if not setting_value(look, "kiosk_rating"):
        return ()
    wanted = select(Consultation).where(
        Consultation.site == look.office.own_site,
        Consultation.on == local_date(look.now.at),
        rating_in_force(look) == "",
        not_voided(Consultation),
    )
    if query.person_id:
        wanted = wanted.where(Consultation.person_id == query.person_id)
    rows = look.session.scalars(wanted.order_by(Consultation.at.desc(), Consultation.id.desc()))
    return tuple(UnratedRecord(row.id, row.number, local(row.at), tuple(row.topics)) for row in rows)

"""What the entry form is offered: people for its person field, and the values of a record to be corrected."""

from __future__ import annotations

from typing import Any

from app.services.consultations.card import OpenRecord
from app.services.consultations.on_duty import DutyPerson
from app.services.people.pool import PoolPerson
from app.ui.widgets.person import PersonHit


def duty_hit(one: DutyPerson) -> PersonHit:
    """Somebody on duty, with the hours and whether signed in."""
    return PersonHit(one.id, one.name, _hint(one.hours, "已签到" if one.is_present else ""))


def pool_hit(one: PoolPerson) -> PersonHit:
    """Somebody of the pool, with kind and organisation."""
    return PersonHit(one.id, one.name, _hint(one.kind, one.organisation))


def record_values(record: OpenRecord) -> dict[str, Any]:
    """A record's values as the form's fields take them; telephone and number are masked."""
    found = record.row
    return {
        "client_name": record.client_name,
        "phone": found.phone,
        "id_number": found.id_number,
        "sex": found.sex,
        "is_id_refused": found.is_id_refused,
        "village": record.village,
        "groups": found.groups,
        "channel": found.channel,
        "topics": found.topics,
        "content": record.content,
        "answer": record.answer,
        "handling": tuple(filter(None, found.handling.split("、"))),
        "rating": found.rating,
        "at": found.at,
        "person_id": PersonHit(found.person_id, found.person),
        "is_aid_mentioned": record.is_aid_mentioned,
        "is_told_once": record.is_told_once,
        "is_home_visit_needed": record.is_home_visit_needed,
        "is_green": record.is_green,
        "same_client": (found.id, found.phone, found.id_number),
    }


def _hint(*parts: str) -> str:
    return " · ".join(filter(None, parts))

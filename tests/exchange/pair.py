"""A county and one station for tests of what travels between them, and a plain row to have something to send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.organisation import Person
from app.services.reading.delivery import Delivery, Row, deliveries
from tests.exchange.offices import JIEZHOU, Place, enrol, make_county


@dataclass(frozen=True)
class TypePerson:
    """A person typed in, with a name only; or a place of work, to make a new version."""

    name: str = ""
    person_id: str = ""
    organisation: str = ""


@handles(TypePerson, title="录入人员", permission=Permission.MANAGE_PEOPLE)
def type_person(work: Work, command: TypePerson) -> str:
    """The person's id."""
    if not command.person_id:
        return str(work.add(Person(name=command.name, kind="律师")).id)
    row = work.session.get_one(Person, command.person_id)
    work.mine(row)
    row.organisation = command.organisation
    return command.person_id


@dataclass(frozen=True)
class DeliveryStates:
    """The state of each of these rows, as (table, row id)."""

    rows: tuple[Row, ...]


@answers(DeliveryStates, permission=Permission.LOOK)
def delivery_states(look: Look, query: DeliveryStates) -> Mapping[Row, Delivery]:
    """Row → state."""
    return deliveries(look, query.rows)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Place]:
    place = make_county(tmp_path)
    yield place
    place.office.close()


@pytest.fixture
def station(county: Place, tmp_path: Path) -> Iterator[Place]:
    place = enrol(county, tmp_path, JIEZHOU)
    yield place
    place.office.close()

"""An account typed at a station is no account to pay into until the county's second person says so (Y29)."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import Refused
from app.kernel.permissions import Actor, Permission
from app.services.money.confirm_payee import AwaitedPayees, ConfirmPayee
from app.services.people.add_person import AddPerson
from app.services.people.card import PersonCard
from app.services.people.link_person import AdoptPerson, LinkPerson, UnlinkPerson
from app.services.people.payee import SetPayee
from app.services.people.pool import Pool
from tests.exchange.offices import Place

Three = tuple[Place, Place, Place]
SECOND = Actor("second", "second", "复核人", frozenset({Permission.CONFIRM_PAYEE}), is_account=False)
TYPED, CHANGED = "6217000340001111", "6217000340002222"


def lawyer(account: str = "", **more: Any) -> AddPerson:
    bank = "建设银行" if account else ""
    return AddPerson(
        **{"name": "卫明", "kind": "律师", "licence": "88"} | more, bank_name=bank, bank_account=account
    )


def send(station: Place, county: Place) -> None:
    assert county.take(station.export()[0].file)[0].outcome == "APPLIED"


def state(county: Place, person: str) -> tuple[str, str]:
    card = county.ask(PersonCard(person))
    return card.account_state, card.bank_account


def confirm(county: Place, person: str) -> None:
    county.office.do(ConfirmPayee(person), SECOND)


def test_y29_a_stations_account_of_a_linked_person_waits_and_waits_again_when_changed(three: Three) -> None:
    county, station, _ = three
    person = county.do(lawyer())
    proposal = station.do(lawyer(TYPED))
    send(station, county)
    assert state(county, person) == ("待复核", "****1111")
    [waits] = county.ask(AwaitedPayees())
    assert (waits.person_id, waits.origin, waits.is_mine) == (person, "盐湖区解州镇公共法律服务工作站", False)
    confirm(county, person)
    assert state(county, person)[0] == "已复核"
    station.do(SetPayee(proposal, "建设银行", CHANGED, "换卡"))
    send(station, county)
    assert state(county, person) == ("待复核", "****2222")


def test_y29_another_stations_entry_neither_replaces_nor_blocks_a_confirmed_account(three: Three) -> None:
    county, station, other = three
    person = county.do(lawyer())
    other.do(lawyer(CHANGED))
    station.do(lawyer(TYPED))
    send(station, county)
    confirm(county, person)
    send(other, county)
    assert state(county, person) == ("已复核", "****1111")


def test_y29_a_link_to_somebody_else_is_no_confirmation_for_them(three: Three) -> None:
    county, station, _ = three
    person, namesake = county.do(lawyer()), county.do(lawyer(licence="99"))
    proposal = station.do(lawyer(TYPED))
    send(station, county)
    confirm(county, person)
    county.do(UnlinkPerson(proposal, "关联错了"))
    county.do(LinkPerson(proposal, namesake, "另一人"))
    assert state(county, namesake) == ("待复核", "****1111")


def test_y29_an_adopted_account_is_confirmed_by_somebody_else_than_the_adopter(three: Three) -> None:
    county, station, _ = three
    proposal = station.do(lawyer(TYPED))
    send(station, county)
    person = county.do(AdoptPerson(proposal))
    assert state(county, person) == ("待复核", "****1111")
    with pytest.raises(Refused, match="E864"):
        county.do(ConfirmPayee(person))
    confirm(county, person)
    assert state(county, person)[0] == "已复核"
    assert [one.name for one in county.ask(Pool())] == ["卫明"]

"""A city's year in small: counties and stations, months of consultations, couriers who lose, double and reorder; every
row is there once.

`make test-long` plays all sites of a city, with a year's records in its eight months left.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from app.kernel.packs import load_pack
from app.services.consultations.record_consultation import RecordConsultation
from app.services.exchange.desk import ExchangeDesk
from app.services.exchange.enrol import AdmitSite, InviteSite
from app.services.exchange.join_parent import JoinParent
from app.services.exchange.outcome import Outcome
from app.services.office.health import Health
from app.services.people.add_person import AddPerson
from app.services.targets.progress import TargetsProgress
from tests.exchange.offices import Place, enrol, make_city, make_county
from tests.exchange.restoring import rows
from tests.killing import KILLS
from tests.services.consultation_desk import FULL

COUNTIES = int(os.environ.get("HUIMIN_COUNTIES", "13" if KILLS >= 100 else "1"))
STATIONS = int(os.environ.get("HUIMIN_STATIONS", "22" if KILLS >= 100 else "3"))
MONTHS, A_MONTH = (8, 38) if KILLS >= 100 else (3, 4)
"""All stations of the pack with 38 records a month in the long run come to a city's year, some 48 000."""


@dataclass
class Parcel:
    """A bundle on its way, which may be delivered late, twice or never."""

    to: Place
    file: str


class Couriers:
    """Carry what is handed over as they please; each parcel that is not lost may come again later."""

    def __init__(self, chance: random.Random):
        self.bag: list[Parcel] = []
        self._chance = chance

    def collect(self, sender: Place, partners: dict[str, Place]) -> None:
        self.bag += [Parcel(partners[one.recipient], one.file) for one in sender.export()]

    def walk(self) -> None:
        """Two thirds of the bag in any order, a fifth of it lost for good, the last month's kept for another time."""
        self._chance.shuffle(self.bag)
        for parcel in self.bag[: 2 * len(self.bag) // 3]:
            deliver(parcel)
        self.bag = [one for one in self.bag[-40:] if self._chance.random() > 0.2]


def deliver(parcel: Parcel) -> None:
    [outcome] = parcel.to.take(parcel.file)
    assert outcome.outcome not in (Outcome.alarm, Outcome.refused), outcome.text


def laid_out(folder: Path) -> tuple[Place, list[tuple[Place, list[Place]]]]:
    """The city, and its counties each with their stations."""
    city, sites = make_city(folder), load_pack("yuncheng-2022").sites
    bureaus = [one for one in sites if one.duty_kind is None and one.parent == "1408"]
    made = []
    for bureau in islice(bureaus, COUNTIES):
        county = make_county(folder, bureau.code, bureau.name)
        city.do(InviteSite(bureau.code, city.stick / "invitation.hme"))
        county.do(JoinParent(city.stick / "invitation.hme", city.stick / "answer.hme"))
        city.do(AdmitSite(city.stick / "answer.hme"))
        own = [one.code for one in sites if one.parent == bureau.code and not one.code.endswith("-01")]
        made.append((county, [enrol(county, folder, code) for code in own[:STATIONS]]))
    return city, made


def work_a_month(place: Place, lawyer: str, month: int, written: dict[str, str]) -> None:
    """Its own records; the station's office remembers them by id."""
    for number in range(A_MONTH):
        place.clock.go_to(datetime(2022, 5 + month, 11 + number % 15, 9, number % 60))
        made = place.do(RecordConsultation(**FULL | {"person_id": lawyer}))
        written[str(made.id)] = place.office.identity.code


def test_case_02_03_05_a_citys_year_arrives_whole_and_once(tmp_path: Path) -> None:
    city, counties = laid_out(tmp_path)
    couriers, written = Couriers(random.Random(160)), dict[str, str]()
    everybody = [city, *(one for county, stations in counties for one in (county, *stations))]
    partners = {place.office.identity.code: place for place in everybody}
    stations = [one for _, several in counties for one in several]
    lawyers = {
        id(one): one.do(AddPerson(name=f"律师{number}", kind="律师", licence=f"114082011{number:08d}"))
        for number, one in enumerate(stations)
    }
    for month in range(MONTHS):
        for one in stations:
            work_a_month(one, lawyers[id(one)], month, written)
        for place in everybody:
            place.clock.go_to(datetime(2022, 5 + month, 28, 17, 0))
            couriers.collect(place, partners)
        couriers.walk()
    for _ in range(2):
        for place in (*stations, *(county for county, _ in counties), city):
            for made in place.export():
                deliver(Parcel(partners[made.recipient], made.file))
    for county, several in counties:
        own = {key for key, site in written.items() if site in {one.office.identity.code for one in several}}
        assert {str(row[0]) for row in rows(county, "SELECT id FROM consultation")} == own
        assert county.count("consultation") == len(own)
    assert (
        city.ask(TargetsProgress("2022")).units[0].so_far == len(written) == len(stations) * MONTHS * A_MONTH
    )
    for place in everybody:
        desk = place.ask(ExchangeDesk())
        assert (desk.waiting, desk.parked, desk.alarms, desk.returned) == (0, 0, 0, 0)
        assert {one.key for one in place.ask(Health()) if not one.is_good} <= {"backups"}
        place.office.close()

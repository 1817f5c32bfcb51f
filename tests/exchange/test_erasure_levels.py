"""An erasure goes through all levels, and no bundle that still carries the old values brings them back (case 65)."""

from __future__ import annotations

from pathlib import Path

from app.services.consultations.correct_consultation import CorrectConsultation
from app.services.consultations.record_consultation import RecordConsultation
from app.services.erasure.erase_personal_data import ErasePersonalData
from app.services.people.add_person import AddPerson
from app.services.people.disable_person import DisablePerson
from tests.exchange.offices import JIEZHOU, Place, enrol
from tests.exchange.pair import county, station
from tests.exchange.restoring import approve, backed_up, restored, swap
from tests.exchange.test_city import carry, city, join
from tests.exchange.test_exchange_erasure import ASKED, NAME, faults, holds, told
from tests.services.consultation_desk import FULL

__all__ = ["city", "county", "station", "told"]
LAWYER, PHONE = "欧阳若兰", "13900007777"


def test_case_65_a_person_of_the_city_goes_at_city_and_county_and_no_old_bundle_brings_it_back(
    city: Place, county: Place
) -> None:
    join(city, county)
    person = city.do(AddPerson(name=LAWYER, kind="律师", licence="11408201110000007"))
    old = [one.file for one in city.export("140802")]
    county.take(*old)
    assert "person" in holds(county, LAWYER)
    city.do(DisablePerson(person, "调离"))
    city.do(ErasePersonalData("person", person, ASKED))
    carry(city, county, "140802")
    for place in (city, county):
        assert holds(place, LAWYER) == set() and faults(place) == []
    [again] = county.take(*old)
    assert again.outcome == "NOOP" and holds(county, LAWYER) == set()
    assert city.count("erasure") == county.count("erasure") == 1


def test_case_65_a_record_erased_on_its_way_up_arrives_empty_whichever_bundle_comes_first(
    county: Place, station: Place
) -> None:
    swap(county, station, JIEZHOU)
    person = station.do(AddPerson(name="孙丽", kind="律师", licence="11408201100000009"))
    made = station.do(RecordConsultation(**FULL | {"person_id": person}))
    full = Path(station.export()[0].file)
    station.do(ErasePersonalData("consultation", str(made.id), ASKED))
    empty = Path(station.export()[0].file)
    assert [one.outcome for one in county.take(empty)] == ["APPLIED"]
    assert [one.outcome for one in county.take(full)] == ["NOOP"]
    assert holds(county, NAME) == set() and faults(county) == faults(station) == []


def test_case_65_what_the_station_still_sends_of_a_record_that_the_county_erased_stays_empty(
    county: Place, station: Place, told: str
) -> None:
    """The station has not heard yet, and writes a new version with all its values."""
    county.do(ErasePersonalData("consultation", told, ASKED))
    station.do(CorrectConsultation(id=told, reason="电话登错", phone=PHONE))
    swap(station, county)
    assert holds(county, NAME) == holds(county, PHONE) == set(), "the version that came after the word"
    swap(county, station, JIEZHOU)
    assert holds(station, NAME) == holds(station, PHONE) == set()
    assert faults(county) == faults(station) == []


def test_case_65_a_restored_county_that_gets_the_old_entries_again_stays_empty(
    county: Place, station: Place, told: str
) -> None:
    """Its backup is older than the record; what comes again comes with the word that empties it."""
    kept = backed_up(county)
    station.do(ErasePersonalData("consultation", told, ASKED))
    swap(station, county)
    assert holds(county, NAME) == set()
    county = restored(county, kept)
    station.take(*[one.file for one in county.export(JIEZHOU)])
    approve(station, county)
    for _ in range(2):
        swap(station, county)
        swap(county, station, JIEZHOU)
    assert holds(county, NAME) == set() and faults(county) == faults(station) == []
    county.office.close()


def test_case_65_no_station_hears_of_another_stations_erasure(
    county: Place, station: Place, told: str, tmp_path: Path
) -> None:
    from tests.exchange.offices import LONGJU

    other = enrol(county, tmp_path, LONGJU)
    station.do(ErasePersonalData("consultation", told, ASKED))
    swap(station, county)
    swap(county, other, LONGJU)
    assert other.count(f"erasure WHERE row_id = '{told}'") == 0 and faults(other) == []
    other.office.close()

"""An erasure travels: whoever holds a copy empties it, nobody else's rows, and no chain breaks (case 65)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import Refused
from app.paths import DataDir
from app.services.consultations.record_consultation import RecordConsultation
from app.services.erasure.erase_personal_data import ErasePersonalData
from app.services.office.health import Health
from app.services.people.add_person import AddPerson
from app.services.people.disable_person import DisablePerson
from tests.exchange.forging import forge
from tests.exchange.offices import JIEZHOU, LONGJU, Place, enrol
from tests.exchange.pair import county, station
from tests.exchange.restoring import approve, backed_up, reopened, rows, swap
from tests.services.consultation_desk import FULL

__all__ = ["county", "station"]
ASKED = "本人书面申请"
NAME = "李桂花"


def holds(place: Place, words: str) -> set[str]:
    """Tables with the words in them."""
    with place.office.database.reader.connect() as connection:
        names = (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        )
        return {
            name
            for name in names
            for row in connection.execute(text(f'SELECT * FROM "{name}"'))
            for value in row
            if (words.encode() in value if isinstance(value, bytes) else words in str(value))
        }


def faults(place: Place) -> list[str]:
    ledger = {"chain", "received_chain", "rows", "received_rows", "journal", "references"}
    return [
        f"{one.title}：{one.text}" for one in place.ask(Health()) if one.key in ledger and not one.is_good
    ]


@pytest.fixture
def told(county: Place, station: Place) -> str:
    """A citizen's record, at the station and at the county."""
    swap(county, station, JIEZHOU)
    person = station.do(
        AddPerson(name="孙丽", kind="律师", organisation="河东所", licence="11408201100000009")
    )
    made = station.do(RecordConsultation(**FULL | {"person_id": person}))
    swap(station, county)
    assert holds(county, NAME) >= {"consultation", "received_personal"}
    return str(made.id)


def test_case_65_the_countys_copy_goes_with_the_stations_word(
    county: Place, station: Place, told: str
) -> None:
    station.do(ErasePersonalData("consultation", told, ASKED))
    assert holds(station, NAME) == set() and holds(county, NAME) != set()
    swap(station, county)
    assert holds(county, NAME) == set()
    assert faults(county) == faults(station) == []
    assert told in county.office.data.kept_out.read_text()
    assert rows(county, "SELECT number FROM consultation") == rows(station, "SELECT number FROM consultation")


def test_case_65_the_countys_word_reaches_the_station_that_wrote_it(
    county: Place, station: Place, told: str
) -> None:
    county.do(ErasePersonalData("consultation", told, ASKED))
    assert holds(county, NAME) == set()
    swap(county, station, JIEZHOU)
    assert holds(station, NAME) == set()
    assert faults(county) == faults(station) == []
    station.do(AddPerson(name="卫明", kind="律师", organisation="河东所", licence="11408201100000008"))
    swap(station, county)
    assert holds(county, NAME) == set()


def test_case_65_what_was_erased_before_it_was_sent_arrives_empty(
    county: Place, station: Place, told: str
) -> None:
    person = rows(station, "SELECT person_id FROM consultation")[0][0]
    later = station.do(RecordConsultation(**FULL | {"person_id": person, "client_name": "王桂兰"}))
    station.do(ErasePersonalData("consultation", str(later.id), ASKED))
    swap(station, county)
    assert holds(county, "王桂兰") == set() and faults(county) == []
    assert len(rows(county, "SELECT id FROM consultation")) == 2
    assert told


def test_case_65_a_person_of_the_pool_goes_at_every_station(
    county: Place, station: Place, tmp_path: Path
) -> None:
    other = enrol(county, tmp_path, LONGJU)
    person = county.do(
        AddPerson(name="欧阳若兰", kind="律师", organisation="河东所", licence="11408201100000007")
    )
    for site, place in ((JIEZHOU, station), (LONGJU, other)):
        swap(county, place, site)
        assert "person" in holds(place, "欧阳若兰")
    county.do(DisablePerson(person, "调离"))
    county.do(ErasePersonalData("person", person, ASKED))
    for site, place in ((JIEZHOU, station), (LONGJU, other)):
        swap(county, place, site)
        assert holds(place, "欧阳若兰") == set() and faults(place) == []
    other.office.close()


def test_a_station_cannot_erase_the_countys_row(county: Place, station: Place) -> None:
    person = county.do(
        AddPerson(name="欧阳若兰", kind="律师", organisation="河东所", licence="11408201100000007")
    )
    swap(county, station, JIEZHOU)
    with pytest.raises(Refused) as refused:
        station.do(ErasePersonalData("person", person, ASKED))
    assert refused.value.code == "E883"
    word = {"id": "x1", "writer": JIEZHOU, "tbl": "person", "row_id": person, "reason": None, "erased_by": "x",
            "erased_at": "2022-05-10T00:00:00.000000Z"}  # fmt: skip
    forge(station, "erasure", word)
    swap(station, county)
    assert "person" in holds(county, "欧阳若兰") and faults(county) == []


def test_a_county_cannot_erase_another_stations_row_here(county: Place, station: Place, told: str) -> None:
    """A station holds no other station's rows; an order that names one of nobody's changes nothing."""
    word = {"id": "x1", "writer": "140802", "tbl": "consultation", "row_id": "nobody", "reason": None,
            "erased_by": "x", "erased_at": "2022-05-10T00:00:00.000000Z"}  # fmt: skip
    forge(county, "erasure", word)
    swap(county, station, JIEZHOU)
    assert "consultation" in holds(station, NAME) and told


def test_case_65_a_restored_station_without_its_list_learns_it_from_the_county(
    county: Place, station: Place, told: str, tmp_path: Path
) -> None:
    kept, key = backed_up(station), station.office.safe.key
    station.clock.advance(timedelta(hours=1))
    station.do(ErasePersonalData("consultation", told, ASKED))
    swap(station, county)
    station.office.close()
    back = reopened(station, DataDir(tmp_path / "back"), kept, key)
    assert "consultation" in holds(back, NAME)
    approve_after(back, county)
    assert holds(back, NAME) == set() and faults(back) == [] and holds(county, NAME) == set()
    back.office.close()


def approve_after(station: Place, county: Place) -> None:
    """The station's new epoch is approved, and what the county held comes back."""
    swap(station, county)
    approve(county, station)
    swap(county, station, JIEZHOU)

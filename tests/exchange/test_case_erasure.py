"""A case's applicant, recipients, events and scans are erased by law, here and wherever they travelled (case 65)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

import pytest

from app.case_values import CaseEventKind as Kind
from app.errors import Refused
from app.paths import DataDir
from app.services.cases.case_card import CaseCard
from app.services.erasure.erase_personal_data import ErasePersonalData, ErasureScope
from app.services.office.health import Health
from tests.exchange.case_scans import DAY, attach, content_at, desk, digests, scan
from tests.exchange.offices import JIEZHOU, Place
from tests.exchange.pair import county, station
from tests.exchange.restoring import backed_up, reopened, rows, swap
from tests.exchange.test_exchange_erasure import faults, holds

__all__ = ["county", "station"]
NAME, OTHER, TOLD = "李桂花", "王小明", "家里欠着外债"
ASKED = "保存期限已满"


def code_of(place: Place, case: str) -> str:
    with pytest.raises(Refused) as refusal:
        place.ask(ErasureScope("case", case))
    return refusal.value.code


@pytest.fixture
def withdrawn(county: Place, station: Place) -> Iterator[str]:
    """A case of the station with a scan, withdrawn before anybody decided; the county has it too."""
    case = desk(station).register(DAY, applicant=NAME)
    attach(station, case, scan(1), name=f"{NAME}身份证")
    attach(station, case, scan(2))
    assert code_of(station, case) == "E362"
    desk(station).intake(case, Kind.withdrawn, DAY, by=NAME)
    swap(station, county)
    yield case


def test_case_65_a_cases_people_and_scans_are_gone_here_and_at_the_county(
    county: Place, station: Place, withdrawn: str
) -> None:
    other = desk(station).register(DAY, applicant=OTHER)
    attach(station, other, scan(2))  # the same scan in a case that stays
    swap(station, county)
    shown = station.ask(ErasureScope("case", withdrawn)).words
    assert "援助案件 1 条（" in shown and "申请人" in shown and "扫描件" in shown
    station.do(ErasePersonalData("case", withdrawn, ASKED))
    kept = [hashlib.sha256(scan(2)).hexdigest()]
    assert holds(station, NAME) == set() and digests(station) == kept
    assert len([one for one in station.office.data.attachments.rglob("*") if one.is_file()]) == 1
    swap(station, county)
    assert holds(county, NAME) == set() and digests(county) == kept
    assert faults(county) == faults(station) == []
    for place in (county, station):
        assert next(one for one in place.ask(Health()) if one.key == "papers").is_good
        assert content_at(place, kept[0]) == scan(2)
    assert county.ask(CaseCard(withdrawn)).row.state == "已撤回"
    with pytest.raises(Refused) as refusal:
        station.ask(ErasureScope("case", withdrawn))
    assert refusal.value.code == "E888"


def test_case_65_an_erased_scan_is_neither_sent_nor_asked_for_again(
    county: Place, station: Place, withdrawn: str
) -> None:
    old = station.export()[0].file
    station.do(ErasePersonalData("case", withdrawn, ASKED))
    swap(station, county)
    outcome = county.take(old)[0]
    assert outcome.outcome == "NOOP" and digests(county) == [] and holds(county, NAME) == set()
    swap(county, station, JIEZHOU)
    assert rows(station, "SELECT count(*) FROM file_delivery WHERE is_wanted") == [(0,)]


def test_case_65_the_countys_word_takes_its_own_events_and_the_stations_rows(
    county: Place, station: Place
) -> None:
    case = desk(station).register(DAY, applicant=NAME)
    attach(station, case, scan())
    swap(station, county)
    county.clock.at = station.clock.at
    agency = desk(county)
    agency.step(case, Kind.review_begun, DAY, reviewer="李审查")
    agency.decide(
        case, Kind.refused, DAY, refusal="其他", why=TOLD, how_to_object="十五日内", reviewer="李审查", head="王主任"
    )  # fmt: skip
    swap(county, station, JIEZHOU)
    assert code_of(station, case) == "E364" and holds(station, TOLD) != set()
    county.do(ErasePersonalData("case", case, ASKED))
    assert holds(county, NAME) == holds(county, TOLD) == set() and digests(county) == []
    swap(county, station, JIEZHOU)
    assert holds(station, NAME) == holds(station, TOLD) == set() and digests(station) == []
    assert faults(county) == faults(station) == []
    assert station.ask(CaseCard(case)).row.state == "不予"


def test_case_65_an_erased_case_stays_erased_after_a_restore(
    county: Place, station: Place, withdrawn: str
) -> None:
    kept = backed_up(station)
    station.do(ErasePersonalData("case", withdrawn, ASKED))
    listed, key = station.office.data.kept_out.read_text(), station.office.safe.key
    again = DataDir(station.office.data.root.parent / "again")
    again.root.mkdir()
    again.kept_out.write_text(listed)
    place = reopened(station, again, kept, key)
    try:
        assert holds(place, NAME) == set() and digests(place) == []
    finally:
        place.office.close()


def test_an_archived_case_waits_for_its_money(county: Place) -> None:
    agency = desk(county)
    agency.today(date(2022, 7, 20))
    case = agency.archived(date(2022, 7, 20))
    assert code_of(county, case) == "E363"

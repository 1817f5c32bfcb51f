"""What a station and the county each do on a case, and what neither may: odd rows stop nobody, a restore loses nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.canonical import decode
from app.case_values import CaseEventKind as Kind
from app.errors import Refused
from app.services.cases.case_card import CaseCard
from app.services.cases.case_list import CaseList
from app.services.cases.enter_event import EnterIntake
from app.services.exchange.enrol import AdmitSite, InviteSite
from app.services.exchange.join_parent import JoinParent
from app.services.office.health import Health
from tests.exchange.case_scans import (
    CLERK_OF,
    DAY,
    RawEvent,
    attach,
    clocks_at,
    desk,
    digests,
    scan,
    standing_at,
)
from tests.exchange.forging import forge
from tests.exchange.offices import JIEZHOU, LONGJU, Place, make_city
from tests.exchange.pair import county, station
from tests.exchange.restoring import approve, backed_up, restored, rows, swap
from tests.exchange.test_exchange_erasure import faults
from tests.services.case_desk import GRANT, LAWYER

__all__ = ["county", "station"]
LATER = DAY + timedelta(days=1)


def decided(county: Place, case: str) -> None:
    """Reviewed, given and assigned by the county."""
    agency = desk(county)
    agency.step(case, Kind.review_begun, DAY, reviewer="李审查")
    agency.decide(case, Kind.granted, LATER, **GRANT)
    agency.step(case, Kind.assigned, LATER, **LAWYER)


def health(place: Place, key: str) -> Any:
    return next(one for one in place.ask(Health()) if one.key == key)


@pytest.fixture
def case(county: Place, station: Place) -> str:
    """A case of the station that the county has."""
    made = desk(station).register(DAY, phone="13800001111", summary="工地欠薪", opponent="某公司")
    swap(station, county)
    return made


def test_the_stations_application_comes_back_decided_and_assigned(
    county: Place, station: Place, case: str
) -> None:
    decided(county, case)
    swap(county, station, JIEZHOU)
    ours, theirs = standing_at(county, case), standing_at(station, case)
    assert ours == theirs and ours.state == "已指派" and ours.number
    assert clocks_at(county, case) == clocks_at(station, case)
    row = station.ask(CaseList()).rows[0]
    assert (row.state, row.handler, row.firm, row.number) == (
        "已指派",
        "卫明",
        "河东律师事务所",
        ours.number,
    )
    assert row.due_on == county.ask(CaseList()).rows[0].due_on is not None


def test_personal_values_travel_beside_the_log_and_not_in_it(county: Place, case: str) -> None:
    for body, values in rows(
        county,
        "SELECT e.body, p.vals FROM received_entry e JOIN received_personal p USING (stream, seq) "
        "WHERE e.tbl = 'legal_case'",
    ):
        assert isinstance(body, bytes) and isinstance(values, bytes)
        fields, told = decode(body), decode(values)
        personal = {"applicant", "representative", "sex", "born_on", "id_number", "phone", "address"}
        assert personal.isdisjoint(fields["row"]) and {"summary", "applicant", "opponent"} <= told.keys()
        assert "13800001111" not in body.decode() and told["phone"] == "13800001111"


def test_what_only_the_agency_may_write_has_no_effect_from_a_station_and_is_listed(
    county: Place, station: Place, case: str
) -> None:
    station.do(RawEvent(case, JIEZHOU, "给予", LATER, dict(GRANT), 50), CLERK_OF)
    swap(station, county)
    for place in (county, station):
        standing = standing_at(place, case)
        assert standing.state == "登记" and [one.event.kind for one in standing.misfits] == ["给予"]
        assert "应由法律援助机构办理" in standing.misfits[0].text
    assert county.ask(CaseList(is_lost_only=True)).rows[0].misfits == 1


def test_a_stations_word_takes_nothing_out_of_what_the_agency_wrote(
    county: Place, station: Place, case: str
) -> None:
    decided(county, case)
    swap(county, station, JIEZHOU)
    grant = next(one for one in standing_at(station, case).events if one.kind is Kind.granted)
    with pytest.raises(Refused) as refusal:
        station.do(EnterIntake(case=case, kind=Kind.voided, on=LATER, reason="误", voids=grant.id), CLERK_OF)
    assert refusal.value.code in ("E318", "E365")
    begun = next(one for one in standing_at(station, case).events if one.kind is Kind.assigned)
    with pytest.raises(Refused) as refusal:
        station.do(EnterIntake(case=case, kind=Kind.voided, on=LATER, reason="误", voids=begun.id), CLERK_OF)
    assert refusal.value.code == "E365"
    station.do(RawEvent(case, JIEZHOU, "作废", LATER, {}, 50, grant.id), CLERK_OF)
    swap(station, county)
    for place in (county, station):
        standing = standing_at(place, case)
        assert standing.state == "已指派"
        assert ["受理点不能作废" in one.text for one in standing.misfits] == [True]


def test_another_stations_events_of_a_case_have_no_effect(three: tuple[Place, Place, Place]) -> None:
    county, one, other = three
    case = desk(one).register(DAY)
    other.do(RawEvent(case, LONGJU, "撤回", LATER, {"by": "别人"}, 1), CLERK_OF)
    swap(one, county)
    swap(other, county)
    standing = standing_at(county, case)
    assert standing.state == "登记" and "别的受理点" in standing.misfits[0].text
    assert county.ask(CaseList(is_lost_only=True)).rows[0].id == case


def test_both_sides_void_and_transfer_and_both_see_the_same(county: Place, station: Place, case: str) -> None:
    swap(county, station, JIEZHOU)
    station_side, agency = desk(station), desk(county)
    station_side.intake(case, Kind.withdrawn, LATER, by="本人")
    agency.step(case, Kind.transferred, LATER, to="临汾市", why="管辖")
    swap(station, county)
    swap(county, station, JIEZHOU)
    assert standing_at(county, case) == standing_at(station, case)
    assert len(standing_at(county, case).misfits) == 1
    wrong = next(one for one in standing_at(county, case).events if one.kind is Kind.withdrawn)
    county.do(RawEvent(case, JIEZHOU, "作废", LATER, {}, 90, wrong.id), CLERK_OF)
    station.do(RawEvent(case, JIEZHOU, "作废", LATER, {}, 91, wrong.id), CLERK_OF)
    swap(station, county)
    swap(county, station, JIEZHOU)
    assert standing_at(county, case) == standing_at(station, case)
    assert standing_at(county, case).state == "已转出"


ODD_FACTS: tuple[dict[str, Any], ...] = (
    {"missing": "x", "due_on": "no day"},
    {"missing": [], "due_on": "2022-13-45"},
    {"number": 2**53, "due_on": True},
    {"papers": ["x" * 900] * 20},
    {"groups": None, "recipients": -5, "born_on": "9999-12-31"},
)


def test_odd_rows_of_a_case_stop_nobody_and_are_listed(county: Place, station: Place, case: str) -> None:
    base = {
        row[0]: row[1] for row in rows(station, "SELECT tbl, body FROM change_entry WHERE tbl = 'legal_case'")
    }
    like = decode(base["legal_case"])["row"]
    forge(station, "legal_case", like | {"id": "odd-1", "began_as": "指派"}, {"applicant": "甲"})
    forge(station, "legal_case", like | {"id": "odd-2", "began_as": "胡写"}, {"applicant": "乙"})
    forge(station, "legal_case", like | {"id": "odd-3", "groups": '{"a":1}'}, {"applicant": "丙"})
    forge(station, "legal_case", like | {"id": "odd-4"}, {"applicant": "丁", "summary": "长" * 30_000})
    for number, facts in enumerate(ODD_FACTS, 100):
        for kind in ("一次性告知", "补正", "补齐", "登记", "作废"):
            raw = RawEvent(case, JIEZHOU, kind, LATER, facts, number * 10 + len(kind))
            try:
                station.do(raw, CLERK_OF)
            except Exception as fault:
                assert "UNIQUE" in str(fault), fault
    late = desk(station).register(DAY, applicant="戊")
    assert swap(station, county) == ["APPLIED"]
    swap(county, station, JIEZHOU)
    assert county.ask(CaseCard(late)).applicant == "戊"
    assert standing_at(county, case) == standing_at(station, case)
    assert standing_at(county, case).misfits
    returned = {row[0]: row[1] for row in rows(station, "SELECT row_id, fault FROM returned_entry")}
    assert returned.keys() == {"odd-3", "odd-4"}
    assert "胡写" in health(county, "words").text
    assert "E366" in health(county, "cases").text and "2 件" in health(county, "cases").text
    assert {one.id for one in county.ask(CaseList()).rows} == {case, late}


def test_a_case_with_a_scan_survives_a_restored_station(county: Place, station: Place) -> None:
    backup = backed_up(station)
    case = desk(station).register(DAY)
    attach(station, case, scan())
    swap(station, county)
    decided(county, case)
    again = restored(station, backup)
    try:
        file = again.export()[0].file
        assert county.take(file)[0].outcome == "PARKED"
        approve(county, again)
        for _ in range(2):
            swap(county, again, JIEZHOU)
            swap(again, county)
        swap(county, again, JIEZHOU)
        assert standing_at(again, case) == standing_at(county, case)
        assert standing_at(again, case).state == "已指派"
        assert digests(again) == digests(county) and len(digests(again)) == 1
        assert faults(again) == faults(county) == []
    finally:
        again.office.close()


def test_a_case_with_a_scan_survives_a_restored_county(county: Place, station: Place) -> None:
    backup = backed_up(county)
    case = desk(station).register(DAY)
    attach(station, case, scan())
    swap(station, county)
    decided(county, case)
    swap(county, station, JIEZHOU)
    again = restored(county, backup)
    try:
        file = again.export(JIEZHOU)[0].file
        assert station.take(file)[0].outcome == "PARKED"
        approve(station, again)
        for _ in range(3):
            swap(station, again)
            swap(again, station, JIEZHOU)
        assert standing_at(again, case) == standing_at(station, case)
        assert standing_at(again, case).state == "已指派"
        assert digests(again) == digests(station) and len(digests(again)) == 1
    finally:
        again.office.close()


def test_a_case_that_two_rows_hold_under_one_number_is_named_and_paid_once(
    county: Place, station: Place
) -> None:
    """As when a station's application and the county's own entry are one case."""
    agency = desk(county)
    agency.today(date(2022, 7, 20))
    first = agency.archived(date(2022, 6, 30))
    number = standing_at(county, first).number
    station.clock.at = county.clock.at
    begun = date(2022, 4, 1)
    second = desk(station).register(begun)
    swap(station, county)
    agency.step(second, Kind.review_begun, begun, reviewer="李审查")
    county.do(RawEvent(second, JIEZHOU, "给予", begun, {**GRANT, "number": number}, 9), CLERK_OF)
    agency.step(second, Kind.assigned, begun, **LAWYER)
    agency.step(second, Kind.contracted, begun)
    closed = date(2022, 5, 20)
    agency.step(second, Kind.closed, closed, result="胜诉", paper_on=closed.isoformat())
    agency.step(second, Kind.handed_in, closed)
    agency.decide(second, Kind.archived, closed, reason="纸质卷宗齐全", grade="合格", examiner="赵验")
    found = health(county, "cases")
    assert not found.is_good and "E367" in found.text and number in found.text
    assert [one.number for one in agency.quarter("2022-Q2").lines] == [number]


def test_the_city_gets_no_case_and_no_scan(county: Place, station: Place, tmp_path: Path) -> None:
    city = make_city(tmp_path)
    try:
        file, answer = tmp_path / "i.hme", tmp_path / "a.hme"
        city.do(InviteSite("140802", file))
        county.do(JoinParent(file, answer))
        city.do(AdmitSite(answer))
        case = desk(station).register(DAY, applicant="李桂花")
        attach(station, case, scan())
        swap(station, county)
        decided(county, case)
        for made in county.export("1408"):
            city.take(made.file)
        tables = ("legal_case", "case_event", "case_paper", "stored_file")
        assert [city.count(one) for one in tables] == [0, 0, 0, 0]
        assert rows(city, "SELECT DISTINCT tbl FROM received_entry WHERE tbl LIKE '%case%'") == [
            ("case_figure",)
        ]
        told = rows(city, "SELECT * FROM case_figure")
        assert len(told) == 1 and "李桂花" not in str(told)
    finally:
        city.office.close()

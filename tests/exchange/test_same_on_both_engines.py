"""The same bundles taken in by a county in a file and by one on a server: the same rows, the same answers, once each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.clock import SetClock
from app.models.moving import moved_tables, row_digest
from app.paths import DataDir
from app.services.attendance.exceptions_list import ExceptionsList
from app.services.cases.case_list import CaseList
from app.services.consultations.correct_consultation import CorrectConsultation
from app.services.consultations.record_consultation import RecordConsultation
from app.services.consultations.register import Register
from app.services.exchange.desk import ExchangeDesk
from app.services.exchange.faults_back import ReturnedEntries
from app.services.money.month_pay import ComputeSettlement
from app.services.money.review_matrix import ReviewMatrix
from app.services.office.health import Health
from app.services.office.office import Office
from app.services.people.add_person import AddPerson
from app.services.people.pool import Pool
from app.services.search.everything import FindAnything
from app.services.supervision.evidence_month import EvidenceMonth
from app.values import Month
from tests.exchange.case_scans import desk
from tests.exchange.forging import forge
from tests.exchange.late_month import better, punch, report
from tests.exchange.offices import Place
from tests.exchange.test_exchange_sense import Three, duty
from tests.server_offices import put_on_server

MADE_HERE = {
    *("journal", "office", "security_event", "setting", "change_entry", "change_personal", "stream"),
    *("late_change", "late_entry"),
}
"""Tables whose rows say when and where this very office made them, or hold random salts and ids."""
QUERIES = (
    Register(), Register(words="工资"), Register(words="李桂花"), CaseList(), CaseList(words="申请人"), Pool(), Pool("卫"),
    FindAnything("工资"), FindAnything("wm"), FindAnything("0001"), ExceptionsList(Month(2022, 5)), ReviewMatrix("2022-05"),
    ComputeSettlement("2022-05"), EvidenceMonth(Month(2022, 5)), ReturnedEntries(), ExchangeDesk(),
)  # fmt: skip


@pytest.fixture
def both(three: Three, tmp_path: Path) -> Iterator[tuple[Place, Place, Place]]:
    """The county in its file, the same county on a server, and a station."""
    county, station, _other = three
    data, key = county.office.data, county.office.safe.key
    county.office.close()
    there = DataDir(tmp_path / "there")
    shutil.copytree(data.root, there.root)
    put_on_server(there, key, tmp_path)
    county.office = Office(data, key, county.clock)
    clock = SetClock(county.clock.at)
    twin = Place(Office(there, key, clock), county.actor, clock, county.stick)
    yield county, twin, station
    twin.office.close()


def month_of(station: Place) -> list[str]:
    """Bundles of a month: a duty, people, consultations and their corrections, a case, a bad row, what came late."""
    who = station.do(AddPerson(name="卫明", kind="律师", licence="11408201110000001"))
    forge(station, "duty", duty("d1", person_id=who))
    forge(station, "duty", duty("bad", kind=""))
    forge(station, "punch", punch("in1", "in", "01:40", origin="paper") | {"person_id": who})
    forge(station, "punch", punch("out1", "out", "05:00", pair_id="in1") | {"person_id": who})
    made = [
        station.do(RecordConsultation(client_name=name, person_id=who, content=f"工资第{n}次", answer="协商"))
        for n, name in enumerate(("李桂花", "王大山", "𠮷野家", "'; DROP TABLE person; --"))
    ]
    first = station.export()[0].file
    station.do(CorrectConsultation(id=made[0].id, reason="漏写", answer="先协商，再仲裁"))
    desk(station).register(date(2022, 5, 9))
    forge(station, "submission", report(1))
    second = station.export()[0].file
    station.clock.go_to(datetime(2022, 6, 2, 12))
    better(station)
    return [first, second, station.export()[0].file]


def told(place: Place, query: Any) -> str:
    """Its answer but for the ids that this office gave late changes."""
    return re.sub(r"late-[0-9a-f-]{36}", "late", repr(place.ask(query)))


def content(place: Place) -> dict[str, tuple[int, str]]:
    with place.office.database.reader.connect() as connection:
        return {one.name: row_digest(connection, one) for one in moved_tables() if one.name not in MADE_HERE}


def test_case_66_the_same_bundles_give_the_same_rows_and_the_same_answers(
    both: tuple[Place, Place, Place],
) -> None:
    here, there, station = both
    files = month_of(station)
    assert there.office.database.writer.dialect.name == "postgresql"
    for place in (here, there):
        place.clock.go_to(datetime(2022, 6, 2, 9))
        for file in (*files[:1], *files[1:], *files):
            place.take(file)
            place.clock.advance(timedelta(minutes=1))
    assert content(here) == content(there)
    for query in QUERIES:
        assert told(here, query) == told(there, query), query
    assert [one.text for one in here.ask(Health()) if not one.is_good] == [
        one.text for one in there.ask(Health()) if not one.is_good
    ]


def test_case_70_a_delivery_broken_off_resumed_and_the_same_by_stick_is_taken_in_once(
    both: tuple[Place, Place, Place], tmp_path: Path
) -> None:
    _, county, station = both
    whole = Path(month_of(station)[0])
    content_of = whole.read_bytes()
    inbox, stick = tmp_path / "arriving.hmb", tmp_path / "stick.hmb"
    inbox.write_bytes(content_of[: len(content_of) * 3 // 10])
    assert county.take(inbox)[0].outcome == "REFUSED" and county.count("consultation") == 0
    with inbox.open("ab") as arriving:
        arriving.write(content_of[len(content_of) * 3 // 10 :])
    stick.write_bytes(content_of)
    assert [county.take(file)[0].outcome for file in (inbox, stick)] == ["APPLIED", "NOOP"]
    assert (county.count("consultation"), county.count("received_entry WHERE stream LIKE '140802100/%'")) == (
        4,
        9,
    )

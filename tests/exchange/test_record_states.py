"""A station's registers say how far each record has got: not exported, awaiting its receipt, received, sent back."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import event

from app.cli.main import add_commands
from app.cli.session import run
from app.errors import Refused
from app.services.attendance.ask_correction import AskCorrection
from app.services.attendance.attendance_month import AttendanceMonth
from app.services.cases.case_list import CaseList
from app.services.consultations.correct_consultation import CorrectConsultation
from app.services.consultations.register import Register
from app.services.exchange.desk import ExchangeDesk
from app.values import DeliveryState, Month
from tests.exchange.case_scans import desk as case_desk
from tests.exchange.offices import JIEZHOU, Place
from tests.exchange.pair import county, station
from tests.services.consultation_desk import lawyer, on_duty, record

__all__ = ["county", "station"]
WAITING, SENT, RECEIVED = DeliveryState.waiting, DeliveryState.sent, DeliveryState.received


def swap(station: Place, county: Place) -> None:
    county.take(station.export()[0].file)
    station.take(county.export()[0].file)


def states(place: Place) -> dict[str, str]:
    return {row.number: row.delivery.state for row in place.ask(Register()).rows if row.delivery}


def listed(place: Place, state: str) -> list[str]:
    page = place.ask(Register(delivery=state))
    assert page.total == len(page.rows)
    return sorted(row.number for row in page.rows)


@pytest.fixture
def person(station: Place) -> str:
    """The station's lawyer of 10 May."""
    found = lawyer(station)  # type: ignore[arg-type]
    on_duty(station, (found, "09:00-13:00"), site=JIEZHOU)  # type: ignore[arg-type]
    return found


def write(station: Place, person: str, day: int = 10) -> str:
    station.clock.go_to(datetime(2022, 5, day, 9, 30))
    return str(record(station, person_id=person).id)  # type: ignore[arg-type]


def test_the_register_tells_and_filters_how_far_each_record_has_got(
    county: Place, station: Place, person: str
) -> None:
    first = write(station, person)
    assert states(station) == {"0001": WAITING}
    swap(station, county)
    write(station, person)
    station.export()
    write(station, person)
    assert states(station) == {"0001": RECEIVED, "0002": SENT, "0003": WAITING}
    assert [listed(station, one) for one in (WAITING, SENT, RECEIVED)] == [["0003"], ["0002"], ["0001"]]
    station.do(CorrectConsultation(id=first, reason="补记", content="另有加班费。"))
    assert (listed(station, WAITING), listed(station, RECEIVED)) == (["0001", "0003"], [])
    assert listed(station, DeliveryState.returned) == []
    assert states(county) == {} and listed(county, WAITING) == []
    with pytest.raises(Refused, match="E764"):
        station.ask(Register(delivery="路上"))


def test_attendance_and_cases_are_as_far_as_what_is_furthest_behind(
    county: Place, station: Place, person: str
) -> None:
    station.clock.go_to(datetime(2022, 5, 10, 18))
    desk = case_desk(station)
    desk.register(date(2022, 5, 10))

    def shown() -> tuple[str, str]:
        [line] = station.ask(AttendanceMonth(Month(2022, 5))).rows
        [case] = station.ask(CaseList()).rows
        return line.delivery.state, case.delivery.state

    assert shown() == (WAITING, WAITING)
    swap(station, county)
    assert shown() == (RECEIVED, RECEIVED)
    for direction, clock in (("in", 9), ("out", 13)):
        at = datetime(2022, 5, 10, clock)
        station.do(AskCorrection(JIEZHOU, person, direction, at, "签到台停电"))
    assert shown() == (RECEIVED, RECEIVED), (
        "nobody decided the correction yet: the line rests on the duty alone"
    )


def test_what_is_read_of_bundles_is_what_has_no_receipt(county: Place, station: Place, person: str) -> None:
    for day in (10, 11, 12):
        write(station, person, day)
        swap(station, county)
    seen: list[int] = []

    def note(_c: Any, cursor: Any, statement: str, given: Any, _x: Any, _m: bool) -> None:
        if "FROM sent_bundle" in statement and "slices" in statement:
            seen.append(len(cursor.connection.execute(statement, given).fetchall()))

    event.listen(station.office.database.reader, "before_cursor_execute", note)
    station.ask(ExchangeDesk())
    states(station)
    event.remove(station.office.database.reader, "before_cursor_execute", note)
    assert seen and set(seen) == {0}


def test_the_command_line_lists_what_is_not_exported(
    county: Place,
    station: Place,
    person: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write(station, person)
    swap(station, county)
    write(station, person)
    root = station.office.data.root
    station.office.close()
    monkeypatch.setenv("HUIMIN_PASSWORD", "Station-2022")
    words = ["consultation", "list", "--delivery", "未导出"]
    monkeypatch.setattr(sys, "argv", ["huimin", "--data-dir", str(root), "--json", *words])
    assert run(add_commands()) == 0
    [row] = json.loads(capsys.readouterr().out)
    assert (row["number"], row["delivery"]) == ("0002", "未导出")

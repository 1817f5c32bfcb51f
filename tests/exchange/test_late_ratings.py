"""What a client thought travels as evidence: late or not it is kept, and costs only what the bureau verified (Y17(3))."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import text

from app.services.attendance.decide import Decide
from app.services.attendance.exceptions_list import ExceptionsList
from app.services.consultations.card import ConsultationCard, OpenRecord
from app.services.consultations.rate_consultation import RateConsultation
from app.services.consultations.register import Register
from app.services.exchange.decide_late import DecideLateChange
from app.services.money.month_pay import ComputeSettlement
from app.services.money.settle_final import SettleFinal
from app.services.office.health import Health
from tests.exchange.forging import forge
from tests.exchange.late_month import report_may
from tests.exchange.offices import JIEZHOU, LONGJU, Place
from tests.exchange.test_exchange_late import MAY, paid, state, waiting
from tests.exchange.test_exchange_sense import Three, send

AT = "2022-05-06T02:00:00.000000Z"
LATER = "2022-06-02T03:00:00.000000Z"


def record(**fields: Any) -> dict[str, Any]:
    """A record of 6 May, as the log of the station has it."""
    return {
        "id": "record-c1", "writer": JIEZHOU, "site": JIEZHOU, "serial": 1, "number": "0001", "at": AT, "on": "2022-05-06",
        "person_id": "p1", "id_kind": "", "is_id_refused": 1, "groups": "[]", "channel": "来访", "topics": "[]",
        "handling": "解答", "is_aid_mentioned": 0, "is_told_once": 0, "is_home_visit_needed": 0, "is_green": 0, "missing": "[]",
        "recorded_by": "x", "revision": 1, **fields,
    }  # fmt: skip


def rated(row_id: str, word: str, site: str = JIEZHOU, at: str = LATER) -> dict[str, Any]:
    """A word about it."""
    return {
        "id": row_id, "writer": site, "site": site, "consultation_id": "record-c1", "rating": word, "channel": "现场",
        "rated_by": "x", "at": at,
    }  # fmt: skip


def audited(row_id: str, word: str, site: str = JIEZHOU, at: str = AT) -> dict[str, Any]:
    """An audit of it."""
    return {
        "id": row_id, "writer": site, "site": site, "consultation_id": "record-c1", "result": word,
        "audited_by": "x", "audited_at": at,
    }  # fmt: skip


def card(place: Place) -> OpenRecord:
    found = place.ask(ConsultationCard("record-c1"))
    assert isinstance(found, OpenRecord)
    return found


def healthy(place: Place) -> Mapping[str, bool]:
    return {item.key: item.is_good for item in place.ask(Health())}


@pytest.fixture
def reported(three: Three) -> Three:
    """A month of one duty and one record, which nobody rated, reported and passed."""
    _, station, _ = three
    forge(station, "consultation", record())
    return report_may(three)


def test_a_rating_that_comes_after_the_report_is_listed_and_costs_by_the_bureaus_word(
    reported: Three,
) -> None:
    county, station, _ = reported
    forge(station, "consultation_rating", rated("r1", "不满意"))
    send(station, county)
    assert (waiting(county), state(county), paid(county)) == ((), "通过", 250), "evidence, no late change"
    assert card(county).row.rating == "不满意"
    assert [one.may_decide for one in county.ask(ExceptionsList(MAY)) if one.id == "record-c1"] == [True]
    county.do(Decide("record-c1", True, "电话核实属实"))
    assert paid(county) == 200


def test_a_rating_that_comes_after_the_lock_is_a_line_of_the_next_settlement(reported: Three) -> None:
    county, station, _ = reported
    county.do(SettleFinal("2022-05"))
    forge(station, "consultation_rating", rated("r1", "不满意"))
    send(station, county)
    june = ComputeSettlement("2022-06")
    assert county.ask(june).lines == ()
    county.do(Decide("record-c1", True, "电话核实属实"))
    assert [line.net_fen for line in county.ask(june).lines] == [-5000]
    assert paid(county) == 250


@pytest.mark.parametrize("table", ["consultation_rating", "consultation_audit"])
@pytest.mark.parametrize("is_together", [True, False])
def test_a_void_of_a_rating_or_audit_after_the_report_waits(
    reported: Three, table: str, is_together: bool
) -> None:
    county, station, _ = reported
    told = audited("e1", "不规范") if table == "consultation_audit" else rated("e1", "不满意")
    forge(station, table, told)
    if not is_together:
        send(station, county)
    void = {"id": "v1", "writer": JIEZHOU, "site": JIEZHOU, "tbl": table, "row_id": "e1",
            "voided_by": "x", "voided_at": LATER}  # fmt: skip
    forge(station, "voided", void)
    send(station, county)
    [one] = waiting(county)
    assert one.on == "5月6日" and one.what.startswith("作废") and "第 0001 号" in one.what
    found = card(county)
    assert len(found.ratings) + len(found.audits) == 1, "it counts until the bureau lets the void in"
    county.do(DecideLateChange(one.id, True, "误录"))
    found = card(county)
    assert (found.ratings, found.audits) == ((), ())


def test_a_station_rates_its_own_records_only(reported: Three) -> None:
    county, station, other = reported
    forge(station, "consultation_rating", rated("r1", "不满意"))
    send(station, county)
    forge(other, "consultation_rating", rated("r2", "满意", LONGJU, "2022-06-02T04:00:00.000000Z"))
    assert send(other, county).outcome == "APPLIED"
    assert county.count("consultation_rating") == 2
    assert (card(county).row.rating, [one.id for one in card(county).ratings]) == ("不满意", ["r1"])


def found_by(place: Place) -> tuple[list[str], bool, bool]:
    """The ids of the audits that count for the record; whether the register lists it as faulty, and as unaudited."""
    faulty = place.ask(Register(first=MAY.first_day, last=MAY.last_day, is_faulty_only=True))
    unaudited = place.ask(Register(first=MAY.first_day, last=MAY.last_day, is_unaudited_only=True))
    return [one.id for one in card(place).audits], bool(faulty.rows), bool(unaudited.rows)


def test_a_station_audits_its_own_records_only(reported: Three) -> None:
    county, station, other = reported
    forge(other, "consultation_audit", audited("theirs", "不规范", LONGJU, LATER))
    assert send(other, county).outcome == "APPLIED" and county.count("consultation_audit") == 1
    assert found_by(county) == ([], False, True)
    assert paid(county) == 250
    forge(station, "consultation_audit", audited("own", "不规范"))
    send(station, county)
    assert found_by(county) == (["own"], True, False) and paid(county) < 250
    forge(other, "consultation_audit", audited("more", "合格", LONGJU, "2022-06-02T04:00:00.000000Z"))
    send(other, county)
    assert found_by(county) == (["own"], True, False), "another station's word outdoes nothing"


def test_y06_a_bureaus_follow_up_comes_down_to_the_station(reported: Three) -> None:
    county, station, _ = reported
    county.do(RateConsultation("record-c1", "基本满意", "电话回访", is_follow_up=True))
    [reply] = county.export(JIEZHOU)
    station.take(county.stick / reply.file)
    with station.office.database.reader.connect() as connection:
        told = connection.execute(text("SELECT rating, channel, writer FROM consultation_rating")).one()
    assert tuple(told) == ("基本满意", "回访", "140802")
    assert card(county).row.rating == "基本满意"


def test_case_52_a_rating_that_an_older_program_wrote_into_the_record_is_kept_as_a_row(three: Three) -> None:
    county, station, _ = three
    forge(station, "consultation", record(rating="不满意"))
    send(station, county)
    found = card(county)
    assert found.row.rating == "不满意" and [one.channel for one in found.ratings] == ["现场"]
    forge(station, "consultation", record(rating="不满意"))
    send(station, county)
    assert county.count("consultation_rating") == 1
    assert healthy(county)["received_rows"], "no entry tells of that row by itself"


def test_case_52_an_audit_that_an_older_program_deleted_stays_and_is_marked(three: Three) -> None:
    county, station, _ = three
    forge(station, "consultation", record())
    forge(station, "consultation_audit", audited("e1", "不规范"))
    send(station, county)
    assert len(card(county).audits) == 1
    forge(station, "consultation_audit", {"id": "e1"}, op="void")
    send(station, county)
    assert (county.count("consultation_audit"), county.count("voided"), card(county).audits) == (1, 1, ())
    assert healthy(county)["received_rows"]

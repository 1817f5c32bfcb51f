"""What a station writes about a month after reporting it moves no money before the bureau decided it row by row."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.errors import Refused
from app.services.attendance.exceptions_list import ExceptionsList
from app.services.exchange.decide_late import DecideLateChange, LateChanges, LateView, decision_about
from app.services.exchange.faults_back import ReturnedEntries
from app.services.money.month_pay import ComputeSettlement
from app.services.money.review_month import ReviewMonth
from app.services.money.review_sheet import ReviewSheet
from app.services.money.settle_final import SettleFinal
from app.services.money.submit_month import SubmitMonth
from app.services.security.accounts import AddAccount
from app.values import Month
from tests.exchange.forging import forge
from tests.exchange.late_month import better, report, report_may
from tests.exchange.offices import JIEZHOU, LONGJU, Place
from tests.exchange.test_exchange_sense import Three, duty, send

pytestmark = pytest.mark.both_engines

MAY = Month(2022, 5)


@pytest.fixture
def reported(three: Three) -> Three:
    """A month of one duty, reported and passed."""
    return report_may(three)


def paid(county: Place) -> int:
    """What May pays now, in yuan."""
    return int(county.ask(ComputeSettlement("2022-05")).total_fen) // 100


def state(county: Place) -> str:
    """How far the station's May has come."""
    return str(county.ask(ReviewSheet(JIEZHOU, "2022-05")).state.state.value)


def waiting(county: Place) -> tuple[LateView, ...]:
    """What waits for the bureau's word."""
    found = county.ask(LateChanges(JIEZHOU, "2022-05"))
    assert isinstance(found, tuple)
    return found


def test_late_changes_are_listed_reopen_the_review_and_move_no_money(reported: Three) -> None:
    county, station, _ = reported
    assert (paid(county), state(county)) == (250, "通过")
    better(station)
    taken = send(station, county)
    assert taken.outcome == "APPLIED" and "其中 3 条是月报以后写的更改" in taken.text
    assert (paid(county), state(county)) == (250, "审核中")
    assert [one.what for one in waiting(county)] == [
        "作废签到签退 签到 09:40",
        "新增签到签退 签到 09:00",
        "新增签到签退 签退 13:00",
    ]
    listed = [one for one in county.ask(ExceptionsList(MAY)) if one.kind == "late_change"]
    assert len(listed) == 3 and all(one.may_decide and one.title == "迟到更改" for one in listed)
    assert [one.kind for one in county.ask(ComputeSettlement("2022-05")).exceptions].count("late_change") == 3
    with pytest.raises(Refused, match="E195"):
        county.do(ReviewMonth(JIEZHOU, "2022-05", True))


def test_each_row_counts_as_the_bureau_decides(reported: Three) -> None:
    county, station, _ = reported
    better(station)
    send(station, county)
    with pytest.raises(Refused, match="E196"):
        county.do(DecideLateChange(waiting(county)[0].id, True, " "))
    for one in waiting(county):
        county.do(DecideLateChange(one.id, True, "与纸质签到表核对无误"))
    assert (paid(county), waiting(county), state(county)) == (300, (), "审核中")
    county.clock.advance(timedelta(hours=1))
    county.do(ReviewMonth(JIEZHOU, "2022-05", True))
    assert state(county) == "通过"
    with pytest.raises(Refused, match="E197"):
        county.do(DecideLateChange("late-00000000", True, "再来"))


def test_what_is_refused_never_counts_even_after_the_lock(reported: Three) -> None:
    county, station, _ = reported
    county.do(SettleFinal("2022-05"))
    better(station)
    send(station, county)
    june = county.ask(ComputeSettlement("2022-06"))
    assert june.lines == ()
    for one in waiting(county):
        county.do(DecideLateChange(one.id, False, "没有依据"))
    assert county.ask(ComputeSettlement("2022-06")).lines == () and waiting(county) == ()
    assert paid(county) == 250


def test_after_the_lock_an_accepted_change_is_a_line_of_the_next_settlement(reported: Three) -> None:
    county, station, _ = reported
    county.do(SettleFinal("2022-05"))
    better(station)
    send(station, county)
    for one in waiting(county):
        county.do(DecideLateChange(one.id, True, "属实"))
    assert [line.net_fen for line in county.ask(ComputeSettlement("2022-06")).lines] == [5000]


def test_a_late_change_that_can_be_no_row_is_not_accepted_and_goes_on_waiting(reported: Three) -> None:
    county, station, other = reported
    forge(other, "duty", duty("d7", LONGJU))
    send(other, county)
    forge(station, "duty", duty("d7"))
    send(station, county)
    [one] = waiting(county)
    before = county.digest()
    with pytest.raises(Refused, match="已是其他单位的记录") as refusal:
        county.do(DecideLateChange(one.id, True, "属实"))
    assert refusal.value.code == "E198" and county.digest() == before
    assert waiting(county) == (one,) and county.count("duty") == 2
    county.do(DecideLateChange(one.id, False, "编号已是别站的"))
    assert waiting(county) == () and county.count("duty") == 2


def test_a_kiosk_punch_is_never_voided(reported: Three) -> None:
    county, station, _ = reported
    void = {"id": "v1", "writer": JIEZHOU, "site": JIEZHOU, "tbl": "punch", "row_id": "out1",
            "voided_by": "x", "voided_at": "2022-06-02T01:00:00.000000Z"}  # fmt: skip
    forge(station, "voided", void)
    forge(station, "punch", {"id": "out1"}, op="void")
    send(station, county)
    assert {one.fault for one in county.ask(ReturnedEntries())} == {"签到台的打卡不能作废"}
    assert (waiting(county), paid(county), county.count("voided"), county.count("punch")) == ((), 250, 0, 2)
    with county.office.database.reader.connect() as connection:
        kinds = connection.execute(text("SELECT kind FROM security_event WHERE is_alarm = 1")).scalars().all()
    assert "late" in kinds


@pytest.mark.parametrize("change", ["void", "month"])
def test_a_submission_is_neither_taken_back_nor_changed(reported: Three, change: str) -> None:
    county, station, _ = reported
    if change == "void":
        forge(station, "submission", {"id": "s1"}, op="void")
    else:
        forge(station, "submission", report(1) | {"month": "2021-01"})
    better(station)
    send(station, county)
    assert len(waiting(county)) == 3 and paid(county) == 250
    assert [one.table for one in county.ask(ReturnedEntries())] == ["submission"]


def test_what_answers_a_return_belongs_to_the_next_submission(reported: Three) -> None:
    county, station, _ = reported
    county.do(ReviewMonth(JIEZHOU, "2022-05", False, "签到时间请核对"))
    with county.office.database.reader.connect() as connection:
        answer = connection.execute(text("SELECT id FROM review WHERE is_approved = 0")).scalar()
    better(station)
    send(station, county)
    assert (paid(county), waiting(county), state(county)) == (250, (), "退回"), (
        "until it is reported anew it waits"
    )
    forge(station, "submission", report(2, str(answer)))
    send(station, county)
    assert (paid(county), waiting(county), state(county)) == (300, (), "已收")


def test_a_new_submission_that_answers_nothing_takes_nothing_along(reported: Three) -> None:
    county, station, _ = reported
    better(station)
    forge(station, "submission", report(2, "no-such-review"))
    send(station, county)
    assert (paid(county), len(waiting(county)), state(county)) == (250, 3, "已收")


def test_images_are_applied_in_order_and_a_void_takes_later_ones_with_it(reported: Three) -> None:
    county, station, _ = reported
    forge(station, "duty", duty("d1", ranges='[["09:00:00","12:00:00"]]'))
    forge(station, "duty", duty("d1", ranges='[["09:40:00","13:00:00"]]'))
    send(station, county)
    [one] = waiting(county)
    assert one.what == "更改值班"
    county.do(DecideLateChange(one.id, True, "属实"))
    assert paid(county) == 300
    forge(station, "duty", {"id": "d1"}, op="void")
    forge(station, "duty", duty("d1"))
    send(station, county)
    [one] = waiting(county)
    assert paid(county) == 300
    county.do(DecideLateChange(one.id, True, "取消"))
    assert county.count("duty") == 0


def test_a_row_moved_out_of_a_reported_month_is_late_too(reported: Three) -> None:
    county, station, _ = reported
    forge(station, "duty", duty("d1", on="2022-04-06"))
    forge(station, "duty", duty("d9", on="2022-07-06"))
    send(station, county)
    assert len(waiting(county)) == 1 and paid(county) == 250
    assert county.count("duty") == 2, "another month was not reported"


def test_raw_events_cannot_be_deleted_and_only_personal_values_blotted_out(
    reported: Three, engine: str
) -> None:
    county, _, _ = reported
    for statement in (
        "DELETE FROM punch",
        "UPDATE punch SET at = '2022-05-06T01:00:00.000000Z'",
        "UPDATE punch SET reason = '改写'",
        "INSERT INTO punch SELECT * FROM punch WHERE true ON CONFLICT (id) DO UPDATE SET reason = 'x'",
        *(["INSERT OR REPLACE INTO punch SELECT * FROM punch"] if engine == "file" else []),
    ):
        with (
            pytest.raises(DatabaseError, match="kept as they are"),
            county.office.database.writer.begin() as connection,
        ):
            connection.execute(text(statement))
    with county.office.database.writer.begin() as connection:
        connection.execute(text("UPDATE punch SET reason = NULL"))


def test_the_program_s_own_report_names_the_return_it_answers(three: Three) -> None:
    county, station, _ = three
    for place in (county, station):
        place.clock.go_to(datetime(2022, 6, 2, 9))
    station.do(SubmitMonth("2022-05", True))
    send(station, county)
    county.do(ReviewMonth(JIEZHOU, "2022-05", False, "漏了一次值班"))
    station.take(next(one.file for one in county.export() if one.recipient == JIEZHOU))
    forge(station, "duty", duty("d1"))
    send(station, county)
    assert county.count("duty") == 0
    station.do(SubmitMonth("2022-05", True))
    send(station, county)
    assert (county.count("duty"), waiting(county), state(county)) == (1, (), "零报")


def test_only_a_bureau_s_reviewer_decides(reported: Three) -> None:
    county, station, _ = reported
    better(station)
    send(station, county)
    change = waiting(county)[0].id
    county.do(AddAccount("clerk", "Banshi-2022", ("财务",)))
    with pytest.raises(Refused, match="E001"):
        county.office.do(DecideLateChange(change, True, "属实"), county.office.actor_of("clerk"))
    with pytest.raises(Refused, match="E188"):
        station.do(DecideLateChange(change, True, "属实"))


def test_exceptions_and_decide_on_the_command_line_take_late_changes(reported: Three) -> None:
    county, station, _ = reported
    better(station)
    send(station, county)
    assert {
        type(decision_about(one.id, True, "属实"))
        for one in county.ask(ExceptionsList(MAY))
        if one.may_decide
    } == {DecideLateChange}

"""How far the clock was to be trusted at a punch, and what a moved clock can never do (P9)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.clock import local_to_utc
from app.models.records import ReceivedStream
from app.services.attendance.attendance_month import AttendanceMonth
from app.services.attendance.exceptions_list import ExceptionsList
from app.services.security.accounts import AddAccount
from app.values import Month
from tests.services.conftest import Desk
from tests.services.kiosk_desk import KioskDesk

MAY = Month(2022, 5)


@pytest.fixture
def kiosk(county: Desk) -> KioskDesk:
    """Duties of 卫明 on the 10th to the 12th; it is the 10th, 08:00."""
    county.clock.advance(-timedelta(hours=1))
    desk = KioskDesk(county)
    for day in (10, 11, 12):
        desk.duty(day, "08:30-12:00；14:00-18:30")
    desk.publish()
    return desk


def set_wall(kiosk: KioskDesk, day: int, clock: str) -> None:
    """Somebody sets the computer's clock; the monotonic clock knows nothing of it."""
    when = datetime.combine(date(2022, 5, day), datetime.fromisoformat(f"2022-05-01 {clock}").time())
    kiosk.desk.clock.at = local_to_utc(when)


def reboot(kiosk: KioskDesk, name: str) -> None:
    kiosk.desk.clock.boot, kiosk.desk.clock.mono = name, 60_000


def test_p09_a_clock_that_goes_on_is_green(kiosk: KioskDesk) -> None:
    kiosk.at(10, "08:29")
    assert kiosk.sign_in().grade == "green"
    kiosk.at(10, "18:31")
    assert kiosk.sign_out().grade == "green"


def test_p09_a_restart_between_punches_is_grey_and_no_exception(kiosk: KioskDesk) -> None:
    kiosk.at(10, "08:29")
    kiosk.sign_in()
    reboot(kiosk, "boot-2")
    kiosk.at(10, "18:31")
    result = kiosk.sign_out()
    assert (result.grade, result.grade_reason) == ("grey", "上次打卡后电脑重启过，时钟无法核对")
    assert result.notices == ()
    assert "clock" not in [item.kind.value for item in kiosk.desk.ask(ExceptionsList(MAY))]


def test_p09_set_back_before_a_late_sign_in_is_red(kiosk: KioskDesk) -> None:
    kiosk.at(10, "08:50")
    set_wall(kiosk, 10, "08:25")
    result = kiosk.sign_in()
    assert (result.grade, result.late) == ("red", 0)
    assert result.grade_reason == "时钟被改动：05月10日 08:00 以后被拨慢 25 分"
    kiosk.at(10, "18:31")
    kiosk.sign_out()
    found = [item for item in kiosk.desk.ask(ExceptionsList(MAY)) if item.kind.value == "clock"]
    assert len(found) == 1 and found[0].approve == "认可打卡时间"


def test_p09_another_command_between_does_not_launder_a_moved_clock(kiosk: KioskDesk) -> None:
    kiosk.at(10, "08:50")
    set_wall(kiosk, 10, "08:25")
    kiosk.desk.do(AddAccount("clerk", "Clerk-2022"))
    kiosk.wait(seconds=20)
    assert kiosk.sign_in().grade == "red"


def test_p09_set_back_while_off_is_red_against_the_records_before_the_restart(kiosk: KioskDesk) -> None:
    kiosk.at(10, "12:00")
    kiosk.desk.do(AddAccount("clerk", "Clerk-2022"))
    reboot(kiosk, "boot-2")
    set_wall(kiosk, 10, "08:25")
    result = kiosk.sign_in()
    assert (result.grade, result.grade_reason) == ("red", "时钟被改动：早于重启前 05月10日 12:00 的记录")


def test_p09_a_sign_out_before_its_sign_in_is_flagged_and_never_negative(kiosk: KioskDesk) -> None:
    kiosk.at(10, "08:29")
    kiosk.sign_in()
    kiosk.at(10, "12:00")
    set_wall(kiosk, 10, "08:10")
    result = kiosk.sign_out()
    assert (result.grade, result.early) == ("red", 0)
    line = kiosk.desk.ask(AttendanceMonth(MAY, "140802-01")).rows[0]
    assert (line.state, line.early, line.grade) == ("早退", 6 * 3600 + 1800, "red"), (
        "12:00 by the clock of the boot"
    )
    assert line.raw == "签退时电脑显示 08:10:00，早于签到，按开机后的计时更正"
    kinds = [item.kind.value for item in kiosk.desk.ask(ExceptionsList(MAY))]
    assert kinds.count("clock") == 1


def test_p09_a_day_set_back_still_finds_the_open_shift(kiosk: KioskDesk) -> None:
    kiosk.at(11, "08:29")
    kiosk.sign_in()
    kiosk.wait(hours=5)
    set_wall(kiosk, 10, "13:00")
    kiosk.sign_out()
    assert [punch.pair_id != "" for punch in kiosk.punches()] == [True, False]
    assert {punch.grade for punch in kiosk.punches() if punch.direction == "out"} == {"red"}


def test_p09_after_the_clock_was_put_right_the_next_boot_is_trusted(kiosk: KioskDesk) -> None:
    set_wall(kiosk, 30, "08:00")
    kiosk.desk.do(AddAccount("clerk", "Clerk-2022"))
    set_wall(kiosk, 10, "08:10")
    kiosk.desk.do(AddAccount("clerk2", "Clerk-2022"))
    reboot(kiosk, "boot-2")
    kiosk.at(11, "08:20")
    assert kiosk.sign_in().grade == "grey"


@pytest.mark.parametrize(("made", "grade"), [("08:35", "amber"), ("09:30", "red"), ("08:20", "green")])
def test_p09_a_punch_older_than_the_bureaus_last_bundle_is_doubted(
    kiosk: KioskDesk, made: str, grade: str
) -> None:
    kiosk.at(10, "08:29")
    sent = local_to_utc(datetime.fromisoformat(f"2022-05-10 {made}"))
    with Session(kiosk.desk.office.database.writer) as session, session.begin():
        session.add(
            ReceivedStream(id="1408/1/down", site="1408", seq=1, head=b"", heard_at=sent, made_at=sent)
        )
    assert kiosk.sign_in().grade == grade


def test_p05_a_clock_set_back_does_not_undo_the_double_tap(kiosk: KioskDesk) -> None:
    kiosk.at(10, "08:29")
    first = kiosk.sign_in()
    kiosk.wait(seconds=2)
    set_wall(kiosk, 10, "07:00")
    assert kiosk.sign_in().punch_id == first.punch_id

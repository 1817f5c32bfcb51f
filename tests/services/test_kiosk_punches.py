"""Signing in and out at a real kiosk: what is recorded, what never happens."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.clock import Instant, local
from app.errors import Refused
from app.kernel.permissions import KIOSK, Permission
from app.models.records import ChangeEntry, JournalEntry, SecurityEvent
from app.services.attendance.attendance_month import AttendanceMonth
from app.services.attendance.exceptions_list import ExceptionsList
from app.services.kiosk.board import KioskBoard, TileState
from app.services.kiosk.explain_leaving import ExplainLeaving
from app.services.kiosk.people import FindKioskPeople
from app.services.kiosk.set_pin import ChangePin, SetPin, UnlockPin
from app.services.kiosk.sign_in import SignIn
from app.services.kiosk.sign_out import SignOut
from app.services.office.office import open_office
from app.services.office.settings import ChangeSetting
from app.services.reading.attendance import attendance_rows
from app.values import Month
from tests.services.conftest import COUNTY, Desk
from tests.services.kiosk_desk import PIN, KioskDesk

MAY = Month(2022, 5)


@pytest.fixture
def kiosk(county: Desk) -> KioskDesk:
    """The county centre's kiosk; 卫明 has duties from the 10th to the 17th, it is the 10th."""
    county.clock.advance(-timedelta(hours=1))  # wall and monotonic time go back together
    desk = KioskDesk(county)
    for day in (10, 11, 12, 16, 17):
        desk.duty(day)
    desk.publish()
    return desk


def rows_of(kiosk: KioskDesk, first: int = 1, last: int = 31) -> tuple:
    with kiosk.desk.office._dispatcher.looking(kiosk.desk.actor) as look:
        return attendance_rows(look, date(2022, 5, first), date(2022, 5, last))


def kinds(kiosk: KioskDesk) -> list[str]:
    return [item.kind.value for item in kiosk.desk.ask(ExceptionsList(MAY))]


def test_y05_a_day_is_signed_in_and_out_with_seconds(kiosk: KioskDesk) -> None:
    kiosk.at(10, "08:57:31")
    result = kiosk.sign_in()
    assert result.headline == "卫明 已签到 08:57:31 · 班次 09:00–13:00"
    assert result.notices == ()
    kiosk.at(10, "13:02:05")
    assert kiosk.sign_out().headline == "卫明 已签退 13:02:05 · 班次 09:00–13:00"
    row = rows_of(kiosk)[0]
    assert (row.in_at, row.out_at) == (datetime(2022, 5, 10, 8, 57, 31), datetime(2022, 5, 10, 13, 2, 5))
    assert row.origin == "kiosk"


def test_y05_lateness_and_early_leaving_are_told_to_the_second(kiosk: KioskDesk) -> None:
    kiosk.at(10, "09:12:34")
    assert kiosk.sign_in().notices == ("迟到 12 分 34 秒",)
    kiosk.at(10, "12:59:50")
    assert kiosk.sign_out().notices == ("早退 10 秒",)


def test_y05_the_kiosk_forgives_the_grace_that_the_office_forgives(kiosk: KioskDesk) -> None:
    kiosk.desk.do(ChangeSetting("pack.grace_minutes", "5", "县局会议纪要〔2022〕2号"))
    kiosk.at(10, "09:05:00")
    assert kiosk.sign_in().notices == ()
    kiosk.at(10, "12:54:59")
    assert kiosk.sign_out().notices == ("早退 5 分 1 秒",)
    office = kiosk.desk.ask(AttendanceMonth(MAY))
    row = next(one for one in office.rows if one.on == date(2022, 5, 10))
    assert (row.late, row.early) == (0, 301)


def test_q02_a_punch_is_in_journal_and_change_log_and_cannot_be_edited(kiosk: KioskDesk) -> None:
    kiosk.sign_in()
    punch = kiosk.punches()[0]
    with Session(kiosk.desk.office.database.reader) as session:
        logged = session.scalars(select(ChangeEntry.table).where(ChangeEntry.row_id == punch.id)).all()
        last = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1)).one()
    assert logged == ["punch"]
    assert (last.actor, last.command, last.subjects) == ("kiosk", "RecordSignIn", [punch.id])
    with (
        pytest.raises(DatabaseError, match="kept as they are"),
        Session(kiosk.desk.office.database.writer) as session,
    ):
        session.execute(text("UPDATE punch SET at = '2022-05-10T00:00:00.000000Z'"))


def test_p02_an_early_morning_sign_in_belongs_to_that_day(kiosk: KioskDesk) -> None:
    kiosk.at(16, "07:30")
    kiosk.sign_in()
    assert kiosk.punches()[0].on == date(2022, 5, 16)
    kiosk.at(16, "12:00")
    tile = kiosk.ask(KioskBoard()).tiles[0]
    assert (tile.state, tile.at, tile.is_in) == (TileState.on_duty, datetime(2022, 5, 16, 7, 30), True)


def test_p03_after_a_forgotten_sign_out_the_next_day_offers_to_sign_in(kiosk: KioskDesk) -> None:
    kiosk.at(10, "08:57")
    kiosk.sign_in()
    kiosk.at(11, "08:55")
    board = kiosk.ask(KioskBoard())
    assert (board.tiles[0].state, board.tiles[0].is_in) == (TileState.awaited, False)
    assert [shift.in_at.day for shift in board.open_shifts] == [10]
    result = kiosk.sign_in()
    assert result.at == datetime(2022, 5, 11, 8, 55)
    assert (
        result.open_shifts[0].sentence == "您 5 月 10 日 08:57 签到后未签退，请说明离开时间（将由司法所审核）"
    )
    assert [row.out_at for row in rows_of(kiosk)] == [None, None]
    assert "no_sign_out" in kinds(kiosk)


def test_p04_an_open_shift_is_found_after_three_days_off(kiosk: KioskDesk) -> None:
    kiosk.at(12, "08:57")
    kiosk.sign_in()
    kiosk.desk.clock.boot = "boot-2"
    kiosk.at(16, "08:50")
    result = kiosk.sign_in()
    assert [shift.in_at for shift in result.open_shifts] == [datetime(2022, 5, 12, 8, 57)]
    kiosk.desk.do(
        ExplainLeaving(
            kiosk.person(),
            PIN,
            result.open_shifts[0].punch_id,
            datetime(2022, 5, 12, 13, 1),
            "停电，签到台关机",
        ),
        KIOSK,
    )
    assert kiosk.ask(KioskBoard()).open_shifts == ()
    waiting = [item for item in kiosk.desk.ask(ExceptionsList(MAY)) if item.kind.value == "pending"]
    assert waiting[0].text.endswith("补签退 05月12日 13:01，原因：停电，签到台关机")
    assert rows_of(kiosk)[0].out_at is None


def test_p05_a_double_tap_is_one_event(kiosk: KioskDesk) -> None:
    first = kiosk.sign_in()
    kiosk.wait(seconds=4)
    again = kiosk.sign_in()
    assert (again.punch_id, again.at, again.is_repeat) == (first.punch_id, first.at, True)
    with pytest.raises(Refused, match="E608"):
        kiosk.sign_out()
    assert [punch.direction for punch in kiosk.punches()] == ["in"]
    kiosk.wait(hours=4)
    out = kiosk.sign_out()
    kiosk.wait(seconds=3)
    assert kiosk.sign_out().punch_id == out.punch_id
    assert [punch.direction for punch in kiosk.punches()] == ["in", "out"]


def test_p05_a_later_second_sign_in_never_becomes_a_sign_out(kiosk: KioskDesk) -> None:
    kiosk.sign_in()
    kiosk.wait(minutes=30)
    with pytest.raises(Refused, match="E606 您已于 08:00 签到"):
        kiosk.sign_in()
    assert [punch.direction for punch in kiosk.punches()] == ["in"]


@pytest.mark.parametrize("pin", ["", "    ", "0000", "25800", "２５８０"])
def test_p06_a_blank_or_wrong_pin_never_signs_in(kiosk: KioskDesk, pin: str) -> None:
    with pytest.raises(Refused, match="E603 签到密码错误，还可试 4 次"):
        kiosk.sign_in(pin=pin)
    assert kiosk.punches() == []


def test_p06_an_administrator_logged_on_gives_nobody_the_right_to_sign_in(kiosk: KioskDesk) -> None:
    with pytest.raises(Refused, match="E001"):
        kiosk.desk.do(SignIn(kiosk.person(), PIN))
    with pytest.raises(Refused, match="E001"):
        kiosk.desk.do(SignIn(kiosk.person(), ""))
    with pytest.raises(Refused, match="E603"):
        kiosk.sign_in(pin="")
    assert kiosk.punches() == []


def test_p06_failures_are_counted_kept_on_record_and_lock_longer_each_time(kiosk: KioskDesk) -> None:
    for left in (4, 3, 2, 1):
        with pytest.raises(Refused, match=f"E603 签到密码错误，还可试 {left} 次"):
            kiosk.sign_in(pin="9999")
    with pytest.raises(Refused, match="E603 签到密码错误，已锁定到 08:01，到时再试"):
        kiosk.sign_in(pin="9999")
    with pytest.raises(Refused, match="E604 签到密码连续输错，已锁定到 08:01"):
        kiosk.sign_in()
    kiosk.wait(seconds=61)
    with pytest.raises(Refused, match="E603"):
        kiosk.sign_in(pin="9999")
    kiosk.wait(seconds=61)
    with pytest.raises(Refused, match="E604 签到密码连续输错，已锁定到 08:04"):
        kiosk.sign_in()
    kiosk.desk.do(UnlockPin(kiosk.person()))
    assert kiosk.sign_in().direction == "in"
    with Session(kiosk.desk.office.database.reader) as session:
        events = list(session.scalars(select(SecurityEvent.kind).order_by(SecurityEvent.id)))
    assert events == ["pin_failed"] * 4 + ["pin_locked"] * 2


def restart(kiosk: KioskDesk) -> None:
    """Close the office, start the computer again, open it."""
    desk = kiosk.desk
    desk.office.close()
    desk.clock.boot, desk.clock.mono = "boot-2", 5_000
    desk.office, desk.actor = open_office(desk.office.data, COUNTY.admin, COUNTY.password, desk.clock)


@pytest.mark.parametrize("office", ["running", "restarted"])
def test_p06_a_lock_ends_at_the_minute_that_is_said(kiosk: KioskDesk, office: str) -> None:
    kiosk.wait(seconds=29)
    for _ in range(5):
        with pytest.raises(Refused, match="E603") as said:
            kiosk.sign_in(pin="9999")
    assert "已锁定到 08:02，" in str(said.value)
    if office == "restarted":
        restart(kiosk)
    kiosk.wait(seconds=90)
    with pytest.raises(Refused, match="E604 签到密码连续输错，已锁定到 08:02，"):
        kiosk.sign_in()
    kiosk.wait(seconds=1)
    assert kiosk.sign_in().direction == "in"


def test_p06_a_lock_over_midnight_names_the_day(kiosk: KioskDesk) -> None:
    kiosk.at(10, "23:59:30")
    for _ in range(5):
        with pytest.raises(Refused, match="E603") as said:
            kiosk.sign_in(pin="9999")
    assert "已锁定到 明天 00:01，" in str(said.value)


def test_a_right_pin_forgets_earlier_failures(kiosk: KioskDesk) -> None:
    with pytest.raises(Refused, match="还可试 4 次"):
        kiosk.sign_in(pin="9999")
    kiosk.sign_in()
    kiosk.wait(hours=1)
    with pytest.raises(Refused, match="还可试 4 次"):
        kiosk.sign_out(pin="9999")


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("", "E610"),
        ("258", "E610"),
        ("2580258", "E610"),
        ("25a0", "E610"),
        ("1111", "E611"),
        ("1234", "E611"),
        ("6543", "E611"),
    ],
)
def test_a_blank_or_trivial_pin_is_not_given(kiosk: KioskDesk, pin: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        kiosk.desk.do(SetPin(kiosk.person(), pin))


def test_a_person_changes_the_pin_with_the_old_one(kiosk: KioskDesk) -> None:
    with pytest.raises(Refused, match="E603"):
        kiosk.desk.do(ChangePin(kiosk.person(), "9999", "1379"), KIOSK)
    kiosk.desk.do(ChangePin(kiosk.person(), PIN, "1379"), KIOSK)
    with pytest.raises(Refused, match="E603"):
        kiosk.sign_in()
    assert kiosk.sign_in(pin="1379").name == "卫明"


def test_nobody_without_a_pin_signs_in(kiosk: KioskDesk) -> None:
    kiosk.person("孙丽", pin="")
    with pytest.raises(Refused, match="E609"):
        kiosk.sign_in("孙丽", reason="顶班")
    assert [one.has_pin for one in kiosk.ask(FindKioskPeople("孙"))] == [False]


def test_p07_an_unscheduled_sign_in_needs_a_reason_and_is_listed(kiosk: KioskDesk) -> None:
    kiosk.person("孙丽")
    with pytest.raises(Refused, match="E601 今天没有您的班次，按“临时值班”需说明"):
        kiosk.sign_in("孙丽")
    assert (
        kiosk.sign_in("孙丽", reason="卫明临时出庭，顶班").headline == "孙丽 已签到 08:00 · 临时值班，待审定"
    )
    kiosk.wait(hours=4)
    kiosk.sign_out("孙丽")
    found = [item for item in kiosk.desk.ask(ExceptionsList(MAY)) if item.kind.value == "unscheduled"]
    assert [item.name for item in found] == ["孙丽"]
    assert found[0].approve == "认可为临时值班，计入考勤"


def test_p07_outside_the_duty_window_the_duty_is_named(kiosk: KioskDesk) -> None:
    kiosk.at(10, "14:00")
    with pytest.raises(Refused, match="E601 您今天的班次是 09:00–13:00"):
        kiosk.sign_in()


def test_p10_midnight_does_not_end_the_shift(kiosk: KioskDesk) -> None:
    kiosk.duty(13, "19:00-23:30", "孙丽")
    kiosk.publish()
    kiosk.at(13, "18:55")
    kiosk.sign_in("孙丽")
    kiosk.at(14, "00:05")
    assert [(tile.state, tile.at) for tile in kiosk.ask(KioskBoard()).tiles] == [
        (TileState.on_duty, datetime(2022, 5, 13, 18, 55))
    ]
    with pytest.raises(Refused, match="E606"):
        kiosk.sign_in("孙丽", reason="夜间")
    kiosk.sign_out("孙丽")
    row = next(row for row in rows_of(kiosk) if row.on.day == 13)
    assert (row.in_at, row.out_at) == (datetime(2022, 5, 13, 18, 55), datetime(2022, 5, 14, 0, 5))


def test_a_second_duty_of_the_day_begins_though_the_first_was_not_signed_out(county: Desk) -> None:
    county.clock.advance(-timedelta(hours=1))
    kiosk = KioskDesk(county)
    kiosk.duty(10, "08:30-12:00")
    kiosk.duty(10, "14:30-18:00")
    kiosk.publish()
    kiosk.at(10, "08:25")
    kiosk.sign_in()
    kiosk.at(10, "14:28")
    result = kiosk.sign_in()
    assert (result.hours, [shift.in_at.hour for shift in result.open_shifts]) == ("14:30-18:00", [8])
    kiosk.at(10, "18:01")
    assert kiosk.sign_out().hours == "14:30-18:00"
    assert [row.is_open for row in rows_of(kiosk)] == [True, False]


def test_nothing_to_sign_out_says_so(kiosk: KioskDesk) -> None:
    with pytest.raises(Refused, match="E607 您今天还没有签到"):
        kiosk.sign_out()
    kiosk.sign_in()
    kiosk.wait(hours=4)
    kiosk.sign_out()
    kiosk.wait(minutes=1)
    with pytest.raises(Refused, match="E607 您今天已于 12:00 签退"):
        kiosk.sign_out()
    kiosk.at(11, "09:00")
    kiosk.sign_in()
    kiosk.at(12, "09:00")
    with pytest.raises(Refused, match="E602 您 5 月 11 日"):
        kiosk.sign_out()


def test_the_tap_is_stamped_when_it_happens_however_long_the_save_waits(kiosk: KioskDesk) -> None:
    kiosk.at(10, "08:59:58")
    tapped = kiosk.desk.clock.now()
    kiosk.wait(seconds=90)
    assert kiosk.sign_in(tapped_at=tapped).at == datetime(2022, 5, 10, 8, 59, 58)


@pytest.mark.parametrize("boot", ["boot-1", "boot-9"])
def test_a_stamp_that_can_be_no_tap_of_now_is_not_believed(kiosk: KioskDesk, boot: str) -> None:
    now = kiosk.desk.clock.now()
    forged = Instant(now.at - timedelta(hours=1), now.mono - 3_600_000, boot)
    assert kiosk.sign_in(tapped_at=forged).at == local(now.at)


def test_people_are_found_by_initials_and_never_listed_whole(kiosk: KioskDesk) -> None:
    kiosk.person("孙丽")
    assert [one.name for one in kiosk.ask(FindKioskPeople("sl"))] == ["孙丽"]
    assert kiosk.ask(FindKioskPeople("wm"))[0].hours == "09:00-13:00"
    assert kiosk.ask(FindKioskPeople("")) == ()


def test_the_kiosk_holds_no_other_right() -> None:
    assert KIOSK.permissions == frozenset({Permission.KIOSK})


def test_the_board_says_how_each_stands(kiosk: KioskDesk) -> None:
    kiosk.duty(10, "14:30-18:00", "孙丽")
    kiosk.publish()

    def stand() -> list[tuple[str, str]]:
        tiles = kiosk.ask(KioskBoard()).tiles
        return [(tile.state.value, f"{tile.at:%H:%M}" if tile.at else "") for tile in tiles]

    kiosk.at(10, "08:30")
    assert stand() == [("awaited", ""), ("later", "14:30")]
    kiosk.at(10, "08:57")
    kiosk.sign_in()
    kiosk.at(10, "12:31")
    assert stand() == [("on_duty", "08:57"), ("awaited", "")]
    kiosk.at(10, "13:01")
    kiosk.sign_out()
    kiosk.at(10, "18:01")
    assert stand() == [("signed_out", "13:01"), ("no_sign_in", "")]


def test_sign_out_is_refused_for_nobody_else(kiosk: KioskDesk) -> None:
    kiosk.person("孙丽")
    kiosk.sign_in()
    kiosk.wait(hours=1)
    with pytest.raises(Refused, match="E607"):
        kiosk.desk.do(SignOut(kiosk.person("孙丽"), PIN), KIOSK)

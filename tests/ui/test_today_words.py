"""The words of the day: the countdown, and sentences that leave out the place one sits in."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.services.attendance.attendance_month import DutyAttendance
from app.services.attendance.attendance_state import AttendanceState
from app.services.today.urgent_kinds import Counted, OpenSignOut, Urgent, UrgentKind
from app.ui.today.due_words import left_words
from app.ui.today.urgent_steps import badges
from app.ui.today.urgent_words import urgent_sentence, urgent_wanted

LINE = DutyAttendance(
    id="d-1",
    duty_id="d-1",
    on=date(2022, 5, 9),
    site="140802100",
    person_id="p-1",
    name="卫明",
    kind="站点值班",
    hours="09:00-13:00",
    state=AttendanceState.no_sign_out,
    in_at=datetime(2022, 5, 9, 8, 57),
)


def test_e101_sentences_end_with_their_code_and_leave_the_own_site_out() -> None:
    found = Urgent(UrgentKind.sign_out, OpenSignOut(LINE, "龙港镇站", True))
    assert urgent_sentence(found, "龙港镇站") == "卫明 5月9日 09:00-13:00，08:57 签到，未签退（E101）"
    assert (
        urgent_sentence(found, "盐湖区司法局")
        == "卫明（龙港镇站） 5月9日 09:00-13:00，08:57 签到，未签退（E101）"
    )
    assert urgent_wanted(found) == {"on": date(2022, 5, 9), "site": "140802100", "row": "d-1"}


def test_what_is_parked_waits_at_a_bureaus_inbox_and_at_a_stations_exchange() -> None:
    counts = {UrgentKind.parked: 2, UrgentKind.alarms: 1, UrgentKind.backup: 1}
    assert badges(counts, is_bureau=True) == {"inbox": 2, "settings": 2}
    assert badges(counts, is_bureau=False) == {"exchange": 2, "settings": 2}
    assert urgent_wanted(Urgent(UrgentKind.parked, Counted(2))) == {}


def test_y22_the_countdown_is_told_in_days_hours_and_minutes() -> None:
    assert left_words(timedelta(hours=6, minutes=46)) == "6 小时 46 分"
    assert left_words(timedelta(days=12)) == "12 天" and left_words(timedelta(days=-1)) == "已过 1 天 0 小时"

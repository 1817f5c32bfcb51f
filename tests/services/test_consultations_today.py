"""What the day begins with."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.kernel.permissions import KIOSK
from app.services.consultations.audit_consultation import AuditConsultation
from app.services.kiosk.set_pin import SetPin
from app.services.kiosk.sign_in import SignIn
from app.services.security.accounts import AddAccount
from app.services.today.due import left_words
from app.services.today.today_desk import DayNote, TodayDesk, TodayView
from tests.services.conftest import Desk
from tests.services.consultation_desk import go_to, lawyer, on_duty, record


def tags(day: TodayView) -> list[str]:
    """The tags of what waits, in order."""
    return [one.tag for one in day.urgent]


def test_a_new_office_begins_with_nothing_to_do(county: Desk) -> None:
    day = county.ask(TodayDesk())
    assert (day.urgent, day.duties, day.records) == ((), (), ())
    assert day.year is not None and (day.year.target, day.year.so_far) == (6400, 0)
    assert county.ask(DayNote()) == "今日无值班"


def test_e101_yesterdays_missing_sign_out_comes_first(county: Desk) -> None:
    person = lawyer(county)
    on_duty(county, (person, "09:00-13:00"), on=date(2022, 5, 11))
    county.do(SetPin(person, "2580"))
    go_to(county, "08:57", 11)
    county.do(SignIn(person, "2580"), KIOSK)
    today = county.ask(TodayDesk())
    assert [(one.person, one.state, one.about) for one in today.duties] == [
        ("卫明", "在岗", "律师 · 河东律师事务所")
    ]
    assert county.ask(DayNote()) == "今日值班 卫明 09:00-13:00"
    go_to(county, "09:00", 12)
    first = county.ask(TodayDesk()).urgent[0]
    assert (first.tag, first.state, first.page, first.step) == ("昨日签退缺失", "fault", "attendance", "补签")
    assert "E101 卫明" in first.text and "5月11日 09:00-13:00，08:57 签到，未签退" in first.text


def test_y17_faulty_records_show_the_yuan_at_stake(county: Desk) -> None:
    person = lawyer(county)
    record(county, person_id=person, answer="")
    record(county, person_id=person, answer="", at=datetime(2022, 5, 9, 9, 0))
    record(county, person_id=person)
    day = county.ask(TodayDesk())
    assert tags(day) == ["5月记录缺项 2 条"] and "20.00 元" in day.urgent[0].text
    assert [row.is_faulty for row in day.records] == [False, True]
    county.do(AuditConsultation((day.records[0].id,), "不规范", "答复不符"))
    assert [row.is_faulty for row in county.ask(TodayDesk()).records] == [True, True]


def test_y22_the_report_counts_down_and_is_overdue(county: Desk) -> None:
    on_duty(county, (lawyer(county), "09:00-17:00"), on=date(2022, 5, 12))
    county.clock.go_to(datetime(2022, 6, 3, 9, 0))
    due = county.ask(TodayDesk())
    assert "5月月报待提交" in tags(due) and due.due.state == "due"
    county.clock.go_to(datetime(2022, 6, 8, 9, 0))
    late = county.ask(TodayDesk())
    assert "5月月报已过期" in tags(late) and late.due.words.startswith("已过")
    assert left_words(timedelta(hours=6, minutes=46)) == "6 小时 46 分"
    assert left_words(timedelta(days=12)) == "12 天" and left_words(timedelta(days=-1)) == "已过 1 天 0 小时"


def test_q02_whoever_may_not_decide_or_submit_is_not_asked_to(county: Desk) -> None:
    on_duty(county, (lawyer(county), "09:00-17:00"), on=date(2022, 5, 12))
    county.do(AddAccount("cash", "Cash-2022", ("财务",), "贺志强"))
    county.clock.go_to(datetime(2022, 6, 8, 9, 0))
    seen = county.ask(TodayDesk(), county.office.login("cash", "Cash-2022"))
    assert not [one for one in seen.urgent if one.step in ("去提交", "去审定")]


def test_a_station_sees_its_own_day(station: Desk) -> None:
    person = lawyer(station)
    record(station, person_id=person)
    day = station.ask(TodayDesk())
    assert [row.client for row in day.records] == ["李**"] and day.pay is not None

"""What the day begins with."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.kernel.permissions import KIOSK
from app.services.consultations.audit_consultation import AuditConsultation
from app.services.kiosk.set_pin import SetPin
from app.services.kiosk.sign_in import SignIn
from app.services.security.accounts import AddAccount
from app.services.today.due import DueState
from app.services.today.today_desk import DayNote, TodayDesk, TodayView
from app.services.today.urgent_kinds import FaultyRecords, OpenSignOut, UrgentKind
from app.values import Month
from tests.services.conftest import Desk
from tests.services.consultation_desk import go_to, lawyer, on_duty, record


def kinds(day: TodayView) -> list[UrgentKind]:
    """The kinds of what waits, in order."""
    return [one.kind for one in day.urgent]


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
    assert first.kind is UrgentKind.sign_out and isinstance(first.subject, OpenSignOut)
    assert (first.subject.line.name, first.subject.is_of_yesterday) == ("卫明", True)


def test_y17_faulty_records_show_the_yuan_at_stake(county: Desk) -> None:
    person = lawyer(county)
    record(county, person_id=person, answer="")
    record(county, person_id=person, answer="", at=datetime(2022, 5, 9, 9, 0))
    record(county, person_id=person)
    day = county.ask(TodayDesk())
    assert [one.subject for one in day.urgent] == [FaultyRecords(Month(2022, 5), 2, 2000)]
    assert [row.is_faulty for row in day.records] == [False, True]
    county.do(AuditConsultation((day.records[0].id,), "不规范", "答复不符"))
    assert [row.is_faulty for row in county.ask(TodayDesk()).records] == [True, True]


def test_y22_the_report_counts_down_and_is_overdue(county: Desk) -> None:
    on_duty(county, (lawyer(county), "09:00-17:00"), on=date(2022, 5, 12))
    county.clock.go_to(datetime(2022, 6, 3, 9, 0))
    due = county.ask(TodayDesk())
    assert UrgentKind.report_soon in kinds(due) and due.due.state is DueState.soon
    county.clock.go_to(datetime(2022, 6, 8, 9, 0))
    late = county.ask(TodayDesk())
    assert UrgentKind.report_late in kinds(late) and late.due.left < timedelta()


def test_q02_whoever_may_not_decide_or_submit_is_not_asked_to(county: Desk) -> None:
    on_duty(county, (lawyer(county), "09:00-17:00"), on=date(2022, 5, 12))
    county.do(AddAccount("cash", "Cash-2022", ("财务",), "贺志强"))
    county.clock.go_to(datetime(2022, 6, 8, 9, 0))
    seen = county.ask(TodayDesk(), county.office.login("cash", "Cash-2022"))
    assert not {UrgentKind.report_late, UrgentKind.decisions}.intersection(kinds(seen))


def test_a_station_sees_its_own_day(station: Desk) -> None:
    person = lawyer(station)
    record(station, person_id=person)
    day = station.ask(TodayDesk())
    assert [row.client for row in day.records] == ["李**"] and day.pay is not None

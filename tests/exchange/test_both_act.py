"""Two offices act on one thing at once: each writes a row of its own, nothing is merged, nothing counts twice (28, 51, 59 … 61)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from app.case_values import CaseEventKind as Kind
from app.clock import local_to_utc
from app.dates import parse_time_ranges
from app.kernel.permissions import KIOSK
from app.services.attendance.attendance_month import AttendanceMonth
from app.services.attendance.exceptions_list import ExceptionsList
from app.services.cases.case_list import CaseList
from app.services.cases.enter_event import EnterIntake
from app.services.consultations.audit_consultation import AuditConsultation
from app.services.consultations.card import ConsultationCard, OpenRecord
from app.services.consultations.correct_consultation import CorrectConsultation
from app.services.consultations.record_consultation import RecordConsultation
from app.services.consultations.register import Register
from app.services.exchange.decide_late import LateChanges
from app.services.kiosk.set_pin import SetPin
from app.services.kiosk.sign_in import SignIn
from app.services.kiosk.sign_out import SignOut
from app.services.money.adjust_line import AdjustLine
from app.services.money.month_desk import MonthDesk
from app.services.money.month_pay import ComputeSettlement
from app.services.money.review_month import ReviewMonth
from app.services.money.review_sheet import ReviewSheet
from app.services.money.submissions import MonthState, SiteMonth
from app.services.money.submit_month import SubmitMonth
from app.services.people.add_person import AddPerson
from app.services.people.suggestions import LinkSuggestions
from app.services.roster.draft_duty import DraftDuty
from app.services.roster.publish_roster import PublishRoster
from app.services.targets.site_cases import site_cases
from app.values import DutyKind, Month, Period
from tests.exchange.case_scans import CLERK_OF, DAY, desk, standing_at
from tests.exchange.late_month import better, report_may
from tests.exchange.offices import JIEZHOU, LONGJU, Place
from tests.exchange.restoring import approve, backed_up, restored, rows, swap
from tests.services.case_desk import GRANT

pytestmark = pytest.mark.both_engines

Three = tuple[Place, Place, Place]
MAY = Month(2022, 5)
APRIL = "2022-04"
PIN = "2580"


def month_at(place: Place) -> SiteMonth:
    """How far 解州's April has come, as the place shows it."""
    found = place.ask(MonthDesk(APRIL, JIEZHOU)).state
    assert isinstance(found, SiteMonth)
    return found


def report_and_return(county: Place, station: Place) -> None:
    """One version more of the station's nil report, which the county returns."""
    station.do(SubmitMonth(APRIL, is_nil=True))
    swap(station, county)
    county.do(ReviewMonth(JIEZHOU, APRIL, False, "请补报"))
    swap(county, station, JIEZHOU)


def test_case_28_the_approval_of_version_3_is_none_of_version_4(three: Three) -> None:
    """A county restored from a backup no longer knows that it returned version 3, and passes it."""
    county, station, _ = three
    report_and_return(county, station)
    report_and_return(county, station)
    station.do(SubmitMonth(APRIL, is_nil=True))
    swap(station, county)
    kept = backed_up(county)
    county.do(ReviewMonth(JIEZHOU, APRIL, False, "请再核对"))
    swap(county, station, JIEZHOU)
    station.do(SubmitMonth(APRIL, is_nil=True))
    assert month_at(station).number == 4
    county = restored(county, kept)
    county.clock.advance(timedelta(hours=1))
    county.do(ReviewMonth(JIEZHOU, APRIL, True))
    assert month_at(county).state is MonthState.passed
    [parked] = station.take(county.export(JIEZHOU)[0].file)
    assert parked.outcome == "PARKED"
    approve(station, county)
    swap(station, county)
    for place in (station, county):
        found = month_at(place)
        assert (found.state, found.number, found.passed_number) == (MonthState.nil, 4, 3)
        assert found.earlier_words == "第 3 版已审核通过，第 4 版还没有审核"
    county.do(ReviewMonth(JIEZHOU, APRIL, True))
    assert (month_at(county).state, month_at(county).earlier_words) == (MonthState.passed, "")
    county.office.close()


def test_case_51_a_clock_set_back_between_sign_in_and_sign_out_is_flagged_and_never_negative(
    three: Three,
) -> None:
    county, station, _ = three
    who = station.do(AddPerson(name="卫明", kind="律师", organisation="河东所", licence="11408201110000001"))
    station.do(SetPin(who, PIN))
    station.do(DraftDuty(JIEZHOU, date(2022, 5, 11), who, parse_time_ranges("09:00-13:00"), DutyKind.station))
    station.do(PublishRoster(JIEZHOU, MAY))
    station.clock.go_to(datetime(2022, 5, 11, 8, 58))
    assert station.do(SignIn(who, PIN), KIOSK).grade == "green"
    station.clock.go_to(datetime(2022, 5, 11, 13, 1))
    station.clock.at = local_to_utc(datetime(2022, 5, 11, 8, 30))
    result = station.do(SignOut(who, PIN), KIOSK)
    assert (result.grade, result.grade_reason, result.early) == ("red", "签退早于签到，电脑时钟被拨回", 0)
    county.clock.at = local_to_utc(datetime(2022, 5, 11, 14, 0))
    swap(station, county)
    [(span, boots)] = rows(county, "SELECT max(mono) - min(mono), count(DISTINCT boot) FROM punch")
    assert (span, boots) == (int(timedelta(hours=4, minutes=3) / timedelta(milliseconds=1)), 1)
    for place in (station, county):
        [line] = place.ask(AttendanceMonth(MAY, JIEZHOU)).rows
        assert (line.grade, line.early, line.late) == ("red", 0, 0)
        assert "早于签到，按开机后的计时更正" in line.raw
        [flagged] = [one for one in place.ask(ExceptionsList(MAY)) if one.kind == "clock"]
        assert flagged.site == JIEZHOU
    found = county.ask(ComputeSettlement("2022-05"))
    assert all(line.net_fen >= 0 and one.fen >= 0 for line in found.lines for one in line.deductions)


def test_case_59_what_both_do_to_one_duty_stands_as_two_rows_and_both_are_shown(three: Three) -> None:
    county, station, _ = report_may(three)
    county.do(AdjustLine("2022-05", "d1", 10_000, "其他", "电话核实在岗"))
    better(station)
    before = rows(station, "SELECT id, at, direction FROM punch ORDER BY id")
    swap(station, county)
    swap(county, station, JIEZHOU)
    for place in (county, station):
        assert rows(place, "SELECT line_key, from_fen, to_fen, writer FROM adjustment") == [
            ("d1", 25_000, 10_000, "140802")
        ]
    assert rows(station, "SELECT id, at, direction FROM punch ORDER BY id") == before
    assert rows(county, "SELECT submission_id, is_approved FROM review") == [("s1", 1)]
    assert [one.what for one in county.ask(LateChanges(JIEZHOU, "2022-05"))] == [
        "作废签到签退 签到 09:40", "新增签到签退 签到 09:00", "新增签到签退 签退 13:00",
    ]  # fmt: skip
    [line] = county.ask(ReviewSheet(JIEZHOU, "2022-05")).lines
    assert (line.line.net_fen, line.now_fen) == (25_000, 10_000)


def test_case_59_a_record_corrected_here_and_audited_there_keeps_both(three: Three) -> None:
    county, station, _ = three
    who = station.do(AddPerson(name="卫明", kind="律师", licence="11408201110000001"))
    made = station.do(RecordConsultation(client_name="李桂花", person_id=who, content="工资", answer="协商"))
    swap(station, county)
    station.do(CorrectConsultation(id=made.id, reason="漏写", answer="先协商，再仲裁"))
    county.do(AuditConsultation((made.id,), "缺项", "没有电话"))
    swap(station, county)
    swap(county, station, JIEZHOU)
    for place in (county, station):
        found = place.ask(ConsultationCard(made.id))
        assert isinstance(found, OpenRecord)
        assert found.answer == "先协商，再仲裁" and [one.result for one in found.audits] == ["缺项"]
        assert len(found.versions) == 2
    assert rows(county, "SELECT writer, revision FROM consultation") == [(JIEZHOU, 2)]
    assert rows(station, "SELECT writer FROM consultation_audit") == [("140802",)]


def test_case_60_the_same_serial_and_the_same_person_at_two_sites_are_both_kept_and_listed(
    three: Three,
) -> None:
    county, one, other = three
    for place in (one, other):
        who = place.do(AddPerson(name="卫明", kind="律师", licence="11408201110000001"))
        place.do(RecordConsultation(client_name="李桂花", person_id=who, content="工资", answer="协商"))
        swap(place, county)
    assert rows(county, "SELECT site, number FROM consultation ORDER BY site") == [
        (JIEZHOU, "0001"), (LONGJU, "0001"),
    ]  # fmt: skip
    assert len({line.site_name for line in county.ask(Register()).rows}) == 2
    listed = county.ask(LinkSuggestions())
    assert [len(line.alike) for line in listed] == [1, 1]
    assert all(line.alike[0].endswith("卫明，执业证号相同") for line in listed)
    assert listed[0].site_name in listed[1].alike[0] and listed[1].site_name in listed[0].alike[0]
    assert county.count("person") == 2


def test_case_61_a_case_given_away_while_its_source_edits_counts_once(three: Three) -> None:
    county, source, target = three
    case = desk(source).register(DAY)
    swap(source, county)
    for place in three:
        place.clock.advance(timedelta(days=4))
    agency, given = desk(county), DAY + timedelta(days=2)
    agency.step(case, Kind.review_begun, DAY, reviewer="李审查")
    agency.decide(case, Kind.granted, DAY + timedelta(days=1), **GRANT)
    agency.step(case, Kind.transferred, given, to="龙居镇公共法律服务工作站", why="就近办理")
    for on, matter in ((DAY, "工伤赔偿"), (given + timedelta(days=1), "交通事故")):
        edit = EnterIntake(case=case, kind=Kind.corrected, on=on, facts={"matter": matter}, reason="误写")
        source.do(edit, CLERK_OF)
    goes_on = desk(target).register(given, continues=case)
    swap(source, county)
    swap(target, county)
    agency.step(goes_on, Kind.review_begun, given, reviewer="李审查")
    agency.decide(goes_on, Kind.granted, given, **GRANT)
    swap(county, source, JIEZHOU)
    for place in (county, source):
        standing = standing_at(place, case)
        assert (standing.state, standing.facts.matter) == ("已转出", "工伤赔偿")
        assert [one.event.facts["matter"] for one in standing.misfits] == ["交通事故"], (
            "after it was given away"
        )
    assert standing_at(county, goes_on).facts.matter == "劳动报酬"
    assert len(county.ask(CaseList()).rows) == 2, "each its own row"
    with county.office._dispatcher.looking(county.actor) as look:
        counted = site_cases(look, Period.parse("2022"))
    assert {site: sums["cases_approved"] for site, sums in counted.items()} == {JIEZHOU: 1}

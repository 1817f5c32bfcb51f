"""Periods of a case: law by its day, stops, days off and adjusted Saturdays, hours (Y21, LAL 36–49)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.case_values import CaseKind
from app.kernel.packs import load_pack
from app.rules.cases.clock_rules import CLOCKS, ClockSettings, ClockUnit, clock_rule, clock_settings
from app.rules.cases.clock_terms import ClockStop, count_term
from app.rules.cases.clocks import CaseClock, ClockState, open_without_clock, plain_clock, running
from app.workdays import WorkCalendar
from tests.unit.cases.story import CIVIL, Story

D = date.fromisoformat
CALENDAR = WorkCalendar()
DAYS, WORK = ClockUnit.days, ClockUnit.workdays


def clocks(story: Story, today: str, **settings: object) -> dict[str, CaseClock]:
    made = ClockSettings(**settings)  # type: ignore[arg-type]
    return {one.key: one for one in running(story.standing, CALENDAR, made, D(today))}


def test_review_of_the_spring_festival_moves_to_the_first_working_day() -> None:
    found = clocks(Story().steps("2022-01-28 登记"), "2022-02-01")["review"]
    assert (found.due, found.days_left, found.state) == (D("2022-02-07"), 6, ClockState.running)
    assert found.explanation == (
        "2022-01-28 收到申请，次日起 7 日，末日 2022-02-04 放假，顺延至 2022-02-07（法律援助法43）"
    )
    assert found.settings == ("roll_over",)


def test_review_stops_while_papers_are_awaited() -> None:
    story = Story().steps("2022-03-01 登记\n2022-03-03 一次性告知")
    waiting = clocks(story, "2022-03-20")["review"]
    assert (waiting.state, waiting.due, waiting.days_left) == (ClockState.stopped, None, None)
    assert "还剩 5 日" in waiting.explanation
    found = clocks(story.steps("2022-03-10 补齐"), "2022-03-12")["review"]
    assert (found.due, found.state, found.days_left) == (D("2022-03-15"), ClockState.running, 3)
    assert "2022-03-03 告知补充至 2022-03-10 补齐不计" in found.explanation


def test_assignment_ends_on_a_working_saturday() -> None:
    story = Story()
    story.step("2022-09-26", "登记")
    story.steps("2022-09-27 受理审查\n2022-09-30 给予")
    assert clocks(story, "2022-10-01")["assign"].due == D("2022-10-08")
    assert CALENDAR.is_adjusted_workday(D("2022-10-08"))


def test_review_before_2022_counts_working_days() -> None:
    found = clocks(Story().steps("2021-12-24 登记"), "2022-01-06")["review"]
    assert (found.due, found.state, found.days_left) == (D("2022-01-05"), ClockState.overdue, -1)
    assert "7 工作日" in found.explanation and found.clause == "2012办理程序规定"


def test_y21_fund_use_is_due_after_the_quarter() -> None:
    found = plain_clock("county_fund_use", D("2022-09-30"), None, CALENDAR, ClockSettings(), D("2022-10-10"))
    assert found and (found.due, found.state) == (D("2022-10-17"), ClockState.running)
    listed = plain_clock("quarterly_list", D("2022-09-30"), None, CALENDAR, ClockSettings(), D("2022-10-10"))
    assert listed and listed.due == D("2022-10-17")
    city = plain_clock("city_fund_use", D("2022-09-30"), None, CALENDAR, ClockSettings(), D("2022-10-10"))
    assert city and city.due == D("2022-10-20")


TERMS = [
    # start, length, unit, stops, due: counted by hand
    ("2022-01-24", 7, DAYS, [], "2022-02-07"),  # 01-31 除夕, off to 02-06
    ("2022-01-22", 7, DAYS, [], "2022-01-29"),  # a Saturday that is worked
    ("2022-01-23", 7, DAYS, [], "2022-01-30"),  # a Sunday that is worked
    ("2022-01-28", 7, WORK, [], "2022-02-11"),  # 29 30 | 7 8 9 10 11
    ("2022-01-28", 3, WORK, [], "2022-02-07"),
    ("2022-01-31", 5, WORK, [], "2022-02-11"),
    ("2022-09-30", 5, DAYS, [], "2022-10-08"),
    ("2022-09-30", 8, DAYS, [], "2022-10-08"),
    ("2022-09-30", 9, DAYS, [], "2022-10-09"),  # a Sunday that is worked
    ("2022-09-30", 3, WORK, [], "2022-10-10"),  # 8 9 10
    ("2022-04-24", 7, DAYS, [], "2022-05-05"),  # 05-01 off to 05-04
    ("2022-04-30", 7, DAYS, [], "2022-05-07"),  # a Saturday that is worked
    ("2022-05-06", 2, DAYS, [], "2022-05-09"),  # a Sunday that is not
    ("2024-02-09", 7, DAYS, [], "2024-02-18"),  # a Sunday that is worked
    ("2025-01-20", 7, DAYS, [], "2025-01-27"),
    ("2025-01-21", 7, DAYS, [], "2025-02-05"),  # 01-28 off to 02-04
    ("2022-12-26", 7, DAYS, [], "2023-01-03"),  # 01-02 off
    ("2022-03-01", 7, DAYS, [("2022-03-03", "2022-03-10")], "2022-03-15"),
    ("2022-03-01", 7, DAYS, [("2022-03-03", "2022-03-10"), ("2022-03-12", "2022-03-20")], "2022-03-23"),
    ("2022-03-01", 7, DAYS, [("2022-03-08", "2022-03-21")], "2022-03-21"),  # stopped on its last day
    ("2022-03-01", 7, DAYS, [("2022-03-09", "2022-03-21")], "2022-03-08"),  # over: revives nothing
    ("2022-03-01", 7, DAYS, [("2022-03-01", "2022-03-04")], "2022-03-11"),  # stopped on the first day
    ("2022-01-28", 7, DAYS, [("2022-02-05", "2022-02-10")], "2022-02-10"),  # within the days moved over
    ("2021-12-24", 7, WORK, [("2021-12-28", "2022-01-04")], "2022-01-11"),  # 27 28 | 5 6 7 10 11
    ("2021-12-24", 7, WORK, [("2022-01-01", "2022-01-03")], "2022-01-05"),  # nothing between but days off
]


@pytest.mark.parametrize(("start", "length", "unit", "stops", "due"), TERMS)
def test_terms_counted_by_hand(
    start: str, length: int, unit: ClockUnit, stops: list[tuple[str, str]], due: str
) -> None:
    taken = [ClockStop(D(on), D(back)) for on, back in stops]
    assert count_term(D(start), length, unit, taken, CALENDAR).due == D(due)


def test_a_county_may_let_periods_end_on_days_off() -> None:
    found = clocks(Story().steps("2022-01-28 登记"), "2022-02-01", roll_over=False)["review"]
    assert (found.due, found.settings) == (D("2022-02-04"), ())


STARTS = st.dates(date(2022, 1, 1), date(2025, 12, 31))


@given(STARTS, st.integers(1, 60), st.integers(0, 60), st.integers(0, 60))
def test_a_stop_only_lengthens_and_by_no_more_than_it_lasted(
    start: date, length: int, until_stop: int, lasted: int
) -> None:
    stop = ClockStop(start + timedelta(until_stop), start + timedelta(until_stop + lasted))
    plain = count_term(start, length, DAYS, [], CALENDAR)
    found = count_term(start, length, DAYS, [stop], CALENDAR)
    assert found.due and plain.due and found.ends_on and plain.ends_on
    assert plain.ends_on <= found.ends_on <= max(plain.ends_on, plain.due) + timedelta(lasted)
    assert CALENDAR.is_workday(found.due)
    assert bool(found.stops) is (stop.on <= plain.due)


VALID = [
    ("review", "2021-12-31", CaseKind.civil, 7, WORK),
    ("review", "2022-01-01", CaseKind.civil, 7, DAYS),
    ("assign", "2021-12-31", CaseKind.civil, 7, WORK),
    ("assign", "2021-12-31", CaseKind.administrative, 7, WORK),
    ("assign", "2021-12-31", CaseKind.criminal, 3, WORK),
    ("assign", "2022-01-01", CaseKind.criminal, 3, DAYS),
    ("contract", "2023-08-31", None, 5, WORK),
    ("contract", "2023-09-01", None, 5, DAYS),
    ("notified", "2022-01-01", None, 3, DAYS),
    ("forward", "2022-01-01", None, 24, ClockUnit.hours),
    ("objection", "2022-01-01", None, 5, DAYS),
    ("objection_window", "2022-01-01", None, 15, DAYS),
    ("closing_file", "2022-01-01", None, 30, DAYS),
    ("file_review", "2022-01-01", None, 30, DAYS),
    ("replacement", "2022-01-01", None, 5, WORK),
    ("termination_notice", "2022-01-01", None, 3, DAYS),
    ("complaint_accept", "2022-01-01", None, 5, WORK),
    ("complaint_close", "2022-01-01", None, 45, DAYS),
]


@pytest.mark.parametrize(("key", "on", "kind", "length", "unit"), VALID)
def test_the_rule_of_the_start_day_holds(
    key: str, on: str, kind: CaseKind | None, length: int, unit: ClockUnit
) -> None:
    rule = clock_rule(key, D(on), kind)
    assert rule and (rule.length_under(ClockSettings()), rule.unit) == (length, unit)
    assert rule.clause and rule.title


def test_the_law_has_no_rule_for_days_before_it() -> None:
    assert clock_rule("notified", D("2021-12-31")) is None
    assert "notified" not in clocks(Story().steps("2021-12-30 通知辩护"), "2022-01-10")


def test_a_notice_runs_one_clock_to_assignment_and_reply() -> None:
    story = Story().steps("2022-03-01 通知辩护")
    assert set(clocks(story, "2022-03-02")) == {"notified"}
    story.step("2022-03-03", "指派", replied_on="2022-03-07")
    found = clocks(story, "2022-03-08")
    assert set(found) == {"notified", "contract"}
    done = found["notified"]
    assert (done.due, done.met_on, done.state, done.is_late) == (
        D("2022-03-04"),
        D("2022-03-07"),
        ClockState.met,
        True,
    )


def test_aid_given_first_runs_to_its_contract_and_its_formalities() -> None:
    story = Story().steps("2022-03-01 登记\n2022-03-01 先行提供")
    found = clocks(story, "2022-03-31")
    assert set(found) == {"review", "contract", "formalities"}
    assert (found["formalities"].due, found["formalities"].state) == (D("2022-03-30"), ClockState.overdue)
    assert clocks(story.steps("2022-03-29 给予"), "2022-03-31")["formalities"].is_late is False


def test_24_hours_run_through_the_night_and_days_off() -> None:
    story = Story()
    story.step("2022-02-02", "登记", organ_received_at="2022-02-01T16:30")
    (found,) = (
        one for one in running(story.standing, CALENDAR, ClockSettings(), D("2022-02-02")) if one.due_at
    )
    assert (found.key, found.due_at, found.state) == (
        "forward",
        datetime(2022, 2, 2, 16, 30),
        ClockState.running,
    )
    at = running(story.standing, CALENDAR, ClockSettings(), D("2022-02-02"), now=datetime(2022, 2, 2, 16, 31))
    assert next(one for one in at if one.key == "forward").state is ClockState.overdue
    story.step("2022-02-03", "补正", forwarded_at="2022-02-02T17:00")
    done = clocks(story, "2022-02-04")["forward"]
    assert (done.state, done.is_late, done.met_on) == (ClockState.met, True, D("2022-02-02"))


def test_an_objection_has_its_window_and_its_decision() -> None:
    story = Story().steps("2022-03-01 登记\n2022-03-01 受理审查\n2022-03-04 不予")
    assert clocks(story, "2022-03-05")["objection_window"].due == D("2022-03-21")
    story.step("2022-03-20", "补正", delivered_on="2022-03-10")
    window = clocks(story, "2022-03-25")["objection_window"]
    assert (window.due, window.state) == (D("2022-03-25"), ClockState.running)
    assert clocks(story, "2022-03-26")["objection_window"].state is ClockState.met
    story.steps("2022-03-24 异议")
    assert clocks(story, "2022-03-26")["objection"].due == D("2022-03-29")
    assert clocks(story.steps("2022-03-28 维持"), "2022-04-10")["objection"].state is ClockState.met


def test_a_whole_case_leaves_no_clock_open() -> None:
    story = Story().steps(CIVIL)
    found = clocks(story, "2022-07-01")
    assert set(found) == {"review", "assign", "contract", "closing_file", "file_review"}
    assert {one.state for one in found.values()} == {ClockState.met}
    assert found["closing_file"].started_on == D("2022-05-10") and found["closing_file"].due == D(
        "2022-06-09"
    )
    assert found["file_review"].due == D("2022-06-29")


def test_a_file_handed_back_is_waited_for_anew() -> None:
    story = Story().steps(CIVIL.replace("归档", "退卷"))
    found = clocks(story, "2022-06-11")
    assert (found["closing_file"].started_on, found["closing_file"].state) == (
        D("2022-06-10"),
        ClockState.running,
    )
    assert found["file_review"].state is ClockState.met


def test_a_termination_is_sent_and_its_file_is_handed_in() -> None:
    story = Story().steps("2022-03-01 通知辩护\n2022-03-02 指派\n2022-03-03 签约")
    story.step("2022-04-01", "终止", sent_on=None)
    found = clocks(story, "2022-04-07")
    assert (found["termination_notice"].due, found["termination_notice"].state) == (
        D("2022-04-06"),
        ClockState.overdue,
    )
    assert "closing_file" not in found
    story.step("2022-04-08", "补正", sent_on="2022-04-02", unit_received_on="2022-04-04")
    found = clocks(story, "2022-04-08")
    assert (found["termination_notice"].met_on, found["termination_notice"].is_late) == (
        D("2022-04-02"),
        False,
    )
    assert found["closing_file"].due == D("2022-05-05")


def test_a_replacement_is_decided_within_working_days_and_contracts_anew() -> None:
    story = Story().steps(CIVIL.split("2022-03-20")[0])
    story.step("2022-03-20", "更换", requested_on="2022-03-14")
    found = clocks(story, "2022-03-21")
    assert (found["replacement"].due, found["replacement"].is_late) == (D("2022-03-21"), False)
    assert (found["contract"].started_on, found["contract"].due) == (D("2022-03-20"), D("2022-03-25"))


def test_papers_that_follow_are_due_by_the_day_typed() -> None:
    story = Story().steps("2022-03-01 登记\n2022-03-02 容缺\n2022-03-03 一次性告知\n2022-03-05 补齐")
    assert clocks(story, "2022-04-21")["papers"].state is ClockState.overdue
    assert clocks(story, "2022-04-21")["supplement"].state is ClockState.met
    assert clocks(story.steps("2022-04-20 补齐"), "2022-04-21")["papers"].state is ClockState.met


def test_a_changed_date_is_counted_anew() -> None:
    story = Story().steps("2022-03-01 登记")
    story.step("2022-03-03", "补正", received_on="2022-02-25")
    assert clocks(story, "2022-03-03")["review"].due == D("2022-03-04")


def test_g10_a_case_given_away_stops_its_clocks() -> None:
    found = clocks(Story().steps("2022-03-01 登记\n2022-03-02 转办"), "2022-05-01")["review"]
    assert (found.state, found.days_left) == (ClockState.stopped, None)
    assert "2022-03-02 转出后不再计" in found.explanation


def test_a_withdrawn_case_owes_nothing() -> None:
    found = clocks(Story().steps("2022-03-01 登记\n2022-03-02 撤回"), "2022-05-01")
    assert {one.state for one in found.values()} == {ClockState.met}


def test_events_of_a_register_open_no_clock_and_are_told() -> None:
    story = Story()
    for line in CIVIL.split("2022-03-20")[0].strip().splitlines():
        story.step(*line.split(), derived=True)
    assert clocks(story, "2022-07-01") == {}
    assert open_without_clock(story.standing) == "承办，等办理和结案，没有在计的期限"
    story.step("2022-05-12", "结案")
    assert set(clocks(story, "2022-07-01")) == {"closing_file"}
    assert open_without_clock(story.standing) == ""


def test_no_case_before_its_contract_is_left_without_a_clock() -> None:
    told = "2022-03-01 登记\n2022-03-02 受理审查\n2022-03-04 给予\n2022-03-05 指派".splitlines()
    for upto in range(1, len(told) + 1):
        assert open_without_clock(Story().steps("\n".join(told[:upto])).standing) == ""
    assert open_without_clock(Story().steps(CIVIL).standing) == ""


def test_complaints_are_accepted_in_working_days_and_closed_in_days() -> None:
    found = plain_clock("complaint_accept", D("2022-09-30"), None, CALENDAR, ClockSettings(), D("2022-10-13"))
    assert found and (found.due, found.state) == (D("2022-10-12"), ClockState.overdue)
    closed = plain_clock(
        "complaint_close", D("2022-09-01"), D("2022-10-17"), CALENDAR, ClockSettings(), D("2022-10-20")
    )
    assert closed and (closed.due, closed.is_late) == (D("2022-10-17"), False)


def test_the_settings_of_an_office_are_those_of_its_pack() -> None:
    pack = load_pack("yuncheng-2022")
    assert clock_settings(pack) == ClockSettings()
    changed = clock_settings(pack.with_settings({"closing_file_days": 60, "roll_over": False}))
    assert (changed.closing_file_days, changed.roll_over) == (60, False)


def test_the_periods_a_pack_shows_are_those_that_are_counted() -> None:
    pack = load_pack("yuncheng-2022")
    shown = {
        (figure.value, figure.unit, figure.clause, figure.valid_from, figure.valid_to)
        for figure in pack.figures.values()
        if figure.section == "deadlines"
    }
    counted = {
        (
            rule.length,
            rule.unit.value,
            rule.clause,
            None if rule.valid_from == date.min else rule.valid_from,
            None if rule.valid_to == date.max else rule.valid_to,
        )
        for rule in CLOCKS
        if not rule.setting
    }
    assert shown == counted
    settings = {rule.setting for rule in CLOCKS if rule.setting and not rule.setting.endswith("report_days")}
    assert settings <= set(pack.settings)
    assert all(pack.settings[name].value == getattr(ClockSettings(), name) for name in settings)

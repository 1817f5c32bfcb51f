"""What is paid as one: person-days, sessions, short rosters, court duty, packs without rates (Y09, Y16)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.values import DutyKind
from tests.unit.settlement_facts import CENTRE, OTHER, Y_RATES, Book, at


def test_y16_a_person_day_is_payable_if_one_of_its_duties_is() -> None:
    book = Book()
    book.duty(10, CENTRE, hours="08:00-12:00")
    book.worked(10, CENTRE, hours="14:00-18:00")
    missed, shown = book.settle().lines
    assert (missed.net_fen, shown.net_fen) == (0, 20000)
    assert missed.reasons == ("同日已计（见 14:00 的值班）", "未签到")


def test_y16_deductions_of_every_duty_are_taken_from_the_one_base() -> None:
    book = Book()
    book.duty(10, CENTRE, hours="08:00-12:00")
    book.worked(10, CENTRE, hours="14:00-18:00")
    book.record(10, "09:00", missing=("证件号",), site=CENTRE)
    book.check(10, "10:00", site=CENTRE)
    assert book.nets() == [0, 90]


def test_y16_hours_of_a_person_day_are_summed() -> None:
    book = Book()
    book.worked(10, CENTRE, hours="08:00-12:00")
    book.worked(10, CENTRE, hours="14:00-18:00")
    assert book.kinds() == []
    assert book.settle().total_fen == 20000


def test_y16_two_people_of_one_day_are_two_person_days() -> None:
    book = Book()
    book.worked(10, CENTRE)
    book.worked(10, CENTRE, "li")
    assert book.nets() == [200, 200]


def test_p22_three_people_make_one_line_each() -> None:
    book = Book()
    for person in ("zhang", "li", "wang"):
        book.duty(10, person=person)
        book.row(10, "09:10", "13:00", person=person)
    assert sorted(line.person_id for line in book.settle().lines) == ["li", "wang", "zhang"]
    assert book.nets() == [250, 0, 250]


def test_q05_a_desk_half_day_and_a_visit_are_one_session() -> None:
    book = Book()
    book.worked(10, hours="09:00-11:00")
    book.worked(10, hours="14:00-16:00", kind=DutyKind.outreach)
    assert book.nets() == [300, 0]
    assert book.kinds() == []


def test_q05_two_visits_join_the_one_desk_duty() -> None:
    book = Book()
    book.worked(10, hours="08:00-10:00", kind=DutyKind.outreach)
    book.worked(10, hours="10:00-12:00")
    book.worked(10, hours="14:00-16:00", kind=DutyKind.outreach)
    assert sum(book.nets()) == 300


def test_y16_two_desk_duties_of_a_station_are_two_sessions() -> None:
    book = Book()
    book.worked(10, hours="08:00-12:00")
    book.worked(10, hours="14:00-18:00")
    assert book.nets() == [300, 300]


@pytest.mark.parametrize("kind", [DutyKind.outreach, DutyKind.mobile])
def test_q06_a_visit_or_mobile_point_alone_pays_the_outreach_rate(kind: DutyKind) -> None:
    book = Book()
    book.worked(10, kind=kind)
    assert book.nets(replace(Y_RATES, outreach_pay_fen=26000)) == [260]


def test_q06_a_mobile_point_is_a_session_of_its_own() -> None:
    book = Book()
    book.worked(10, hours="08:00-12:00")
    book.worked(10, hours="14:00-18:00", kind=DutyKind.mobile)
    assert book.nets() == [300, 300]


def test_a11_court_duty_is_not_payable_here_unless_the_pack_sets_a_rate() -> None:
    book = Book()
    book.worked(10, CENTRE, hours="09:00-12:00", kind=DutyKind.court)
    assert book.nets() == [0]
    assert "谁用工谁负责" in book.line().reasons[0]
    assert book.kinds() == []
    assert book.nets(replace(Y_RATES, court_pay_fen=15000)) == [150]


def test_g00_a_pack_without_rates_lists_duties_and_pays_0() -> None:
    book = Book()
    book.worked(10)
    book.duty(11)
    settled = book.settle(None)
    assert [(line.net_fen, line.reasons) for line in settled.lines] == [(0, ("本方案未定标准",))] * 2
    assert [one.kind.value for one in settled.exceptions] == ["no_sign_in"]


def test_p08_a_roster_of_3_h_59_min_50_s_fails_the_4_hour_rule() -> None:
    book = Book()
    book.worked(10, hours="09:00:00-12:59:50")
    assert book.kinds() == ["short_roster"]
    line = book.line()
    assert line.net_fen == 30000
    assert line.reasons == ("时长不足：排班 3 小时 59 分 50 秒，应不少于 4 小时（四（一）4）",)


def test_y09_exactly_the_minimum_is_enough_and_the_break_does_not_count() -> None:
    book = Book()
    book.worked(10, hours="09:00-13:00")
    book.worked(11, CENTRE, hours="08:00-12:00 14:00-17:59:59")
    assert book.kinds() == ["short_roster"]


def test_y09_a_short_duty_waits_for_confirmation_by_the_setting() -> None:
    book = Book()
    book.worked(10, hours="09:00-12:00")
    assert book.nets() == [300]
    assert book.nets(short_duty="confirm") == [0]
    assert "待确认特殊情况" in book.line(short_duty="confirm").reasons[0]


def test_y09_a_confirmed_special_case_is_paid_and_no_exception() -> None:
    book = Book()
    book.worked(10, hours="09:00-12:00", is_special=True)
    assert book.nets(short_duty="confirm") == [300]
    assert book.kinds() == []


def test_y09_attended_time_below_the_minimum_costs_only_d2() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "09:00", "10:00")
    assert book.nets() == [250]
    assert book.kinds() == ["implausible"]
    assert "不足排班时间的一半" in book.line().reasons[-1]


def test_y05_an_approved_temporary_duty_counts_as_a_duty() -> None:
    book = Book()
    book.row(10, "09:00", "13:00", is_unscheduled_approved=True)
    book.record(10, "10:00", missing=("证件号",))
    assert book.nets() == [290]
    assert book.kinds() == []
    assert "临时值班，已批准" in book.line().reasons
    assert book.nets(unscheduled_approved="noted") == []


def test_y05_an_approved_temporary_duty_left_open_pays_nothing() -> None:
    book = Book()
    book.row(10, "09:00", None, is_unscheduled_approved=True)
    assert book.nets() == [0]
    assert "no_sign_out" in book.kinds()


def test_p11_an_absence_is_told_only_after_a_published_duty_is_over() -> None:
    book = Book()
    book.duty(10)
    book.as_of = at(10, "13:00")
    assert book.kinds() == []
    assert book.line().reasons == ("值班尚未结束",)
    book.as_of = at(10, "13:00:01")
    assert book.kinds() == ["no_sign_in"]
    assert book.kinds(grace_minutes=5) == []


def test_p11_a_day_without_a_published_duty_is_no_absence() -> None:
    assert Book().kinds() == []


def test_y05_duties_of_another_month_are_not_settled() -> None:
    book = Book()
    book.worked(10)
    june = replace(book.duties[0], id="june", on=at(31, "09:00").date().replace(month=6, day=1))
    book.duties.append(june)
    assert book.nets() == [300]


def test_y05_unlinked_namesakes_are_listed_once() -> None:
    book = Book()
    book.worked(10)
    book.worked(11, OTHER)
    book.worked(12, person="li")
    book.namesakes = frozenset({"zhang", "nobody"})
    found = book.settle().exceptions
    assert [(one.kind.value, one.on.day, one.name) for one in found] == [("same_name", 10, "张三")]


def test_y05_paper_attendance_tells_its_origin_and_is_paid() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "09:00", "13:00", origin="paper", confirmed_by="赵六")
    assert book.nets() == [300]
    assert book.line().reasons == ("考勤据纸质登记，确认人 赵六",)

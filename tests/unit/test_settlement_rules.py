"""The deductions and bans one by one, with their settings (Y17, Y23)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.values import DutyKind
from tests.unit.settlement_facts import CENTRE, CITY, OTHER, STATION, Y_RATES, Book


def rules(book: Book, **settings: object) -> dict[str, tuple[int, int]]:
    """Rule → (count, yuan) of the first line."""
    return {d.rule: (d.count, d.fen // 100) for d in book.line(**settings).deductions}


def test_y17_d1_costs_once_a_record_however_many_items_it_lacks() -> None:
    book = Book()
    book.worked(10)
    book.record(10, "09:30", missing=("联系电话", "证件号"), audit="不规范")
    book.record(10, "09:40", missing=("咨询内容",))
    book.record(10, "09:50", audit="合格")
    assert rules(book) == {"D1": (2, 20)}
    assert rules(book, record_unit="duty") == {"D1": (1, 10)}


def test_y17_d1_an_incomplete_record_that_was_completed_costs_nothing_and_is_told() -> None:
    book = Book()
    book.worked(10)
    book.record(10, "09:30", audit="缺项")
    line = book.line()
    assert line.net_fen == 30000
    assert "现已补齐" in line.reasons[0]


def test_y17_d2_both_or_one_by_the_setting() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "09:10", "12:30")
    assert rules(book) == {"D2": (2, 100)}
    assert rules(book, late_and_early="once") == {"D2": (1, 50)}
    assert rules(book, grace_minutes=30) == {}


def test_p21_one_lateness_is_deducted_once() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "09:10", "11:00")
    book.row(10, "11:20", "13:00")
    assert rules(book) == {"D2": (1, 50)}


def test_y17_d3_a_rating_and_a_complaint_about_one_consultation_are_one_matter() -> None:
    book = Book()
    book.worked(10)
    about = book.record(10, "10:00", rating="不满意")
    book.complaint(10, "10:00", about)
    book.complaint(10, "11:00")
    assert rules(book) == {"D3": (2, 100)}
    assert rules(book, same_matter_once=False) == {"D3": (3, 150)}


@pytest.mark.parametrize("verdict", ["待核实", "不属实"])
def test_y17_d3_needs_a_verified_complaint(verdict: str) -> None:
    book = Book()
    book.worked(10)
    about = book.record(10, "10:00", rating="不满意")
    book.complaint(10, "10:00", about, verdict)
    assert book.nets() == [300]
    assert book.kinds() == (["pending"] if verdict == "待核实" else [])


@pytest.mark.parametrize(("site", "fen"), [(CENTRE, 10000), (CITY, 10000), (STATION, 15000)])
def test_y17_d4_costs_by_site(site: str, fen: int) -> None:
    book = Book()
    book.worked(10, site)
    book.check(10, "10:00", site=site)
    assert book.line().deductions[0].fen == fen


@pytest.mark.parametrize("kind", [DutyKind.outreach, DutyKind.mobile])
def test_y17_d4_outreach_and_mobile_cost_as_the_station(kind: DutyKind) -> None:
    book = Book()
    book.worked(10, CENTRE, hours="09:00-13:00", kind=kind)
    book.check(10, "10:00", site=CENTRE)
    assert book.nets() == [150]


def test_y17_d4_not_yet_judged_is_listed_and_costs_nothing() -> None:
    book = Book()
    for day in (3, 10, 17):
        book.worked(day)
        book.check(day, "10:00", good=None)
    assert book.nets() == [300, 300, 300]
    assert book.kinds() == ["pending"] * 3
    assert "待认定" in book.line().reasons[0]


def test_y17_d2_and_d4_on_one_duty_both_count() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "09:10", "13:00")
    book.check(10, "10:00")
    assert book.nets() == [100]


def test_y23_two_absences_do_not_forfeit_the_month_and_three_do() -> None:
    book = Book()
    book.worked(10)
    book.worked(20)
    book.check(10, "10:00")
    book.check(10, "11:00")
    assert book.nets() == [0, 300]
    book.check(20, "12:00")
    assert book.nets() == [0, 0]
    assert "当月脱岗3次及以上" in book.settle().lines[1].reasons[0]


def test_y23_absences_count_across_sites_unless_set_otherwise() -> None:
    book = Book()
    book.worked(3)
    book.worked(10, OTHER)
    book.worked(17, CENTRE)
    book.worked(24, CENTRE)
    book.check(3, "10:00")
    book.check(10, "10:00", site=OTHER)
    book.check(17, "10:00", site=CENTRE)
    assert book.nets() == [0, 0, 0, 0]
    assert book.nets(month_ban_scope="site") == [150, 150, 100, 200]


def test_y23_absences_of_others_and_with_good_reason_do_not_count() -> None:
    book = Book()
    book.worked(3)
    book.worked(10, person="li")
    book.check(3, "10:00")
    book.check(3, "11:00")
    book.check(3, "12:00", good=True)
    book.check(10, "10:00", person="li")
    assert book.nets() == [0, 150]


def test_y23_an_absence_on_a_cancelled_day_counts_for_the_month() -> None:
    book = Book()
    for day in (3, 10, 17):
        book.worked(day)
        book.check(day, "10:00")
    book.check(3, "11:00", "不在岗", None, "属实")
    assert [line.deductions[0].rule for line in book.settle().lines] == ["D4M"] * 3


@pytest.mark.parametrize("result", ["不在岗", "虚假值班"])
def test_y17_d5_verified_cancels_the_day_and_drafts_a_notice(result: str) -> None:
    book = Book()
    book.worked(10, hours="08:00-12:00")
    book.worked(10, OTHER, hours="14:00-18:00")
    book.worked(11)
    check = book.check(10, "09:00", result, None, "属实")
    settled = book.settle()
    assert [line.net_fen for line in settled.lines] == [0, 0, 30000]
    assert [one.evidence for one in settled.circulars] == [(check,)]
    assert "通报批评" in settled.circulars[0].text
    assert book.nets(sham_scope="unit") == [0, 300, 300]


@pytest.mark.parametrize("verdict", ["待核实", "不属实"])
def test_y17_d5_unverified_cancels_nothing(verdict: str) -> None:
    book = Book()
    book.worked(10)
    book.check(10, "09:30", "虚假值班", None, verdict)
    assert book.nets() == [300]
    assert book.settle().circulars == ()
    assert book.kinds() == (["pending"] if verdict == "待核实" else [])


def test_y17_never_signed_in_pays_0_and_is_no_sham() -> None:
    book = Book()
    book.duty(10)
    book.worked(11)
    line = book.line()
    assert (line.base_fen, line.net_fen, line.reasons) == (0, 0, ("未签到",))
    assert book.settle().circulars == ()
    assert book.nets() == [0, 300]


def test_y16_a_public_servant_comes_before_every_other_rule() -> None:
    book = Book()
    for day in (3, 10, 17):
        book.worked(day, person="wang")
        book.check(day, "10:00", person="wang")
    book.check(3, "11:00", "虚假值班", None, "属实", person="wang")
    settled = book.settle()
    assert all(line.deductions == () and line.net_fen == 0 for line in settled.lines)
    assert len(settled.circulars) == 1


def test_y17_the_rates_come_from_the_pack() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "09:10", "13:00")
    book.record(10, "10:00", missing=("证件号",))
    assert book.nets(replace(Y_RATES, d1_fen=500, d2_fen=2500, ban_count=1)) == [270]


def test_y17_a_line_shows_the_settings_and_clauses_that_made_it() -> None:
    book = Book()
    book.duty(10)
    book.row(10, "09:10", "13:00")
    line = book.line()
    assert dict(line.settings) == {
        "grace_minutes": "0",
        "late_and_early": "each",
        "match_window_minutes": "120",
    }
    assert line.deductions[0].clause == "五（二）1（2）"

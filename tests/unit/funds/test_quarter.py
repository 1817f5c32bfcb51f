"""Quarters of cases: which list, which place, 补列, adjustments and reversals (Y19 Y25)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.case_values import CaseKind, CaseStage, Fund, Grade
from app.errors import Refused
from app.quarters import Quarter
from app.rules.cases.case_numbers import read_number
from app.rules.funds.final_lines import reversal_of_case
from app.rules.funds.quarter import CaseBooks, refuse_out_of_turn, settle_quarter
from app.rules.funds.settled_json import settlement_as_json
from app.rules.funds.standards import StandardRow
from tests.unit.funds.case_facts import (
    ANQING,
    TABLE,
    books,
    case,
    finished,
    line_of,
    net_fen,
    split,
    with_adjustments,
    with_cases,
)  # fmt: skip

Q1, Q2, Q3, Q4 = (Quarter(2022, number) for number in (1, 2, 3, 4))


def _in(quarter: int, number: str, day: int = 20, **given: object) -> object:
    month = quarter * 3 - 1
    return case(number, archived_on=date(2022, month, day), closed_on=date(2022, 1, 5), **given)


def _shown(held: CaseBooks, quarter: Quarter) -> list[tuple[str, int | None, str, int, int, int]]:
    return [(line.number[-1], line.place, *split(line)) for line in settle_quarter(quarter, held).lines]


def test_places_go_by_archiving_day_then_the_year_and_number_of_the_case_number() -> None:
    numbers = ["盐援〔2022〕10", "盐援〔2022〕9", "援刑〔2021〕100", "B〔2022〕9"]
    held = books([case(number) for number in numbers], targets={2022: 3})
    lines = settle_quarter(Q2, held).lines
    assert [(line.number, line.place) for line in lines] == [
        ("援刑〔2021〕100", 1), ("B〔2022〕9", 2), ("盐援〔2022〕9", 3), ("盐援〔2022〕10", None)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "order"),
    [("盐援民字〔2022〕第0012号", (2022, 12)), ("2022-7", (2022, 7)), ("（2022）援 2023 号", (2022, 2023)), ("12", (0, 12)), ("", (0, 0))],
)  # fmt: skip
def test_a_case_number_is_ordered_by_its_year_and_number(number: str, order: tuple[int, int]) -> None:
    assert (read_number(number).year, read_number(number).number) == order


def test_final_lines_keep_their_place_and_late_ones_compete_for_the_rest_by_archiving_day() -> None:
    held = books([_in(1, "1"), _in(1, "2", lacks=["entered"]), _in(2, "3", 1)], targets={2022: 2})
    held = finished(held, Q1)
    assert _shown(held, Q1) == [("1", 1, "pays", 1000, 0, 800), ("2", None, "waits", 0, 0, 0)]
    entered = with_cases(held, _in(1, "2"))
    assert _shown(entered, Q1) == [("1", 1, "pays", 1000, 0, 800)]
    assert _shown(entered, Q2) == [("2", 2, "pays", 1000, 0, 800), ("3", None, "pays", 0, 0, 1800)]
    late = settle_quarter(Q2, entered).lines[0]
    assert (
        late.is_late and late.reasons[-1].text == "补列：2022年第1季度归档，该季度已定稿，列入2022年第2季度"
    )
    assert _shown(finished(entered, Q2), Q3) == []


def test_a_case_entered_after_its_quarter_was_final_never_displaces_a_final_line() -> None:
    held = finished(books([_in(1, "5")], targets={2022: 1}), Q1)
    held = with_cases(held, _in(1, "4", 1))
    assert _shown(held, Q2) == [("4", None, "pays", 0, 0, 1800)]
    assert _shown(held, Q1) == [("5", 1, "pays", 1000, 0, 800)]


def test_a_draft_of_a_later_quarter_leaves_places_to_the_earlier_ones() -> None:
    held = books([_in(1, "1"), _in(2, "2"), _in(3, "3")], targets={2022: 2})
    assert _shown(held, Q3) == [("3", None, "pays", 0, 0, 1800)]
    assert _shown(held, Q2) == [("2", 2, "pays", 1000, 0, 800)]


def test_quarters_become_final_in_order_and_once() -> None:
    held = books([_in(2, "1"), _in(3, "2")])
    with pytest.raises(Refused, match=r"E891.*2022年第2季度还没有定稿.*再定稿2022年第3季度"):
        refuse_out_of_turn(Q3, held)
    refuse_out_of_turn(Q1, held)
    refuse_out_of_turn(Q2, held)
    held = finished(held, Q2)
    with pytest.raises(Refused, match=r"E892.*2022年第2季度已经定稿"):
        refuse_out_of_turn(Q2, held)
    with pytest.raises(Refused, match="E892"):
        refuse_out_of_turn(Q1, held)
    refuse_out_of_turn(Q3, held)
    with pytest.raises(Refused, match="E891"):
        refuse_out_of_turn(Q4, held)


def test_what_was_archived_before_the_first_quarter_settled_here_is_never_listed_late() -> None:
    held = books([_in(1, "1"), _in(2, "2")], since=Q2)
    assert held.open_quarter == Q2
    assert _shown(finished(held, Q2), Q3) == []
    assert _shown(finished(replace(held, since=None), Q2), Q3) == [("1", 1, "pays", 1000, 0, 800)]


def test_a_later_grade_recovers_the_pay_once_and_keeps_the_place() -> None:
    held = finished(books([_in(1, "1"), _in(2, "2")], targets={2022: 1}), Q1)
    held = with_cases(held, _in(1, "1", grade=Grade.failed))
    found = settle_quarter(Q2, held)
    assert [(one.fund, one.fen) for one in found.adjustments] == [
        (Fund.special, -100000),
        (Fund.business, -80000),
    ]
    texts = [reason.text for reason in found.adjustments[0].reasons]
    assert texts[:2] == [
        "2022年第1季度定稿后情况有变：惠民专项原 1,000 元，现 0 元，应收回 1,000 元", "质量等级由合格改为不合格"
    ]  # fmt: skip
    assert _shown(held, Q2) == [("2", None, "pays", 0, 0, 1800)]
    held = finished(held, Q2)
    assert (net_fen(held, "1"), settle_quarter(Q3, held).adjustments) == ({}, ())
    assert len(settle_quarter(Q2, held).adjustments) == 2
    held = finished(with_cases(held, _in(1, "1")), Q3)
    assert net_fen(held, "1") == {Fund.special: 100000, Fund.business: 80000}
    assert len(held.final.lines) == 2


def test_a_voided_archiving_recovers_the_pay() -> None:
    held = finished(books([_in(1, "1")]), Q1)
    found = settle_quarter(Q2, with_cases(held, case("1", archived_on=None, closed_on=date(2022, 1, 5))))
    assert (found.lines, sum(one.fen for one in found.adjustments)) == ((), -180000)
    assert "尚未归档" in {reason.text for one in found.adjustments for reason in one.reasons}


def test_a_final_line_that_no_longer_counts_moves_to_business_funds() -> None:
    held = finished(books([_in(1, "1")]), Q1)
    found = settle_quarter(Q2, with_cases(held, _in(1, "1", lacks=["group"]))).adjustments
    assert [(one.fund, one.fen) for one in found] == [(Fund.special, -100000), (Fund.business, 100000)]


def test_a_final_line_without_a_place_takes_none_later() -> None:
    held = finished(books([_in(1, "1", lacks=["group"])]), Q1)
    assert settle_quarter(Q2, with_cases(held, _in(1, "1"))).adjustments == ()


def test_a_later_table_and_later_readings_leave_final_lines_alone() -> None:
    held = finished(books([_in(1, "1", group_case="工资")]), Q1)
    dearer = replace(held, rows=(*TABLE, StandardRow(date(2022, 1, 1), CaseKind.civil, None, 999900)))
    assert settle_quarter(Q2, dearer).adjustments == ()
    halved = replace(held, own=held.own.with_numbers({"series_percent": 50}))
    assert settle_quarter(Q2, halved).adjustments == ()
    moved = with_cases(
        held, _in(1, "1", kind=CaseKind.criminal, stage=CaseStage.investigation, lacks=["ground"])
    )
    assert {one.fund: one.fen for one in settle_quarter(Q2, moved).adjustments} == {Fund.special: -100000}


def test_a_reversed_lines_place_goes_to_the_next_not_yet_final_and_the_case_is_never_listed_again() -> None:
    held = books(
        [_in(1, "1"), _in(1, "2", 21), _in(1, "3", 22), _in(2, "4"), _in(2, "5", 21)], targets={2022: 2}
    )
    held = finished(held, Q1)
    made = reversal_of_case(held.final, line_of(held, "1"), Q2, "误付")
    assert [(one.fund, one.fen) for one in made] == [(Fund.business, -80000), (Fund.special, -100000)]
    held = with_adjustments(held, *made)
    assert reversal_of_case(held.final, line_of(held, "1"), Q2, "误付") == ()
    assert _shown(held, Q2) == [("4", 1, "pays", 1000, 0, 800), ("5", None, "pays", 0, 0, 1800)]
    assert net_fen(held, "1") == {} and net_fen(held, "3") == {Fund.business: 180000}
    assert settle_quarter(Q2, with_cases(held, _in(1, "1", grade=Grade.good))).adjustments == ()


def test_a_line_that_came_to_nothing_gives_its_place_up_when_it_is_reversed() -> None:
    held = finished(books([_in(1, "1"), _in(3, "2")], targets={2022: 1}), Q1)
    held = finished(with_cases(held, _in(1, "1", grade=Grade.failed)), Q2)
    assert _shown(held, Q3) == [("2", None, "pays", 0, 0, 1800)]
    held = with_adjustments(held, *reversal_of_case(held.final, line_of(held, "1"), Q3, "不合格"))
    assert _shown(held, Q3) == [("2", 1, "pays", 1000, 0, 800)]


def test_a_case_settled_at_nothing_that_becomes_payable_is_listed_late_with_a_place() -> None:
    held = finished(books([_in(1, "1", grade=Grade.failed)]), Q1)
    assert _shown(held, Q1) == [("1", None, "zero", 0, 0, 0)]
    assert _shown(held, Q2) == []
    held = with_cases(held, _in(1, "1"))
    assert _shown(held, Q2) == [("1", 1, "pays", 1000, 0, 800)]
    assert _shown(finished(held, Q2), Q3) == []


def test_a_target_that_shrank_takes_no_place_away_and_gives_none() -> None:
    held = finished(books([_in(1, "1"), _in(1, "2", 21), _in(2, "3")], targets={2022: 3}), Q1)
    held = replace(held, targets={2022: 1})
    assert _shown(held, Q2) == [("3", None, "pays", 0, 0, 1800)]
    assert settle_quarter(Q2, held).adjustments == ()


def test_a_final_line_whose_closing_moves_to_another_year_loses_the_first_years_place() -> None:
    next_year = replace(ANQING, base_fen=100000)
    held = finished(books([_in(1, "1")], packs=(next_year,)), Q1)
    moved = case("1", archived_on=date(2022, 2, 20), closed_on=date(2023, 1, 5))
    found = settle_quarter(Q2, with_cases(held, moved)).adjustments
    assert {one.fund: one.fen for one in found} == {Fund.special: -100000, Fund.business: 100000}


def test_places_kept_above_a_smaller_target_still_fill_it() -> None:
    held = finished(
        books([_in(1, "1"), _in(1, "2", 21), _in(1, "3", 22), _in(2, "4")], targets={2022: 3}), Q1
    )
    made = reversal_of_case(held.final, line_of(held, "1"), Q2, "误付")
    held = replace(with_adjustments(held, *made), targets={2022: 2})
    assert _shown(held, Q2) == [("4", None, "pays", 0, 0, 1800)]


def test_each_closing_year_has_its_own_document_target_and_places() -> None:
    old = case("1", closed_on=date(2022, 12, 30), archived_on=date(2023, 1, 15))
    new = case("2", closed_on=date(2023, 1, 5), archived_on=date(2023, 1, 16))
    held = books([old, new], packs=(replace(ANQING, pack="next"),), targets={2022: 1, 2023: 1})
    lines = settle_quarter(Quarter(2023, 1), held).lines
    assert [(line.target_year, line.place, *split(line)) for line in lines] == [
        (2022, 1, "pays", 1000, 0, 800), (2023, None, "pays", 0, 0, 1800)
    ]  # fmt: skip


def test_case_settle_json() -> None:
    held = books(
        [
            _in(1, "1"),
            _in(1, "2", 21, lacks=["approved"], fund=Fund.lottery),
            _in(1, "3", 22, lacks=["entered"]),
        ]
    )
    found = settlement_as_json(settle_quarter(Q1, held))
    assert list(found) == ["period", "final", "cases", "special_fen", "business_fen", "project_fen"]
    assert (found["period"], found["final"]) == ("2022-Q1", False)
    assert (found["special_fen"], found["business_fen"], found["project_fen"]) == (100000, 160000, 100000)
    first, second, third = found["cases"]
    assert list(first) == [
        "number", "counted", "unmet", "state", "standard_fen", "grade", "special_fen", "business_fen", "project_fen", "fund",
        "place", "outcome", "reasons",
    ]  # fmt: skip
    assert (first["fund"], first["place"], first["state"], first["outcome"]) == (
        "惠民专项",
        1,
        "待列",
        "pays",
    )
    assert (second["fund"], second["place"], second["counted"]) == ("彩票公益金", None, False)
    assert second["unmet"] == [{"key": "approved", "clause": "四（二）2", "text": "不符合 approved"}]
    assert (third["fund"], third["outcome"], third["standard_fen"]) == ("", "waits", 180000)
    assert settlement_as_json(settle_quarter(Q1, finished(held, Q1)))["cases"][0]["state"] == "已列"


@pytest.mark.parametrize("text", ["2022", "2022-05", "2022-Q5", "二季度"])
def test_a_quarter_is_written_one_way(text: str) -> None:
    assert Quarter.parse(" 2022-q2 ") == Q2
    with pytest.raises(Refused, match=r"E893|E922"):
        Quarter.parse(text)

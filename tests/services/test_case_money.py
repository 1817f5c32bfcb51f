"""The money of cases through the program's own commands: lists, examination, payment, reversal, funds (Y19 Y25 A12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.case_values import CaseEventKind as Kind
from app.case_values import CaseKind, CasePayState, Fund, FundFlow, FundSource
from app.errors import Refused
from app.quarters import Quarter
from app.rules.funds.quarter import settle_quarter
from app.services.cases.case_books import case_books
from app.services.cases.examine_line import ExamineLine
from app.services.cases.pay_cases import PayCases
from app.services.cases.reverse_case import ReverseCase
from app.services.cases.settle_cases import SettleCases
from app.services.funds.enter_fund_row import EnterFundRow
from app.services.funds.set_standard import SetStandard
from app.services.money.pay_month import PayMonth
from app.services.reading.case_lines import final_book
from tests.services.case_desk import CASHIER, EXAMINER, HEAD, CaseDesk, accountless
from tests.services.conftest import Desk
from tests.services.money_book import Book, ready_to_pay

pytestmark = pytest.mark.both_engines

JULY = date(2022, 7, 20)


@pytest.fixture
def cases(county: Desk) -> CaseDesk:
    desk = CaseDesk(county)
    desk.today(JULY)
    county.do(SetStandard(date(2022, 1, 1), CaseKind.civil, None, 180000))
    return desk


def arrive(cases: CaseDesk, yuan: int, fund: Fund = Fund.special) -> None:
    row = EnterFundRow(
        on=date(2022, 3, 20), fund=fund, flow=FundFlow.arrived, fen=yuan * 100, source=FundSource.province
    )
    cases.desk.do(row, accountless(CASHIER))


def test_y19_a_counted_case_is_paid_by_two_funds_and_once(cases: CaseDesk) -> None:
    cases.archived(date(2022, 5, 20))
    arrive(cases, 5000)
    assert [line.place for line in cases.final("2022-Q2").lines] == [1]
    cases.examine_all("2022-Q2")
    assert cases.pay("2022-Q2", Fund.special, JULY).fen == 100000
    assert cases.pay("2022-Q2", Fund.business, JULY).fen == 80000
    for fund in (Fund.special, Fund.business):
        with pytest.raises(Refused, match="E340"):
            cases.pay("2022-Q2", fund, JULY)
    assert [line.state for line in cases.quarter("2022-Q2").lines] == [CasePayState.paid]


def test_y25_a_payment_beyond_the_balance_is_refused_whole(cases: CaseDesk) -> None:
    for _ in range(2):
        cases.archived(date(2022, 5, 20))
    arrive(cases, 1500)
    cases.final("2022-Q2")
    cases.examine_all("2022-Q2")
    with pytest.raises(Refused, match="E343"):
        cases.pay("2022-Q2", Fund.special, JULY)
    assert {line.state for line in cases.quarter("2022-Q2").lines} == {CasePayState.examined}
    arrive(cases, 500)
    assert cases.pay("2022-Q2", Fund.special, JULY).fen == 200000


def test_y29_lister_examiner_and_payer_are_three_people(cases: CaseDesk) -> None:
    cases.archived(date(2022, 5, 20))
    number = cases.final("2022-Q2").lines[0].number
    head = accountless(HEAD)
    both = type(head)(
        head.account,
        head.name,
        head.display_name,
        frozenset(accountless(EXAMINER).permissions | head.permissions | accountless(CASHIER).permissions),
        is_account=False,
    )
    with pytest.raises(Refused, match="E336"):
        cases.desk.do(ExamineLine("2022-Q2", number, True), both)
    cases.examine_all("2022-Q2")
    with pytest.raises(Refused, match="E342"):
        cases.desk.do(PayCases("2022-Q2", Fund.business, JULY, "V9"), both)


def test_a_line_that_nobody_examined_is_not_paid_and_a_returned_one_neither(cases: CaseDesk) -> None:
    cases.archived(date(2022, 5, 20))
    number = cases.final("2022-Q2").lines[0].number
    with pytest.raises(Refused, match="E341"):
        cases.pay("2022-Q2", Fund.business, JULY)
    with pytest.raises(Refused, match="E333"):
        cases.desk.do(ExamineLine("2022-Q2", number, False), accountless(EXAMINER))
    cases.desk.do(ExamineLine("2022-Q2", number, False, "C1"), accountless(EXAMINER))
    with pytest.raises(Refused, match="E340"):
        cases.pay("2022-Q2", Fund.business, JULY)
    assert cases.quarter("2022-Q2").lines[0].state is CasePayState.returned


def test_a_quarters_list_rests_on_no_other_lines_than_those_it_reads(cases: CaseDesk) -> None:
    """The whole book gives the same list: places that earlier quarters keep, a fallen grade, a reversed line."""
    early = [cases.archived(date(2022, 3, day)) for day in (20, 21, 22)]
    cases.final("2022-Q1")
    cases.examine_all("2022-Q1")
    cases.today(date(2022, 7, 25))
    late = cases.archived(date(2022, 5, 20))
    cases.decide(early[1], Kind.reviewed, date(2022, 6, 1), reviewers=("钱评",), grade="不合格")
    number = cases.quarter("2022-Q1").lines[0].number
    cases.desk.do(ReverseCase(number, "材料是假的"), accountless(EXAMINER))
    for quarter in (Quarter(2022, number) for number in (1, 2, 3)):
        with cases.desk.office._dispatcher.looking(cases.desk.actor) as look:
            books = case_books(look, quarter)
            found = settle_quarter(quarter, books)
            assert found == settle_quarter(quarter, replace(books, final=final_book(look)))
    with cases.desk.office._dispatcher.looking(cases.desk.actor) as look:
        found = settle_quarter(Quarter(2022, 2), case_books(look, Quarter(2022, 2)))
        assert [(line.case, line.place) for line in found.lines] == [(late, 1)] and found.adjustments


def test_quarters_are_final_once_in_order_and_not_before_they_end(cases: CaseDesk) -> None:
    cases.archived(date(2022, 3, 20))
    cases.archived(date(2022, 5, 20))
    with pytest.raises(Refused, match="E891"):
        cases.final("2022-Q2")
    with pytest.raises(Refused, match="E332"):
        cases.final("2022-Q3")
    cases.final("2022-Q1")
    cases.final("2022-Q2")
    with pytest.raises(Refused, match="E892"):
        cases.final("2022-Q1")


def test_a_reversed_case_gives_up_its_place_and_is_never_paid(cases: CaseDesk) -> None:
    cases.archived(date(2022, 5, 20))
    number = cases.final("2022-Q2").lines[0].number
    cases.examine_all("2022-Q2")
    cases.desk.do(ReverseCase(number, "材料是假的"), accountless(EXAMINER))
    with pytest.raises(Refused, match="E346"):
        cases.desk.do(ReverseCase(number, "再来一次"), accountless(EXAMINER))
    with pytest.raises(Refused, match="E340"):
        cases.pay("2022-Q2", Fund.special, JULY)
    cases.today(date(2022, 10, 20))
    cases.archived(date(2022, 8, 20))
    assert [line.place for line in cases.quarter("2022-Q3").lines] == [1]


def test_y15_a_review_that_fails_a_paid_case_makes_an_adjustment_to_be_paid_back(cases: CaseDesk) -> None:
    case = cases.archived(date(2022, 5, 20))
    arrive(cases, 5000)
    cases.final("2022-Q2")
    cases.examine_all("2022-Q2")
    cases.pay("2022-Q2", Fund.special, JULY)
    cases.today(date(2022, 8, 1))
    cases.decide(case, Kind.reviewed, date(2022, 8, 1), reviewers=("钱评",), grade="不合格")
    found = cases.quarter("2022-Q3")
    assert {(fund, fen) for _, fund, fen, _ in found.adjustments} == {
        ("惠民专项", -100000),
        ("业务经费", -80000),
    }
    cases.today(date(2022, 10, 20))
    cases.desk.do(SettleCases("2022-Q3"), accountless(HEAD))
    assert cases.quarter("2022-Q4").adjustments == ()
    with pytest.raises(Refused, match="E344"):
        cases.pay("2022-Q3", Fund.special, date(2022, 10, 20))


def test_y25_the_special_fund_is_spent_on_nothing_else(cases: CaseDesk) -> None:
    arrive(cases, 5000)
    row = EnterFundRow(on=JULY, fund=Fund.special, flow=FundFlow.spent, fen=1000, use="宣传")
    with pytest.raises(Refused, match="E351"):
        cases.desk.do(row, accountless(CASHIER))
    with pytest.raises(Refused, match="E348"):
        cases.desk.do(
            EnterFundRow(on=JULY, fund=Fund.special, flow=FundFlow.arrived, fen=1000), accountless(CASHIER)
        )
    with pytest.raises(Refused, match="E890"):
        cases.desk.do(SetStandard(date(2022, 1, 1), CaseKind.civil, None, 190000))


def test_y25_duty_pay_beyond_the_special_fund_is_refused_and_case_pay_sees_what_duties_took(
    county: Desk,
) -> None:
    book = Book(county)
    book.worked(10)
    book.publish()
    cases = CaseDesk(county)
    cases.today(JULY)
    book.finish()
    arrive(cases, 200)
    ready_to_pay(book.desk)
    with pytest.raises(Refused, match="E357"):
        book.desk.do(PayMonth("2022-05", JULY, "D1"))
    arrive(cases, 200)
    assert book.desk.do(PayMonth("2022-05", JULY, "D1")).total_fen == 30000
    county.do(SetStandard(date(2022, 1, 1), CaseKind.civil, None, 180000))
    cases.archived(date(2022, 5, 20))
    cases.final("2022-Q2")
    cases.examine_all("2022-Q2")
    with pytest.raises(Refused, match="余额 100 元"):
        cases.pay("2022-Q2", Fund.special, JULY)

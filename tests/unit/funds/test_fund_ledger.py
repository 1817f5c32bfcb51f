"""A fund's ledger: its balance, what it refuses, its report, matching and forecast (Y20 Y21 Y25 A05)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.case_values import Fund, FundFlow, FundSource
from app.kernel.packs import load_pack
from app.quarters import Quarter
from app.rules.funds.fund_use import (
    Commitment,
    arrival_clocks,
    forecast,
    fund_use,
    late_provincial_money,
    matching,
)
from app.rules.funds.ledger import CASE_PAY, DUTY_PAY, FundLedger, may_pay, may_spend_on
from app.rules.policy.case_money import fund_rules
from app.values import Period
from app.workdays import WorkCalendar
from tests.unit.funds.fund_facts import arrived, ordered, paid, row, spent

YUNCHENG = fund_rules(load_pack("yuncheng-2022"))
ANQING = fund_rules(load_pack("anqing-2023"))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _special(*rows: Any, payments: Any = ()) -> FundLedger:
    return FundLedger(Fund.special, rows, payments)


def test_y25_the_balance_is_arrivals_less_spending_and_payments_and_orders_never_count() -> None:
    held = _special(
        ordered("2022-03-01", 9000),
        arrived("2022-03-20", 5000),
        arrived("2022-03-20", 700, fund=Fund.business),
        spent("2022-04-02", 300),
        payments=[paid("2022-05-05", 1200), paid("2022-05-06", 50, fund=Fund.lottery)],
    )
    balances = [
        held.balance_on(_day(day)) for day in ("2022-03-19", "2022-03-20", "2022-04-02", "2022-12-31")
    ]
    assert balances == [None, 500000, 470000, 350000]


def test_y25_a_spent_row_with_a_payments_voucher_is_that_payment() -> None:
    rows = (arrived("2022-03-20", 5000), spent("2022-05-09", 1200, "记-12"), spent("2022-05-09", 100, ""))
    held = _special(*rows, payments=[paid("2022-05-05", 1200, "记-12"), paid("2022-05-05", 10, "")])
    assert held.balance_on(_day("2022-12-31")) == (5000 - 1200 - 100 - 10) * 100
    other = _special(*rows, payments=[paid("2022-05-05", 1200, "记-12", fund=Fund.business)])
    assert other.balance_on(_day("2022-12-31")) == (5000 - 1200 - 100) * 100


def test_payments_before_the_ledger_opened_are_none_of_its_money() -> None:
    held = _special(
        arrived("2022-03-20", 1000),
        spent("2022-01-10", 70),
        spent("2022-03-25", 400, "1"),
        payments=[paid("2022-02-01", 400, "1"), paid("2022-01-05", 600)],
    )
    assert held.balance_on(_day("2022-03-31")) == 60000


def test_y25_a_payment_is_held_against_every_day_from_its_own_on() -> None:
    held = _special(
        arrived("2022-03-20", 3000),
        arrived("2022-09-01", 5000),
        payments=[paid("2022-06-05", 2500, use=DUTY_PAY)],
    )
    assert may_pay(held, _day("2022-05-01"), 60000).refusal.startswith(
        "惠民专项2022-05-01 以后最低（2022-06-05）余额 500 元，本次要付 600 元，差 100 元"
    )
    assert may_pay(held, _day("2022-05-01"), 50000).refusal == ""
    assert may_pay(held, _day("2022-09-01"), 550000).refusal == ""


@pytest.mark.parametrize("fund", [Fund.special, Fund.lottery, Fund.foundation])
def test_special_and_project_funds_refuse(fund: Fund) -> None:
    held = FundLedger(fund, [arrived("2022-03-20", 100, fund=fund)])
    assert (
        may_pay(held, _day("2022-04-01"), 10001).refusal
        and not may_pay(held, _day("2022-04-01"), 10000).refusal
    )
    assert "才有资金到位" in may_pay(held, _day("2022-03-19"), 1).refusal


def test_business_funds_warn() -> None:
    held = FundLedger(Fund.business, [arrived("2022-03-20", 100, fund=Fund.business)])
    found = may_pay(held, _day("2022-04-01"), 10001)
    assert found.refusal == "" and "差 0.01 元" in found.warning


def test_a_fund_whose_ledger_was_never_opened_is_not_held_to_it() -> None:
    found = may_pay(_special(ordered("2022-03-01", 9000)), _day("2022-04-01"), 10000)
    assert found.refusal == "" and "还没有到位记录" in found.warning


def test_y25_the_special_fund_is_for_duty_and_case_subsidies_only() -> None:
    assert (
        may_spend_on(Fund.special, CASE_PAY, YUNCHENG) == may_spend_on(Fund.special, DUTY_PAY, YUNCHENG) == ""
    )
    assert may_spend_on(Fund.special, "宣传", YUNCHENG) == (
        "惠民专项只能用于值班补贴、办案补贴（运司通〔2022〕3号 五（二）），“宣传”请从业务经费列支"
    )
    assert "没有写用途" in may_spend_on(Fund.special, " ", YUNCHENG)
    assert may_spend_on(Fund.business, "培训", YUNCHENG) == may_spend_on(Fund.special, "宣传", ANQING) == ""


def test_y20_each_order_arrives_within_five_days_the_oldest_first() -> None:
    leg = next(one for one in YUNCHENG.legs if one.name == "county_to_bureau")
    held = _special(
        ordered("2022-03-21", 3000), ordered("2022-04-27", 1000), ordered("2022-06-01", 500),
        arrived("2022-03-25", 2000), arrived("2022-03-29", 1500), arrived("2022-05-06", 500),
    )  # fmt: skip
    clocks = arrival_clocks(held, leg, WorkCalendar(), _day("2022-06-10"))
    assert [(one.fen, str(one.due), str(one.met_on), one.late_days) for one in clocks] == [
        (300000, "2022-03-28", "2022-03-29", 1),  # 03-26 is a Saturday
        (100000, "2022-05-05", "2022-05-06", 1),  # 05-02 lies in the holiday
        (50000, "2022-06-06", "None", 4),
    ]
    assert clocks[0].clause == "运司通〔2022〕3号 五（一）"


def test_y20_provincial_money_is_due_in_march() -> None:
    leg = next(one for one in YUNCHENG.legs if one.name == "provincial_money")
    county = _special(arrived("2022-03-02", 10, FundSource.county))
    assert late_provincial_money(county, leg, 2022, _day("2022-03-31")) == ""
    assert "应在2022年3月" in late_provincial_money(county, leg, 2022, _day("2022-04-01"))
    assert late_provincial_money(_special(ordered("2022-03-31", 10)), leg, 2022, _day("2022-04-01")) == ""
    assert late_provincial_money(_special(ordered("2022-04-01", 10)), leg, 2022, _day("2022-04-01")) != ""


def test_y21_the_fund_use_of_a_quarter() -> None:
    held = _special(
        ordered("2022-03-15", 9000), arrived("2022-03-20", 8000), spent("2022-05-09", 300, use="宣传"),
        spent("2022-06-30", 1000, "9"),
        payments=[
            paid("2022-03-31", 400, count=2), paid("2022-04-10", 600, count=3), paid("2022-06-30", 1000, "9", CASE_PAY, count=1),
            paid("2022-07-01", 5),
        ],
    )  # fmt: skip
    found = fund_use(held, Quarter(2022, 2))
    assert (found.opening_fen, found.ordered_fen, found.arrived_fen, found.balance_fen) == (
        760000,
        0,
        0,
        570000,
    )
    assert (found.duty_fen, found.duty_count, found.case_fen, found.case_count, found.other_fen) == (
        60000,
        3,
        100000,
        1,
        30000,
    )
    assert found.execution == Fraction(2300, 8000)
    first = fund_use(held, Quarter(2022, 1))
    assert (first.opening_fen, first.ordered_fen, first.arrived_fen, first.duty_fen) == (
        None,
        900000,
        800000,
        40000,
    )
    assert fund_use(FundLedger(Fund.special), Quarter(2022, 1)).execution is None


def test_a05_matching_is_asked_by_share_and_by_closed_case() -> None:
    money = FundLedger(
        Fund.business,
        [arrived("2023-02-01", 6000, FundSource.county, Fund.business), arrived("2023-03-01", 500, FundSource.city, Fund.business),
         arrived("2022-12-31", 9999, FundSource.county, Fund.business),
         arrived("2023-03-01", 77, FundSource.donation, Fund.business)],
    )  # fmt: skip
    upper = FundLedger(
        Fund.lottery,
        [arrived("2023-01-09", 6000, FundSource.centre, Fund.lottery), arrived("2023-01-09", 400, FundSource.province, Fund.lottery)],
    )  # fmt: skip
    found = matching([money, upper], Period.parse("2023"), 10, ANQING)
    assert (found.local_fen, found.upper_fen, found.asked_by_share_fen, found.asked_by_case_fen) == (
        650000, 640000, 640000, 600000
    )  # fmt: skip
    assert found.is_met and "庆司通〔2023〕8号 七" not in found.text and "10 件" in found.text
    assert not matching([money, upper], Period.parse("2023"), 11, ANQING).is_met
    asked = matching([money], Period.parse("2023"), 11, YUNCHENG)
    assert (asked.asked_by_share_fen, asked.asked_by_case_fen, asked.is_met) == (None, None, True)


def test_the_published_roster_and_listed_cases_are_forecast() -> None:
    held = _special(
        arrived("2022-03-20", 3000), arrived("2022-09-01", 1000), payments=[paid("2022-05-05", 1000)]
    )
    due = [Commitment(_day("2022-07-31"), 150000, "7月值班"), Commitment(_day("2022-08-31"), 100000, "8月值班"),
           Commitment(_day("2022-05-31"), 20000, "已列案件")]  # fmt: skip
    found = forecast(held, due, _day("2022-06-15"))
    assert (found.balance_fen, found.committed_fen, found.left_fen, found.short_on, found.short_fen) == (
        300000, 270000, 30000, _day("2022-08-31"), 0
    )  # fmt: skip
    assert forecast(held, due[:1], _day("2022-06-15")).short_on is None
    short = forecast(_special(arrived("2022-03-20", 100)), due, _day("2022-06-15"))
    assert (short.short_on, short.short_fen) == (_day("2022-06-15"), 260000)


_ENTRY = st.tuples(
    st.sampled_from(("arrived", "spent", "paid", "ordered", "matched")),
    st.integers(0, 40),
    st.integers(1, 900),
)


@hypothesis_settings(max_examples=500)
@given(st.lists(_ENTRY, max_size=14), st.integers(0, 45), st.integers(1, 1500))
def test_y25_a_payment_passes_exactly_when_no_later_day_ends_below_nothing(
    entries: list[tuple[str, int, int]], on: int, yuan: int
) -> None:
    start, rows, payments = date(2022, 3, 1), [], []
    for place, (what, day, sum_) in enumerate(entries):
        text = str(start + timedelta(days=day))
        if what == "paid":
            payments.append(paid(text, sum_, f"v{place}"))
        elif what == "matched":
            payments.append(paid(text, sum_, f"v{place}"))
            rows.append(spent(text, sum_, f"v{place}"))
        else:
            rows.append(
                row(
                    text,
                    {"arrived": FundFlow.arrived, "spent": FundFlow.spent, "ordered": FundFlow.ordered}[what],
                    sum_,
                )
            )
    opened = min((day for what, day, _ in entries if what == "arrived"), default=None)
    found = may_pay(FundLedger(Fund.special, rows, payments), start + timedelta(days=on), yuan * 100)
    if opened is None:
        assert not found.refusal and found.warning
        return
    ends = []
    for end in range(on, 90):
        own = [(what, sum_) for what, day, sum_ in entries if opened <= day <= end and what != "ordered"]
        ends.append(sum(sum_ if what == "arrived" else -sum_ for what, sum_ in own) - yuan)
    assert bool(found.refusal) == (on < opened or min(ends) < 0)

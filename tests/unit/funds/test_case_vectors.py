"""The worked examples of case subsidies: standard 1 800 yuan, a target of two cases (Y19 Y25 A12 G12)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.case_values import CaseForm, CaseKind, CaseStage, Fund, Grade, UnmetKey
from app.quarters import Quarter
from app.rules.funds.ledger import FundLedger, may_pay
from app.rules.funds.quarter import settle_quarter
from app.rules.funds.standards import StandardRow
from tests.unit.funds.case_facts import LAWYER, STAFF, TABLE, books, case, one, split
from tests.unit.funds.fund_facts import arrived

CHEAP = (StandardRow(date(2020, 1, 1), CaseKind.civil, None, 100000),)
ARBITRATION: dict[str, Any] = {"form": CaseForm.other, "stage": CaseStage.arbitration}
INVESTIGATION: dict[str, Any] = {"kind": CaseKind.criminal, "stage": CaseStage.investigation}

VECTORS: list[tuple[str, dict[str, Any], tuple[Any, ...], tuple[str, int, int, int]]] = [
    ("counted, 合格; standard 1 000", {}, CHEAP, ("pays", 1000, 0, 0)),
    ("counted, 合格", {}, TABLE, ("pays", 1000, 0, 800)),
    ("不合格", {"grade": Grade.failed}, TABLE, ("zero", 0, 0, 0)),
    ("all but entered", {"lacks": ["entered"]}, TABLE, ("waits", 0, 0, 0)),
    ("not entered and approved 2021-09-30", {"lacks": ["approved", "entered"]}, TABLE, ("pays", 0, 0, 1800)),
    ("approved 2021-10-01", {"approved_on": date(2021, 10, 1)}, TABLE, ("pays", 1000, 0, 800)),
    ("25(1), 侦查", {**INVESTIGATION, "lacks": ["ground"]}, TABLE, ("pays", 0, 0, 800)),
    ("劳动仲裁", {**ARBITRATION, "lacks": ["form"]}, TABLE, ("pays", 0, 0, 1800)),
    (
        "彩票公益金, approved 2021-09-30",
        {"fund": Fund.lottery, "lacks": ["approved"]},
        TABLE,
        ("pays", 0, 1000, 800),
    ),
    ("agency's own staff", {"handlers": (STAFF,)}, TABLE, ("zero", 0, 0, 0)),
]


@pytest.mark.parametrize(
    ("facts", "table", "expected"), [row[1:] for row in VECTORS], ids=[row[0] for row in VECTORS]
)
def test_y19_what_a_case_is_paid(
    facts: dict[str, Any], table: tuple[StandardRow, ...], expected: tuple[str, int, int, int]
) -> None:
    line = one(case(**facts), rows=table)
    assert split(line) == expected
    assert line.reasons and line.counted == (not facts.get("lacks"))


def test_y19_the_third_to_reach_the_target_by_archiving_day_is_paid_by_business_funds() -> None:
    days = {"〔2022〕3": date(2022, 5, 3), "〔2022〕1": date(2022, 5, 4), "〔2022〕2": date(2022, 5, 5)}
    made = [case(number, archived_on=day) for number, day in days.items()]
    lines = settle_quarter(Quarter(2022, 2), books(made)).lines
    assert [(line.number, line.place, *split(line)) for line in lines] == [
        ("〔2022〕3", 1, "pays", 1000, 0, 800),
        ("〔2022〕1", 2, "pays", 1000, 0, 800),
        ("〔2022〕2", None, "pays", 0, 0, 1800),
    ]
    assert "超出2022年任务数 2 件" in str(lines[2].reasons[0]) and "五（二）2" in lines[2].reasons[0].clause


def test_y25_two_of_1000_in_one_payment_against_1500_are_refused_whole() -> None:
    ledger = FundLedger(Fund.special, [arrived("2022-03-20", 1500)])
    found = may_pay(ledger, date(2022, 7, 10), 200000)
    assert found.refusal == (
        "惠民专项2022-07-10 余额 1,500 元，本次要付 2,000 元，差 500 元，全部不付；请等资金到位或者减少本次发放"
    )
    assert may_pay(ledger, date(2022, 7, 10), 150000).refusal == ""


def test_a_case_closed_in_2022_and_archived_in_january_is_of_2022s_target_and_the_next_years_list() -> None:
    late = case(closed_on=date(2022, 12, 20), archived_on=date(2023, 1, 15))
    line = one(late, targets={2022: 1, 2023: 0})
    assert (line.target_year, line.place) == (2022, 1)
    assert settle_quarter(Quarter(2022, 4), books([late])).lines == ()


def test_a_closing_outside_every_documents_validity_uses_the_offices_floor_and_does_not_count() -> None:
    line = one(case(closed_on=date(2024, 2, 1), archived_on=date(2024, 2, 3)), rows=())
    assert (line.standard_fen, line.counted, *split(line)) == (100000, False, "pays", 0, 0, 1000)
    assert [item.key for item in line.unmet] == [UnmetKey.closed]


def test_the_payee_is_the_last_handler_unless_shares_are_typed() -> None:
    line = one(case(handlers=(STAFF, LAWYER)))
    assert [(share.name, share.special_fen, share.business_fen) for share in line.shares] == [
        ("王律师", 100000, 80000)
    ]

"""A firm is paid its case subsidies into an account that a second person confirmed, as a person is (Y14 Y29)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.case_values import Fund, FundFlow, FundSource
from app.errors import Refused
from app.services.cases.pay_cases import PayCases
from app.services.funds.enter_fund_row import EnterFundRow
from app.services.money.firm_accounts import (
    ConfirmFirmAccount,
    FirmAccounts,
    FirmAccountView,
    SetFirmAccount,
)
from app.services.people.add_person import AddPerson
from app.services.reports.show_report import ShowReport
from app.services.security.reveal import Reveal
from tests.services.case_desk import CASHIER, CLERK, EXAMINER, LAWYER, CaseDesk, accountless
from tests.services.conftest import Desk

FIRM, NUMBER, OTHER = LAWYER["firm"], "1402020009200012345", "1402020009200054321"
JULY = date(2022, 7, 20)


@pytest.fixture
def desk(county: Desk) -> Desk:
    cases = CaseDesk(county)
    cases.today(JULY)
    cases.archived(date(2022, 5, 20))
    county.do(
        EnterFundRow(
            on=date(2022, 3, 1),
            fund=Fund.special,
            flow=FundFlow.arrived,
            source=FundSource.province,
            fen=10_000_00,
        )
    )
    cases.final("2022-Q2")
    cases.examine_all("2022-Q2")
    return county


def typed(desk: Desk, number: str = NUMBER, bank: str = "工商银行") -> str:
    return str(desk.do(SetFirmAccount(FIRM, bank, number, "开户"), accountless(CLERK)))


def shown(desk: Desk) -> FirmAccountView:
    [one] = [one for one in desk.ask(FirmAccounts()) if one.firm == FIRM]
    return one


def pay(desk: Desk) -> None:
    desk.do(PayCases("2022-Q2", Fund.special, JULY, "V1"), accountless(CASHIER))


def in_the_list(desk: Desk) -> list[str]:
    """The accounts of the list by which subsidies are paid."""
    view = desk.ask(ShowReport("case-pay", "2022-Q2"))
    at = next(place for place, one in enumerate(view.table.columns) if "账号" in one.title)
    return [str(row[at]) for row in view.table.values]


def test_y14_a_firm_is_paid_only_into_an_account_that_somebody_else_confirmed(desk: Desk) -> None:
    assert in_the_list(desk) == [""]
    typed(desk)
    assert (shown(desk).state, shown(desk).account) == ("待复核", "****2345")
    assert in_the_list(desk) == ["工商银行\n****2345\n待复核"]
    with pytest.raises(Refused, match="E398"):
        pay(desk)
    with pytest.raises(Refused, match="E001"):
        desk.do(ConfirmFirmAccount(FIRM), accountless(CLERK))
    with pytest.raises(Refused, match="E865"):
        desk.do(ConfirmFirmAccount(FIRM, "1111"), accountless(EXAMINER))
    assert desk.do(ConfirmFirmAccount(FIRM, "2345"), accountless(EXAMINER)).state == "已复核"
    desk.do(ConfirmFirmAccount(FIRM), accountless(EXAMINER))
    assert in_the_list(desk) == ["工商银行\n****2345"]
    pay(desk)


def test_who_typed_it_does_not_confirm_it_and_a_change_waits_again(desk: Desk) -> None:
    desk.do(SetFirmAccount(FIRM, "工商银行", NUMBER))
    assert shown(desk).is_mine
    with pytest.raises(Refused, match="E864"):
        desk.do(ConfirmFirmAccount(FIRM))
    desk.do(ConfirmFirmAccount(FIRM), accountless(EXAMINER))
    first = shown(desk).id
    assert desk.do(SetFirmAccount(FIRM, "工商银行", NUMBER)) == first and shown(desk).state == "已复核"
    typed(desk, OTHER)
    assert (shown(desk).state, shown(desk).account) == ("待复核", "****4321")
    typed(desk)
    assert shown(desk).state == "待复核", "back to the first number is typed anew"
    typed(desk, "", "")
    assert (shown(desk).state, shown(desk).account) == ("", "")
    with pytest.raises(Refused, match="E863"):
        desk.do(ConfirmFirmAccount(FIRM), accountless(EXAMINER))
    pay(desk)


def test_what_is_typed_is_whole_and_the_bureaus(desk: Desk, station: Desk) -> None:
    for wrong, code in ((("", "甲", "1"), "E399"), ((FIRM, "甲", ""), "E437"), ((FIRM, "", "1"), "E437")):
        with pytest.raises(Refused, match=code):
            desk.do(SetFirmAccount(*wrong))
    with pytest.raises(Refused, match="E188"):
        station.do(SetFirmAccount(FIRM, "甲", NUMBER))
    assert station.ask(FirmAccounts()) == ()
    desk.do(AddPerson(name="孙丽", kind="律师", licence="11408201000000009", organisation="河西所"))
    assert [(one.firm, one.state) for one in desk.ask(FirmAccounts())] == [("河西所", "")]


def test_the_number_is_revealed_on_record_to_those_who_pay_and_never_changed(desk: Desk) -> None:
    row = typed(desk)
    wanted = Reveal("firm_account", row, "bank_account", "发放补贴")
    assert desk.do(wanted, accountless(CASHIER)) == NUMBER
    with pytest.raises(Refused, match="E001"):
        desk.do(wanted, accountless(CLERK))
    for change in ("SET bank_account = '1'", "SET firm = 'x'"):
        with pytest.raises(DatabaseError), desk.office.database.writer.begin() as connection:
            connection.execute(text(f"UPDATE firm_account {change}"))
    with pytest.raises(DatabaseError), desk.office.database.writer.begin() as connection:
        connection.execute(text("DELETE FROM firm_account"))

"""The reports of cases and funds: one source for screen, rows, workbook and paper; who is helped is masked, a sealed file nameless."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from app.case_values import CaseKind, Fund, FundFlow, FundSource
from app.models.records import JournalEntry
from app.services.funds.enter_fund_row import EnterFundRow
from app.services.funds.set_standard import SetStandard
from app.services.people.add_person import AddPerson
from app.services.reports.export_report import ExportReport
from app.services.reports.export_rows import ExportReportRows
from app.services.reports.print_report import PrintReport
from app.services.reports.show_report import ShowReport
from app.values import PersonKind
from tests.services.case_desk import CASHIER, LAWYER, CaseDesk, accountless
from tests.services.conftest import STATION, Desk

JULY = date(2022, 7, 20)
KEYS = ("cases", "case-deadlines", "case-pay", "fund-use", "fund-ledger", "indicators", "recipients")


@pytest.fixture
def cases(county: Desk) -> CaseDesk:
    desk = CaseDesk(county)
    desk.today(JULY)
    county.do(SetStandard(date(2022, 1, 1), CaseKind.civil, None, 180000))
    return desk


def rows(cases: CaseDesk, key: str, period: str = "2022-Q2") -> list[dict[str, Any]]:
    return list(cases.desk.ask(ExportReportRows(key, period)).rows)


def arrive(cases: CaseDesk, yuan: int, on: date, flow: FundFlow = FundFlow.arrived) -> None:
    row = EnterFundRow(on=on, fund=Fund.special, flow=flow, fen=yuan * 100, source=FundSource.province)
    cases.desk.do(row, accountless(CASHIER))


@pytest.mark.parametrize("key", KEYS)
def test_each_is_shown_printed_written_and_on_record(cases: CaseDesk, tmp_path: Path, key: str) -> None:
    cases.archived(date(2022, 5, 20), applicant="柴秀英")
    arrive(cases, 5000, date(2022, 4, 6))
    texts = cases.desk.ask(ShowReport(key, "2022-Q2")).table.texts
    assert texts
    out = tmp_path / f"{key}.xlsx"
    cases.desk.do(ExportReport(key, "2022-Q2", out))
    cells = [
        str(one) for row in load_workbook(out).worksheets[0].iter_rows(values_only=True) for one in row if one
    ]
    assert cases.desk.do(PrintReport(key, "2022-Q2")).pdf.startswith(b"%PDF")
    for words in ("秀英", "柴秀"):
        assert not any(words in one for one in (*cells, *(text for line in texts for text in line)))
    with Session(cases.desk.office.database.reader) as session:
        told = [one.why for one in session.query(JournalEntry) if "2022-Q2" in one.why]
    assert len(told) == 2


def test_q02_the_register_has_every_step_and_hides_a_sealed_name(cases: CaseDesk) -> None:
    cases.archived(date(2022, 5, 20), applicant="柴秀英")
    cases.granted(date(2022, 4, 1), applicant="小明", groups=("未成年人",), born_on=date(2010, 1, 2))
    first, second = rows(cases, "cases", "2022")
    assert (first["applicant"], first["state"], first["closed"]) == ("柴**", "已归档", "2022-04-20")
    assert (second["applicant"], second["groups"]) == ("（未成年人，封存）", "未成年人")
    assert len(rows(cases, "cases", "2022-03")) == 1


def test_lal43_open_periods_overruns_and_what_has_none(cases: CaseDesk) -> None:
    cases.archived(date(2022, 5, 20))
    cases.register(date(2022, 7, 1))
    found = rows(cases, "case-deadlines", "2022-07")
    assert (found[0]["clock"], found[0]["stands"], found[0]["left"]) == ("受理审查", "已超期", -12) or found
    met = rows(cases, "case-deadlines", "2022-Q2")
    assert {"已办"} <= {one["stands"] for one in met}


def test_y19_the_pay_list_splits_by_fund_and_masks_the_account(cases: CaseDesk) -> None:
    person = cases.desk.do(
        AddPerson(name="卫明", kind=PersonKind.lawyer, licence="11408201810000001", bank_name="农业银行解放路支行", bank_account="6228480402564890018")
    )  # fmt: skip
    LAWYER_HERE = LAWYER | {"person": person}
    original = dict(LAWYER)
    LAWYER.update(LAWYER_HERE)
    try:
        cases.archived(date(2022, 5, 20))
        cases.archived(date(2022, 5, 21), entered=False)
    finally:
        LAWYER.clear()
        LAWYER.update(original)
    found = rows(cases, "case-pay")
    assert [(one["special"], one["business"], one["amount"], one["state"]) for one in found] == [
        (100000, 80000, 180000, "试算")
    ]
    assert found[0]["account"].endswith("****0018")
    cases.final("2022-Q2")
    assert [one["state"] for one in rows(cases, "case-pay", "2022")] == ["已列"]
    assert rows(cases, "case-pay", "2022-05") == rows(cases, "case-pay", "2022-Q2")


def test_y21_fund_use_names_the_day_it_is_due(cases: CaseDesk) -> None:
    arrive(cases, 5000, date(2022, 4, 6))
    cases.archived(date(2022, 5, 20))
    cases.final("2022-Q2")
    cases.examine_all("2022-Q2")
    cases.pay("2022-Q2", Fund.special, JULY)
    cases.today(date(2022, 10, 9))
    second, third = rows(cases, "fund-use", "2022-Q2"), rows(cases, "fund-use", "2022-Q3")
    assert (second[0]["arrived"], second[0]["balance"], second[0]["due"]) == (500000, 500000, "2022-07-15")
    assert (third[0]["case"], third[0]["case_count"], third[0]["balance"]) == (100000, 1, 400000)
    assert (third[0]["due"], third[0]["execution"]) == ("2022-10-17", 0.2)


def test_y25_the_ledger_ends_with_the_balance(cases: CaseDesk) -> None:
    arrive(cases, 6000, date(2022, 3, 1), FundFlow.ordered)
    arrive(cases, 5000, date(2022, 4, 6))
    cases.archived(date(2022, 5, 20))
    cases.final("2022-Q2")
    cases.examine_all("2022-Q2")
    cases.pay("2022-Q2", Fund.special, JULY, "V7")
    found = rows(cases, "fund-ledger", "2022")
    assert [(one["flow"], one["balance"]) for one in found] == [
        ("下达", ""),
        ("到位", 500000),
        ("发放", 400000),
    ]
    assert (found[-1]["voucher"], found[-1]["spent"], found[-1]["use"]) == ("V7", 100000, "办案补贴")


def test_g01_recipients_are_counted_once_and_by_group(cases: CaseDesk) -> None:
    cases.granted(date(2022, 6, 1), groups=("农民工", "妇女"), sex="女")
    cases.granted(date(2022, 6, 2), groups=("农民工",))
    found = {one["group"]: one for one in rows(cases, "recipients")}
    assert (found["合计（不重复）"]["people"], found["农民工"]["people"], found["妇女"]["women"]) == (2, 2, 1)


def test_a_station_has_no_list_to_pay(make_desk: Any) -> None:
    station = make_desk(STATION, "station")
    assert station.ask(ExportReportRows("case-pay", "2022-Q2")).rows == ()

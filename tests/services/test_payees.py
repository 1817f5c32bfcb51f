"""An account is paid into only after a second person confirmed it, whichever door it came by (Y29)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.clock import SetClock, local_to_utc
from app.errors import Refused
from app.kernel.permissions import Actor
from app.models.pay import Payment
from app.services.attendance.exceptions_list import ExceptionsList
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.undo import UndoImport
from app.services.money.check_batch import CheckBatch
from app.services.money.confirm_payee import AwaitedPayee, AwaitedPayees, ConfirmPayee
from app.services.money.pay_month import PayMonth
from app.services.money.pay_sheet import ExportPaySheet, PaySheetOf
from app.services.office.office import Office
from app.services.people.add_person import AddPerson
from app.services.people.card import PersonCard
from app.services.people.payee import SetPayee
from app.services.people.pool import Pool
from app.services.security.accounts import AddAccount
from app.values import Month
from tests.services.conftest import Desk
from tests.services.money_book import AFTER_MAY, CHECKER, SECOND, Book, paid, ready_to_pay

pytestmark = pytest.mark.both_engines

PAY = PayMonth("2022-05", date(2022, 6, 2), "记-001")
NEW = "6217000340001111"
ROLES = (("clerk", "工作人员"), ("reviewer", "审核员"), ("cashier", "财务"))


@pytest.fixture
def actors(county: Desk) -> dict[str, Actor]:
    for name, role in ROLES:
        county.do(AddAccount(name, "Secret-2022", (role,), f"{role}甲"))
    return {name: county.office.actor_of(name) for name, _ in ROLES}


def june(county: Desk) -> Book:
    """May is over and can be settled."""
    county.clock.at = local_to_utc(AFTER_MAY)
    return Book(county)


@pytest.fixture
def book(county: Desk) -> Book:
    """张三 is owed a duty's pay of a month that is finally settled."""
    made = june(county)
    made.worked(2)
    made.finish()
    return made


def people(desk: Desk) -> list[AwaitedPayee]:
    return list(desk.ask(AwaitedPayees()))


def test_y29_a_changed_account_is_paid_only_after_a_second_persons_word(
    book: Book, actors: dict[str, Actor], tmp_path: Path
) -> None:
    desk, person = book.desk, book.people["张三"]
    desk.do(SetPayee(person, "建设银行", NEW, "本人换卡"), actors["clerk"])
    assert desk.ask(PersonCard(person)).account_state == "待复核"
    with pytest.raises(Refused, match=r"E866 张.的收款账户还没有复核.*复核") as refused:
        ready_to_pay(desk)
    assert "张三" not in str(refused.value) and NEW not in str(refused.value)
    assert not _payments(desk)
    [item] = [one for one in desk.ask(ExceptionsList(Month(2022, 5))) if one.kind.value == "payee"]
    assert (item.title, item.name, item.may_decide) == ("账户待复核", "张三", False)
    [payee] = desk.ask(PaySheetOf("2022-05")).payees
    assert (payee.account_state, payee.line.account) == ("待复核", "****1111")
    out = tmp_path / "发放表.xlsx"
    desk.do(ExportPaySheet("2022-05", out), actors["cashier"])
    assert NEW not in _texts(out) and "账户待复核，暂不发放" in _texts(out)

    for who, code in (("clerk", "E001"), ("cashier", "E001")):
        with pytest.raises(Refused, match=code):
            desk.do(ConfirmPayee(person), actors[who])
    with pytest.raises(Refused, match="E865"):
        desk.do(ConfirmPayee(person, account_end="0000"), actors["reviewer"])
    assert desk.do(ConfirmPayee("张三", account_end="1111"), actors["reviewer"]).account == "****1111"
    desk.do(ConfirmPayee(person), actors["reviewer"])
    assert _count(desk, "payee_confirmation") == 2, "the first account's, and this one's once"
    card = desk.ask(PersonCard(person))
    assert (card.account_state, card.account_word) == ("已复核", "审核员甲 2022-06-02 复核")
    ready_to_pay(desk)
    assert len(desk.do(PAY, actors["cashier"]).posted) == 1
    [payment] = _payments(desk)
    assert payment.confirmation
    desk.do(ExportPaySheet("2022-05", out), actors["cashier"])
    assert NEW in _texts(out)


def test_y29_who_typed_an_account_does_not_confirm_it(book: Book, actors: dict[str, Actor]) -> None:
    desk, person = book.desk, book.people["张三"]
    desk.do(SetPayee(person, "建设银行", NEW))
    with pytest.raises(Refused, match=r"E864 .*审核员甲"):
        desk.do(ConfirmPayee(person))
    assert people(desk)[0].is_mine
    desk.do(ConfirmPayee(person), actors["reviewer"])
    desk.do(SetPayee(person, "建设银行", NEW))
    assert not people(desk), "typing the same again changes nothing"


def test_y29_who_is_alone_in_the_office_is_told_what_to_do(book: Book) -> None:
    book.desk.do(SetPayee(book.people["张三"], "建设银行", NEW))
    with pytest.raises(Refused, match=r"E864 .*另设一个“审核员”账号"):
        book.desk.do(ConfirmPayee(book.people["张三"]))


def test_y29_an_account_put_back_is_confirmed_anew(book: Book) -> None:
    desk, person = book.desk, book.people["张三"]
    old = "6228480031234500000"
    desk.do(SetPayee(person, "建设银行", NEW))
    desk.do(SetPayee(person, "农业银行盐湖支行", old))
    with pytest.raises(Refused, match="E866"):
        ready_to_pay(desk)
    desk.do(ConfirmPayee(person), SECOND)
    assert paid(desk, PAY).posted


def test_y29_others_are_paid_while_one_account_waits(county: Desk) -> None:
    book = june(county)
    book.worked(2)
    book.worked(3, who="孙丽")
    book.finish()
    county.do(SetPayee(book.people["张三"], "建设银行", NEW))
    with pytest.raises(Refused, match="E866"):
        ready_to_pay(county)
    run = paid(county, PAY, book.people["孙丽"])
    assert [one.person_id for one in run.posted] == [book.people["孙丽"]]


def test_y29_somebody_without_an_account_is_paid_in_cash(county: Desk) -> None:
    book = june(county)
    book.people["张三"] = county.do(AddPerson(name="张三", kind="律师", licence="11408201000000001"))
    book.worked(2)
    book.finish()
    assert paid(county, PAY).posted and _payments(county)[0].confirmation == ""
    with pytest.raises(Refused, match="E863"):
        county.do(ConfirmPayee("张三"), SECOND)


def test_y29_every_door_of_the_bureau_leaves_an_account_to_be_confirmed(county: Desk, tmp_path: Path) -> None:
    county.do(AddPerson(name="卫明", kind="律师", licence="1", bank_name="建设银行", bank_account=NEW))
    sheet = Workbook()
    sheet.worksheets[0].append(["姓名", "人员类别", "执业证号", "开户行", "银行账号"])
    sheet.worksheets[0].append(["孙丽", "律师", "2", "建设银行", "6217000340002222"])
    sheet.save(tmp_path / "people.xlsx")
    report = county.do(ImportWorkbook("people", tmp_path / "people.xlsx"))
    assert [(one.name, one.is_mine) for one in people(county)] == [("卫明", True), ("孙丽", True)]
    county.do(UndoImport(report.id))
    assert [one.name for one in people(county)] == ["卫明"]
    county.do(ImportWorkbook("people", tmp_path / "people.xlsx"))
    for one in people(county):
        county.do(ConfirmPayee(one.person_id), SECOND)
    assert people(county) == []
    [again] = [one for one in county.ask(Pool()) if one.name == "孙丽"]
    assert county.ask(PersonCard(again.id)).account_state == "已复核"


def test_y29_a_second_process_changes_the_account_and_the_first_does_not_pay(book: Book) -> None:
    desk, person = book.desk, book.people["张三"]
    batch = ready_to_pay(desk)
    other = Office(desk.office.data, desk.office.safe.key, SetClock(desk.clock.at))
    try:
        other.do(SetPayee(person, "建设银行", NEW), other.actor_of("admin"))
    finally:
        other.close()
    with pytest.raises(Refused, match="E865"):
        desk.do(ConfirmPayee(person, account_end="0000"), SECOND)
    with pytest.raises(Refused, match=r"E878 .*张.的"):
        desk.do(PAY)
    desk.do(CheckBatch(batch, False, "账户已换"), CHECKER)
    with pytest.raises(Refused, match="E866"):
        ready_to_pay(desk)


def test_y29_a_station_confirms_nothing(station: Desk) -> None:
    station.do(AddPerson(name="卫明", kind="律师", licence="1", bank_name="建设银行", bank_account=NEW))
    with pytest.raises(Refused, match="E188"):
        station.do(ConfirmPayee("卫明"), SECOND)
    assert people(station) == []


@pytest.mark.parametrize("table", ["payee_change", "payee_confirmation"])
@pytest.mark.parametrize("words", ["UPDATE {} SET writer = 'x'", "DELETE FROM {}"])
def test_y29_a_word_once_given_stays(book: Book, table: str, words: str) -> None:
    with (
        Session(book.desk.office.database.writer) as session,
        pytest.raises(DatabaseError, match="kept as they are"),
    ):
        session.execute(text(words.format(table)))


def _payments(desk: Desk) -> list[Payment]:
    with Session(desk.office.database.reader) as session:
        return list(session.scalars(select(Payment)))


def _count(desk: Desk, table: str) -> int:
    with Session(desk.office.database.reader) as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def _texts(path: Path) -> str:
    book = load_workbook(path)
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)

"""A station's people see a whole month at its kiosk, their word goes up, and the answer comes down (Y18, Y29)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.errors import Refused
from app.kernel.permissions import KIOSK
from app.rules.pay.replies import ReplyState
from app.services.kiosk.reply_to_pay import ReplyToPay
from app.services.kiosk.set_pin import SetPin
from app.services.money.answer_dispute import AnswerDispute
from app.services.money.pay_month import PayMonth
from app.services.money.replies import PayReplies
from app.services.money.statement import MyPay, MyPayView
from app.services.today.urgent_kinds import UrgentKind
from app.services.today.waiting import Waiting
from tests.exchange.offices import Place
from tests.exchange.restoring import swap
from tests.services.money_book import CENTRE, Book, paid

Three = tuple[Place, Place, Place]
MAY = "2022-05"


def at_the_kiosk(station: Place, person: str) -> MyPayView:
    found = station.office.ask(MyPay(MAY, person), KIOSK)
    assert isinstance(found, MyPayView) and found.reply is not None
    return found


def test_y29_a_dispute_goes_up_and_its_answer_comes_down(three: Three) -> None:
    county, station, other = three
    site = station.office.identity.code
    book = Book(county)  # type: ignore[arg-type]
    key = book.duty(10, site)
    book.row(10, "09:10", "13:00", site)
    book.worked(11, CENTRE)
    person = book.people["张三"]
    book.publish()
    swap(county, station, site)
    station.do(SetPin(person, "2580"))
    with pytest.raises(Refused, match="E843"):
        station.do(ReplyToPay(person, "2580", MAY, False), KIOSK)
    for one in three:
        one.clock.go_to(datetime(2022, 6, 2, 9))
    book.finish()
    swap(county, station, site)
    shown = at_the_kiosk(station, person)
    assert (shown.net_fen, [line.net_fen for line in shown.lines]) == (45000, [25000])
    assert shown.reply is not None and shown.reply.elsewhere[0].endswith("1 笔 200.00 元")
    assert station.ask(Waiting())[UrgentKind.unconfirmed] == 1
    station.do(ReplyToPay(person, "2580", MAY, True, "当天 09:00 前已到", (key,)), KIOSK)
    assert UrgentKind.unconfirmed not in station.ask(Waiting())
    swap(station, county)
    assert county.ask(Waiting())[UrgentKind.disputes] == 1
    [told] = county.ask(PayReplies(MAY))
    assert (told.state, told.held_fen, told.disputes[0].is_by_pin) == (ReplyState.disputed, 25000, True)
    assert paid(county, PayMonth(MAY, date(2022, 6, 2), "记-1")).total_fen == 20000
    county.do(AnswerDispute(told.disputes[0].id, False, "监控显示 09:10 到岗"))
    assert paid(county, PayMonth(MAY, date(2022, 6, 2), "记-2")).total_fen == 25000
    swap(county, station, site)
    shown = at_the_kiosk(station, person)
    assert shown.reply is not None and shown.reply.answer == "异议不成立：监控显示 09:10 到岗"
    assert other.count("person_statement") == other.count("pay_answer") == 0, "nobody else's business"

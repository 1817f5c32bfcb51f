"""Market days: told as people say them, drafted as mobile duties, each day once (Q06)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from app.errors import Refused
from app.services.outreach.market_rules import AddMarket, DraftMarkets, EndMarket, MarketLine, Markets
from app.services.reading.roster import planned_duties
from app.values import DutyKind, Month
from tests.journeys.cli_inside import Inside
from tests.services.conftest import COUNTY, Desk
from tests.services.money_book import STATION, Book

MAY, JUNE = Month(2022, 5), Month(2022, 6)


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(datetime(2022, 5, 12, 9))
    return Book(county)


def point(book: Book, **changed: Any) -> str:
    said = {"place": "城关大集", "cycle": "农历", "days": "逢三六九", "hours": "09:00-12:00", "site": STATION}
    return str(book.desk.do(AddMarket(**said | changed)))


def line(book: Book, month: Month = MAY) -> MarketLine:
    [found] = book.desk.ask(Markets(month))
    assert isinstance(found, MarketLine)
    return found


def duties(book: Book, month: Month) -> list[Any]:
    with book.desk.office._dispatcher.looking(book.desk.actor) as look:
        return list(planned_duties(look, (month.first_day, month.last_day)))


def test_q06_market_days_become_drafts_of_mobile_duties(book: Book) -> None:
    made = point(book)
    found = line(book)
    assert (found.words, found.hours) == ("农历逢三、六、九", "09:00-12:00")
    assert [day.on.day for day in found.days if day.on in MAY] == [3, 6, 9, 13, 16, 19, 23, 26, 29]
    drafted = book.desk.do(DraftMarkets(made, MAY, book.person()))
    assert (len(drafted.made), drafted.kept, drafted.empty) == (6, 0, ()), "the days gone by are left"
    own = duties(book, MAY)
    assert {duty.kind for duty in own} == {DutyKind.mobile} and {duty.note for duty in own} == {"城关大集"}
    assert [day.on.day for day in line(book).days if day.is_taken] == [13, 16, 19, 23, 26, 29]
    again = book.desk.do(DraftMarkets(made, MAY, book.person("李四")))
    assert (again.made, again.kept) == ((), 6)


def test_q06_who_sits_elsewhere_is_left_out_with_the_reason(book: Book) -> None:
    made = point(book, cycle="公历", days="20、25")
    book.duty(20)
    drafted = book.desk.do(DraftMarkets(made, MAY, book.person()))
    assert len(drafted.made) == 1
    assert [(one.on, one.reason) for one in drafted.empty] == [
        (date(2022, 5, 20), "已在解州镇值班 09:00-13:00")
    ]


def test_q06_another_point_of_the_site_has_days_of_its_own(book: Book) -> None:
    first, second = point(book, cycle="公历", days="20"), point(book, place="西街集", cycle="公历", days="20")
    book.desk.do(DraftMarkets(first, MAY, book.person()))
    drafted = book.desk.do(DraftMarkets(second, MAY, book.person("李四")))
    assert len(drafted.made) == 1


def test_q06_what_is_no_market_is_refused(book: Book) -> None:
    for said, code in (
        ({"place": ""}, "E278"),
        ({"cycle": "藏历"}, "E278"),
        ({"days": "大集"}, "E278"),
        ({"hours": "上午"}, "E"),
        ({"site": "没有这个镇"}, "E420"),
    ):
        with pytest.raises(Refused, match=code):
            point(book, **said)
    made = point(book)
    book.desk.do(EndMarket(made))
    assert book.desk.ask(Markets(MAY)) == ()
    for command in (EndMarket(made), DraftMarkets(made, MAY, book.person())):
        with pytest.raises(Refused, match="E279"):
            book.desk.do(command)


def test_the_command_adds_lists_drafts_and_ends(book: Book) -> None:
    person, root = book.person(), book.desk.office.data.root
    book.desk.office.close()

    def call(*words: str) -> Any:
        return Inside(root, COUNTY.password)(*words).document

    told = ("--cycle", "每周", "--days", "周二", "--hours", "09:00-12:00", "--site", "解州镇")
    made = call("market", "add", "城关大集", *told)["id"]
    [one] = call("market", "list", "--month", "2030-05")
    assert (one["words"], one["days"][0]) == ("每周二", {"on": "2030-05-07", "is_taken": False})
    assert len(call("market", "draft", made, "--month", "2030-05", "--person", person)["made"]) == 4
    call("market", "end", made)
    assert call("market", "list", "--month", "2030-05") == []

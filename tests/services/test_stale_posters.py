"""A roster on the wall that changed since it was printed is said on the day's page (Q12)."""

from __future__ import annotations

from datetime import datetime

from app.services.roster.export_poster import NotePoster
from app.services.roster.publish_roster import PublishRoster
from app.services.today.today_desk import TodayDesk
from app.services.today.urgent_kinds import Counted, UrgentKind
from app.values import Month
from tests.services.conftest import Desk
from tests.services.money_book import STATION, Book

MAY = Month(2022, 5)


def stale(county: Desk) -> list[object]:
    return [one.subject for one in county.ask(TodayDesk()).urgent if one.kind is UrgentKind.posters]


def test_q12_a_poster_knows_that_it_is_out_of_date(county: Desk) -> None:
    county.clock.go_to(datetime(2022, 5, 12, 9))
    book = Book(county)
    book.duty(20)
    book.publish()
    assert stale(county) == [], "what was never printed does not hang anywhere"
    county.do(NotePoster(STATION, MAY, 1))
    assert stale(county) == []
    book.duty(27)
    county.do(PublishRoster(STATION, MAY))
    assert stale(county) == [Counted(1)]
    county.do(NotePoster(STATION, MAY, 2))
    assert stale(county) == []

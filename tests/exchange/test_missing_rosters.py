"""A county sees whose roster of the coming month is not published, and asks for it in the month's last days (Y03, Y04)."""

from __future__ import annotations

from datetime import date, datetime, time

from app.services.roster.draft_duty import DraftDuty
from app.services.roster.missing_rosters import MissingRosters
from app.services.roster.publish_roster import PublishRoster
from app.services.today.today_desk import TodayDesk
from app.services.today.urgent_kinds import UnpublishedRosters, UrgentKind
from app.services.today.waiting import Waiting
from app.ui.today.urgent_words import urgent_sentence, urgent_wanted
from app.values import DutyKind, Month
from tests.exchange.offices import LONGJU, Place
from tests.exchange.restoring import swap
from tests.services.money_book import CENTRE, Book

Three = tuple[Place, Place, Place]
JUNE = Month(2022, 6)


def test_y03_what_no_station_published_is_missed_until_its_roster_comes(three: Three) -> None:
    county, first, _ = three
    site = first.office.identity.code
    person = Book(county).person()  # type: ignore[arg-type]
    swap(county, first, site)
    missed = {one.site: one.is_awaited for one in county.ask(MissingRosters(JUNE))}
    assert missed[site] and missed[LONGJU] and not missed[CENTRE]
    assert [one.site for one in first.ask(MissingRosters(JUNE))] == [site]

    assert UrgentKind.rosters not in county.ask(Waiting()), "the tenth of May is too early"
    for one in three:
        one.clock.go_to(datetime(2022, 5, 28, 9))
    assert county.ask(Waiting())[UrgentKind.rosters] == len(missed)
    [told] = [one for one in county.ask(TodayDesk()).urgent if one.kind is UrgentKind.rosters]
    assert isinstance(told.subject, UnpublishedRosters) and urgent_wanted(told)["month"] == JUNE
    assert "由本单位排：" in urgent_sentence(told, "") and "等站点报来：" in urgent_sentence(told, "")

    hours = ((time(9), time(13)),)
    first.do(DraftDuty(site, date(2022, 6, 7), person, hours, DutyKind.station))
    first.do(PublishRoster(site, JUNE))
    assert UrgentKind.rosters not in first.ask(Waiting())
    swap(first, county)
    assert site not in {one.site for one in county.ask(MissingRosters(JUNE))}

"""The county meets its quota of spot checks, and a draw of them can be recomputed from what it told (Q03)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from app.errors import Refused
from app.kernel.permissions import staff
from app.services.office.settings import ChangeSetting
from app.services.reading.duties import duties_in_force
from app.services.roster.change_duty import ChangeDuty
from app.services.supervision.draw_spot_checks import (
    AnnounceSpotDraw,
    RevealSpotDraw,
    SpotDrawOf,
    SpotDrawView,
)
from app.services.supervision.evidence_month import EvidenceMonth
from app.services.today.today_desk import TodayDesk
from app.services.today.urgent_kinds import UrgentKind
from app.values import ChangeKind, Month, Role
from tests.exchange.offices import JIEZHOU, enrol, make_county
from tests.services.conftest import Desk
from tests.services.money_book import CENTRE, OTHER, STATION, Book

MAY = Month(2022, 5)


@pytest.fixture
def book(county: Desk) -> Book:
    county.clock.go_to(datetime(2022, 5, 2, 8))
    made = Book(county)
    for day in range(3, 28):
        for site in (STATION, OTHER):
            made.duty(day, site, "张三" if site == STATION else "李四")
    made.publish()
    return made


def recomputed(view: SpotDrawView) -> list[str]:
    """As the manual says it in words, by hashlib alone."""
    assert hashlib.sha256(view.seed.encode()).hexdigest() == view.digest
    lots = {one: hashlib.sha256((view.seed + one).encode()).hexdigest() for one in view.candidates}
    order = sorted(view.candidates, key=lambda one: (lots[one], one))
    return sorted([one for one in order if one not in view.gone][: view.count])


def test_q03_anybody_recomputes_the_draw_from_what_was_told(book: Book) -> None:
    made: SpotDrawView = book.desk.do(AnnounceSpotDraw("2022-05"))
    assert (len(made.candidates), made.count, made.seed, len(made.drawn)) == (50, 4, "", 4)
    book.desk.clock.go_to(datetime(2022, 6, 1, 8))
    told: SpotDrawView = book.desk.do(RevealSpotDraw("2022-05"))
    assert told.is_proved and recomputed(told) == [one.candidate for one in told.drawn]
    assert told.candidates == made.candidates and told.drawn == made.drawn


def test_q03_only_those_who_decide_know_what_is_drawn_before_the_seed_is_told(book: Book) -> None:
    book.desk.do(AnnounceSpotDraw("2022-05"))
    clerk = replace(staff("c", "c", "柴", [Role.clerk.value]), is_account=False)
    assert book.desk.ask(SpotDrawOf("2022-05"), clerk).drawn == ()
    book.desk.clock.go_to(datetime(2022, 6, 1, 8))
    book.desk.do(RevealSpotDraw("2022-05"))
    assert len(book.desk.ask(SpotDrawOf("2022-05"), clerk).drawn) == 4


def test_q03_a_drawn_duty_that_is_cancelled_gives_its_place_to_the_next(book: Book) -> None:
    made: SpotDrawView = book.desk.do(AnnounceSpotDraw("2022-05"))
    first = made.drawn[0]
    with book.desk.office._dispatcher.looking(book.desk.actor) as look:
        duty = next(one for one in duties_in_force(look, MAY) if (one.on, one.site) == (first.on, first.site))
    book.desk.do(ChangeDuty(duty.id, ChangeKind.cancel, "停电"))
    book.desk.clock.go_to(datetime(2022, 6, 1, 8))
    told: SpotDrawView = book.desk.do(RevealSpotDraw("2022-05"))
    assert told.gone == (first.candidate,) and len(told.drawn) == 4
    assert recomputed(told) == [one.candidate for one in told.drawn]


def test_q03_a_duty_rostered_after_the_list_was_frozen_takes_no_part(book: Book) -> None:
    made: SpotDrawView = book.desk.do(AnnounceSpotDraw("2022-05"))
    book.duty(30, CENTRE)
    book.publish()
    assert book.desk.ask(SpotDrawOf("2022-05")).candidates == made.candidates


def test_q03_a_draw_has_its_order_of_steps(book: Book) -> None:
    def refused(command: object) -> str:
        with pytest.raises(Refused) as found:
            book.desk.do(command)
        return found.value.code

    assert refused(RevealSpotDraw("2022-05")) == "E161"
    assert refused(AnnounceSpotDraw("2022-04")) == "E158"
    book.desk.do(AnnounceSpotDraw("2022-05", 60))
    assert len(book.desk.ask(SpotDrawOf("2022-05")).drawn) == 50, "no more than there are"
    assert refused(AnnounceSpotDraw("2022-05")) == "E159"
    assert refused(RevealSpotDraw("2022-05")) == "E160"
    book.desk.clock.go_to(datetime(2022, 6, 1, 8))
    book.desk.do(RevealSpotDraw("2022-05"))
    assert refused(RevealSpotDraw("2022-05")) == "E161"


def test_q03_the_station_recomputes_the_countys_draw_from_the_bundle(tmp_path: Path) -> None:
    county = make_county(tmp_path)
    station = enrol(county, tmp_path, JIEZHOU)
    try:
        county.clock.go_to(datetime(2022, 5, 2, 8))
        desk = Desk(county.office, county.actor, county.clock, "")
        made = Book(desk)
        for day in (5, 6, 9, 10, 11, 12):
            made.duty(day, JIEZHOU)
        made.publish()
        desk.do(AnnounceSpotDraw("2022-05"))
        station.clock.go_to(datetime(2022, 5, 2, 9))
        assert [one.outcome for one in station.take(*(county.stick / x.file for x in county.export(JIEZHOU)))]
        held = station.ask(SpotDrawOf("2022-05"))
        assert (len(held.candidates), held.drawn, held.seed) == (6, (), "")
        with pytest.raises(Refused, match="E157"):
            station.do(AnnounceSpotDraw("2022-05"))
        for place in (county, station):
            place.clock.go_to(datetime(2022, 6, 1, 9))
        told = desk.do(RevealSpotDraw("2022-05"))
        station.take(*(county.stick / x.file for x in county.export(JIEZHOU)))
        seen = station.ask(SpotDrawOf("2022-05"))
        assert seen.is_proved and seen.drawn == told.drawn
        assert recomputed(seen) == [one.candidate for one in seen.drawn]
    finally:
        station.office.close()
        county.office.close()


def test_q03_the_meter_counts_rounds_and_today_says_how_many_are_missing(book: Book) -> None:
    book.desk.clock.go_to(datetime(2022, 5, 20, 8))
    assert book.desk.ask(EvidenceMonth(MAY)).quota.words == "本月抽查 0"
    book.desk.do(ChangeSetting("pack.spot_checks_per_month", "4", "市局要求"))
    book.check(10, "10:00", "在岗", None)
    book.check(10, "10:00", "在岗", None, who="李四")
    book.check(11, "10:00", "在岗", None)
    quota = book.desk.ask(EvidenceMonth(MAY)).quota
    assert (quota.words, quota.missing, quota.by) == ("本月抽查 2/4", 2, MAY.last_day), (
        "two people, one round"
    )
    kinds = {one.kind: one.subject for one in book.desk.ask(TodayDesk()).urgent}
    assert kinds[UrgentKind.spot_quota] == quota
    for day in (12, 13):
        book.check(day, "10:00", "在岗", None)
    assert UrgentKind.spot_quota not in {one.kind for one in book.desk.ask(TodayDesk()).urgent}

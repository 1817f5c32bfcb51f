"""What a station does beside consultations comes to its county, and an erasure takes it from both (Q04 Q07 Q12 Q02)."""

from __future__ import annotations

from datetime import date, timedelta

from app.clock import local
from app.services.consultations.card import ConsultationCard
from app.services.consultations.record_consultation import RecordConsultation
from app.services.consultations.sign_record import SignRecord
from app.services.erasure.erase_personal_data import ErasePersonalData
from app.services.outreach.activities import Activities
from app.services.outreach.errand_list import Errands
from app.services.outreach.errands import BeginErrand
from app.services.outreach.market_rules import AddMarket, Markets
from app.services.outreach.postings import Postings, RecordPosting
from app.services.outreach.record_activity import CorrectActivity, RecordActivity
from app.services.people.add_person import AddPerson
from app.values import Month
from tests.exchange.offices import Place
from tests.exchange.pair import county, station
from tests.exchange.restoring import swap
from tests.exchange.test_exchange_erasure import faults, holds

__all__ = ["county", "station"]
NAME = "孟采薇"


def test_q04_q07_q12_all_of_it_comes_to_the_county(county: Place, station: Place) -> None:
    now = local(station.clock.now().at)
    today: date = now.date()
    who = station.do(AddPerson(name="卫明", kind="律师", organisation="河东律师事务所", licence="1"))
    made = station.do(
        RecordConsultation(
            client_name=NAME,
            phone="13800006021",
            person_id=who,
            groups=("老年人",),
            topics=("劳动",),
            is_green=True,
        )
    ).id
    lecture = station.do(
        RecordActivity(kind="普法讲座", village="西街村", reached=45, person_id=who, matter=f"{NAME}家的事")
    )
    station.do(CorrectActivity(id=lecture, reason="漏计", reached=46))
    station.do(
        BeginErrand(
            consultation_id=made,
            kind="转介部门",
            department="民政",
            by=today + timedelta(days=5),
            matter=f"{NAME}低保",
        )
    )
    station.do(RecordPosting(kind="宣传海报", village="西街村"))
    station.do(AddMarket("城关大集", "农历", "逢三六九", "09:00-12:00"))
    station.do(SignRecord(made, ((1, 2, 3, 4, 5, 6, 7, 8),)))
    swap(station, county)
    [line] = county.ask(Activities(first=today, last=today)).lines
    assert (line.reached, line.revision, line.is_mine) == (46, 2, False)
    [errand] = county.ask(Errands()).lines
    assert (errand.department, errand.record.is_green) == ("民政", True)
    assert [one.village for one in county.ask(Postings())] == ["西街村"]
    assert [one.words for one in county.ask(Markets(Month.of(today)))] == ["农历逢三、六、九"]
    assert county.ask(ConsultationCard(made)).signature is not None
    assert {"activity", "errand"} <= holds(county, NAME)
    station.do(ErasePersonalData("activity", lecture, "本人申请"))
    station.do(ErasePersonalData("consultation", made, "本人申请"))
    swap(station, county)
    for place in (county, station):
        assert holds(place, NAME) == set() and faults(place) == []
        assert place.ask(ConsultationCard(made)).signature is None

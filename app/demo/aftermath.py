"""Plays what comes after a month was paid: a check found proved only now, and what a station writes after its report."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial

from app.demo.month import Play, try_act
from app.demo.offices import DemoOffice, carry_down
from app.services.attendance.decide import Decide
from app.services.attendance.exceptions_list import ExceptionsList, Judgement
from app.services.consultations.record_consultation import RecordConsultation
from app.services.exchange.decide_late import DecideLateChange, LateChanges
from app.services.money.month_pay import ComputeSettlement


def judge_after_payment(play: Play) -> None:
    """The reviewer finds evidence proved that was open while its month was paid: people owe what they got too much."""
    county = play.county.at(play.last_day + timedelta(days=6))
    paid = {
        one.person_id for one in county.ask(ComputeSettlement(str(play.month.month))).people if one.net_fen
    }
    reviewer = county.office.actor_of("shenhe")
    for item in county.ask(ExceptionsList(play.month.month)):
        if item.judgement in (Judgement.absence, Judgement.sham) and item.person_id in paid:
            verdict = Decide(item.id, True, "调看监控，情况属实")
            try_act(play, partial(county.office.do, verdict, reviewer))
    settled = county.ask(ComputeSettlement(str(play.month.month.next())))
    play.owed_fen = sum(one.owed_fen for one in settled.people)


def write_forgotten_month(play: Play, station: DemoOffice) -> None:
    """A restored station does not know yet that it had reported the month before, and writes two records into it."""
    month = play.month.month.previous()
    like = [one for one in play.month.consultations if one.site.code == station.code][:2]
    for number, one in enumerate(like, 1):
        station.do(
            RecordConsultation(
                client_name=one.client,
                sex=one.sex.value,
                is_id_refused=True,
                topics=one.topics,
                channel=one.channel,
                content=one.question,
                answer=one.answer,
                at=datetime.combine(month.last_day - timedelta(days=number), time(10, 30)),
                site=station.code,
                person_id=play.person(one.adviser),
                number=f"补{number}",
            )
        )


def decide_one_late_change(play: Play, station: DemoOffice) -> None:
    """The reviewer takes in one of the station's late changes; the other waits."""
    month = str(play.month.month.previous())
    first = play.county.ask(LateChanges(station.code, month))[0]
    decision = DecideLateChange(first.id, True, "已与纸质登记表核对")
    play.county.office.do(decision, play.county.office.actor_of("shenhe"))
    play.late_waiting = len(play.county.ask(LateChanges(station.code, month)))
    play.outcomes += carry_down(play.county, [station], play.bundles)

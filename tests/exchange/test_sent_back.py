"""The bureau sends single records back; their station corrects or explains them, and nothing else of the month opens."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from typing import Any

import pytest

from app.cli.main import add_commands
from app.cli.session import run
from app.errors import Refused
from app.kernel.permissions import staff
from app.services.attendance.ask_correction import AskCorrection
from app.services.consultations.card import ConsultationCard
from app.services.consultations.correct_consultation import CorrectConsultation
from app.services.consultations.register import Register
from app.services.exchange.decide_late import DecideLateChange
from app.services.money.review_month import ReviewMonth
from app.services.money.send_back import SendBack, SendBackAgain, SettleReturn
from app.services.money.settle_final import SettleFinal
from app.services.money.submit_month import SubmitMonth
from app.services.returns.answer_return import AnswerReturn
from app.services.returns.returns_list import ReturnsList, ReturnView
from app.values import DeliveryState, Role
from tests.exchange.case_scans import attach, scan
from tests.exchange.case_scans import desk as case_desk
from tests.exchange.offices import JIEZHOU, LONGJU, Place
from tests.exchange.pair import county, station
from tests.exchange.restoring import rows
from tests.exchange.test_record_states import person, swap, write
from tests.services.case_desk import accountless

__all__ = ["county", "person", "station"]


def listed(place: Place, *, is_all: bool = False) -> tuple[ReturnView, ...]:
    found: tuple[ReturnView, ...] = place.ask(ReturnsList(is_all=is_all))
    return found


def come_together(station: Place, county: Place, day: datetime) -> None:
    for place in (station, county):
        place.clock.go_to(day)
    swap(station, county)


@pytest.fixture
def month(county: Place, station: Place, person: str) -> tuple[str, str]:
    """May with one duty and two records, reported and passed; ids of the records."""
    made = (write(station, person), write(station, person))
    for place in (station, county):
        place.clock.go_to(datetime(2022, 6, 2, 9))
    station.do(SubmitMonth("2022-05"))
    swap(station, county)
    county.do(ReviewMonth(JIEZHOU, "2022-05", True))
    station.take(county.export()[0].file)
    return made


def test_a_record_of_a_reported_month_opens_alone_and_its_correction_is_the_answer(
    county: Place, station: Place, month: tuple[str, str]
) -> None:
    one, other = month
    with pytest.raises(Refused, match="E110"):
        station.do(CorrectConsultation(id=one, reason="补", content="工地欠薪四个月。"))
    county.do(SendBack("consultation", one, "缺项", "请补金额"))
    with pytest.raises(Refused, match="E767"):
        county.do(SendBack("consultation", one, "重复"))
    station.take(county.export()[0].file)
    [seen] = listed(station)
    assert (seen.row_id, seen.code, seen.comment, seen.standing, seen.is_ours) == (
        one,
        "缺项",
        "请补金额",
        "待答复",
        True,
    )
    assert [row.id for row in station.ask(Register(delivery=DeliveryState.returned)).rows] == [one]
    card = station.ask(ConsultationCard(one))
    assert card.row.delivery.fault == "缺项，请补金额" and card.closed == ""
    assert station.ask(ConsultationCard(other)).closed == "submitted"
    with pytest.raises(Refused, match="E110"):
        station.do(CorrectConsultation(id=other, reason="补", content="工地欠薪四个月。"))
    station.do(SubmitMonth("2022-04", is_nil=True))
    with pytest.raises(Refused, match="E110"):
        station.do(CorrectConsultation(id=one, reason="补", at=datetime(2022, 4, 30, 9)))
    station.do(CorrectConsultation(id=one, reason="补了金额", content="工地欠薪四个月，共一万二。"))
    [answered] = listed(station)
    assert answered.standing == "已答复"
    assert [(said.kind, said.text) for said in answered.replies] == [("已改正", "补了金额")]
    assert station.ask(Register(delivery=DeliveryState.returned)).rows == ()
    swap(station, county)
    [here] = listed(county)
    assert here.standing == "已答复" and len(here.late) == 1
    with pytest.raises(Refused, match="E785"):
        county.do(SettleReturn(here.id))
    county.do(DecideLateChange(here.late[0], True, "已补金额"))
    county.do(SettleReturn(here.id))
    assert listed(county) == () and [one.standing for one in listed(county, is_all=True)] == ["已办结"]
    assert "一万二" in county.ask(ConsultationCard(one)).content
    station.take(county.export()[0].file)
    assert listed(station) == ()
    with pytest.raises(Refused, match="E110"):
        station.do(CorrectConsultation(id=one, reason="再补", content="工地欠薪五个月。"))


def test_an_explanation_is_an_answer_and_what_does_not_do_goes_back_again(
    county: Place, station: Place, month: tuple[str, str]
) -> None:
    one, _ = month
    first = county.do(SendBack("consultation", one, "其他", "事项写得太笼统"))
    station.take(county.export()[0].file)
    with pytest.raises(Refused, match="E777"):
        station.do(AnswerReturn(first, "说明", " "))
    with pytest.raises(Refused, match="E776"):
        station.do(AnswerReturn(first, "改天", "好"))
    with pytest.raises(Refused, match="E778"):
        county.do(AnswerReturn(first, "说明", "代答"))
    station.do(AnswerReturn(first, "说明", "当事人只说了这些"))
    swap(station, county)
    second = county.do(SendBackAgain(first, "答复不当", "请回访补问"))
    rounds = [(row.round, row.standing) for row in listed(county, is_all=True)]
    assert sorted(rounds) == [(1, "再次退回"), (2, "待答复")]
    with pytest.raises(Refused, match="E784"):
        county.do(SettleReturn(second))
    county.do(SettleReturn(second, "站点已撤并，不再追"))
    with pytest.raises(Refused, match="E769"):
        county.do(SettleReturn(second, "再办一次"))


def test_a_sent_back_duty_opens_its_day_and_a_case_is_answered_by_its_papers(
    county: Place, station: Place, person: str, month: tuple[str, str]
) -> None:
    [duty] = rows(county, "SELECT id FROM duty")
    claim = AskCorrection(JIEZHOU, person, "in", datetime(2022, 5, 10, 9), "签到台停电")
    with pytest.raises(Refused, match="E110"):
        station.do(claim)
    case = case_desk(station).register(date(2022, 6, 1))
    come_together(station, county, datetime(2022, 6, 3, 9))
    county.do(SendBack("duty", duty[0], "与排班不符", "没有签到"))
    county.do(SendBack("case", case, "材料不全"))
    station.take(county.export()[0].file)
    assert sorted((row.title, row.standing) for row in listed(station)) == [
        ("值班", "待答复"),
        ("援助案件", "待答复"),
    ]
    station.do(claim)
    attach(station, case, scan())
    assert {row.standing for row in listed(station)} == {"已答复"}
    swap(station, county)
    [about] = [row for row in listed(county) if row.title == "值班"]
    assert len(about.late) == 1 and "申请" not in about.what


def test_a_settled_month_stays_locked_and_only_an_explanation_is_asked_for(
    county: Place, station: Place, month: tuple[str, str]
) -> None:
    one, _ = month
    county.do(SettleFinal("2022-05"))
    county.do(SendBack("consultation", one, "日期有误"))
    station.take(county.export()[0].file)
    [seen] = listed(station)
    assert not seen.may_correct
    with pytest.raises(Refused, match="E110"):
        station.do(CorrectConsultation(id=one, reason="补", content="工地欠薪四个月。"))
    station.do(AnswerReturn(seen.id, "说明", "日期是对的，签到簿可查"))
    swap(station, county)
    county.do(SettleReturn(seen.id))


def test_a_return_before_the_settlement_closes_with_it(
    county: Place, station: Place, month: tuple[str, str]
) -> None:
    one, _ = month
    county.do(SendBack("consultation", one, "缺项"))
    county.do(SettleFinal("2022-05"))
    station.take(county.export()[0].file)
    [seen] = listed(station)
    assert seen.may_correct
    with pytest.raises(Refused, match="E110"):
        station.do(CorrectConsultation(id=one, reason="补", content="工地欠薪四个月。"))


def test_who_may_send_back_and_what(county: Place, station: Place, month: tuple[str, str]) -> None:
    one, _ = month
    with pytest.raises(Refused, match="E188"):
        station.do(SendBack("consultation", one, "缺项"))
    clerk = accountless(staff("c", "c", "小王", [Role.clerk]))
    with pytest.raises(Refused, match="E001"):
        county.do(SendBack("consultation", one, "缺项"), clerk)
    for kind, row_id, site in (
        ("consultation", "nobody", ""),
        ("person", one, ""),
        ("consultation", one, LONGJU),
    ):
        with pytest.raises(Refused, match="E765"):
            county.do(SendBack(kind, row_id, "缺项", site=site))
    for code, comment in (("不好", "x"), ("其他", " ")):
        with pytest.raises(Refused, match="E768"):
            county.do(SendBack("consultation", one, code, comment))
    own = case_desk(county).register(date(2022, 6, 1))
    with pytest.raises(Refused, match="E766"):
        county.do(SendBack("case", own, "材料不全"))


def test_the_command_line_of_both_sides(
    county: Place,
    station: Place,
    month: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def huimin(place: Place, password: str, *words: str) -> Any:
        monkeypatch.setenv("HUIMIN_PASSWORD", password)
        monkeypatch.setattr(
            sys, "argv", ["huimin", "--data-dir", str(place.office.data.root), "--json", *words]
        )
        assert run(add_commands()) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    stick, theirs = str(county.stick), str(station.stick)
    for place in (county, station):
        place.office.close()
    sent = huimin(county, "County-2022", "review", "send-back", "consultation", month[0], "--code", "缺项")[
        "id"
    ]
    [out] = huimin(county, "County-2022", "bundle", "export", "--to", stick)
    huimin(station, "Station-2022", "bundle", "import", out["file"])
    [seen] = huimin(station, "Station-2022", "review", "returns")
    assert (seen["id"], seen["record"], seen["standing"]) == (sent, month[0], "待答复")
    huimin(station, "Station-2022", "review", "reply", sent, "--text", "当事人拒绝提供")
    [up] = huimin(station, "Station-2022", "bundle", "export", "--to", theirs)
    huimin(county, "County-2022", "bundle", "import", up["file"])
    assert huimin(county, "County-2022", "review", "returns")[0]["standing"] == "已答复"
    huimin(county, "County-2022", "review", "settle", sent)
    assert huimin(county, "County-2022", "review", "returns") == []

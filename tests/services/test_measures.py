"""Each document's measures are work with clause, owner, standard, due day, evidence and reminder (Q15)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.errors import Refused
from app.kernel.packs import load_pack, pack_keys
from app.rules.supervision.measures import MeasureState, measure_state, turn_of
from app.services.reports.show_report import ShowReport
from app.services.supervision.measures import Measures, MeasureView, NoteMeasure
from app.services.today.today_desk import TodayDesk
from app.services.today.urgent_kinds import DueMeasures
from app.values import Level
from tests.exchange.offices import JIEZHOU, enrol, make_county
from tests.services.conftest import Desk


@pytest.fixture
def desk(county: Desk) -> Desk:
    county.clock.go_to(datetime(2022, 5, 20, 9))
    return county


def shown(place: Any, number: str) -> MeasureView:
    return next(one for one in place.ask(Measures()) if one.number == number)


@pytest.mark.parametrize("key", pack_keys())
def test_q15_every_document_ships_its_measures_whole(key: str) -> None:
    pack = load_pack(key)
    assert len(pack.measures) >= 10
    assert len({one.number for one in pack.measures}) == len(pack.measures)
    for one in pack.measures:
        assert one.title and one.owner and one.standard and one.evidence and one.due
        assert pack.clause_text(one.clause), one.title
        assert pack.valid_from <= turn_of(pack, one, pack.valid_from).due_on
        assert Level.county in one.doers or Level.city in one.doers


def test_q15_words_of_the_documents_come_to_days() -> None:
    days = {
        (key, one.number): one.by
        for key in pack_keys()
        for one in load_pack(key).measures
        if one.by is not None
    }
    assert days["yuncheng-2022", "1"] == date(2022, 3, 24), "ten days after the 14th of March"
    assert days["qinshui-2023", "1"] == date(2023, 5, 31)
    assert days["jian-2018", "5"] == date(2018, 12, 19)
    assert days["jian-2018", "10"] == date(2018, 10, 17), "the ninth of the ninth moon of 2018"


def test_q15_a_measure_is_late_until_somebody_notes_what_was_done(desk: Desk) -> None:
    assert shown(desk, "1").state is MeasureState.late
    desk.do(NoteMeasure("1", "方案已报市局，回执在卷", date(2022, 3, 22)))
    held = shown(desk, "1")
    assert (held.state, held.said) == (MeasureState.done, ((date(2022, 3, 22), "方案已报市局，回执在卷"),))
    text = str(desk.ask(ShowReport("measures", "2022-05")).table.texts)
    assert "回执在卷" in text and "庙会" in text


def test_q15_what_is_done_each_quarter_counts_for_its_own_quarter(desk: Desk) -> None:
    desk.do(NoteMeasure("7", "一季度台账", date(2022, 3, 30)))
    assert (shown(desk, "7").period, shown(desk, "7").state) == ("2022-Q2", MeasureState.ahead)
    desk.do(NoteMeasure("7", "二季度台账"))
    assert shown(desk, "7").state is MeasureState.done
    desk.clock.go_to(datetime(2022, 9, 25, 9))
    assert shown(desk, "7").state is MeasureState.soon


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (NoteMeasure("99", "做了"), "E175"),
        (NoteMeasure("1", " "), "E163"),
        (NoteMeasure("1", "做了", date(2022, 5, 21)), "E176"),
        (NoteMeasure("1", "做了", date(2021, 12, 31)), "E176"),
    ],
)
def test_q15_a_note_names_a_measure_a_day_and_what_was_done(
    desk: Desk, command: NoteMeasure, code: str
) -> None:
    with pytest.raises(Refused) as found:
        desk.do(command)
    assert code in {found.value.code} | {one.code for one in found.value.problems}


def test_q15_today_reminds_of_measures_that_are_due(desk: Desk) -> None:
    def due() -> DueMeasures | None:
        rows = desk.ask(TodayDesk()).urgent
        return next((one.subject for one in rows if isinstance(one.subject, DueMeasures)), None)

    assert due() is None, "what was due before this office began is listed, and nobody is reminded of it"
    assert shown(desk, "1").state is MeasureState.late
    desk.clock.go_to(datetime(2022, 6, 24, 9))
    found = due()
    assert found == DueMeasures(2, "年中督查", date(2022, 6, 30))
    desk.do(NoteMeasure("3", "督查记录在卷"))
    desk.do(NoteMeasure("7", "二季度台账"))
    assert due() is None


def test_q15_a_station_does_its_own_and_the_county_sees_it(tmp_path: Path) -> None:
    county = make_county(tmp_path)
    station = enrol(county, tmp_path, JIEZHOU)
    try:
        mine = {one.number for one in station.ask(Measures())}
        assert mine == {"5", "7", "9", "10"}
        with pytest.raises(Refused, match="E175"):
            station.do(NoteMeasure("1", "做了"))
        station.do(NoteMeasure("10", "庙会宣传，照片 5 张"))
        assert shown(station, "10").state is MeasureState.done
        county.take(*(station.stick / one.file for one in station.export()))
        above = shown(county, "10")
        assert (above.others, above.said) == (1, ()) and above.state is not MeasureState.done
    finally:
        station.office.close()
        county.office.close()


def test_q15_the_last_day_is_in_time() -> None:
    pack = load_pack("qinshui-2023")
    turn = turn_of(pack, pack.measures[0], date(2023, 5, 1))
    states = [
        measure_state(turn, day, is_done=False)
        for day in (date(2023, 5, 23), date(2023, 5, 24), date(2023, 5, 31), date(2023, 6, 1))
    ]
    assert states == [MeasureState.ahead, MeasureState.soon, MeasureState.soon, MeasureState.late]

"""Somebody who sits duty at two sites at once is seen at the county and sent back; a merged record is marked below too."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

import pytest

from app.cli.main import add_commands
from app.cli.session import run
from app.services.consultations.register import Register
from app.services.pairs.decide_pair import DecidePair
from app.services.pairs.pairs_month import PairsMonth, PairView
from app.services.returns.returns_list import ReturnsList
from app.services.targets.progress import TargetsProgress
from app.values import Month
from tests.exchange.offices import Place
from tests.exchange.pair import county, station
from tests.exchange.test_record_states import person, swap
from tests.services.consultation_desk import CENTRE, ELDER, lawyer, on_duty, record

__all__ = ["county", "person", "station"]
MAY = Month(2022, 5)


def pairs(place: Place, *, is_all: bool = False) -> tuple[PairView, ...]:
    found: tuple[PairView, ...] = place.ask(PairsMonth(MAY, is_all))
    return found


def test_one_lawyer_in_two_places_goes_back_to_the_station(
    county: Place, station: Place, person: str
) -> None:
    on_duty(county, (lawyer(county), "12:00-16:00"))  # type: ignore[arg-type]
    assert pairs(county) == ()
    swap(station, county)
    [pair] = pairs(county)
    assert (pair.kind, pair.standing) == ("值班", "待认定")
    theirs = pair.first_id
    county.do(DecidePair("值班", pair.second_id, theirs, "退回核实", "同一时间在中心也有班"))
    assert [one.standing for one in pairs(county, is_all=True)] == ["已退回核实"]
    station.take(county.export()[0].file)
    [sent] = station.ask(ReturnsList())
    assert (sent.row_id, sent.code, sent.comment) == (theirs, "重复", "同一时间在中心也有班")
    assert pairs(station) == ()


def test_a_record_that_counts_nowhere_counts_nowhere_at_its_station_either(
    county: Place,
    station: Place,
    person: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    same: dict[str, Any] = {"id_number": ELDER, "is_id_refused": False}
    on_duty(county, (lawyer(county, "李丽", 2), "09:00-13:00"))  # type: ignore[arg-type]
    for place in (county, station):
        place.clock.go_to(datetime(2022, 5, 10, 9, 30))
    kept = record(county, site=CENTRE, **same).id  # type: ignore[arg-type]
    gone = record(station, person_id=person, **same).id  # type: ignore[arg-type]
    swap(station, county)
    root = county.office.data.root
    assert len(pairs(county)) == 1
    county.office.close()
    monkeypatch.setenv("HUIMIN_PASSWORD", "County-2022")

    def huimin(*words: str) -> Any:
        monkeypatch.setattr(sys, "argv", ["huimin", "--data-dir", str(root), "--json", *words])
        assert run(add_commands()) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    [line] = huimin("review", "pairs", "--month", "2022-05")
    assert {line["first"], line["second"]} == {kept, gone}
    huimin("review", "pair", "咨询", kept, gone, "只计一条", "--reason", "当天先到中心")
    assert huimin("review", "pairs", "--month", "2022-05") == []
    [out] = huimin("bundle", "export", "--to", str(county.stick))
    station.take(out["file"])
    [row] = station.ask(Register()).rows
    assert row.is_merged
    assert station.ask(TargetsProgress("2022-05")).total.so_far == 0

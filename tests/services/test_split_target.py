"""The bureau's target split over its units and months, sent down, measured there (Y26)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from app.errors import Refused
from app.rules.policy.split import by_months
from app.services.reports.show_report import ShowReport
from app.services.targets.progress import TargetsProgress
from app.services.targets.split_target import SplitDesk, SplitTarget
from tests.exchange.offices import JIEZHOU, enrol, make_county
from tests.journeys.cli_inside import bureau
from tests.services.conftest import Desk

KIND, YEAR, WHY = "consultations", 2022, "盐司字〔2022〕5号"


def proposal(desk: Desk, kind: str = KIND) -> tuple[tuple[str, tuple[int, ...]], ...]:
    return tuple((one.code, one.months) for one in desk.ask(SplitDesk(YEAR, kind)).shares)


def target_of(desk: Desk, code: str) -> int | None:
    return next(one.target for one in desk.ask(TargetsProgress("2022-05")).units if one.code == code)


def test_y26_a_proposal_sums_to_the_whole_and_holds_once_it_is_made(county: Desk) -> None:
    found = county.ask(SplitDesk(YEAR, KIND))
    assert (found.total, found.version) == (6400, 0)
    assert sum(one.total for one in found.shares) == 6400 and len(found.shares) > 10
    assert target_of(county, JIEZHOU) is None
    assert county.do(SplitTarget(YEAR, KIND, proposal(county), WHY)) == 1
    assert target_of(county, JIEZHOU) == {one.code: one.total for one in found.shares}[JIEZHOU]
    assert county.do(SplitTarget(YEAR, KIND, proposal(county), WHY)) == 1, "the same again is no new version"
    rows = county.ask(ShowReport("targets", "2022")).table.texts
    assert rows[0][2] == "6400" and any(row[2] for row in rows[1:])


def test_y26_a_later_version_takes_its_place_and_pace_follows_its_months(county: Desk) -> None:
    parts = dict(proposal(county))
    county.do(SplitTarget(YEAR, KIND, tuple(parts.items()), WHY))
    other = next(code for code in parts if code != JIEZHOU)
    year = sum(parts[JIEZHOU])
    parts[other] = by_months(sum(parts[other]) + year - 120)
    parts[JIEZHOU] = (0, 0, 0, 0, 0, 120, 0, 0, 0, 0, 0, 0)
    assert county.do(SplitTarget(YEAR, KIND, tuple(parts.items()), "年中调整")) == 2
    assert target_of(county, JIEZHOU) == 120
    unit = next(one for one in county.ask(TargetsProgress("2022-05")).units if one.code == JIEZHOU)
    assert unit.pace == 0, "nothing is due before June"
    county.clock.go_to(datetime(2022, 6, 15, 9))
    unit = next(one for one in county.ask(TargetsProgress("2022-06")).units if one.code == JIEZHOU)
    assert unit.pace == 0.5


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda parts: {**parts, JIEZHOU: by_months(1)}, "E492"),
        (lambda parts: {**parts, "140825": by_months(0)}, "E491"),
        (lambda parts: {**parts, JIEZHOU: (1, 2)}, "E493"),
    ],
)
def test_y26_what_does_not_add_up_is_refused(county: Desk, change, code: str) -> None:
    parts = change(dict(proposal(county)))
    with pytest.raises(Refused) as refused:
        county.do(SplitTarget(YEAR, KIND, tuple(parts.items()), WHY))
    assert refused.value.code == code
    assert county.ask(SplitDesk(YEAR, KIND)).version == 0


def test_y26_a_station_splits_nothing_and_kinds_are_known(county: Desk, station: Desk) -> None:
    for desk, command, code in (
        (station, SplitTarget(YEAR, KIND, (), WHY), "E489"),
        (county, SplitTarget(YEAR, "recipients", (), WHY), "E494"),
    ):
        with pytest.raises(Refused) as refused:
            desk.do(command)
        assert refused.value.code == code


def test_y26_cases_are_split_too_and_listed_for_the_units(county: Desk) -> None:
    county.do(SplitTarget(YEAR, "cases", proposal(county, "cases"), WHY))
    found = county.ask(TargetsProgress("2022")).others
    units = [one for one in found if one.code == JIEZHOU]
    assert [(one.kind, one.clause) for one in units] == [("案件", "任务分解第 1 版")]
    assert units[0].amount == sum(dict(proposal(county, "cases"))[JIEZHOU])


def test_y26_the_split_travels_down_and_is_the_station_s_target(tmp_path: Path) -> None:
    county = make_county(tmp_path)
    station = enrol(county, tmp_path, JIEZHOU)
    parts = tuple((one.code, one.months) for one in county.ask(SplitDesk(YEAR, KIND)).shares)
    county.do(SplitTarget(YEAR, KIND, parts, WHY))
    station.take(*(county.stick / one.file for one in county.export(JIEZHOU)))
    assert station.ask(TargetsProgress("2022-05")).total.target == sum(dict(parts)[JIEZHOU])
    for place in (county, station):
        place.office.close()


def test_y26_the_command_shows_and_splits(tmp_path: Path) -> None:
    county = bureau(tmp_path / "county")
    shown = county("target", "show", "--year", "2022").document
    assert (shown["total"], shown["version"]) == (6400, 0)
    assert (
        "E492"
        in county(
            "target", "split", "--year", "2022", "--reason", WHY, "--part", f"{JIEZHOU}=5", expect=1
        ).err
    )
    made = county("target", "split", "--year", "2022", "--reason", WHY).document
    assert (made["version"], sum(one["total"] for one in made["units"])) == (1, 6400)

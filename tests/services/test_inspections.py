"""An inspection's faults become problems with owner and due day, mended below and looked at again above (Q03 Y27)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.clock import local_to_utc
from app.errors import Refused
from app.kernel.packs import load_pack
from app.models.supervision import ProblemStep
from app.rules.supervision.problems import ProblemState, mending_state
from app.rules.supervision.quota import MEETINGS, asked_of
from app.services.reports.show_report import ShowReport
from app.services.security.accounts import AddAccount
from app.services.supervision.inspections import Inspections, RecordInspection
from app.services.supervision.meetings import Meetings, RecordMeeting
from app.services.supervision.problem_list import Problems, ProblemView
from app.services.supervision.record_problem import MendProblem, RecheckProblem, RecordProblem
from app.services.today.today_desk import TodayDesk
from app.services.today.urgent_kinds import OpenProblems, UrgentKind
from app.supervision_values import ProblemStepKind
from app.values import Month
from tests.direct_rows import write_rows
from tests.exchange.offices import JIEZHOU, Place, enrol, make_county
from tests.services.conftest import Desk
from tests.services.money_book import STATION

MARKS = {"群众知晓": "符合", "职责制度上墙": "不符合"}
DUE = date(2022, 5, 27)


@pytest.fixture
def desk(county: Desk) -> Desk:
    county.clock.go_to(datetime(2022, 5, 20, 9))
    county.do(AddAccount("second", "Second-2022", ("审核员",)))
    return county


def inspect(place: Any, site: str = STATION, **other: Any) -> Any:
    wanted = {
        "kind": "季度检查",
        "inspectors": "赵查、钱查",
        "marks": MARKS,
        "owner": "李所长",
        "due_on": DUE,
    }
    return place.do(RecordInspection(site=site, **(wanted | other)))


def only(place: Any) -> ProblemView:
    [found] = place.ask(Problems())
    assert isinstance(found, ProblemView)
    return found


def refused(place: Any, command: Any, actor: Any = None) -> set[str]:
    with pytest.raises(Refused) as found:
        place.do(command, actor)
    return {found.value.code} | {one.code for one in found.value.problems}


def test_q03_an_inspection_goes_by_the_checklist_and_each_fault_becomes_a_problem(desk: Desk) -> None:
    made = inspect(desk)
    year = desk.ask(Inspections(2022))
    assert len(year.checklist) == 9 and year.clause
    [row] = year.rows
    assert (row.bad, dict(row.marks)["标识醒目"].value) == (("职责制度上墙",), "未查")
    found = only(desk)
    assert (found.id,) == made.problems
    assert (found.owner, found.due_on, found.source.value) == ("李所长", DUE, "检查")
    assert year.quota.done == 1


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"kind": "随便看看"}, "E170"),
        ({"marks": {"群众知晓": "还行"}}, "E171"),
        ({"due_on": None}, "E172"),
        ({"owner": ""}, "E163"),
        ({"inspectors": " "}, "E163"),
        ({"marks": {"花草": "符合"}}, "E174"),
        ({"on": date(2022, 5, 21)}, "E174"),
        ({"due_on": date(2022, 5, 1)}, "E164"),
    ],
)
def test_q03_an_inspection_says_what_it_must(desk: Desk, other: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as found:
        inspect(desk, **other)
    assert code in {found.value.code} | {one.code for one in found.value.problems}
    assert desk.ask(Inspections(2022)).rows == () and desk.ask(Problems()) == ()


def test_y27_a_problem_closes_only_when_another_looked_again(desk: Desk) -> None:
    inspect(desk)
    one, second = only(desk).id, desk.office.actor_of("second")
    assert refused(desk, RecheckProblem(one, True, "看过")) == {"E167"}
    desk.do(MendProblem(one, "制度牌已上墙，照片 3 张"))
    assert only(desk).state is ProblemState.mended
    assert refused(desk, RecheckProblem(one, True, "看过")) == {"E169"}
    desk.do(RecheckProblem(one, False, "字太小，看不清"), second)
    assert only(desk).state is ProblemState.open
    desk.do(MendProblem(one, "重新制作"))
    desk.do(RecheckProblem(one, True, "清楚了"), second)
    assert desk.ask(Problems()) == ()
    [held] = desk.ask(Problems("2022-05"))
    assert (held.state, len(held.steps)) == (ProblemState.closed, 4)
    assert refused(desk, MendProblem(one, "再做")) == {"E166"}
    sheet = desk.ask(ShowReport("problems", "2022-05"))
    assert "已销号" in str(sheet.table.texts) and "字太小" in str(sheet.table.texts)


def test_y27_today_reminds_of_what_is_due_and_what_waits_for_a_second_look(desk: Desk) -> None:
    def problems() -> dict[UrgentKind, OpenProblems]:
        rows = desk.ask(TodayDesk()).urgent
        return {one.kind: one.subject for one in rows if isinstance(one.subject, OpenProblems)}

    desk.do(RecordProblem(site=STATION, text="没有回访记录", owner="李所长", due_on=DUE))
    assert problems() == {}
    desk.clock.go_to(datetime(2022, 5, 24, 9))
    assert problems() == {UrgentKind.problems: OpenProblems(1, 0, DUE)}
    desk.clock.go_to(datetime(2022, 5, 28, 9))
    assert problems() == {UrgentKind.problems_late: OpenProblems(1, 0, DUE)}
    desk.do(MendProblem(only(desk).id, "已补做回访"))
    assert problems() == {UrgentKind.problems: OpenProblems(0, 1, DUE)}


def test_y27_a_problem_goes_down_and_what_mended_it_comes_up(tmp_path: Path) -> None:
    county = make_county(tmp_path)
    station = enrol(county, tmp_path, JIEZHOU)
    try:
        inspect(county, JIEZHOU, due_on=date(2030, 1, 1))
        carry(county, station)
        assert len(station.ask(Inspections(county_year(county))).rows) == 1
        one = only(station).id
        station.do(MendProblem(one, "照片 2 张存站"))
        assert refused(station, RecheckProblem(one, True, "好了")) == {"E168"}
        forged = ProblemStep(
            id="f-1", writer=JIEZHOU, site=JIEZHOU, problem_id=one, kind=ProblemStepKind.passed.value,
            on=date(2022, 5, 2), text="自己看过", entered_by="x", entered_at=local_to_utc(datetime(2022, 5, 2, 9)),
        )  # fmt: skip
        write_rows(station.office, forged)
        carry_up(station, county)
        found = only(county)
        assert (found.state, found.steps[0].text) == (ProblemState.mended, "照片 2 张存站")
        assert [step.kind.value for step in found.steps] == ["整改"], "nobody passes himself by a bundle"
    finally:
        station.office.close()
        county.office.close()


def county_year(county: Place) -> int:
    return int(county.clock.at.year)


def carry(county: Place, station: Place) -> None:
    station.take(*(county.stick / one.file for one in county.export(JIEZHOU)))


def carry_up(station: Place, county: Place) -> None:
    county.take(*(station.stick / one.file for one in station.export()))


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([], ProblemState.open),
        ([ProblemStepKind.passed], ProblemState.open),
        ([ProblemStepKind.mended], ProblemState.mended),
        ([ProblemStepKind.mended, ProblemStepKind.failed], ProblemState.open),
        ([ProblemStepKind.mended, ProblemStepKind.passed], ProblemState.closed),
        ([ProblemStepKind.mended, ProblemStepKind.passed, ProblemStepKind.mended], ProblemState.closed),
    ],
)
def test_y27_only_a_second_look_after_mending_closes(
    steps: list[ProblemStepKind], state: ProblemState
) -> None:
    assert mending_state(steps) is state


def test_q03_a_meeting_is_kept_with_its_minutes_and_counted_in_its_month(desk: Desk) -> None:
    held = RecordMeeting(date(2022, 5, 10), "五月例会", "各所所长", "通报四月抽查，布置五月排班")
    desk.do(held)
    desk.do(replace(held, on=date(2022, 4, 8), subject="四月例会"))
    year = desk.ask(Meetings(Month(2022, 5)))
    assert [one.subject for one in year.rows] == ["五月例会", "四月例会"]
    assert (year.quota.words, year.rows[0].minutes) == ("本月例会 1", "通报四月抽查，布置五月排班")
    assert refused(desk, replace(held, on=date(2022, 5, 21))) == {"E177"}
    assert "E163" in refused(desk, replace(held, minutes=""))
    asked, clause = asked_of(load_pack("qinshui-2023"), MEETINGS)
    assert asked == 1 and "附件1-3" in clause

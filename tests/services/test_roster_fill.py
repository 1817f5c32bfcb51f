"""自动补齐 on a real office: proposals over the sites, accepted seat by seat, judged again when they are written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.errors import Refused
from app.services.people.disable_person import DisablePerson
from app.services.people.leave import AddLeave
from app.services.roster.accept_fill import AcceptFill
from app.services.roster.propose_fill import ProposeFill
from app.services.roster.publish_roster import PublishRoster
from app.values import Month
from tests.services.conftest import Desk
from tests.services.conftest import county as county
from tests.services.conftest import make_desk as make_desk
from tests.services.roster_desk import CENTRE, JIEZHOU, JUNE, MAY, add_lawyer, draft, month_of


def test_y03_a_station_s_month_is_proposed_accepted_and_published(county: Desk) -> None:
    wang, li = add_lawyer(county, "王建国"), add_lawyer(county, "李梅花")
    found = county.ask(ProposeFill(JUNE, JIEZHOU))
    assert len(found.seats) == 5 and found.empty == () and found.is_best
    assert {seat.person_id for seat in found.seats} == {wang, li}
    assert found.words == "可补 5 班，由 2 人分担。"
    made = county.do(AcceptFill(JUNE, found.seats))
    assert len(made.made) == 5 and made.empty == ()
    view = month_of(county, JUNE)
    assert view.drafts == 5 and not [problem for problem in view.problems if problem.is_refusal]
    assert view.quality.words.startswith("各班都已排上 · 人均 10 小时，最多 12")
    assert county.do(PublishRoster(JIEZHOU, JUNE)).duties == 5
    again = county.ask(ProposeFill(JUNE, JIEZHOU))
    assert (again.seats, again.words) == ((), "各班都已排上，没有要补的班次。")
    assert county.do(AcceptFill(JUNE, found.seats)).kept == 5, "accepting twice adds nothing"


def test_y03_a_bureau_fills_all_its_sites_and_one_person_sits_once_a_day(county: Desk) -> None:
    for name in ("王建国", "李梅花", "张水生"):
        add_lawyer(county, name)
    found = county.ask(ProposeFill(JUNE))
    at_centre = [seat for seat in found.seats if seat.site == CENTRE]
    assert len(at_centre) == 21 and len({seat.site for seat in found.seats}) > 5, "the centre comes first"
    taken = [(seat.on, seat.person_id) for seat in found.seats]
    assert len(taken) == len(set(taken))
    assert found.empty and "当天排在别的班 3 人" in found.empty[0].reason
    assert f"{len(found.empty)} 班没有可排的人" in found.words


def test_an_accepted_seat_is_judged_again_and_the_others_are_made(county: Desk) -> None:
    wang, li = add_lawyer(county, "王建国"), add_lawyer(county, "李梅花")
    seats = county.ask(ProposeFill(JUNE, JIEZHOU)).seats
    leaves = next(seat for seat in seats if seat.person_id == wang)
    county.do(AddLeave(wang, datetime(2022, 6, leaves.on.day), datetime(2022, 6, leaves.on.day + 1), "体检"))
    county.do(DisablePerson(li, "调离"))
    made = county.do(AcceptFill(JUNE, seats))
    reasons = {seat.on: seat.reason for seat in made.empty}
    assert reasons[leaves.on] == "请假"
    assert {reason for on, reason in reasons.items() if on != leaves.on} == {"人员已停用"}
    assert len(made.made) + len(made.empty) == len(seats)


def test_a_proposal_of_another_month_or_site_is_not_written(county: Desk) -> None:
    add_lawyer(county)
    seats = county.ask(ProposeFill(JUNE, JIEZHOU)).seats
    assert [one.reason for one in county.do(AcceptFill(MAY, seats[:1])).empty] == ["不在这个月"]
    with pytest.raises(Refused) as refused:
        county.do(AcceptFill(JUNE, (replace(seats[0], site="140825"),)))
    assert refused.value.code in ("E401", "E420")


def test_days_gone_by_are_not_filled_afterwards(county: Desk) -> None:
    add_lawyer(county)
    today = county.clock.now().at.date()
    month = Month(today.year, today.month)
    found = county.ask(ProposeFill(month, JIEZHOU))
    assert all(seat.on > today for seat in found.seats)
    assert county.ask(ProposeFill(Month(2022, 1), JIEZHOU)).seats == ()


def test_a_station_goes_on_with_whom_and_when_it_is_used_to(county: Desk) -> None:
    wang, _ = add_lawyer(county, "王建国"), add_lawyer(county, "李梅花")
    for day in (10, 17, 24, 31):
        draft(county, date(2022, 5, day), wang, "14:00-18:00")
    found = county.ask(ProposeFill(JUNE, JIEZHOU))
    assert {seat.on.weekday() for seat in found.seats} == {1}
    assert {str(seat.ranges[0][0]) for seat in found.seats} == {"14:00:00"}

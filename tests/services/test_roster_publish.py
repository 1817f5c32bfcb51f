"""Drafting and publishing on a real office."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from app.dates import parse_time_ranges
from app.errors import Refused
from app.services.people.disable_person import DisablePerson
from app.services.people.leave import AddLeave
from app.services.roster.draft_duty import DraftDuty
from app.services.roster.edit_duty import EditDuty
from app.services.roster.month_view import DutyState
from app.services.roster.publish_drafts import PublishDrafts
from app.services.roster.publish_roster import PublishRoster
from app.services.roster.remove_duty import RemoveDuty
from app.services.roster.roster_problems import RosterProblems
from tests.services.conftest import Desk
from tests.services.roster_desk import (
    APRIL,
    CENTRE,
    JIEZHOU,
    JUNE,
    MAY,
    add_lawyer,
    draft,
    month_of,
    receive_sites,
)

BEIXIANG = "140802102"


def test_y04_publishing_makes_a_version_with_a_check_code(county: Desk) -> None:
    wang = add_lawyer(county)
    draft(county, 11, wang)
    draft(county, 18, wang)
    made = county.do(PublishRoster("解州镇", MAY))
    assert (made.number, made.duties, made.is_late, made.is_backfilled) == (1, 2, False, False)
    assert len(made.check_code) == 8
    view = month_of(county)
    assert [item.state for item in view.duties] == [DutyState.published] * 2
    assert view.version.check_code == made.check_code and view.lead.startswith("第 1 版已发布")
    draft(county, 25, wang)
    again = county.do(PublishRoster(JIEZHOU, MAY))
    assert again.number == 2 and again.check_code != made.check_code


def test_y04_published_after_a_duty_began_is_flagged(county: Desk) -> None:
    wang = add_lawyer(county)
    draft(county, 10, wang, "09:00-13:00")
    assert county.do(PublishRoster(JIEZHOU, MAY)).is_late
    draft(county, 11, wang)
    assert not county.do(PublishRoster(JIEZHOU, MAY)).is_late


def test_y04_a_past_month_is_published_as_backfilled(county: Desk) -> None:
    draft(county, date(2022, 4, 13), add_lawyer(county))
    made = county.do(PublishRoster(JIEZHOU, APRIL))
    assert made.is_late and made.is_backfilled
    assert month_of(county, APRIL).version.words.endswith("补录")


def test_p01_overlap_across_sites_refuses_publication_and_changes_nothing(county: Desk) -> None:
    wang = add_lawyer(county)
    draft(county, 11, wang, "09:00-13:00")
    away = draft(county, 11, wang, "10:00-11:00", site="北相镇")
    with pytest.raises(Refused, match="E471") as refusal:
        county.do(PublishDrafts(MAY))
    assert "重叠 1 小时" in str(refusal.value)
    assert month_of(county).versions == ()
    county.do(EditDuty(away, ranges=parse_time_ranges("13:00-17:00")))
    assert [one.number for one in county.do(PublishDrafts(MAY))] == [1, 1]


def test_p13_leave_after_publication_shows_the_shift_uncovered(county: Desk) -> None:
    wang = add_lawyer(county)
    draft(county, 11, wang)
    county.do(PublishRoster(JIEZHOU, MAY))
    assert not [p for p in county.ask(RosterProblems(MAY, JIEZHOU)) if p.code == "E472"]
    county.do(AddLeave(wang, datetime(2022, 5, 11), datetime(2022, 5, 12)))
    found = [p for p in month_of(county).duties[0].problems if p.code == "E472"]
    assert len(found) == 1 and "无人值班" in found[0].text


def test_p15_leave_in_the_morning_leaves_the_afternoon_publishable(county: Desk) -> None:
    wang = add_lawyer(county)
    county.do(AddLeave(wang, datetime(2022, 5, 11), datetime(2022, 5, 11, 12)))
    duty = draft(county, 11, wang, "09:00-13:00")
    with pytest.raises(Refused, match="E472"):
        county.do(PublishRoster(JIEZHOU, MAY))
    county.do(EditDuty(duty, ranges=parse_time_ranges("12:00-16:00")))
    assert county.do(PublishRoster(JIEZHOU, MAY)).number == 1


def test_y08_somebody_who_left_the_pool_refuses_publication(county: Desk) -> None:
    wang = add_lawyer(county)
    draft(county, 11, wang)
    county.do(DisablePerson(wang, "注销执业"))
    with pytest.raises(Refused, match="E474"):
        county.do(PublishRoster(JIEZHOU, MAY))


def test_y09_rules_only_warn(county: Desk) -> None:
    draft(county, 11, add_lawyer(county), "09:00-12:00")
    codes = {one.code for one in county.do(PublishRoster(JIEZHOU, MAY)).warnings}
    assert codes == {"E413", "E418"}


def test_p16_publishing_june_leaves_may_unchanged_and_copies_nothing(county: Desk) -> None:
    wang = add_lawyer(county)
    draft(county, 11, wang)
    county.do(PublishRoster(JIEZHOU, MAY))
    draft(county, 18, wang)
    with pytest.raises(Refused, match="E405"):
        county.do(PublishRoster(JIEZHOU, JUNE))
    assert month_of(county, JUNE).duties == ()
    before = month_of(county)
    draft(county, date(2022, 6, 8), wang)
    county.do(PublishRoster(JIEZHOU, JUNE))
    after = month_of(county)
    assert [(i.duty.id, i.state) for i in after.duties] == [(i.duty.id, i.state) for i in before.duties]
    assert after.versions == before.versions
    assert [item.duty.on for item in month_of(county, JUNE).duties] == [date(2022, 6, 8)]


def test_a_published_duty_is_neither_edited_nor_removed(county: Desk) -> None:
    duty = draft(county, 11, add_lawyer(county))
    county.do(PublishRoster(JIEZHOU, MAY))
    for command in (EditDuty(duty, on=date(2022, 5, 12)), RemoveDuty(duty)):
        with pytest.raises(Refused, match="E404"):
            county.do(command)


def test_a_draft_is_edited_and_removed(county: Desk) -> None:
    duty = draft(county, 11, add_lawyer(county))
    sun = add_lawyer(county, "孙丽")
    county.do(EditDuty(duty, on=date(2022, 5, 12), person_id=sun, note="法治讲座"))
    found = month_of(county).duties[0].duty
    assert (found.on, found.name, found.hours, found.note) == (
        date(2022, 5, 12),
        "孙丽",
        "09:00-13:00",
        "法治讲座",
    )
    county.do(RemoveDuty(duty))
    assert month_of(county).duties == ()
    with pytest.raises(Refused, match="E403"):
        county.do(RemoveDuty(duty))


def test_y03_a_station_rosters_itself_only_and_a_county_all_of_its_stations(
    county: Desk, station: Desk
) -> None:
    draft(county, 11, add_lawyer(county), site="北相镇")
    receive_sites(station, JIEZHOU, BEIXIANG)
    wang = add_lawyer(station)
    draft(station, 11, wang)
    with pytest.raises(Refused, match="E401"):
        draft(station, 12, wang, site="北相镇")


def test_faulty_ranges_and_unknown_people_are_refused(county: Desk) -> None:
    wang = add_lawyer(county)
    nine, ten, noon = (parse_time_ranges(f"{hour}-13:00")[0] for hour in ("09:00", "10:00", "12:00"))
    for ranges in ((), (nine, ten), ((nine[1], nine[0]),), (ten, noon)):
        with pytest.raises(Refused, match="E402"):
            county.do(DraftDuty(JIEZHOU, date(2022, 5, 11), wang, ranges))
    with pytest.raises(Refused, match="E419"):
        county.do(DraftDuty(JIEZHOU, date(2022, 5, 11), "nobody", (nine,)))


def test_the_month_shows_marks_balance_and_budget(county: Desk) -> None:
    wang, sun = add_lawyer(county), add_lawyer(county, "孙丽", is_public_servant=True)
    draft(county, date(2022, 4, 13), wang)
    county.do(PublishRoster(JIEZHOU, APRIL))
    draft(county, 11, wang)
    draft(county, 18, sun)
    view = month_of(county)
    marks = {day.on.day: (day.mark, day.is_workday) for day in view.days}
    assert marks[4] == ("休", False) and marks[7] == ("班", True) and marks[8] == ("", False)
    assert [(one.name, one.month, one.year) for one in view.balance] == [("王建国", 1, 2), ("孙丽", 1, 1)]
    assert (view.budget.month_fen, view.budget.year_end_fen) == (30000, 30000 + 8 * 30000)
    assert view.lead.startswith("草稿") and "2 次值班" in view.lead
    assert view.drafts == 2


def test_y09_a_centre_says_which_working_days_are_open(county: Desk) -> None:
    wang = add_lawyer(county)
    for day in range(5, 8):
        draft(county, day, wang, "08:00-12:00；14:00-18:00", site=CENTRE)
    view = month_of(county, site=CENTRE)
    open_days = [day.on.day for day in view.days if any(p.code == "E411" for p in day.problems)]
    assert open_days[0] == 9 and 14 not in open_days
    assert all(problem.clause for problem in view.problems)


def test_problems_of_the_whole_office_name_stations_without_any_roster(county: Desk) -> None:
    draft(county, 11, add_lawyer(county))
    empty = {p.site for p in county.ask(RosterProblems(MAY)) if p.code == "E410"}
    assert len(empty) == 20 and JIEZHOU not in empty


def test_y04_the_clock_of_publication_is_kept(county: Desk) -> None:
    draft(county, 11, add_lawyer(county))
    county.clock.advance(timedelta(hours=2))
    county.do(PublishRoster(JIEZHOU, MAY))
    assert month_of(county).version.published_at == datetime(2022, 5, 10, 11, 0)

"""Which duties a month lacks, and on which days they are looked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.dates import parse_time_ranges
from app.rules.roster.checks import find_problems
from app.rules.roster.facts import Frequency, RosterFacts
from app.rules.roster.openings import openings
from app.rules.roster.quality import roster_quality
from tests.unit.roster_facts import CENTRE, CLAUSES, MAY, RULES, STATION, a_duty

MORNING = parse_time_ranges("09:00-13:00")


def facts(site=STATION, *duties, **more):
    given = {"now": datetime(2022, 4, 20, 9), "rules": RULES, "clauses": CLAUSES, **more}
    return RosterFacts(month=MAY, site=site, duties=duties, **given)


def days(found):
    return [one.on.day for one in found]


def test_y09_a_station_lacks_a_duty_in_each_week_that_has_none_on_its_usual_weekday() -> None:
    found = openings(facts(STATION, a_duty(11)), MORNING, (2,))
    assert days(found) == [5, 18, 25], "the first week's Wednesday is a day off; its first working day serves"
    done = facts(STATION, a_duty(11), *(a_duty(day) for day in days(found)))
    assert not [p for p in find_problems(done) if p.code in ("E418", "E410", "E414")]


def test_y09_a_centre_lacks_every_working_day_that_is_not_covered() -> None:
    covered = facts(CENTRE, *(a_duty(day, site=CENTRE) for day in (5, 6, 9)))
    found = openings(covered, MORNING, ())
    assert days(found) == [7, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23, 24, 25, 26, 27, 30, 31], (
        "7 is a worked Saturday"
    )


def test_a_set_frequency_is_spread_over_the_weeks() -> None:
    remote = facts(frequency=Frequency(2, "偏远"))
    assert days(openings(remote, MORNING, (1,))) == [5, 10]
    busy = facts(frequency=Frequency(7, "业务量大"))
    found = openings(busy, MORNING, (1, 3))
    assert len(found) == 7 and len({one.on for one in found}) == 7
    weeks = [one.on.isocalendar().week for one in found]
    assert max(map(weeks.count, weeks)) == 2


def test_days_gone_by_are_not_looked_for() -> None:
    assert days(openings(facts(), MORNING, (2,), date(2022, 5, 15))) == [18, 25]
    assert openings(facts(CENTRE), MORNING, (), date(2022, 5, 31)) == ()


def test_a_document_without_a_weekly_rule_asks_for_its_least() -> None:
    monthly = facts(rules=replace(RULES, station_per_week=None))
    assert len(openings(monthly, MORNING, (2,))) == 1


def test_y03_the_quality_of_a_month_names_what_lacks_and_how_even_it_is() -> None:
    even = roster_quality([a_duty(11), a_duty(18), a_duty(25, person="li")], 2)
    assert even.words == "缺 2 班 · 人均 6 小时，最多 8（wang），最少 4"
    assert roster_quality([a_duty(11), a_duty(25, person="li")], 0).words == "各班都已排上 · 每人 4 小时"
    assert roster_quality([a_duty(11)], 0).words == "各班都已排上 · 只有wang一人，4 小时"
    assert roster_quality([], 4).words == "缺 4 班"

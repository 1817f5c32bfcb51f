"""What two sites hold of the same thing is asked once; what the bureau decides counts everywhere and can be undone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.errors import Refused
from app.kernel.permissions import staff
from app.services.consultations.correct_consultation import CorrectConsultation
from app.services.consultations.register import Register
from app.services.pairs.decide_pair import DecidePair
from app.services.pairs.pairs_month import PairsMonth, PairView
from app.services.reports.show_report import ShowReport
from app.services.targets.case_indicators import CaseIndicators
from app.services.targets.progress import TargetsProgress
from app.values import Month, Role
from tests.services.case_desk import CaseDesk, accountless
from tests.services.conftest import STATION, Desk
from tests.services.consultation_desk import CENTRE, ELDER, go_to, lawyer, on_duty, record

MAY = Month(2022, 5)


def pairs(county: Desk, *, is_all: bool = False, month: Month = MAY) -> tuple[PairView, ...]:
    found: tuple[PairView, ...] = county.ask(PairsMonth(month, is_all))
    return found


@pytest.fixture
def visits(county: Desk) -> tuple[str, str]:
    """李桂花 at the centre and, the same day, at a station that works on paper."""
    person = lawyer(county)
    on_duty(county, (person, "09:00-11:00"))
    on_duty(county, (person, "14:00-17:00"), site=STATION.code)
    go_to(county, "09:30")
    first = record(county, person_id=person, site=CENTRE, id_number=ELDER, is_id_refused=False)
    go_to(county, "15:30")
    second = record(
        county,
        person_id=person,
        site=STATION.code,
        id_number=ELDER,
        is_id_refused=False,
        topics=("劳动", "其他"),
    )
    return first.id, second.id


def counted(county: Desk) -> tuple[Any, ...]:
    """What the register, the targets, the ledger and the statistics count in May."""
    page = county.ask(Register(first=MAY.first_day, last=MAY.last_day))
    target = county.ask(TargetsProgress("2022-05")).total
    ledger = county.ask(ShowReport("consultations", "2022-05"))
    year = county.ask(ShowReport("statistics", "2022-05"))
    visits = next(row for row in year.table.values if row[:2] == ("咨询", "咨询"))
    return page.total - page.merged, page.topics, target.so_far, ledger.table.totals, visits[2]


def test_a_citizen_at_two_sites_is_counted_as_decided(county: Desk, visits: tuple[str, str]) -> None:
    first, second = visits
    [pair] = pairs(county)
    assert (pair.first_id, pair.second_id, pair.kind, pair.standing) == (first, second, "咨询", "待认定")
    assert "同一天" in pair.why
    before = counted(county)
    county.do(DecidePair("咨询", first, second, "只计一条", "同一件事，站里先登记"))
    assert pairs(county) == ()
    [done] = pairs(county, is_all=True)
    assert (done.standing, done.reason) == ("只计一条", "同一件事，站里先登记")
    after = counted(county)
    assert (before[0], after[0]) == (2, 1) and (before[1], after[1]) == (3, 1)
    assert (before[2], after[2]) == (2, 1) and (before[4], after[4]) == (2, 1)
    [mark] = [row for row in county.ask(Register()).rows if row.is_merged]
    assert mark.id == second
    county.do(DecidePair("咨询", second, first, "只计一条", "以站点的为准"))
    assert [row.id for row in county.ask(Register()).rows if row.is_merged] == [first]
    county.do(DecidePair("咨询", first, second, "撤销决定", "认错了"))
    assert counted(county) == before
    assert [one.standing for one in pairs(county)] == ["待认定"]


def test_what_was_decided_is_asked_again_once_it_changed(county: Desk, visits: tuple[str, str]) -> None:
    first, second = visits
    county.do(DecidePair("咨询", first, second, "都保留", "上午问劳动，下午问别的"))
    assert pairs(county) == ()
    county.do(CorrectConsultation(id=second, reason="补记", answer="已告知仲裁时效。"))
    assert pairs(county) == ()
    county.do(CorrectConsultation(id=second, reason="更正事项", topics=("劳动",)))
    assert [one.standing for one in pairs(county)] == ["认定后有改动"]


def test_who_may_decide_and_what(county: Desk, visits: tuple[str, str]) -> None:
    first, second = visits
    for kind, outcome, reason in (
        ("咨询", "退回核实", "x"),
        ("值班", "只计一条", "x"),
        ("咨询", "都保留", " "),
    ):
        with pytest.raises(Refused, match="E790"):
            county.do(DecidePair(kind, first, second, outcome, reason))
    with pytest.raises(Refused, match="E780"):
        county.do(DecidePair("咨询", first, "nobody", "都保留", "x"))
    clerk = accountless(staff("c", "c", "小王", [Role.clerk]))
    with pytest.raises(Refused, match="E001"):
        county.do(DecidePair("咨询", first, second, "都保留", "x"), clerk)
    county.do(DecidePair("咨询", first, second, "只计一条", "x"))
    third = record(county, site=CENTRE, person_id=county.ask(Register()).rows[0].person_id, id_number=ELDER, is_id_refused=False)  # fmt: skip
    pair = next(one for one in pairs(county) if {one.first_id, one.second_id} == {second, third.id})
    with pytest.raises(Refused, match="E790"):
        county.do(DecidePair("咨询", second, third.id, "只计一条", "x"))
    assert pair.is_open


def test_a_case_of_two_sites_counts_and_pays_once(county: Desk) -> None:
    desk = CaseDesk(county)
    desk.today(date(2022, 6, 30))
    said = {"id_number": ELDER, "applicant": "李桂花"}
    one = desk.archived(date(2022, 5, 20), **said)
    other = desk.archived(date(2022, 5, 23), site=STATION.code, **said)
    [pair] = pairs(county, month=Month(2022, 3))
    assert (pair.kind, pair.first_id, pair.second_id) == ("案件", one, other)

    def sums() -> tuple[Any, ...]:
        statistics = county.ask(ShowReport("statistics", "2022"))
        approved = next(row for row in statistics.table.values if row[1] == "批准案件")[2]
        quarter = desk.quarter("2022-Q2")
        return approved, len(quarter.lines), county.ask(CaseIndicators("2022"))

    before = sums()
    county.do(DecidePair("案件", one, other, "只计一条", "同一申请转来"))
    after = sums()
    assert (before[0] - after[0], before[1] - after[1]) == (1, 1)
    assert before[2] != after[2]
    county.do(DecidePair("案件", one, other, "撤销决定", "是两件"))
    assert sums() == before

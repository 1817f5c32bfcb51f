"""Indicators over real cases: each figure has its formula, its rows and the year's pace; the light reading equals the fold."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from app.case_values import CaseEventKind as Kind
from app.case_values import CaseKind
from app.errors import Refused
from app.services.cases.case_entry import RecipientEntry
from app.services.cases.enter_event import EnterCaseEvent
from app.services.cases.year_cases import year_cases
from app.services.funds.set_standard import SetStandard
from app.services.office.office import Office
from app.services.office.settings import ChangeSetting
from app.services.people.add_person import AddPerson
from app.services.reading.cases import standings_of
from app.services.targets.case_indicators import CaseIndicators, IndicatorCases, IndicatorPage, IndicatorView
from app.values import Period, PersonKind
from tests.services.case_desk import LAWYER, REVIEWER, CaseDesk, accountless
from tests.services.conftest import COUNTY, Desk
from tests.services.test_kept_answers import sent

JULY = date(2022, 7, 20)


@pytest.fixture
def cases(county: Desk) -> CaseDesk:
    desk = CaseDesk(county)
    desk.today(JULY)
    county.do(SetStandard(date(2022, 1, 1), CaseKind.civil, None, 180000))
    return desk


def asked(cases: CaseDesk, period: str = "2022-07") -> dict[str, IndicatorView]:
    page: IndicatorPage = cases.desk.ask(CaseIndicators(period))
    return {one.key: one for one in page.indicators}


def test_y02_a_case_counts_once_it_is_closed_and_entered(cases: CaseDesk) -> None:
    done = cases.archived(date(2022, 5, 20))
    cases.archived(date(2022, 5, 20), entered=False)
    cases.granted(date(2022, 7, 1))
    found = asked(cases)
    assert (found["cases"].text, found["cases"].target, found["cases"].is_met) == ("1 件", "≥395 件", False)
    assert (found["approved"].numerator, found["closed"].numerator) == (3, 2)
    assert (found["closed_ratio"].text, found["litigation"].text) == ("66.6%", "100.0%")
    assert found["cases"].pace == pytest.approx(201 / 365)
    page = cases.desk.ask(IndicatorCases("2022-07", "cases"))
    assert ([row.id for row in page.rows], page.total) == ([done], 1)
    assert page.rows[0].applicant == "申***"
    assert len(cases.desk.ask(IndicatorCases("2022-07", "closed")).rows) == 2


def test_indicators_asked_again_read_no_case_until_one_is_touched_here_or_by_another_process(
    cases: CaseDesk,
) -> None:
    cases.granted(date(2022, 7, 1))
    read = "FROM case_standing JOIN legal_case"
    assert sent(cases.desk, lambda: asked(cases), read) > 0
    first = asked(cases)
    assert sent(cases.desk, lambda: asked(cases), read) == 0
    cases.granted(date(2022, 7, 2))
    assert asked(cases)["approved"].numerator == first["approved"].numerator + 1
    office = cases.desk.office
    with closing(Office(office.data, office.safe.key, cases.desk.clock)) as other:
        CaseDesk(Desk(other, cases.desk.actor, cases.desk.clock, ""), count=9).granted(date(2022, 7, 3))
    assert asked(cases)["approved"].numerator == first["approved"].numerator + 2


def test_an_indicator_that_the_document_does_not_have_is_refused(cases: CaseDesk) -> None:
    with pytest.raises(Refused, match="E394"):
        cases.desk.ask(IndicatorCases("2022", "moon"))


def test_a_year_ends_with_the_period_that_is_asked_for(cases: CaseDesk) -> None:
    cases.archived(date(2022, 5, 20))
    assert asked(cases, "2022-03")["closed"].numerator == 0
    assert asked(cases, "2022-04")["closed"].numerator == 1
    assert asked(cases, "2021")["closed"].text == "0 件"
    assert asked(cases, "2021")["closed_ratio"].text == "—"


def test_g01_recipients_are_measured_against_the_residents(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(replace(COUNTY, code="320707", name="赣榆区司法局", parent="", pack="ganyu-2021"), "G")
    cases = CaseDesk(desk)
    cases.today(date(2021, 7, 20))
    cases.granted(date(2021, 7, 1), others=(RecipientEntry("李四"), RecipientEntry("王五")))
    found = asked(cases, "2021")
    assert (found["recipients"].text, found["recipients"].target) == ("3 人", "≥1350 人")
    assert (found["recipients_per_10000"].text, found["recipients_per_10000"].is_met) == ("—", None)
    desk.do(ChangeSetting("residents", "2000", "统计公报"))
    per = asked(cases, "2021")["recipients_per_10000"]
    assert (per.text, per.target, per.is_met) == ("15.0 人/万人", ">13 人/万人", True)


def test_g14_members_of_the_named_lawyers_are_marked_in_the_pool(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(replace(COUNTY, code="320707", name="赣榆区司法局", parent="", pack="ganyu-2021"), "G")
    desk.do(
        AddPerson(
            name="卫明", kind=PersonKind.lawyer, licence="13203201810000001", specialties=("名优律师团",)
        )
    )
    found = asked(CaseDesk(desk), "2021")["named_lawyers"]
    assert (found.numerator, found.denominator, found.rows) == (0, 1, 0)


def test_the_light_reading_says_what_the_fold_says(cases: CaseDesk) -> None:
    ids = [cases.archived(date(2022, 5, 20)), cases.granted(date(2022, 7, 1), groups=("残疾人",))]
    changed = cases.granted(date(2022, 6, 1))
    cases.step(changed, Kind.assigned, date(2022, 6, 7), **LAWYER)
    cases.step(
        changed, Kind.reassigned, date(2022, 6, 20), **(LAWYER | {"handler": "郑义", "why": "请求更换"})
    )
    correct = EnterCaseEvent(
        case=changed, kind=Kind.corrected, on=date(2022, 6, 21), facts={"recipients": 4}, reason="数错了"
    )
    cases.desk.do(correct, accountless(REVIEWER))
    with cases.desk.office._dispatcher.looking(cases.desk.actor) as look:
        light = {one.case: one for one in year_cases(look, Period.parse("2022"))}
        whole = standings_of(look, [*ids, changed])
    assert set(light) == set(whole)
    assert [one.name for one in light[changed].handlers] == ["卫明", "郑义"]
    for one in ids:
        kept, told = light[one], whole[one]
        for name in (
            "state",
            "number",
            "approved_on",
            "assigned_on",
            "closed_on",
            "archived_on",
            "grade",
            "entered_on",
        ):
            assert getattr(kept, name) == getattr(told, name), name
        assert replace(kept.facts, fund=None) == replace(told.facts, fund=None, matter=kept.facts.matter)

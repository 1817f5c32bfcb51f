"""An intake point decides only where the county delegated approval, at every door and by bundle (G11)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.case_values import CaseEventKind as Kind
from app.documents.form_texts import form_texts
from app.errors import Refused
from app.services.cases.case_card import CaseCard
from app.services.cases.case_list import CaseList
from app.services.cases.enter_event import DecideCase, EnterCaseEvent, EnterIntake
from app.services.cases.issue_form import refuse_other_hand
from app.services.cases.waiting_cases import waiting_cases
from app.services.importing.import_workbook import ImportWorkbook
from app.services.office.settings import ChangeSetting, Settings
from tests.exchange.case_scans import CLERK_OF, DAY, RawEvent, desk, standing_at
from tests.exchange.offices import JIEZHOU, LONGJU, Place
from tests.exchange.pair import county, station
from tests.exchange.restoring import swap
from tests.services.case_desk import GRANT, HEAD, LAWYER, REVIEWER, accountless

__all__ = ["county", "station"]
KEY = "approval_delegated_to"
TODAY = DAY + timedelta(days=1)


def delegate(county: Place, station: Place, value: str = JIEZHOU) -> None:
    """The county's word, and its bundle to the station."""
    county.do(ChangeSetting(KEY, value, "盐司〔2022〕5号"))
    swap(county, station, JIEZHOU)


def begun(station: Place) -> str:
    """An application that the station itself reviews."""
    case = desk(station).register(TODAY)
    desk(station).step(case, Kind.review_begun, TODAY, reviewer="李审查")
    return case


def offered(place: Place, case: str) -> set[str]:
    return {str(one.kind) for one in place.ask(CaseCard(case)).next}


def waits(place: Place) -> int:
    with place.office._dispatcher.looking(place.actor) as look:
        found = waiting_cases(look)
    return found.late + found.soon + found.lost


def test_g11_a_station_decides_nothing_until_the_county_says_so(county: Place, station: Place) -> None:
    case = desk(station).register(TODAY)
    with pytest.raises(Refused, match="E301"):
        desk(station).step(case, Kind.review_begun, TODAY, reviewer="李审查")
    assert "受理审查" not in offered(station, case)
    county.do(ChangeSetting(KEY, JIEZHOU))
    with pytest.raises(Refused, match="E301"):  # it has not been told yet
        desk(station).step(case, Kind.review_begun, TODAY, reviewer="李审查")
    swap(county, station, JIEZHOU)
    assert "受理审查" in offered(station, case)


def test_g11_what_a_delegate_decides_stands_at_the_county_which_goes_on(
    county: Place, station: Place
) -> None:
    delegate(county, station)
    case = begun(station)
    with pytest.raises(Refused, match="E318"):
        station.do(EnterCaseEvent(case=case, kind=Kind.granted, on=TODAY, facts=GRANT), accountless(REVIEWER))
    with pytest.raises(Refused, match="E307"):
        desk(station).decide(case, Kind.granted, TODAY, **(GRANT | {"head": "李审查"}))
    with pytest.raises(Refused, match="E001"):
        station.do(DecideCase(case=case, kind=Kind.granted, on=TODAY, facts=GRANT), CLERK_OF)
    desk(station).decide(case, Kind.granted, TODAY, **GRANT)
    with pytest.raises(Refused, match="E301"):  # assigning stays the agency's
        desk(station).step(case, Kind.assigned, TODAY, **LAWYER)
    swap(station, county)
    assert standing_at(county, case) == standing_at(station, case)
    assert standing_at(county, case).state == "已批准" and not standing_at(county, case).misfits
    assert standing_at(county, case).number == "解州镇援字〔2022〕第1号"
    desk(county).step(case, Kind.assigned, TODAY, **LAWYER)
    assert standing_at(county, case).state == "已指派"


def test_the_second_pair_of_eyes_is_another_account_at_a_delegate_too(county: Place, station: Place) -> None:
    delegate(county, station)
    case = begun(station)
    with pytest.raises(Refused, match="E312"):
        both = accountless(REVIEWER)
        station.do(
            DecideCase(case=case, kind=Kind.granted, on=TODAY, facts=GRANT),
            type(both)(both.account, both.name, both.display_name, HEAD.permissions, is_account=False),
        )


def test_a_decision_of_a_station_without_delegation_waits_and_is_not_lost(
    county: Place, station: Place
) -> None:
    county.do(ChangeSetting(KEY, LONGJU))  # another one's
    case = desk(station).register(TODAY)
    wrong = RawEvent(case, JIEZHOU, "受理审查", TODAY, {"reviewer": "李审查"}, 50)
    event = station.do(wrong, CLERK_OF)
    swap(station, county)
    found = standing_at(county, case)
    assert found.state == "登记" and [one.event.kind for one in found.misfits] == ["受理审查"]
    assert "没有委托" in found.misfits[0].text
    assert [one.misfits for one in county.ask(CaseList(is_lost_only=True)).rows] == [1]
    if event:
        station.do(EnterIntake(case=case, kind=Kind.voided, on=TODAY, reason="误", voids=event), CLERK_OF)
        swap(station, county)
        assert not standing_at(county, case).misfits


def test_what_was_decided_meanwhile_stands_after_the_delegation_is_taken_back(
    county: Place, station: Place
) -> None:
    delegate(county, station)
    case = begun(station)
    desk(station).decide(case, Kind.granted, TODAY, **GRANT)
    waiting = begun(station)
    swap(station, county)
    delegate(county, station, "")
    for place in (county, station):
        place.clock.advance(timedelta(days=1))
    late = TODAY + timedelta(days=1)
    with pytest.raises(Refused, match="E301"):
        desk(station).decide(waiting, Kind.granted, TODAY, **GRANT)
    granted = next(one for one in standing_at(station, case).events if one.kind is Kind.granted)
    with pytest.raises(Refused, match="E301"):
        station.do(
            DecideCase(case=case, kind=Kind.voided, on=late, reason="误", voids=granted.id), accountless(HEAD)
        )
    station.do(RawEvent(waiting, JIEZHOU, "给予", TODAY, dict(GRANT), 50), CLERK_OF)
    station.do(RawEvent(case, JIEZHOU, "作废", late, {}, 50, granted.id), CLERK_OF)
    swap(station, county)
    for place in (county, station):
        assert standing_at(place, case).state == "已批准"
        assert standing_at(place, waiting).state == "审查中" and standing_at(place, waiting).misfits


def test_a_sheet_decides_only_where_approval_was_delegated(
    county: Place, station: Place, tmp_path: Path
) -> None:
    book = Workbook()
    book.active.append(["案号", "受援人", "案件类型", "事项", "申请日", "批准日"])
    book.active.append(["解援〔2022〕1号", "张三", "民事", "劳动报酬", str(TODAY), str(TODAY)])
    book.save(file := tmp_path / "cases.xlsx")
    refused = station.do(ImportWorkbook("cases", file))
    assert [(one.code, one.column) for one in refused.refused] == [("E301", "批准日")]
    delegate(county, station)
    assert station.do(ImportWorkbook("cases", file)).is_stored
    swap(station, county)
    row = county.ask(CaseList()).rows[0]
    assert (row.state, row.misfits) == ("已批准", 0)


def test_a_delegate_puts_out_the_forms_of_its_decisions_alone(county: Place, station: Place) -> None:
    def may(number: int) -> bool:
        with station.office._dispatcher.looking(accountless(REVIEWER)) as look:
            try:
                refuse_other_hand(look, form_texts()[number])
            except Refused:
                return False
        return True

    decision = next(
        n for n, one in form_texts().items() if set(one.events) and set(one.events) <= {"给予", "不予"}
    )
    assigned = next(n for n, one in form_texts().items() if "指派" in one.events)
    assert not may(decision)
    delegate(county, station)
    assert may(decision) and not may(assigned)


def test_the_setting_is_the_bureaus_and_names_its_stations(county: Place, station: Place) -> None:
    with pytest.raises(Refused, match="E053"):
        station.do(ChangeSetting(KEY, JIEZHOU))
    assert not next(one for one in station.ask(Settings()) if one.name == KEY).may_change
    assert county.do(ChangeSetting(KEY, "龙居镇 解州镇")) == f"{JIEZHOU}、{LONGJU}"
    for useless in ("火星镇", county.office.identity.own_site):
        with pytest.raises(Refused, match=r"E420|E396"):
            county.do(ChangeSetting(KEY, useless))


def test_what_a_delegate_reviews_waits_at_it(county: Place, station: Place) -> None:
    delegate(county, station)
    begun(station)
    for place in (county, station):
        place.clock.advance(timedelta(days=6))
    assert waits(station) == 1
    delegate(county, station, "")
    station.clock.advance(timedelta(days=1))
    assert waits(station) == 0

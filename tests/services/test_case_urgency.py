"""What cases wait for stands among the day's urgent things; badge, card and list count the same cases, for whoever may act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.case_values import CaseEventKind as Kind
from app.case_values import CaseKind
from app.kernel.permissions import Actor
from app.services.cases.case_list import CaseList
from app.services.cases.register_case import RegisterCase
from app.services.funds.set_standard import SetStandard
from app.services.today.today_desk import TodayDesk
from app.services.today.urgent_kinds import UrgentKind
from app.services.today.waiting import Waiting
from app.ui.today.urgent_steps import badges
from app.ui.today.urgent_words import urgent_sentence, urgent_tag, urgent_wanted
from tests.services.case_desk import CASHIER, CLERK, HEAD, LAWYER, REVIEWER, CaseDesk, accountless
from tests.services.conftest import STATION, Desk

NONE = {"case_list", "case_list_late", "cases_late", "cases_soon", "cases_lost"}


@pytest.fixture
def cases(county: Desk) -> CaseDesk:
    desk = CaseDesk(county)
    desk.today(date(2022, 7, 20))
    county.do(SetStandard(date(2022, 1, 1), CaseKind.civil, None, 180000))
    return desk


def kinds(cases: CaseDesk, actor: Actor = REVIEWER) -> dict[str, int]:
    found = cases.desk.ask(TodayDesk(), accountless(actor)).urgent
    return {one.kind.value: one.number for one in found if one.kind.value in NONE}


def badge(cases: CaseDesk, page: str, actor: Actor = REVIEWER) -> int:
    return badges(cases.desk.ask(Waiting(), accountless(actor)), is_bureau=True).get(page, 0)


def test_y07_due_late_and_lost_cases_are_counted_once(cases: CaseDesk) -> None:
    cases.register(date(2022, 7, 1))
    cases.register(date(2022, 7, 15))
    cases.register(date(2022, 7, 19))
    held = cases.granted(date(2022, 7, 1))
    cases.step(held, Kind.assigned, date(2022, 7, 7), **LAWYER)
    cases.step(held, Kind.contracted, date(2022, 7, 8))
    assert kinds(cases) == {"cases_late": 1, "cases_soon": 1, "cases_lost": 1}
    listed = cases.desk.ask(CaseList(is_waiting_only=True, sort="due"))
    assert (badge(cases, "cases"), listed.total, len(listed.rows)) == (3, 3, 3)
    late, soon, lost = [
        one for one in cases.desk.ask(TodayDesk(), accountless(REVIEWER)).urgent if one.kind.value in NONE
    ]
    assert (urgent_tag(late), urgent_sentence(late, "")) == ("案件超期 1 件", "最早一件 7月8日到期")
    assert (urgent_tag(soon), urgent_tag(lost)) == ("案件快到期 1 件", "案件待处理 1 件")
    assert urgent_wanted(late) == {"which": "waiting"}


def test_only_whoever_may_act_is_told(cases: CaseDesk) -> None:
    cases.register(date(2022, 7, 1))
    assert kinds(cases, CLERK) == kinds(cases, HEAD) == {"cases_late": 1}
    assert kinds(cases, CASHIER) == {} and badge(cases, "cases", CASHIER) == 0


def test_y21_a_quarters_list_waits_until_it_is_final(cases: CaseDesk) -> None:
    cases.archived(date(2022, 5, 20))
    assert kinds(cases, HEAD) == {"case_list_late": 1} and kinds(cases) == {}
    cases.today(date(2022, 7, 14))
    found = next(
        one
        for one in cases.desk.ask(TodayDesk(), accountless(HEAD)).urgent
        if one.kind is UrgentKind.case_list
    )
    assert urgent_tag(found) == "2022年第2季度案件清单待定稿"
    assert urgent_sentence(found, "") == "归档的案件应在 7月15日前列报"
    assert (badge(cases, "case_money", HEAD), urgent_wanted(found)) == (1, {"quarter": "2022-Q2"})
    cases.today(date(2022, 6, 30))
    assert kinds(cases, HEAD) == {}
    cases.today(date(2022, 7, 20))
    cases.final("2022-Q2")
    assert kinds(cases, HEAD) == {}


def test_an_intake_point_is_told_of_what_it_still_has_in_hand(make_desk: Callable[..., Desk]) -> None:
    station = CaseDesk(make_desk(STATION, "station"))
    station.today(date(2022, 7, 20))
    said = {
        "applicant": "柴秀英",
        "kind": "民事",
        "form": "诉讼",
        "matter": "劳动报酬",
        "groups": ("农民工",),
    }
    station.desk.do(RegisterCase(received_on=date(2022, 7, 1), **said), accountless(CLERK))  # type: ignore[arg-type]
    assert kinds(station, CLERK) == {"cases_late": 1}

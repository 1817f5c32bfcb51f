"""Settlement pays what a recomputation that shares no code with it pays, over random and invented months (Y16, Y17)."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from app.demo.sample.month import FULL, SMALL, SampleSize, invent_month
from app.demo.sample.workbooks import sheet_rows
from app.rules.pay.settle import settle
from app.rules.policy.duty_rates import DutyRates, RuleSettings
from app.workdays import WorkCalendar
from tests.oracle.pay_oracle import pay_of_month
from tests.oracle.random_months import LedgerMonth, ledger_months
from tests.unit.ledger_facts import facts_of

_SITES = [
    ("140802-01", "盐湖区公共法律服务中心", "县中心"),
    *(
        (f"14080210{place}", f"盐湖区{town}公共法律服务工作站", "工作站")
        for place, town in enumerate(("解州镇", "龙居镇", "北相镇", "陶村镇", "席张乡", "上王乡"))
    ),
]


def _paid_by_program(month: LedgerMonth, changed: dict[str, Any]) -> tuple[dict[str, int], Counter[Any]]:
    found = settle(facts_of(month), DutyRates(), RuleSettings(**changed))
    people = {row["姓名"]: 0 for row in month.people}
    units: dict[str, list[Any]] = {}
    for line in found.lines:
        people[line.person_id] += line.net_fen
        units.setdefault(line.unit, []).append(line)
    return people, Counter(
        (
            lines[0].person_id,
            lines[0].site,
            str(lines[0].on),
            tuple(sorted({str(line.kind) for line in lines})),
            sum(line.net_fen for line in lines),
        )
        for lines in units.values()
    )


def _paid_by_oracle(month: LedgerMonth, changed: dict[str, Any]) -> tuple[dict[str, int], Counter[Any]]:
    found = pay_of_month(**month.ledgers(), settings=changed)
    return found["net_fen"], Counter(
        (line["who"], line["site"], line["on"], tuple(line["kinds"]), line["net_fen"])
        for line in found["lines"]
    )


def _invented(seed: int, size: SampleSize) -> LedgerMonth:
    month = invent_month(seed, _SITES, is_workday=WorkCalendar().is_workday, size=size)
    rows = sheet_rows(month, is_corrected=True)
    sites = [{"站点": site.name, "类型": str(site.kind)} for site in month.sites]
    return LedgerMonth(sites=sites, **rows)


@given(month=ledger_months())
@hypothesis_settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_y17_random_months_pay_what_the_oracle_says(month: LedgerMonth) -> None:
    assert _paid_by_program(month, {}) == _paid_by_oracle(month, {})


@pytest.mark.parametrize(
    "changed", [{"grace_minutes": 1}, {"late_and_early": "once"}, {"same_matter_once": False}]
)
@given(month=ledger_months())
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_y17_random_months_agree_under_other_settings(changed: dict[str, Any], month: LedgerMonth) -> None:
    assert _paid_by_program(month, changed) == _paid_by_oracle(month, changed)


def test_y17_last_sign_in_left_open_is_not_closed_by_an_earlier_sign_out() -> None:
    duty = {
        "日期": "2022-05-05",
        "站点": "140802-01",
        "时段": "08:00-12:00",
        "姓名": "甲",
        "值班类型": "中心值班",
    }
    rows = [("08:00:00", "2022-05-05 12:00:00"), ("11:59:59", "")]
    month = LedgerMonth(
        people=[{"姓名": "甲", "是否公职": "否", "执业证号": ""}],
        roster=[duty],
        attendance=[
            {"站点": duty["站点"], "姓名": "甲", "签到时间": f"2022-05-05 {came}", "签退时间": left}
            for came, left in rows
        ],
    )
    assert _paid_by_program(month, {})[0] == _paid_by_oracle(month, {})[0] == {"甲": 0}


@pytest.mark.parametrize("size", [SMALL, FULL])
@pytest.mark.parametrize("seed", range(5))
def test_y17_invented_counties_pay_what_the_oracle_says(seed: int, size: SampleSize) -> None:
    month = _invented(seed, size)
    people, units = _paid_by_program(month, {})
    assert (people, units) == _paid_by_oracle(month, {})
    assert sum(people.values()) > 0

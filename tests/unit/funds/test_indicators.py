"""Indicators over a register made by hand: every ratio is written out (Y02 Q01 G01 A01 A06 A09 G12 G14 J07 J14 J15)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from hashlib import sha256
from typing import Any

import pytest

from app.case_values import CaseEventKind, CaseForm, CaseKind, CaseStage, Grade, HandlerKind
from app.kernel.packs import load_pack
from app.rules.cases.facts import CaseEvent, CaseHandler, CaseStanding
from app.rules.cases.quality import drawn_cases
from app.rules.funds.case_counts import loads
from app.rules.funds.fund_use import Matching
from app.rules.funds.indicator import Indicator, YearFigures
from app.rules.funds.indicators import indicators_of
from app.values import Period
from tests.unit.funds.case_facts import case

YEAR = Period.parse("2023")
_KINDS = {"律": HandlerKind.lawyer, "基": HandlerKind.legal_worker, "员": HandlerKind.agency_staff}
# 批准, 结案, 归档, 形式, 承办人类别, 承办人, 人数, 评查, 通知辩护
_REGISTER = """
1 2022-12-20 2023-02-01 2023-03-03 诉讼 律 甲 1 评 -
2 2023-01-10 2023-03-01 2023-04-01 诉讼 律 甲 2 - -
3 2023-01-11 2023-03-05 2023-03-20 非诉讼 律 乙 1 - -
4 2023-02-01 2023-05-01 -          诉讼 基 丙 10 - -
5 2023-03-01 -          -          诉讼 律 甲 1 - 通
6 2023-03-02 2024-01-05 2024-01-06 诉讼 员 丁 1 - 通
7 2023-04-01 2022-12-31 2023-01-02 诉讼 律 甲 1 评 -
8 -          -          -          诉讼 -  -  1 - 通
"""


def _events(number: str, reviewed: str, notified: str, on: date) -> tuple[CaseEvent, ...]:
    kinds = [CaseEventKind.reviewed] * (reviewed == "评") + [CaseEventKind.notified_defence] * (
        notified == "通"
    )
    return tuple(
        CaseEvent(id=f"{number}{kind}", case=number, kind=kind, on=on, writer="3408", number=place)
        for place, kind in enumerate(kinds)
    )


def _register() -> list[CaseStanding]:
    found = []
    for line in _REGISTER.split("\n"):
        if not line.strip():
            continue
        number, granted, closed, archived, form, kind, who, people, reviewed, notified = line.split()
        days = {
            name: None if text == "-" else date.fromisoformat(text)
            for name, text in (("approved_on", granted), ("closed_on", closed), ("archived_on", archived))
        }
        assigned = days["approved_on"] + timedelta(days=2) if days["approved_on"] else None
        handlers = () if kind == "-" else (CaseHandler(name=who, firm="律所", kind=_KINDS[kind], person=who),)
        found.append(
            case(
                number, **days, assigned_on=assigned, form=CaseForm(form), handlers=handlers, recipients=int(people),
                kind=CaseKind.criminal, stage=CaseStage.first, grade=Grade.passed if days["archived_on"] else None,
                events=_events(number, reviewed, notified, date(2023, 3, 1)),
            ).standing
        )  # fmt: skip
    return found


def _all(pack: str, **given: Any) -> dict[str, Indicator]:
    figures = YearFigures(
        pack=load_pack(pack), **{"year": YEAR, "as_of": date(2023, 6, 30), "cases": _register(), **given}
    )
    return {one.key: one for one in indicators_of(figures)}


def _ids(*numbers: int) -> tuple[str, ...]:
    return tuple(f"id-{number}" for number in numbers)


@pytest.mark.parametrize(
    ("key", "ids", "denominator", "text", "is_met"),
    [
        ("approved", _ids(2, 3, 4, 5, 6, 7), None, "6 件", None),
        ("closed", _ids(1, 2, 3, 4), None, "4 件", None),
        ("closed_ratio", _ids(1, 2, 3, 4), 6, "66.6%", False),
        ("litigation", _ids(1, 2, 4), 4, "75.0%", True),
        ("private_lawyers", _ids(1, 2, 3), 4, "75.0%", True),
        ("load", _ids(2, 5, 7), None, "3 件", True),
        ("timely", _ids(1, 3), 4, "50.0%", None),
        ("reviewed", _ids(1, 2, 3, 7), 4, "100.0%", None),
        ("checked", _ids(1, 7), 4, "50.0%", None),
        ("trial_coverage", _ids(5, 6), 3, "66.6%", None),
    ],
)
def test_a06_a09_ratios_by_hand(
    key: str, ids: tuple[str, ...], denominator: int | None, text: str, is_met: bool | None
) -> None:
    found = _all("anqing-2023")[key]
    assert (found.ids, found.denominator, found.text, found.is_met) == (ids, denominator, text, is_met)
    assert found.numerator == len(ids) and found.formula
    assert (found.clause == "庆司通〔2023〕8号 六（二）") == (is_met is not None)


def test_a_zero_denominator_shows_a_dash() -> None:
    found = _all("anqing-2023", cases=[])
    for key in ("closed_ratio", "litigation", "private_lawyers", "timely", "reviewed", "checked", "trial_coverage",
                "spent_ratio", "subsidy_share"):  # fmt: skip
        assert (found[key].text, found[key].value, found[key].is_met) == ("—", None, None)
    assert found["load"].text == "0 件"


def test_a01_the_target_has_its_pace() -> None:
    found = _all("anqing-2023", target=20)["cases"]
    assert (found.numerator, found.target, found.pace, found.is_met) == (4, 20, Fraction(181, 365), False)
    assert found.behind == Fraction(181, 365) - Fraction(4, 20) and found.clause == "庆司通〔2023〕8号 附件"
    assert _all("anqing-2023", target=20, as_of=date(2024, 5, 1))["cases"].pace == 1
    assert _all("anqing-2023", target=20, as_of=date(2022, 5, 1))["cases"].pace == 0


def test_y02_q01_progress_counts_the_cases_that_count_in_the_programme() -> None:
    found = _all("qinshui-2023", target=70, counted=frozenset(_ids(2, 4, 5)))["cases"]
    assert (found.ids, found.target) == (_ids(2, 4), 70)


def test_g01_recipients_per_ten_thousand_residents_must_exceed_the_target() -> None:
    found = _all("ganyu-2021", recipients_target=1350, residents=12308)
    assert (found["recipients"].numerator, found["recipients"].target) == (16, 1350)
    rate = found["recipients_per_10000"]
    assert (rate.numerator, rate.denominator, rate.text, rate.is_met) == (16, 12308, "12.9 人/万人", False)
    exact = _all("ganyu-2021", residents=160000 // 13)["recipients_per_10000"]
    assert exact.value is not None and exact.value > 13 and exact.is_met
    even = _all(
        "ganyu-2021", cases=[case("9", approved_on=date(2023, 1, 1), recipients=13).standing], residents=10000
    )
    assert even["recipients_per_10000"].is_met is False
    assert _all("ganyu-2021")["recipients_per_10000"].text == "—"
    assert (
        found["timely"].target,
        found["timely"].is_met,
        found["checked"].target,
        found["reviewed"].target,
    ) == (50, True, 30, 100)


def test_g14_named_lawyers() -> None:
    many = [
        case(
            str(n),
            assigned_on=date(2023, 2, 1),
            handlers=(CaseHandler(name="甲", firm="律所", kind=None, person="甲"),),
        )
        for n in range(5)
    ]
    found = _all("ganyu-2021", cases=[one.standing for one in many], named_lawyers=frozenset({"甲", "乙"}))[
        "named_lawyers"
    ]
    assert (found.ids, found.denominator, found.text, found.is_met) == (("甲",), 2, "50.0%", False)
    assert "named_lawyers" not in _all("anqing-2023")


def test_j07_j14_j15_figures() -> None:
    found = _all(
        "jian-2018", residents=100000, arrived_fen=4900000, other_matters=17500, other_matters_target=35000
    )
    assert (found["per_head"].target, found["per_head"].is_met, found["per_head"].text) == (
        5000000,
        False,
        "49,000 元",
    )
    assert _all("jian-2018", residents=100000, arrived_fen=4900000, is_city=True)["per_head"].is_met
    assert (found["other_matters"].numerator, found["other_matters"].target) == (17500, 35000)
    assert (found["trial_coverage"].target, found["trial_coverage"].is_met) == (100, False)
    assert "other_matters" not in _all("jian-2018") and "per_head" not in _all("anqing-2023")


def test_a05_a09_money() -> None:
    asked = Matching(
        local_fen=230000,
        upper_fen=240000,
        closed=4,
        asked_by_share_fen=240000,
        asked_by_case_fen=240000,
        text="账",
    )
    found = _all("anqing-2023", arrived_fen=470000, spent_fen=300000, subsidies_fen=200000, matching=asked)
    shown = {
        key: (found[key].text, found[key].is_met)
        for key in ("arrived", "spent", "spent_ratio", "subsidy_share", "match_share", "match_case")
    }
    assert shown == {
        "arrived": ("4,700 元", None), "spent": ("3,000 元", None), "spent_ratio": ("63.8%", False),
        "subsidy_share": ("66.6%", None), "match_share": ("95.8%", False), "match_case": ("575 元", False),
    }  # fmt: skip
    assert not asked.is_met


def test_a06_a_person_is_warned_at_80_and_told_beyond_90() -> None:
    def standing(number: int, who: str) -> CaseStanding:
        return case(
            str(number),
            assigned_on=date(2023, 2, 1),
            handlers=(CaseHandler(name=who, firm="律所", kind=None),),
        ).standing

    made = [standing(n, "甲") for n in range(91)] + [standing(100 + n, "乙") for n in range(80)]
    made += [standing(200 + n, "丙") for n in range(79)]
    found = _all("anqing-2023", cases=made)["load"]
    assert (found.text, found.is_met) == ("91 件", False)
    assert found.warning == "甲本年已指派 91 件，超过 90 件；乙本年已指派 80 件，接近 90 件"
    assert [len(one.cases) for one in loads(made, YEAR, None, None)] == [91, 80, 79]


def test_g12_the_cases_checked_are_drawn_so_that_anyone_can_draw_them_again() -> None:
    numbers = [f"〔2023〕{n}" for n in range(1, 12)]
    found = drawn_cases(reversed(numbers), "2023-Q1")
    by_digest = sorted(numbers, key=lambda number: sha256(("2023-Q1" + number).encode()).hexdigest())
    assert len(found) == 4 and set(found) == set(by_digest[:4])
    assert drawn_cases(numbers, "2023-Q2") != found
    assert (drawn_cases([], "x"), len(drawn_cases(["甲"], "x")), len(drawn_cases(numbers[:10], "x"))) == (
        (),
        1,
        3,
    )

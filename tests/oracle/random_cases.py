"""Invents registers of cases and what happens to them between the quarters that become final."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

KINDS = (
    ("民事", "诉讼", "一审"), ("民事", "诉讼", None), ("民事", "非诉讼", "仲裁"), ("刑事", "诉讼", "侦查"), ("刑事", "诉讼", "一审"),
    ("刑事", "诉讼", "再审"), ("行政", "诉讼", "一审"), ("国家赔偿", "诉讼", "二审"),
)  # fmt: skip
LACKS = ((),) * 8 + (("entered",), ("group",), ("approved", "entered"), ("ground",))
_START = date(2022, 5, 20)


def _often(usual: Any, *rare: Any) -> st.SearchStrategy[Any]:
    """Mostly the usual; Hypothesis tries the rare ones often enough."""
    return st.sampled_from((usual,) * (3 * len(rare)) + rare)


@dataclass(frozen=True)
class CaseStory:
    """A county's settings and the steps of its years."""

    table: list[dict[str, Any]]
    targets: dict[int, int]
    readings: dict[str, int]
    has_fund_in_2023: bool
    steps: list[tuple[str, Any]]


_CLOSED = _often(
    None, date(2021, 12, 20), date(2022, 12, 28), date(2023, 1, 6), date(2023, 1, 7), date(2024, 1, 8)
).flatmap(
    lambda rare: (
        st.just(rare) if rare else st.integers(0, 190).map(lambda days: _START + timedelta(days=days))
    )
)
_FACTS: dict[str, st.SearchStrategy[Any]] = {
    "closed": _CLOSED,
    "grade": _often("合格", "优秀", "不合格", None),
    "fund": _often("", "惠民专项", "业务经费", "彩票公益金", "基金会"),
    "lacks": st.sampled_from(LACKS),
    "terminated": _often(False, False, True),
    "handler": _often("律师", "律师", "机构工作人员", "公职人员"),
    "group": _often(False, True),
    "merged": _often(False, False, False, True),
    "travel": _often(0, 5001),
    "cut": _often(0, 7000, 400000),
}
_NUMBERS = st.fixed_dictionaries(
    {"number_year": st.sampled_from((2021, 2022)), "number": st.integers(1, 120)}
)


@st.composite
def _case(draw: st.DrawFn) -> dict[str, Any]:
    kind, form, stage = draw(st.sampled_from(KINDS))
    found = {
        **draw(_NUMBERS),
        "kind": kind,
        "form": form,
        "stage": stage,
        **draw(st.fixed_dictionaries(_FACTS)),
    }
    return {**found, "archived": found["closed"] + timedelta(days=draw(st.sampled_from((0, 1, 10, 30, 100))))}


@st.composite
def _change(draw: st.DrawFn) -> dict[str, Any]:
    """One or two facts of a case become known otherwise; archiving may be voided."""
    names = draw(
        st.sets(st.sampled_from((*_FACTS, "grade", "archived", "archived", "kind")), min_size=1, max_size=2)
    )
    found = {name: draw(_FACTS[name]) for name in sorted(names) if name in _FACTS}
    if "kind" in names:
        found |= dict(zip(("kind", "form", "stage"), draw(st.sampled_from(KINDS)), strict=True))
    if "archived" in names:
        found["archived"] = draw(
            st.sampled_from((None, date(2022, 6, 1), date(2022, 9, 30), date(2023, 2, 1)))
        )
    return found


_SPOT = st.integers(0, 1000)


@st.composite
def _story(draw: st.DrawFn) -> CaseStory:
    stages = st.sampled_from((None, None, "一审", "侦查"))
    row = st.tuples(
        st.sampled_from((date(2020, 1, 1), date(2022, 3, 1), date(2022, 8, 1))),
        st.sampled_from(("民事", "民事", "刑事", "刑事", "行政")),
        stages,
    )
    keys = draw(st.lists(row, max_size=7, unique=True))
    money = st.sampled_from((60000, 100000, 120001, 180000, 333333))
    table: list[dict[str, Any]] = [
        {"from": on, "kind": kind, "stage": stage, "fen": draw(money)} for on, kind, stage in keys
    ]
    readings = st.fixed_dictionaries(
        {
            "terminated": st.sampled_from((0, 50)),
            "series": st.sampled_from((100, 33)),
            "project": st.sampled_from((100000, 80000)),
        }
    )
    step = st.one_of(
        st.tuples(st.just("change"), st.tuples(_SPOT, _change())),
        st.tuples(st.just("change"), st.tuples(_SPOT, _change())),
        st.tuples(st.just("add"), _case()),
        st.tuples(st.just("change"), st.tuples(_SPOT, _change())),
        st.tuples(st.just("reverse"), _SPOT),
        st.tuples(st.just("readings"), readings),
        st.tuples(st.just("table"), st.tuples(row, money)),
        st.tuples(st.just("target"), st.tuples(st.sampled_from((2022, 2023)), st.integers(0, 5))),
    )
    steps: list[tuple[str, Any]] = [("add", one) for one in draw(st.lists(_case(), min_size=4, max_size=8))]
    for _ in range(draw(st.integers(3, 6))):
        steps += [("finish", None), *draw(st.lists(step, min_size=1, max_size=4))]
    targets = {2022: draw(st.integers(1, 4))}
    if draw(st.booleans()):
        targets[2023] = draw(st.integers(0, 3))
    return CaseStory(table, targets, draw(readings), draw(st.booleans()), steps)


def case_stories() -> st.SearchStrategy[CaseStory]:
    """Late entries and grades, voided archivings, quarters final between, reversals, year ends, groups, all kinds and funds."""
    return _story()

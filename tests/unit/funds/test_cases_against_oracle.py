"""Quarters pay what a recomputation that shares no code with them pays, over invented registers and years (Y19 Y25 A12)."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import settings as hypothesis_settings

from app.case_values import CaseForm, CaseKind, CaseOutcome, CaseStage, CaseState, Fund, Grade, HandlerKind
from app.quarters import Quarter
from app.rules.cases.facts import CaseHandler
from app.rules.funds.case_lines import CaseForPay, Extras
from app.rules.funds.final_lines import reversal_of_case
from app.rules.funds.quarter import CaseBooks, settle_quarter
from app.rules.funds.standards import StandardRow
from app.values import LineOrigin
from tests.oracle.case_oracle import CaseOracle, after
from tests.oracle.random_cases import CaseStory, case_stories
from tests.unit.funds.case_facts import (
    ANQING,
    YUNCHENG,
    books,
    case,
    finished,
    line_of,
    with_adjustments,
    with_cases,
)

_HANDLERS = {
    "律师": CaseHandler(name="王", firm="律所", kind=HandlerKind.lawyer),
    "机构工作人员": CaseHandler(name="李", firm="中心", kind=HandlerKind.agency_staff),
    "公职人员": CaseHandler(name="赵", firm="司法局", kind=HandlerKind.lawyer, is_public_servant=True),
}


def _as_facts(c: dict[str, Any]) -> CaseForPay:
    return case(
        f"盐援〔{c['number_year']}〕第{c['number']:03d}号",
        case=f"id-{c['id']}",
        kind=CaseKind(c["kind"]),
        form=CaseForm(c["form"]),
        stage=CaseStage(c["stage"]) if c["stage"] else None,
        closed_on=None if c["terminated"] else c["closed"],
        terminated_on=c["closed"] if c["terminated"] else None,
        archived_on=c["archived"],
        grade=Grade(c["grade"]) if c["grade"] else None,
        fund=Fund(c["fund"]) if c["fund"] else None,
        lacks=c["lacks"],
        is_terminated=c["terminated"],
        handlers=(_HANDLERS[c["handler"]],),
        group_case="欠薪" if c["group"] else "",
        state=CaseState.merged if c["merged"] else CaseState.archived,
        extras=Extras(travel_fen=c["travel"], cut_fen=c["cut"], cut_reason="迟交"),
    )


def _ruled(held: CaseBooks, readings: dict[str, int]) -> CaseBooks:
    numbers = {"terminated_percent": readings["terminated"], "series_percent": readings["series"],
               "project_base_fen": readings["project"]}  # fmt: skip
    return replace(
        held, own=held.own.with_numbers(numbers), packs=tuple(one.with_numbers(numbers) for one in held.packs)
    )


@dataclass
class Both:
    """The program and the oracle walking through one story."""

    held: CaseBooks
    oracle: CaseOracle
    is_compared: bool = True

    @classmethod
    def of(cls, story: CaseStory, is_compared: bool) -> Both:
        base = YUNCHENG.base_fen if story.has_fund_in_2023 else None
        next_year = replace(ANQING, base_fen=base)
        table = [
            StandardRow(
                row["from"],
                CaseKind(row["kind"]),
                CaseStage(row["stage"]) if row["stage"] else None,
                row["fen"],
            )
            for row in story.table
        ]
        documents = [
            (date(2022, 1, 1), date(2022, 12, 31), 100000),
            (date(2023, 1, 1), date(2023, 12, 31), 100000 if story.has_fund_in_2023 else None),
        ]
        held = books([], packs=(next_year,), rows=tuple(table), targets=dict(story.targets))
        oracle = CaseOracle(documents, story.table, dict(story.targets), dict(story.readings))
        return cls(_ruled(held, story.readings), oracle, is_compared)

    def step(self, what: str, given: Any) -> None:
        """One thing that happens, told to both."""
        if what == "add":
            key = f"{len(self.oracle.cases):03d}"
            self._know({**given, "id": key})
        elif what == "change":
            spot, changed = given
            known = sorted(self.oracle.cases)
            self._know({**self.oracle.cases[known[spot % len(known)]], **changed})
        elif what == "readings":
            self.oracle.readings, self.held = dict(given), _ruled(self.held, given)
        elif what == "table":
            self._table(*given)
        elif what == "target":
            self.oracle.targets[given[0]] = given[1]
            self.held = replace(self.held, targets=dict(self.oracle.targets))
        elif what == "reverse":
            self._reverse(given)
        elif self.held.open_quarter is not None:
            self.check()
            self.held = finished(self.held, self.held.open_quarter)
            self.oracle.finish()

    def check(self) -> None:
        """Both say the same of the open quarter, its forerunner and its successor."""
        if self.held.open_quarter is None or not self.is_compared:
            return
        first = self.oracle.first_open()
        assert (self.held.open_quarter.year, self.held.open_quarter.number) == first
        for quarter in (first, after(first), self.oracle.last):
            if quarter is not None:
                self._same(quarter)
        found = settle_quarter(Quarter(*first), self.held).adjustments
        assert {(one.case[3:], one.fund.value): one.fen for one in found} == self.oracle.owed()
        assert all(one.reasons and one.origin is LineOrigin.evidence for one in found)

    def _same(self, quarter: tuple[int, int]) -> None:
        lines = [line for line in settle_quarter(Quarter(*quarter), self.held).lines if line.state == "待列"]
        shown = [
            {"case": line.case[3:], "outcome": line.outcome.value, "special": line.special_fen, "business": line.business_fen,
             "project": line.project_fen, "fund": line.fund.value if line.fund else "", "place": line.place, "late": line.is_late,
             }
            for line in lines
        ]  # fmt: skip
        expected = [
            {name: line[name] for name in (shown[0] if shown else line)}
            for line in self.oracle.lines(quarter)
        ]
        for line in expected:
            line.pop("standard", None)
        assert shown == expected

    def _table(self, key: tuple[date, str, str | None], fen: int) -> None:
        on, kind, stage = key
        if not any((row["from"], row["kind"], row["stage"]) == key for row in self.oracle.table):
            self.oracle.table = [*self.oracle.table, {"from": on, "kind": kind, "stage": stage, "fen": fen}]
            self.held = replace(self.held, rows=(*self.held.rows, _row(on, kind, stage, fen)))

    def _know(self, known: dict[str, Any]) -> None:
        self.oracle.cases[known["id"]] = known
        self.held = with_cases(self.held, _as_facts(known))

    def _reverse(self, spot: int) -> None:
        paid = sorted(key for key, base in self.oracle.bases.items() if not base["reversed"])
        if paid and self.held.open_quarter:
            key = paid[spot % len(paid)]
            made = reversal_of_case(self.held.final, line_of(self.held, key), self.held.open_quarter, "误付")
            self.held = with_adjustments(self.held, *made)
            self.oracle.reverse(key)


def _row(on: date, kind: str, stage: str | None, fen: int) -> StandardRow:
    return StandardRow(on, CaseKind(kind), CaseStage(stage) if stage else None, fen)


def _walked(story: CaseStory, is_compared: bool = False) -> Both:
    both = Both.of(story, is_compared)
    for what, told in story.steps:
        both.step(what, told)
    both.check()
    return both


@hypothesis_settings(max_examples=500)
@given(case_stories())
def test_y19_quarters_pay_what_the_oracle_pays(story: CaseStory) -> None:
    _walked(story, is_compared=True)


@hypothesis_settings(max_examples=100)
@given(case_stories())
def test_y19_no_case_is_paid_twice_and_no_place_is_held_twice(story: CaseStory) -> None:
    held = _walked(story).held
    paying = [line for line in held.final.lines if line.is_base]
    assert max(Counter(line.pay.case for line in paying).values(), default=1) == 1
    gone = held.final.reversed_lines()
    kept = [
        (line.pay.target_year, line.pay.place) for line in paying if line.pay.place and line.id not in gone
    ]
    assert len(kept) == len(set(kept))
    for line in paying:
        standing = {fund: fen for fund, fen in held.final.standing_fen(line).items() if fen}
        bases = [fund for fund in standing if fund is not Fund.business]
        assert len(bases) <= 1 and all(fen > 0 for fund, fen in standing.items() if fund in bases)
        assert line.id not in gone or not standing


@hypothesis_settings(max_examples=100)
@given(case_stories())
def test_the_order_of_the_facts_plays_no_part(story: CaseStory) -> None:
    held = _walked(story).held
    shuffler = random.Random(len(held.cases))
    quarter = held.open_quarter
    if quarter is None:
        return
    final = held.final
    mixed = replace(
        held,
        cases=_shuffled(shuffler, held.cases),
        rows=_shuffled(shuffler, held.rows),
        packs=_shuffled(shuffler, (*held.packs, held.own)),
        final=replace(
            final, lines=_shuffled(shuffler, final.lines), adjustments=_shuffled(shuffler, final.adjustments)
        ),
    )
    assert settle_quarter(quarter, mixed) == settle_quarter(quarter, held)


@hypothesis_settings(max_examples=100)
@given(case_stories())
def test_every_line_adds_up_and_tells_why(story: CaseStory) -> None:
    both = _walked(story)
    quarters = {Quarter.of(one.standing.archived_on) for one in both.held.cases if one.standing.archived_on}
    for line in (line for quarter in quarters for line in settle_quarter(quarter, both.held).lines):
        assert line.reasons and all(reason.text for reason in line.reasons)
        paid = line.special_fen + line.business_fen + line.project_fen
        assert (paid > 0) == (line.outcome is CaseOutcome.pays) == (line.fund is not None)
        assert not (line.special_fen and line.project_fen) and bool(line.special_fen) == (
            line.place is not None
        )
        assert (
            sum(share.special_fen + share.business_fen + share.project_fen for share in line.shares) == paid
        )


def _shuffled(shuffler: random.Random, items: Any) -> tuple[Any, ...]:
    found = list(items)
    shuffler.shuffle(found)
    return tuple(found)

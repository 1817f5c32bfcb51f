"""Plays the legal-aid cases: the older register, a station's and the centre's applications, two quarters of money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

from app.case_values import CaseEventKind, CaseOutcome, CasePayState, Fund
from app.clock import local
from app.demo.month import Play, try_act
from app.demo.offices import DemoOffice, carry_down, carry_up
from app.demo.sample.case_plans import invent_stories
from app.demo.sample.case_records import Row, SampleCase, SampleCases, SampleStep
from app.demo.sample.case_register import funds, invent_register, late_entries, standards
from app.demo.sample.case_stories import DAYS, SURVIVOR
from app.demo.sample.case_words import SampleWords
from app.demo.sample.vocabulary import Vocabulary
from app.demo.sample.workbooks import write_workbook
from app.errors import Refused
from app.kernel.permissions import Actor
from app.quarters import Quarter
from app.rules.cases.facts import FactValue
from app.services.cases.case_list import CaseList
from app.services.cases.enter_event import HEAD_KINDS, command_for
from app.services.cases.examine_line import ExamineLine
from app.services.cases.pay_cases import PayCases
from app.services.cases.register_case import RegisterCase
from app.services.cases.reverse_case import ReverseCase
from app.services.cases.settle_cases import CaseQuarter, ListedLine, QuarterList, SettleCases
from app.services.cases.write_event import EventEntry
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.kind import ImportReport
from app.workdays import WorkCalendar

MOST_CASES = 10_000
SETTLED_BEFORE_LAST = DAYS - 10
"""The list becomes final so many days before the last story ends."""
RETURNED = 6
"""Which paying line the bureau returns."""


@dataclass
class CasePlay:
    """The cases that were played: which id each got, by story, and the two quarters."""

    play: Play
    sample: SampleCases
    paid: Quarter
    ids: dict[int, str] = field(default_factory=dict)
    fund_fen: dict[str, int] = field(default_factory=dict)

    @property
    def station(self) -> DemoOffice:
        """The one station that takes applications in."""
        return next(iter(self.play.stations.values()))

    def hand(self, login: str) -> Actor:
        """An account of the county."""
        return self.play.county.office.actor_of(login)

    def survivor(self) -> str:
        """The case that goes on when two are merged."""
        at = next(n for n, one in enumerate(self.sample.cases) if one.story == SURVIVOR)
        return self.ids[at]


def play_cases(play: Play, folder: Path, *, is_small: bool) -> CasePlay:
    """The register of the month's quarter paid and final; the cases of the next quarter day by day, its list open."""
    case_play = _invent(play, is_small=is_small)
    county = play.county
    county.at(_morning(max(case_play.paid.period.end, local(county.clock.at).date())))
    _import_sheets(case_play, folder)
    days = sorted([*_days(case_play), *_money_days(case_play, folder)], key=lambda one: one[0])
    for on, acts in groupby(days, key=lambda one: one[0]):
        for office in (county, case_play.station):
            office.at(_morning(on))
        for _, act in acts:
            act()
    play.outcomes += carry_down(county, list(play.stations.values())[:1], play.bundles)
    return case_play


def _invent(play: Play, *, is_small: bool) -> CasePlay:
    month, pack = play.month.month, play.county.office.pack
    paid = Quarter.of(month.first_day)
    vocabulary = Vocabulary(pack.topics, pack.consultation_groups, pack.handlings)
    words = SampleWords(
        Random(f"{play.month.seed}/cases"), play.month.people, vocabulary, WorkCalendar().is_workday
    )
    start = max(paid.period.end, local(play.county.clock.at).date()) + timedelta(days=1)
    register = invent_register(words, paid.period.start, is_small=is_small)
    last = words.day(start, DAYS)
    first = date(paid.period.start.year, 1, 1)
    sample = SampleCases(
        register=register,
        late_entries=late_entries(register, last),
        standards=standards(first),
        funds=funds(first, has_special=pack.value("cases.base_fen") is not None),
        cases=invent_stories(words, start, is_small=is_small),
        last_day=last,
    )
    return CasePlay(play, sample, paid)


def _import_sheets(case_play: CasePlay, folder: Path) -> None:
    """Each sheet by whoever may import it; the register by the administrator, who holds both rights of it."""
    sample = case_play.sample
    for kind, rows, login in (
        ("standards", sample.standards, "shenhe"),
        ("funds", sample.funds, "caiwu"),
        ("cases", sample.register, "admin"),
    ):
        _import(case_play, kind, rows, folder / f"{kind}.xlsx", login)


def _import(case_play: CasePlay, kind: str, rows: tuple[Row, ...], sheet: Path, login: str) -> None:
    write_workbook(sheet, rows[0], rows)
    command = ImportWorkbook(kind, sheet)
    report: ImportReport = case_play.play.county.office.do(command, case_play.hand(login)).value
    if report.refused:
        fault = report.refused[0]
        raise Refused(fault.code, f"{sheet.name} 第 {fault.row} 行“{fault.column}”：{fault.text}")


def _days(case_play: CasePlay) -> Iterator[tuple[date, Any]]:
    """What happens on which day: applications and steps, the station's carried up the same day."""
    for at, case in enumerate(case_play.sample.cases):
        yield case.on, partial(_register, case_play, at, case)
        for step in case.steps:
            yield step.on, partial(_take_step, case_play, at, case, step)


def _register(case_play: CasePlay, at: int, case: SampleCase) -> None:
    office = _writer(case_play, is_station=case.at_station)
    command = RegisterCase(received_on=case.on, **case.said)
    actor = office.actor if case.at_station else case_play.hand("shencha")
    case_play.ids[at] = office.office.do(command, actor).value.id
    _carry_up(case_play, is_station=case.at_station)


def _take_step(case_play: CasePlay, at: int, case: SampleCase, step: SampleStep) -> None:
    office = _writer(case_play, is_station=step.at_station)
    facts = dict(step.facts)
    if step.kind is CaseEventKind.merged:
        facts["survivor"] = case_play.survivor()
    entry = EventEntry(case=case_play.ids[at], kind=step.kind, on=step.on, facts=facts, reason=step.reason)
    login = "fuze" if step.kind in HEAD_KINDS else "shencha"
    actor = office.actor if step.at_station else case_play.hand(login)
    try_act(case_play.play, partial(office.office.do, command_for(entry, actor), actor))
    _carry_up(case_play, is_station=step.at_station)


def _writer(case_play: CasePlay, *, is_station: bool) -> DemoOffice:
    return case_play.station if is_station else case_play.play.county


def _carry_up(case_play: CasePlay, *, is_station: bool) -> None:
    """What a station wrote goes up at once, for the centre goes on with it."""
    if is_station:
        play = case_play.play
        play.outcomes += carry_up(case_play.station, play.county, play.bundles)


def _money_days(case_play: CasePlay, folder: Path) -> Iterator[tuple[date, Any]]:
    """The quarter settled, examined, paid; then a failed review, a reversal, an entry made late."""
    last = case_play.sample.last_day
    settled = last - timedelta(days=SETTLED_BEFORE_LAST)
    yield settled, partial(_settle, case_play)
    yield settled + timedelta(days=20), partial(_fail_review, case_play)
    yield settled + timedelta(days=25), partial(_reverse, case_play)
    if case_play.sample.late_entries:
        sheet = folder / "cases-2.xlsx"
        yield last, partial(_import, case_play, "cases", case_play.sample.late_entries, sheet, "admin")


def _settle(case_play: CasePlay) -> None:
    """The agency's head makes the list final, the bureau examines it line by line, the cashier pays a fund at a time."""
    do, quarter = case_play.play.county.office.do, str(case_play.paid)
    found: QuarterList = do(SettleCases(quarter), case_play.hand("fuze")).value
    reviewer, cashier = case_play.hand("shenhe"), case_play.hand("caiwu")
    for at, line in enumerate(_paying(found)):
        is_passed = at != RETURNED
        do(ExamineLine(quarter, line.number, is_passed, "" if is_passed else "C1"), reviewer)
    today = local(case_play.play.county.clock.at).date()
    for number, fund in enumerate(_funds_of(_paying(found)), 1):
        paid = do(PayCases(quarter, fund, today, f"记-{quarter}-{number:02d}"), cashier).value
        case_play.fund_fen[fund.value] = paid.fen


def _paying(found: QuarterList) -> list[ListedLine]:
    return [line for line in found.lines if line.outcome is CaseOutcome.pays]


def _funds_of(lines: list[ListedLine]) -> list[Fund]:
    """The funds that bear something of the lines, in the order of the funds."""
    named = {Fund(line.fund) for line in lines if line.special_fen or line.project_fen}
    if any(line.business_fen for line in lines):
        named.add(Fund.business)
    return [fund for fund in Fund if fund in named]


def _paid_lines(case_play: CasePlay) -> list[ListedLine]:
    found: QuarterList = case_play.play.county.ask(CaseQuarter(str(case_play.paid)))
    return [line for line in found.lines if line.state is CasePayState.paid]


def _fail_review(case_play: CasePlay) -> None:
    """A review after the payment finds the file wanting: what was paid is to be paid back."""
    paid = _paid_lines(case_play)[0]
    facts: dict[str, FactValue] = {"reviewers": ("评查组甲", "评查组乙"), "score": 52, "grade": "不合格"}
    entry = EventEntry(case=paid.case, kind=CaseEventKind.reviewed, facts=facts)
    head = case_play.hand("fuze")
    case_play.play.county.office.do(command_for(entry, head), head)


def _reverse(case_play: CasePlay) -> None:
    """Another case was paid for on forged papers."""
    number = _paid_lines(case_play)[1].number
    command = ReverseCase(number, "受援人提供的用工证明是伪造的")
    case_play.play.county.office.do(command, case_play.hand("shenhe"))


def _morning(on: date) -> datetime:
    return datetime.combine(on, time(9, 30))


def summarise_cases(case_play: CasePlay) -> dict[str, Any]:
    """The cases in figures: states, outcomes, what each fund paid, the open quarter."""
    county = case_play.play.county
    rows = county.ask(CaseList(limit=MOST_CASES)).rows
    paid, going_on = (_quarter(county, one) for one in (case_play.paid, case_play.paid.next()))
    return {
        "total": len(rows),
        "at_station": sum(case.at_station for case in case_play.sample.cases),
        "states": dict(sorted(Counter(row.state.value for row in rows).items())),
        "stories": dict(sorted(Counter(case.story for case in case_play.sample.cases).items())),
        "paid_fen": case_play.fund_fen,
        "quarters": [paid, going_on],
    }


def _quarter(county: DemoOffice, quarter: Quarter) -> dict[str, Any]:
    found: QuarterList = county.ask(CaseQuarter(str(quarter)))
    return {
        "quarter": found.quarter,
        "is_final": found.is_final,
        "lines": len(found.lines),
        "outcomes": dict(sorted(Counter(line.outcome.value for line in found.lines).items())),
        "pay_states": dict(sorted(Counter(line.state.value for line in found.lines).items())),
        "late": sum(line.is_late for line in found.lines),
        "places": sum(line.place is not None for line in found.lines),
        "fen": dict(found.totals),
        "adjustments_fen": sum(fen for _, _, fen, _ in found.adjustments),
        "adjustments": len(found.adjustments),
    }

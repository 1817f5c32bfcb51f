"""Settles a quarter of cases: which cases stand on its list, who has a place in the year's target, what later facts change (Y19)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from app.case_values import CaseOutcome, CasePayState
from app.errors import Refused
from app.quarters import Quarter
from app.rules.cases.case_numbers import CaseNumber, read_number
from app.rules.funds.case_lines import CaseForPay, CasePay, PayTerms, Reason, TargetPlace
from app.rules.funds.case_pay import case_pay, wants_place
from app.rules.funds.final_lines import CaseAdjustment, FinalBook, FinalLine, adjustments_of
from app.rules.funds.standards import StandardRow
from app.rules.policy.case_money import READING, CasePayRules


@dataclass(frozen=True, kw_only=True)
class CaseBooks:
    """All that the settlement of any quarter is computed from.

    packs: the rules of every document the office worked under; own: those of its present one, for a 结案日 outside all.
    targets: year → cases to do. since: the first quarter settled here: what was archived before it and is not final was
    settled elsewhere and never becomes 补列; None: the office settles all it has.
    """

    cases: Sequence[CaseForPay]
    own: CasePayRules
    packs: Sequence[CasePayRules] = ()
    rows: Sequence[StandardRow] = ()
    targets: Mapping[int, int]
    final: FinalBook = field(default_factory=FinalBook)
    since: Quarter | None = None

    @cached_property
    def by_case(self) -> Mapping[str, CaseForPay]:
        """Case → the case."""
        return {one.standing.case: one for one in self.cases}

    @cached_property
    def bases(self) -> Mapping[str, FinalLine]:
        """Case → the final line that gave it its base."""
        return self.final.bases()

    @cached_property
    def pays(self) -> Mapping[str, CasePay]:
        """Case → what it is paid as things stand now, in its place; cases without a base line only."""
        return _open_pays(self)

    @cached_property
    def open_quarter(self) -> Quarter | None:
        """The earliest quarter that is not final; None where nothing is archived yet."""
        if self.final.last:
            return self.final.last.next()
        archived = [Quarter.of(one.standing.archived_on) for one in self.cases if one.standing.archived_on]
        listed = [quarter for quarter in archived if self.since is None or quarter >= self.since]
        return min(listed, default=None)

    def terms(self, closed_on: date | None) -> PayTerms:
        """What a case closed on a day is paid by: the newest document that holds then, else the office's own."""
        if closed_on is None:
            return PayTerms(self.own, self.rows)
        held = [one for one in (self.own, *self.packs) if one.valid_from <= closed_on <= one.valid_to]
        if not held:
            return PayTerms(self.own, self.rows, is_outside=True)
        return PayTerms(
            max(held, key=lambda one: (one.pack == self.own.pack, one.valid_from, one.pack)), self.rows
        )


@dataclass(frozen=True)
class QuarterSettlement:
    """A quarter's list, computed: the lines by 归档日 and 案号, and what is added to earlier final lines."""

    quarter: Quarter
    is_final: bool
    lines: tuple[CasePay, ...]
    adjustments: tuple[CaseAdjustment, ...] = ()

    @property
    def settled(self) -> tuple[CasePay, ...]:
        """The lines that become final with the quarter; what waits stays open."""
        return tuple(line for line in self.lines if line.outcome is not CaseOutcome.waits)


def settle_quarter(quarter: Quarter, books: CaseBooks) -> QuarterSettlement:
    """The list of a quarter: every case archived in it and what is 补列 on it, waiting ones included.

    A final quarter shows its lines as they were stored and what still waits; the earliest open one carries 补列 and the
    adjustments of final lines. The order of the facts plays no part.
    """
    is_final = books.final.is_final(quarter)
    lines = [_stored(line) for line in books.final.lines if line.quarter == quarter]
    lines += _listed(quarter, books, is_final)
    is_open = not is_final and quarter == books.open_quarter
    adjusted = (
        adjustments_of(books.final, _kept_pays(books), quarter)
        if is_open
        else tuple(one for one in books.final.adjustments if one.quarter == quarter)
    )
    return QuarterSettlement(quarter, is_final, tuple(sorted(lines, key=_in_list)), adjusted)


def refuse_out_of_turn(quarter: Quarter, books: CaseBooks) -> None:
    """Raises Refused E892 for a quarter that is final already, E891 for one whose forerunner is still open."""
    if books.final.is_final(quarter):
        raise Refused(
            "E892", f"{quarter.words}已经定稿，不能再次定稿；以后的变化列入下一个季度", field="quarter"
        )
    first = books.open_quarter
    if first is not None and quarter > first:
        raise Refused(
            "E891",
            f"季度要按先后定稿：{first.words}还没有定稿，请先定稿它，再定稿{quarter.words}",
            field="quarter",
        )


def _listed(quarter: Quarter, books: CaseBooks, is_final: bool) -> Iterable[CasePay]:
    """The lines without a final one that stand on a quarter."""
    zeros = books.final.settled_at_zero()
    for case, pay in books.pays.items():
        if pay.archived_on is None:
            continue
        own, is_waiting = Quarter.of(pay.archived_on), pay.outcome is CaseOutcome.waits
        is_late = books.final.is_final(own) and _may_be_late(own, books)
        if case in zeros and pay.outcome is not CaseOutcome.pays:
            continue
        if is_late and not is_waiting:
            if not is_final and quarter == books.open_quarter:
                yield replace(pay, is_late=True, reasons=(*pay.reasons, _late(own, quarter)))
        elif own == quarter:
            yield pay


def _may_be_late(own: Quarter, books: CaseBooks) -> bool:
    return books.since is None or own >= books.since


def _late(own: Quarter, quarter: Quarter) -> Reason:
    return Reason(f"补列：{own.words}归档，该季度已定稿，列入{quarter.words}", READING)


def _stored(line: FinalLine) -> CasePay:
    is_listed = line.pay.state is CasePayState.to_list
    return replace(line.pay, state=CasePayState.listed) if is_listed else line.pay


def _in_list(pay: CasePay) -> tuple[date, CaseNumber, str]:
    return pay.archived_on or date.max, read_number(pay.number), pay.case


def _open_pays(books: CaseBooks) -> Mapping[str, CasePay]:
    """Places go by 归档日, then 案号, over every case without a base line, to those the final lines leave free."""
    rest = [one for one in books.cases if one.standing.case not in books.bases]
    asking: dict[int, list[CaseForPay]] = defaultdict(list)
    for one in rest:
        if one.closed_on and wants_place(one, books.terms(one.closed_on)):
            asking[one.closed_on.year].append(one)
    places: dict[str, int] = {}
    for year, cases in asking.items():
        ordered = sorted(cases, key=_in_turn)
        places |= {one.standing.case: place for one, place in zip(ordered, _free(year, books), strict=False)}
    return {one.standing.case: _pay_now(one, books, places.get(one.standing.case)) for one in rest}


def _in_turn(case: CaseForPay) -> tuple[date, CaseNumber, str]:
    standing = case.standing
    return standing.archived_on or date.max, read_number(standing.number), standing.case


def _free(year: int, books: CaseBooks) -> list[int]:
    """The places of a year that no final line keeps, lowest first; a target that shrank takes none away."""
    target, kept = books.targets.get(year, 0), books.final.places().get(year, set())
    free = [place for place in range(1, target + 1) if place not in kept]
    return free[: max(0, target - len(kept))]


def _pay_now(case: CaseForPay, books: CaseBooks, place: int | None) -> CasePay:
    year = case.closed_on.year if case.closed_on else 0
    return case_pay(case, books.terms(case.closed_on), TargetPlace(place, books.targets.get(year)))


def _kept_pays(books: CaseBooks) -> Mapping[str, CasePay]:
    """Case → its pay by present facts, with the place, standard and readings of its final line."""
    found = {}
    for case, line in books.bases.items():
        one = books.by_case.get(case)
        if one is not None:
            found[case] = _kept_pay(one, line.pay, books)
    return found


def _kept_pay(case: CaseForPay, was: CasePay, books: CaseBooks) -> CasePay:
    terms = books.terms(case.closed_on)
    kept = (was.basis, was.standard_fen) if was.standard_fen is not None else None
    terms = replace(terms, rules=terms.rules.with_numbers(dict(was.settings)), kept=kept)
    year = case.closed_on.year if case.closed_on else 0
    # A place is one of its year; a line without one stays beyond the target.
    place = was.place if year == was.target_year else None
    return case_pay(case, terms, TargetPlace(place, books.targets.get(year), is_final=True))

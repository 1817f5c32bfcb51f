"""The lines of quarters that are final, and what later facts owe beside them: added, never changed (Y19 Y25)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.case_values import CaseOutcome, Fund
from app.quarters import Quarter
from app.rules.funds.case_lines import CasePay, Reason
from app.rules.pay.wording import yuan
from app.values import LineOrigin


@dataclass(frozen=True)
class FinalLine:
    """A case's line as a final quarter holds it; pay.state is where its money stands."""

    id: str
    quarter: Quarter
    pay: CasePay

    @property
    def is_base(self) -> bool:
        """Whether the line gave the case its one base; a line of 0 leaves it open."""
        return self.pay.outcome is CaseOutcome.pays


@dataclass(frozen=True, kw_only=True)
class CaseAdjustment:
    """A line that adjusts or reverses a final one in one fund, 分; below zero it is 应收回.

    adjusts: id of the final line. quarter: the list it stands on. origin: 补证调整 or 冲销.
    """

    adjusts: str
    case: str
    number: str
    quarter: Quarter
    fund: Fund
    fen: int
    origin: LineOrigin
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class FinalBook:
    """All final lines with what adjusts them; last is the last quarter that is final, None before the first."""

    lines: Sequence[FinalLine] = ()
    adjustments: Sequence[CaseAdjustment] = ()
    last: Quarter | None = None

    def is_final(self, quarter: Quarter) -> bool:
        """Quarters become final in order, so every one up to the last is."""
        return self.last is not None and quarter <= self.last

    def bases(self) -> dict[str, FinalLine]:
        """Case → the line that gave it its base, reversed ones included: no case has a second."""
        return {line.pay.case: line for line in self._ordered() if line.is_base}

    def settled_at_zero(self) -> dict[str, FinalLine]:
        """Case → its last line of 0."""
        return {line.pay.case: line for line in self._ordered() if not line.is_base}

    def reversed_lines(self) -> frozenset[str]:
        """Ids of the lines that are reversed."""
        return frozenset(one.adjusts for one in self.adjustments if one.origin is LineOrigin.reversal)

    def places(self) -> dict[int, set[int]]:
        """Year → the places that final lines keep; a reversed line gives its own up."""
        found: dict[int, set[int]] = defaultdict(set)
        gone = self.reversed_lines()
        for line in self.bases().values():
            if line.pay.place is not None and line.pay.target_year is not None and line.id not in gone:
                found[line.pay.target_year].add(line.pay.place)
        return found

    def standing_fen(self, line: FinalLine) -> dict[Fund, int]:
        """What a line comes to by fund, with all that adjusts it."""
        found: dict[Fund, int] = defaultdict(int, line.pay.burden_fen)
        for one in self.adjustments:
            if one.adjusts == line.id:
                found[one.fund] += one.fen
        return dict(found)

    def _ordered(self) -> list[FinalLine]:
        return sorted(self.lines, key=lambda line: (line.quarter, line.id))


def adjustments_of(
    book: FinalBook, now: Mapping[str, CasePay], quarter: Quarter
) -> tuple[CaseAdjustment, ...]:
    """What later facts (评查, a voided event, a correction) change in final lines, a line a fund, by case and fund.

    now: case → its pay by the facts known now, in its kept place. Once these are stored, the same call gives none. A
    reversed line is left alone.
    """
    gone, found = book.reversed_lines(), list[CaseAdjustment]()
    for case, line in sorted(book.bases().items()):
        if line.id not in gone and case in now:
            found += _differences(book, line, now[case], quarter)
    return tuple(found)


def reversal_of_case(
    book: FinalBook, line: FinalLine, quarter: Quarter, text: str
) -> tuple[CaseAdjustment, ...]:
    """The lines that cancel a final line with all that adjusted it, one a fund; () when it is already reversed."""
    if line.id in book.reversed_lines():
        return ()
    reason = Reason(f"冲销：{text}")
    # A line that came to nothing meanwhile is reversed by a line of 0, so that its place is given up.
    standing = {fund: fen for fund, fen in book.standing_fen(line).items() if fen} or {
        line.pay.fund or Fund.business: 0
    }
    return tuple(
        CaseAdjustment(
            adjusts=line.id,
            case=line.pay.case,
            number=line.pay.number,
            quarter=quarter,
            fund=fund,
            fen=-fen,
            origin=LineOrigin.reversal,
            reasons=(reason,),
        )
        for fund, fen in sorted(standing.items())
    )


def _differences(
    book: FinalBook, line: FinalLine, now: CasePay, quarter: Quarter
) -> Iterable[CaseAdjustment]:
    was, owed = book.standing_fen(line), now.burden_fen
    for fund in Fund:
        more = owed.get(fund, 0) - was.get(fund, 0)
        if more:
            what = "应补" if more > 0 else "应收回"
            text = f"{line.quarter.words}定稿后情况有变：{fund}原 {yuan(was.get(fund, 0))} 元，现 {yuan(owed.get(fund, 0))} 元，{what} {yuan(abs(more))} 元"
            reasons = (Reason(text), *_changed_grade(line.pay, now), *now.reasons)
            made = CaseAdjustment(
                adjusts=line.id,
                case=now.case,
                number=now.number,
                quarter=quarter,
                fund=fund,
                fen=more,
                origin=LineOrigin.evidence,
                reasons=reasons,
            )
            yield made


def _changed_grade(was: CasePay, now: CasePay) -> tuple[Reason, ...]:
    if was.grade is now.grade:
        return ()
    return (Reason(f"质量等级由{was.grade or '空'}改为{now.grade or '空'}"),)

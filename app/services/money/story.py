"""Tells a pay line as sentences and steps that a duty lawyer can check against evidence and clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from app.rules.pay.explain import explain
from app.rules.pay.lines import Deduction
from app.rules.pay.reasons import RUNNING, UNSIGNED
from app.rules.policy.pack import NO_RATES
from app.services.money.ledger import LedgerLine
from app.values import DutyKind, LineOrigin, SiteKind

_BASES = {
    DutyKind.centre: "中心值班（每人每天）",
    DutyKind.station: "工作站值班（每人每次）",
    DutyKind.outreach: "下乡（每人每次）",
    DutyKind.mobile: "流动站点（每人每次）",
    DutyKind.court: "值班律师",
}


@dataclass(frozen=True)
class StoryStep:
    """One row of “是怎么来的”: what, its evidence in smaller words, and the amount in 分 (None: a note); number: of the
    record concerned."""

    text: str
    hint: str = ""
    fen: int | None = None
    evidence: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class LineView:
    """A pay line as it is shown, with names; amounts in 分.

    explanation: the whole sum in one line. person_kind: 律师 … is_stored: the month is finally settled.
    """

    id: str
    month: str
    key: str
    unit: str
    person_id: str
    name: str
    person_kind: str
    is_public_servant: bool
    on: date
    site: str
    site_name: str
    site_kind: SiteKind
    kind: DutyKind
    base_fen: int
    net_fen: int
    deductions: tuple[Deduction, ...]
    reasons: tuple[str, ...]
    settings: tuple[tuple[str, str], ...]
    origin: LineOrigin
    adjusts: str | None
    code: str
    evidence: tuple[str, ...]
    explanation: str
    note: str = ""
    is_stored: bool = field(default=False, compare=False)

    @property
    def deducted_fen(self) -> int:
        """All deductions; may exceed the base."""
        return sum(one.fen for one in self.deductions)

    @property
    def is_settled(self) -> bool:
        """A duty's own line, not one that puts another right."""
        return self.origin is LineOrigin.settled

    @property
    def waits_for(self) -> str:
        """Why the line pays nothing yet though it still may: RUNNING or UNSIGNED; "" where nothing is awaited."""
        return next((reason for reason in (RUNNING, UNSIGNED) if reason in self.reasons), "")

    @property
    def steps(self) -> tuple[StoryStep, ...]:
        """How the amount came about, a row each."""
        return tuple(_steps(self))

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses the line rests on, each once."""
        return tuple(dict.fromkeys(one.clause for one in self.deductions if one.clause))

    @property
    def proofs(self) -> tuple[str, ...]:
        """Ids of all evidence behind the line, each once."""
        found = [one for deduction in self.deductions for one in deduction.evidence]
        return tuple(dict.fromkeys([*found, *self.evidence]))


def told(line: LedgerLine) -> str:
    """The line's whole sum in one line; an adjustment tells its reasons, a duty without rates only what else is known."""
    if line.origin is LineOrigin.settled and NO_RATES in line.reasons:
        return "；".join(reason for reason in line.reasons if reason != NO_RATES)
    if line.origin is LineOrigin.settled:
        return explain(line.pay_line())
    return "；".join((*line.reasons, line.note) if line.note else line.reasons)


def _steps(line: LineView) -> Iterator[StoryStep]:
    if not line.is_settled:
        yield from (StoryStep(reason) for reason in line.reasons)
        if line.note:
            yield StoryStep("说明", line.note)
        return
    if line.base_fen:
        yield StoryStep(_BASES[line.kind], fen=line.base_fen)
    for deduction in line.deductions:
        yield from _of_deduction(deduction)
    over = line.deducted_fen - line.base_fen
    if line.base_fen and over > 0:
        yield StoryStep("扣减超过补贴的部分不结转", fen=over)
    yield from (StoryStep(reason) for reason in line.reasons)


def _of_deduction(one: Deduction) -> Iterator[StoryStep]:
    """A row a cause where every cause costs the same, else one row."""
    if one.rule in ("D4M", "D5") or len(one.causes) != one.count or one.fen % max(1, one.count):
        yield StoryStep("、".join(one.brief or one.detail), "；".join(one.detail), -one.fen, one.evidence)
        return
    for place, cause in enumerate(one.causes):
        proof = one.evidence[place : place + 1] if len(one.evidence) == one.count else one.evidence
        yield StoryStep(cause.what, cause.proof, -(one.fen // one.count), proof, cause.number)

"""What a settlement of cases reads and says: a case with its facts, and its line with the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.case_values import CaseOutcome, CasePayState, Fund, Grade
from app.rules.cases.facts import CaseStanding, Unmet
from app.rules.funds.shares import HandlerShare
from app.rules.funds.standards import StandardBasis, StandardRow
from app.rules.policy.case_money import CasePayRules

PROJECT_FUNDS = (Fund.lottery, Fund.foundation)
"""Named project funds (A12): a case draws its base from one of them instead of the special fund."""


@dataclass(frozen=True)
class Reason:
    """A sentence that says why, and the clause behind it ("" for none)."""

    text: str
    clause: str = ""

    def __str__(self) -> str:
        return f"{self.text}（{self.clause}）" if self.clause else self.text


@dataclass(frozen=True)
class Extras:
    """差旅, 翻译 and 减发 of a case, 分: business funds, in columns of their own."""

    travel_fen: int = 0
    translation_fen: int = 0
    cut_fen: int = 0
    cut_reason: str = ""


@dataclass(frozen=True)
class CaseForPay:
    """A case as a settlement takes it; unmet: the conditions of counting (Y12) that it does not meet."""

    standing: CaseStanding
    unmet: tuple[Unmet, ...] = ()
    extras: Extras = Extras()

    @property
    def closed_on(self) -> date | None:
        """结案日; of a terminated case the unit's receipt of the decision."""
        return self.standing.closed_on or self.standing.terminated_on


@dataclass(frozen=True)
class PayTerms:
    """What a case is paid by: the rules of its 结案日 and the county's table.

    is_outside: 结案日 lies in no document's validity. kept: the basis and the standard (分) of its final line, which a
    later change of the table leaves alone.
    """

    rules: CasePayRules
    rows: Sequence[StandardRow]
    is_outside: bool = False
    kept: tuple[StandardBasis, int] | None = None


@dataclass(frozen=True)
class TargetPlace:
    """A case's place in the year's target, None beyond it; target None: the year has none; is_final: kept as it is."""

    number: int | None
    target: int | None
    is_final: bool = False


@dataclass(frozen=True, kw_only=True)
class CasePay:
    """What one case is paid, 分, and why.

    special_fen, project_fen: the base, from one fund only. business_fen: what business funds bear of the standard;
    travel_fen, translation_fen and cut_fen are theirs too. fund: whom the base burdens, None where nothing is paid.
    settings: the readings that had a part, by name. is_late: 补列.
    """

    case: str
    number: str
    archived_on: date | None
    closed_on: date | None
    counted: bool
    unmet: tuple[Unmet, ...]
    outcome: CaseOutcome
    reasons: tuple[Reason, ...]
    basis: StandardBasis
    state: CasePayState = CasePayState.to_list
    standard_fen: int | None = None
    grade: Grade | None = None
    special_fen: int = 0
    business_fen: int = 0
    project_fen: int = 0
    travel_fen: int = 0
    translation_fen: int = 0
    cut_fen: int = 0
    fund: Fund | None = None
    place: int | None = None
    shares: tuple[HandlerShare, ...] = ()
    settings: tuple[tuple[str, int], ...] = ()
    is_late: bool = False

    @property
    def target_year(self) -> int | None:
        """The year whose target, fund and document the case belongs to."""
        return self.closed_on.year if self.closed_on else None

    @property
    def burden_fen(self) -> dict[Fund, int]:
        """What each fund bears of the case, the columns of business funds included; no entry of 0."""
        business = self.business_fen + self.travel_fen + self.translation_fen - self.cut_fen
        found = {Fund.special: self.special_fen, Fund.business: business}
        if self.fund in PROJECT_FUNDS:
            found[self.fund] = self.project_fen
        return {fund: fen for fund, fen in found.items() if fen}

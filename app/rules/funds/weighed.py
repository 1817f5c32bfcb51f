"""Holds a case against its terms once, for the steps that decide its pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.case_values import UnmetKey
from app.rules.cases.facts import CaseHandler, Unmet
from app.rules.funds.case_lines import CaseForPay, PayTerms
from app.rules.funds.shares import WHOLE, is_publicly_paid, typed_shares
from app.rules.funds.standards import Standard, basis_of, standard_of
from app.rules.pay.wording import yuan
from app.rules.policy.case_money import GRADE_SETTINGS, READING


@dataclass(frozen=True)
class WeighedCase:
    """A case beside its terms, with what the steps of its pay ask of both."""

    case: CaseForPay
    terms: PayTerms

    @cached_property
    def closed_on(self) -> date | None:
        """结案日."""
        return self.case.closed_on

    @cached_property
    def standard(self) -> Standard | None:
        """Its standard; None: 未定标准. A final line keeps its own while what it hangs on stands."""
        basis = basis_of(self.case.standing.facts, self.closed_on)
        if self.terms.kept and self.terms.kept[0] == basis:
            fen = self.terms.kept[1]
            return Standard(fen, f"标准 {yuan(fen)} 元（已定稿的标准）")
        return standard_of(basis, self.terms.rows, self.terms.rules)

    @cached_property
    def unmet(self) -> tuple[Unmet, ...]:
        """What keeps the case from counting; one closed outside every document's validity is closed in no programme year."""
        found = self.case.unmet
        if not self.terms.is_outside or any(one.key is UnmetKey.closed for one in found):
            return found
        text = f"结案日 {self.closed_on} 不在任何方案的有效期内，按现行方案的标准计，不计入任务"
        return (*found, Unmet(UnmetKey.closed, READING, text))

    @property
    def is_counted(self) -> bool:
        """Whether the case counts in the programme; a terminated one never does."""
        return not self.unmet and not self.case.standing.is_terminated

    @cached_property
    def shares(self) -> tuple[tuple[CaseHandler, int], ...]:
        """Who shares the subsidy, in percent."""
        return typed_shares(self.case.standing.handlers)

    @cached_property
    def payable(self) -> tuple[tuple[CaseHandler, int], ...]:
        """Those who share and may be paid."""
        return tuple(share for share in self.shares if share[1] and not is_publicly_paid(share[0]))

    @cached_property
    def factors(self) -> tuple[tuple[str, str, int], ...]:
        """(setting or "", words, percent) of all that the standard is multiplied by, in order."""
        rules, standing = self.terms.rules, self.case.standing
        found = []
        if standing.grade in GRADE_SETTINGS:
            found.append(
                (GRADE_SETTINGS[standing.grade], f"{standing.grade}", rules.grade_percent(standing.grade))
            )
        if standing.is_terminated:
            found.append(("terminated_percent", "终止案件", rules.terminated_percent))
        if standing.facts.group_case:
            found.append(("series_percent", "可分的群体案件", rules.series_percent))
        left_out = sum(percent for one, percent in self.shares if is_publicly_paid(one))
        if left_out:
            found.append(("", "公职人员的份额不发", WHOLE - left_out))
        return tuple(found)

    @cached_property
    def amount_fen(self) -> int:
        """Standard times its factors, rounded once, half up to the fen; 0 without a standard."""
        top, bottom = (self.standard.fen if self.standard else 0), 1
        for _, _, percent in self.factors:
            top, bottom = top * percent, bottom * WHOLE
        return (2 * top + bottom) // (2 * bottom)

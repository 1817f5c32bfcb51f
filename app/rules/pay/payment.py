"""Decides what a unit pays: public servant → D4M → D5 → not payable → max(0, base − D1 … D4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.rules.duty.facts import PersonFact
from app.rules.pay.bans import Bans, ban_deduction, ban_reason
from app.rules.pay.deductions import deductions_of
from app.rules.pay.lines import Deduction
from app.rules.pay.reasons import merged_note, short_note
from app.rules.pay.units import Unit, base_fen, is_unconfirmed_short
from app.rules.pay.wording import cited, yuan
from app.rules.policy.duty_rates import DutyRates, RuleSettings
from app.rules.policy.rates import NO_RATES


@dataclass(frozen=True)
class PayContext:
    """What every unit of a month is decided by; rates None: the pack sets no duty pay."""

    people: Mapping[str, PersonFact]
    rates: DutyRates | None
    settings: RuleSettings
    bans: Bans
    as_of: datetime | None


@dataclass(frozen=True)
class UnitOutcome:
    """A unit's base and deductions, 分; shared reasons stand on each of its lines, flags on the first payable one.

    is_barred: the reason lies outside the duty (public servant, ban), so the duty's own state is not told.
    """

    base_fen: int
    deductions: tuple[Deduction, ...] = ()
    shared: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    is_barred: bool = False

    @property
    def net_fen(self) -> int:
        """Never below zero; nothing carries over to another unit."""
        return max(0, self.base_fen - sum(deduction.fen for deduction in self.deductions))


def pay_unit(unit: Unit, context: PayContext) -> UnitOutcome:
    """The first rule of the order that applies."""
    rates = context.rates
    if context.people[unit.person_id].is_public_servant:
        return _barred(cited("公职人员不予发放补贴", rates, "public"))
    if rates is None:
        return _barred(NO_RATES)
    base = base_fen(unit, rates)
    if base is None:
        return _barred(cited("谁用工谁负责，不由本资金发放", rates, "court"))
    return _banned(unit, base, rates, context.bans) or _earned(unit, base, rates, context.settings)


def _barred(reason: str) -> UnitOutcome:
    return UnitOutcome(0, shared=(reason,), is_barred=True)


def _banned(unit: Unit, base: int, rates: DutyRates, bans: Bans) -> UnitOutcome | None:
    found = (("D4M", bans.month_ban(unit)), ("D5", bans.day_ban(unit)))
    for rule, checks in found:
        if checks:
            reason = cited(ban_reason(rule, checks, bans.ban_count), rates, rule)
            deduction = ban_deduction(rule, checks, base, rates)
            return UnitOutcome(base, (deduction,), shared=(reason,), is_barred=True)
    return None


def _earned(unit: Unit, base: int, rates: DutyRates, settings: RuleSettings) -> UnitOutcome:
    if not any(item.is_attended for item in unit.items):
        return UnitOutcome(0)
    if is_unconfirmed_short(unit, rates, settings):
        return UnitOutcome(0, shared=(short_note(unit, rates) + "，待确认特殊情况，暂不发放",))
    deductions = deductions_of(unit.items, rates, settings)
    taken = sum(deduction.fen for deduction in deductions)
    floored = f"应扣 {yuan(taken)} 元，超过补贴 {yuan(base)} 元，按 0 计，不结转" if taken > base else ""
    flags = (merged_note(unit), short_note(unit, rates), floored)
    return UnitOutcome(base, deductions, flags=tuple(flag for flag in flags if flag))

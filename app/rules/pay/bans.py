"""When a whole month or day pays nothing: repeated absence (D4M) and not being on site or sham duty (D5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from app.rules.duty.facts import SpotCheckFact
from app.rules.duty.gather import DutyEvidence
from app.rules.pay.deductions import absence_kind, is_absence
from app.rules.pay.lines import Cause, Deduction
from app.rules.pay.units import Unit
from app.rules.pay.wording import moment
from app.rules.policy.duty_rates import DutyRates, RuleSettings
from app.values import SiteKind, SpotResult, Verdict

Checks = tuple[SpotCheckFact, ...]
Key = TypeVar("Key")


@dataclass(frozen=True)
class Bans:
    """The absences that forfeit a month and the verified checks that cancel a day."""

    absences: Mapping[tuple[str, str], Checks]
    shams: Mapping[tuple[str, date], Checks]
    ban_count: int
    settings: RuleSettings

    def month_ban(self, unit: Unit) -> Checks:
        """The absences for which this unit's month pays nothing; empty if fewer than the limit (inclusive)."""
        if self.settings.month_ban_scope == "stations" and unit.paid_as is not SiteKind.station:
            return ()
        found = self.absences.get((unit.person_id, _scope(unit.site, self.settings)), ())
        return found if len(found) >= self.ban_count else ()

    def day_ban(self, unit: Unit) -> Checks:
        """The verified checks for which this unit pays nothing; by default those of the person's whole day."""
        found = self.shams.get((unit.person_id, unit.on), ())
        if self.settings.sham_scope == "unit":
            own = {check.id for item in unit.items for check in item.checks}
            return tuple(check for check in found if check.id in own)
        return found


def bans_of(items: Iterable[DutyEvidence], rates: DutyRates | None, settings: RuleSettings) -> Bans:
    """Count the month's absences of each person (a day cancelled by D5 counts too) and find the cancelled days.

    rates None: nothing is paid that could be forfeited; the verified checks are still found, for their 通报.
    """
    absences: dict[tuple[str, str], list[SpotCheckFact]] = defaultdict(list)
    shams: dict[tuple[str, date], list[SpotCheckFact]] = defaultdict(list)
    for item in items:
        person, site = item.duty.person_id, item.duty.site
        if settings.month_ban_scope != "stations" or absence_kind(item) is SiteKind.station:
            absences[person, _scope(site, settings)] += filter(is_absence, item.checks)
        shams[person, item.duty.on] += filter(is_verified_sham, item.checks)
    return Bans(_frozen(absences), _frozen(shams), rates.ban_count if rates else 0, settings)


def is_verified_sham(check: SpotCheckFact) -> bool:
    """不在岗 or 虚假值班, 核实 = 属实 (Y17 (5))."""
    return check.result in (SpotResult.not_on_site, SpotResult.sham) and check.verdict is Verdict.confirmed


def ban_deduction(rule: str, checks: Checks, base_fen: int, rates: DutyRates) -> Deduction:
    """The deduction that takes the whole base, resting on the checks."""
    causes = tuple(Cause(check.result.value, moment(check.at)) for check in checks)
    evidence = tuple(check.id for check in checks)
    brief = (_brief(rule, checks),)
    return Deduction(rule, rates.clause(rule), len(checks), base_fen, evidence, causes, brief)


def ban_reason(rule: str, checks: Checks, ban_count: int) -> str:
    """`当月脱岗3次及以上，当月不予发放`, `虚假值班，取消当天补贴` and what they rest on."""
    when = "、".join(moment(check.at) for check in checks)
    if rule == "D4M":
        return f"当月脱岗{ban_count}次及以上，当月不予发放（共 {len(checks)} 次：{when}）"
    return f"{_brief(rule, checks)}（{when} 抽查）"


def _brief(rule: str, checks: Checks) -> str:
    if rule == "D4M":
        return f"当月脱岗 {len(checks)} 次，当月不予发放"
    what = "、".join(sorted({check.result.value for check in checks}))
    return f"经核实{what}，取消当天补贴"


def _scope(site: str, settings: RuleSettings) -> str:
    return site if settings.month_ban_scope == "site" else ""


def _frozen(found: Mapping[Key, list[SpotCheckFact]]) -> Mapping[Key, Checks]:
    ordered = {key: sorted(group, key=lambda check: (check.at, check.id)) for key, group in found.items()}
    return {key: tuple(group) for key, group in ordered.items() if group}

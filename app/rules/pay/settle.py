"""Settles one month of duty pay from plain facts; computing stores nothing and may be repeated."""

from __future__ import annotations

from collections.abc import Iterator

from app.rules.duty.facts import MonthFacts
from app.rules.duty.gather import DutyEvidence, Gathered, gather
from app.rules.pay.bans import bans_of
from app.rules.pay.circulars import circulars_of
from app.rules.pay.exceptions import exceptions_of
from app.rules.pay.lines import MonthSettlement, PayLine, SettingsShown
from app.rules.pay.payment import PayContext, UnitOutcome, pay_unit
from app.rules.pay.reasons import counted_note, own_reasons
from app.rules.pay.units import Unit, shortfall, units_of
from app.rules.policy.duty_rates import DutyRates, RuleSettings

_SETTINGS_OF = {
    "D1": ("record_unit",),
    "D2": ("grace_minutes", "late_and_early"),
    "D3": ("same_matter_once",),
    "D4": (),
    "D4M": ("month_ban_scope",),
    "D5": ("sham_scope",),
}


def settle(
    facts: MonthFacts, rates: DutyRates | None, settings: RuleSettings | None = None
) -> MonthSettlement:
    """Duty pay of a month (Y05, Y16–Y18, Y23): a line a published duty, by date, start, site and person.

    rates None: the pack sets no duty pay, every line is 0. The order of the facts plays no part. Raises KeyError when
    a duty names a site or person that is not among the facts.
    """
    settings = settings or RuleSettings()
    gathered = gather(facts, settings)
    units = units_of(gathered.duties)
    bans = bans_of(gathered.duties, rates, settings)
    context = PayContext({person.id: person for person in facts.people}, rates, settings, bans, facts.as_of)
    return MonthSettlement(
        facts.month,
        _in_order(gathered, units, context),
        exceptions_of(facts, gathered, units, context),
        circulars_of(facts, bans, rates),
    )


def _in_order(gathered: Gathered, units: tuple[Unit, ...], context: PayContext) -> tuple[PayLine, ...]:
    lines = {line.key: line for unit in units for line in unit_lines(unit, context)}
    return tuple(lines[item.duty.id] for item in gathered.duties)


def unit_lines(unit: Unit, context: PayContext) -> Iterator[PayLine]:
    """A line a duty; base and deductions on the first payable one, the others 同日已计."""
    outcome = pay_unit(unit, context)
    # Pay stands on the first duty attended; where none was, the first line tells why nothing is paid.
    lead = next((item for item in unit.items if item.is_attended), unit.items[0])
    for item in unit.items:
        own = () if outcome.is_barred else own_reasons(item, context.settings, context.as_of)
        shown = _settings_shown(unit, item, outcome, context)
        if item is lead:
            reasons = (*outcome.shared, *outcome.flags, *own)
            yield _line(unit, item, outcome, reasons, shown)
        else:
            counted = (counted_note(lead),) if outcome.base_fen else ()
            yield _line(unit, item, UnitOutcome(0), (*outcome.shared, *counted, *own), shown)


def _line(
    unit: Unit, item: DutyEvidence, outcome: UnitOutcome, reasons: tuple[str, ...], shown: SettingsShown
) -> PayLine:
    duty = item.duty
    return PayLine(
        key=duty.id,
        unit=unit.key,
        person_id=duty.person_id,
        on=duty.on,
        site=duty.site,
        kind=duty.kind,
        base_fen=outcome.base_fen,
        deductions=outcome.deductions,
        net_fen=outcome.net_fen,
        reasons=reasons,
        settings=shown,
    )


def _settings_shown(
    unit: Unit, item: DutyEvidence, outcome: UnitOutcome, context: PayContext
) -> SettingsShown:
    """Only the settings that had a part in this line."""
    names = [name for deduction in outcome.deductions for name in _SETTINGS_OF[deduction.rule]]
    if item.attended is not None:
        names += ["match_window_minutes", "grace_minutes"]
    if item.is_temporary:
        names.append("unscheduled_approved")
    if context.rates and shortfall(unit, context.rates):
        names.append("short_duty")
    return tuple((name, _shown(getattr(context.settings, name))) for name in sorted(set(names)))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)

"""Works out what a month pays: stored once it is final, computed afresh until then (P19, P24)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.kernel.packs import load_pack
from app.kernel.work import Look
from app.models import pay
from app.rules.duty.facts import MonthFacts
from app.rules.pay.adjust import adjustment_lines, with_locked_faults
from app.rules.pay.amend import decided_adjustment, reversal
from app.rules.pay.lines import CircularCase, ExceptionKind, MonthSettlement, PayException
from app.rules.pay.settle import settle
from app.rules.policy.pack import Pack
from app.services.money import ledger
from app.services.money.ledger import LedgerLine
from app.services.reading.month import month_facts
from app.services.reading.people import person_links
from app.services.reading.rulings import rulings
from app.services.reading.settled import kept_of_month, settled_now
from app.values import LineOrigin, Month

_DECIDED_IN = {ExceptionKind.unscheduled: "punch", ExceptionKind.short_roster: "duty"}


@dataclass(frozen=True)
class MonthLedger:
    """A month's pay lines, stored (is_final) or as they would be stored now, and what waits."""

    month: Month
    is_final: bool
    lines: tuple[LedgerLine, ...]
    exceptions: tuple[PayException, ...]
    circulars: tuple[CircularCase, ...]
    facts: MonthFacts

    @property
    def total_fen(self) -> int:
        """The sum of the lines, 分."""
        return sum(line.net_fen for line in self.lines)


def month_ledger(look: Look, month: Month) -> MonthLedger:
    """The month as it stands; stores nothing."""
    return kept_of_month(look, month, ("month ledger", month), lambda: _month_ledger(look, month))


def stored_ledger(look: Look, found: MonthLedger) -> MonthLedger:
    """The ledger of a month whose lines were stored just now, as `month_ledger` gives it from then on."""
    month = found.month
    final = replace(found, is_final=True, lines=_paid_lines(look, month))
    return kept_of_month(look, month, ("month ledger", month), lambda: final)


def _month_ledger(look: Look, month: Month) -> MonthLedger:
    final = ledger.is_final(look, month)
    facts, computed = _settled_now(look, month)
    if final:
        lines = _paid_lines(look, month)
    else:
        lines = _open_lines(look, month, computed)
    return MonthLedger(month, final, lines, _still_waiting(look, computed), computed.circulars, facts)


def _paid_lines(look: Look, month: Month) -> tuple[LedgerLine, ...]:
    linked = person_links(look)
    return tuple(ledger.renamed(line, linked) for line in ledger.lines_paid_in(look, month))


def pack_settings(pack: Pack) -> dict[str, object]:
    """Every setting of the pack in force, by name."""
    return {name: setting.value for name, setting in pack.settings.items()}


def _still_waiting(look: Look, computed: MonthSettlement) -> tuple[PayException, ...]:
    """Without the 临时值班 that were turned down and the short duties that were looked into: nobody waits for them."""
    of_kind = {kind: [one.subject for one in computed.exceptions if one.kind is kind] for kind in _DECIDED_IN}
    gone = {one for kind, table in _DECIDED_IN.items() for one in rulings(look, table, of_kind[kind])}
    return tuple(one for one in computed.exceptions if one.kind not in _DECIDED_IN or one.subject not in gone)


def _settled_now(look: Look, month: Month) -> tuple[MonthFacts, MonthSettlement]:
    """The month settled with all evidence known now, a locked one by what it was locked with."""
    locked = ledger.settlement_of(look, month)
    if locked is None:
        return settled_now(look, month)
    key = ("settled again", month)
    return kept_of_month(look, month, key, lambda: _settled_again(look, month, locked))


def _settled_again(look: Look, month: Month, locked: pay.Settlement) -> tuple[MonthFacts, MonthSettlement]:
    stored = [line.stored() for line in ledger.lines_of_duties(look, month)]
    linked, written = person_links(look), {line.person_id for line in stored}
    people = written | {linked.get(one, "") for one in written}
    facts = month_facts(look, month, statuses={one: one in locked.public_servants for one in people if one})
    facts = replace(facts, consultations=with_locked_faults(facts.consultations, stored))
    pack = _pack_of(look, locked)
    return facts, settle(facts, pack.rates, pack.rule_settings)


def _pack_of(look: Look, locked: pay.Settlement) -> Pack:
    pack = look.pack if look.pack.key == locked.pack else load_pack(locked.pack)
    return pack.with_settings(
        {name: value for name, value in locked.settings.items() if name in pack.settings}
    )


def _open_lines(look: Look, month: Month, computed: MonthSettlement) -> tuple[LedgerLine, ...]:
    """What a final settlement of the month would store now."""
    own = [ledger.settled_line(line, month) for line in computed.lines]
    later = [*_decided(look, month, own), *_late_evidence(look, month)]
    return (*own, *later, *_not_taken(look, month, later))


def _decided(look: Look, month: Month, own: Sequence[LedgerLine]) -> Iterator[LedgerLine]:
    """The bureau's adjustments from its review; one that no longer changes anything falls away."""
    decisions = ledger.decisions_before_lock(look, month)
    for line in own:
        decision = decisions.get(line.key)
        if decision is not None and decision.to_fen != line.net_fen:
            note = decision.reason or ""
            made = decided_adjustment(
                line.stored(), line.net_fen, decision.to_fen, decision.reason_code, note
            )
            yield ledger.added_line(made, month, source=decision.id)


def _late_evidence(look: Look, month: Month) -> Iterator[LedgerLine]:
    """What evidence recorded since then changes in the months before this one that are locked (P24)."""
    for locked in ledger.settlements(look):
        earlier = Month.parse(locked.month)
        if earlier >= month:
            continue
        stored = [line.stored() for line in ledger.lines_of_duties(look, earlier)]
        _, again = _settled_now(look, earlier)
        for made in adjustment_lines(stored, again.lines):
            yield ledger.added_line(made, month)


def _not_taken(look: Look, month: Month, later: Sequence[LedgerLine]) -> Iterator[LedgerLine]:
    """The bureau's decisions about lines that were already paid."""
    for decision in ledger.decisions_not_taken(look):
        found = ledger.line_with(look, decision.line_id)
        if found is None:
            continue
        line, adjusting = found
        beside = [*adjusting, *(other for other in later if other.adjusts == line.id)]
        made = carried_out(decision, line, beside, month)
        if made is not None:
            yield made


def carried_out(
    decision: pay.Adjustment, line: LedgerLine, beside: Sequence[LedgerLine], month: Month
) -> LedgerLine | None:
    """The line that carries out a decision about a stored one; None where nothing is left to change."""
    note = decision.reason or ""
    if decision.origin == LineOrigin.reversal:
        made = reversal(line.stored(), [other.stored() for other in beside], decision.reason_code, note)
    else:
        now = ledger.amount_now(line, beside)
        if now == decision.to_fen:
            return None
        made = decided_adjustment(line.stored(), now, decision.to_fen, decision.reason_code, note)
    return ledger.added_line(made, month, source=decision.id) if made else None

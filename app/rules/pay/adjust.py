"""What evidence recorded after the lock changes: adjustment lines of the next settlement (P24)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.rules.duty.facts import ConsultationFact
from app.rules.pay.deductions import LACKING, is_faulty
from app.rules.pay.lines import PayLine
from app.rules.pay.stored import AdjustmentFact, AdjustReason, StoredLine, added_to
from app.rules.pay.wording import yuan
from app.values import LineOrigin


def adjustment_lines(
    stored: Iterable[StoredLine], recomputed: Iterable[PayLine]
) -> tuple[AdjustmentFact, ...]:
    """What later evidence changes in a locked month, one line a unit whose amount changed (P24).

    stored: the month's lines and every line that adjusts them; recomputed: the month settled again with all evidence
    known now. Nothing changed, nothing returned; once the returned lines are stored, the same call returns none. The
    bureau's own adjustments stand, and a reversed line stays reversed.
    """
    before = _by_key(stored)
    after = {line.key: line for line in recomputed}
    reversed_keys = {
        key for key, lines in before.items() if any(line.origin is LineOrigin.reversal for line in lines)
    }
    groups: dict[str, list[str]] = defaultdict(list)
    for key in sorted((set(before) | set(after)) - reversed_keys):
        # By unit, for its pay may move from one of its duties to another without any change of the amount.
        groups[after[key].unit if key in after else before[key][0].unit].append(key)
    made = (_adjust_unit(keys, before, after) for keys in groups.values())
    return tuple(
        sorted((one for one in made if one), key=lambda one: (one.on, one.site, one.person_id, one.key))
    )


def with_locked_faults(
    records: Iterable[ConsultationFact], stored: Iterable[StoredLine]
) -> tuple[ConsultationFact, ...]:
    """The records as D1 must see them after the lock: an item filled in later does not undo its deduction."""
    locked = {
        record_id
        for line in stored
        for deduction in line.deductions
        if deduction.rule == "D1"
        for record_id, detail in zip(deduction.evidence, deduction.detail, strict=False)
        if detail.startswith(LACKING)
    }
    return tuple(
        replace(record, missing=("结算时缺项",)) if record.id in locked and not is_faulty(record) else record
        for record in records
    )


def _by_key(stored: Iterable[StoredLine]) -> dict[str, list[StoredLine]]:
    found: dict[str, list[StoredLine]] = defaultdict(list)
    for line in sorted(stored, key=lambda line: (line.origin is not LineOrigin.settled, line.id)):
        found[line.key].append(line)
    return found


def _adjust_unit(
    keys: Sequence[str], before: Mapping[str, Sequence[StoredLine]], after: Mapping[str, PayLine]
) -> AdjustmentFact | None:
    old = [line for key in keys for line in before.get(key, ()) if line.origin is not LineOrigin.decision]
    new = [after[key] for key in keys if key in after]
    was, now = sum(line.net_fen for line in old), sum(line.net_fen for line in new)
    if was == now:
        return None
    reasons = (f"结算后的证据：原 {yuan(was)} 元，现 {yuan(now)} 元", *_changes(old, new))
    evidence = tuple(sorted(_evidence(new) - _evidence(old)))
    made = _beside(old, new, now - was)
    return replace(made, reasons=reasons, evidence=evidence)


def _beside(old: Sequence[StoredLine], new: Sequence[PayLine], fen: int) -> AdjustmentFact:
    """Linked to the settled line that carried the pay; a duty the lock did not know has none."""
    settled = [line for line in old if line.origin is LineOrigin.settled]
    if settled:
        origin = max(settled, key=lambda line: (line.base_fen, line.net_fen))
        return added_to(origin, origin.id, fen, LineOrigin.evidence, AdjustReason.evidence)
    lead = max(new, key=lambda line: line.base_fen) if new else old[0]
    return added_to(lead, None, fen, LineOrigin.evidence, AdjustReason.evidence)


def _changes(old: Iterable[StoredLine], new: Iterable[PayLine]) -> tuple[str, ...]:
    """What is there now and was not, and the other way round."""
    was = {text: None for line in old for deduction in line.deductions for text in deduction.detail}
    now = {text: None for line in new for deduction in line.deductions for text in deduction.detail}
    added = tuple(f"新增：{text}" for text in now if text not in was)
    removed = tuple(f"撤销：{text}" for text in was if text not in now)
    return added + removed + tuple(reason for line in new if not line.net_fen for reason in line.reasons)


def _evidence(lines: Iterable[PayLine | StoredLine]) -> set[str]:
    return {one for line in lines for deduction in line.deductions for one in deduction.evidence}

"""Decides what two records of two sites are: two, one that counts once, or one that its station must explain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.desk_values import PairKind, PairOutcome, SentBackCode
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.pairs import PairDecision
from app.services.money.bureau import bureau_only
from app.services.money.send_back import SendBack, send_back
from app.services.pairs.likely_pairs import likely_pairs, pair_key
from app.services.pairs.pairs_month import OUTCOMES, TABLES, decisions_in_force
from app.services.reading.merged import merged_among
from app.services.returns.records import RETURNABLE, of_records
from app.text import clean
from app.values import Month, known


@dataclass(frozen=True)
class DecidePair:
    """The word about a pair. kind: a PairKind. first_id: the record that counts; second_id: the one that counts nowhere
    once merged, or goes back. outcome: a PairOutcome."""

    kind: str
    first_id: str
    second_id: str
    outcome: str
    reason: str

    def problems(self) -> Iterable[Problem]:
        """A word that this kind of pair takes, and why."""
        kind, outcome = known(PairKind, self.kind), known(PairOutcome, self.outcome)
        if kind is None or outcome not in OUTCOMES[kind]:
            words = "、".join(OUTCOMES[kind]) if kind else "、".join(PairKind)
            yield Problem("outcome", f"这种重复不能这样认定，可选：{words}。", "E790")
        if not clean(self.reason):
            yield Problem("reason", "请写明认定的理由，以后查得到为什么这样定。", "E790")


@handles(DecidePair, title="认定跨站重复", permission=Permission.REVIEW_MONTH)
def decide_pair(work: Work, command: DecidePair) -> str:
    """The decision's id. Raises Refused E188, E765 … E767 where a record cannot go back, E780 no such pair, E790 the
    record that should count counts nowhere itself."""
    bureau_only(work)
    kind, outcome = PairKind(command.kind), PairOutcome(command.outcome)
    ids = (clean(command.first_id), clean(command.second_id))
    before = decisions_in_force(work, [pair_key(*ids)]).get(pair_key(*ids))
    facts = _facts(work, kind, ids) or (before.facts if before and outcome is PairOutcome.undo else "")
    if not facts:
        raise Refused("E780", "这两条不是待认定的一对，可能已经改过。请刷新后重选。", field="second_id")
    if outcome is PairOutcome.merge and merged_among(work, kind, [ids[0]]) and not _is_turned(before, ids):
        raise Refused(
            "E790", "要计入的这一条已认定为另一条的重复。请换一条，或先撤销那次认定。", field="first_id"
        )
    if outcome is PairOutcome.send_back:
        word = next(key for key, table in RETURNABLE.items() if table.__tablename__ == TABLES[kind])
        send_back(work, SendBack(word, ids[1], SentBackCode.twice.value, clean(command.reason)))
    made = _store(work, kind, ids, outcome, facts, clean(command.reason))
    if before is not None:
        before.replaced_by = made.id
    return made.id


def _is_turned(before: PairDecision | None, ids: tuple[str, str]) -> bool:
    """Whether the same pair was merged the other way round, which this decision replaces."""
    return before is not None and before.second_id == ids[0]


def _facts(look: Look, kind: PairKind, ids: tuple[str, str]) -> str:
    """What the pair rests on now, "" where it is none."""
    records = of_records(look, ((TABLES[kind], row_id) for row_id in ids)).values()
    months = {Month.parse(record.on[:7]) for record in records if record.on}
    for month in sorted(months):
        for one in likely_pairs(look, month):
            if one.kind is kind and one.pair == pair_key(*ids):
                return one.facts
    return ""


def _store(
    work: Work, kind: PairKind, ids: tuple[str, str], outcome: PairOutcome, facts: str, reason: str
) -> PairDecision:
    record = of_records(work, [(TABLES[kind], ids[1])])[TABLES[kind], ids[1]]
    work.subjects += ids
    made: PairDecision = work.add(
        PairDecision(
            site=record.site or work.office.own_site,
            kind=kind.value,
            pair=pair_key(*ids),
            first_id=ids[0],
            second_id=ids[1],
            outcome=outcome.value,
            facts=facts,
            reason=reason,
            decided_by=work.actor.display_name or work.actor.name,
            decided_at=work.now.at,
        )
    )
    return made

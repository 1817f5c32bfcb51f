"""Lists the pairs of a month with what was decided about them; what is decided is not asked again until it changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from app.clock import local
from app.desk_values import PairKind, PairOutcome
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.cases import LegalCase
from app.models.duties import Duty, Punch
from app.models.pairs import PairDecision
from app.models.service_desk import Consultation
from app.services.pairs.likely_pairs import LikelyPair, likely_pairs, pair_key
from app.services.reading.roster import short_site_names
from app.services.reading.rulings import in_parts
from app.services.returns.records import OfRecord, of_records
from app.values import Month

TABLES = {
    PairKind.duty: Duty.__tablename__,
    PairKind.punch: Punch.__tablename__,
    PairKind.consultation: Consultation.__tablename__,
    PairKind.case: LegalCase.__tablename__,
}
"""Which table the records of a kind are in."""
OUTCOMES = {
    PairKind.duty: (PairOutcome.keep, PairOutcome.send_back, PairOutcome.undo),
    PairKind.punch: (PairOutcome.keep, PairOutcome.send_back, PairOutcome.undo),
    PairKind.consultation: (PairOutcome.keep, PairOutcome.merge, PairOutcome.undo),
    PairKind.case: (PairOutcome.keep, PairOutcome.merge, PairOutcome.undo),
}
"""What may be decided about a pair of a kind: hours are money, so that a duty is sent back and never merged."""


class PairStanding(StrEnum):
    """Whether a pair waits for a word, and what the word was."""

    open = "待认定"
    changed = "认定后有改动"
    kept = "都保留"
    merged = "只计一条"
    sent_back = "已退回核实"


@dataclass(frozen=True)
class PairsMonth:
    """The pairs of a month that wait for a word; is_all: the decided ones too."""

    month: Month
    is_all: bool = False


@dataclass(frozen=True, kw_only=True)
class PairView:
    """Two records; times are naive local. first_id: the one that counts where they were merged. facts: what a decision
    about them rests on."""

    id: str
    kind: PairKind
    first_id: str
    second_id: str
    first: str
    second: str
    first_site: str
    second_site: str
    on: str
    why: str
    facts: str
    standing: PairStanding
    reason: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for a word."""
        return self.standing in (PairStanding.open, PairStanding.changed)


@answers(PairsMonth, permission=Permission.LOOK)
def pairs_month(look: Look, query: PairsMonth) -> tuple[PairView, ...]:
    """By day; those that wait first. A station has none. Raises Refused E921."""
    if not look.office.is_bureau:
        return ()
    found = pair_views(look, likely_pairs(look, query.month))
    shown = found if query.is_all else [one for one in found if one.is_open]
    return tuple(sorted(shown, key=lambda one: (not one.is_open, one.on, one.id)))


def decisions_in_force(look: Look, pairs: Iterable[str]) -> dict[str, PairDecision]:
    """Pair → the decision that stands."""
    found: dict[str, PairDecision] = {}
    for part in in_parts(set(pairs)):
        standing = (PairDecision.pair.in_(part), PairDecision.replaced_by == "")
        for row in look.session.scalars(select(PairDecision).where(*standing)):
            found[row.pair] = row
    return found


def pair_views(look: Look, found: Iterable[LikelyPair]) -> list[PairView]:
    """Pairs as they are shown."""
    pairs = list(found)
    decided = decisions_in_force(look, (one.pair for one in pairs))
    records = of_records(
        look, ((TABLES[one.kind], row_id) for one in pairs for row_id in (one.first_id, one.second_id))
    )
    sites = short_site_names(look)
    return [_view(one, decided.get(one.pair), records, sites) for one in pairs]


def _view(
    one: LikelyPair,
    decision: PairDecision | None,
    records: dict[tuple[str, str], OfRecord],
    sites: dict[str, str],
) -> PairView:
    ids = (decision.first_id, decision.second_id) if decision else (one.first_id, one.second_id)
    first, second = (records[TABLES[one.kind], row_id] for row_id in ids)
    return PairView(
        id=pair_key(*ids),
        kind=one.kind,
        first_id=ids[0],
        second_id=ids[1],
        first=first.what,
        second=second.what,
        first_site=sites.get(first.site, first.site),
        second_site=sites.get(second.site, second.site),
        on=max(first.on, second.on),
        why=one.why,
        facts=one.facts,
        standing=_standing(one, decision),
        reason=(decision.reason or "") if decision else "",
        decided_by=decision.decided_by if decision else "",
        decided_at=local(decision.decided_at) if decision else None,
    )


def _standing(one: LikelyPair, decision: PairDecision | None) -> PairStanding:
    if decision is None or decision.outcome == PairOutcome.undo:
        return PairStanding.open
    if decision.facts != one.facts:
        return PairStanding.changed
    return {
        PairOutcome.keep: PairStanding.kept,
        PairOutcome.merge: PairStanding.merged,
        PairOutcome.send_back: PairStanding.sent_back,
    }[PairOutcome(decision.outcome)]

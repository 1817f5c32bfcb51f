"""Reads what was told to people about evidence against them, and what they said to it (Y24)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.kernel.work import Look
from app.models.supervision import EvidenceStep
from app.models.travelling import understood
from app.rules.supervision.explaining import HearingState, hearing_state
from app.supervision_values import EvidenceStepKind

MOST_IDS = 500


@dataclass(frozen=True)
class Explaining:
    """The newest notice and the newest explanation about one piece of evidence. due_on None: nobody told the person.

    brought_by: where the explanation came from, "" where it was erased.
    """

    notified_on: date | None = None
    due_on: date | None = None
    explained_on: date | None = None
    text: str = ""
    brought_by: str = ""

    def procedure(self, today: date, *, is_verified: bool) -> HearingState:
        """Where the evidence stands on a day."""
        has_explained = self.explained_on is not None
        return hearing_state(
            due_on=self.due_on, has_explained=has_explained, is_verified=is_verified, today=today
        )


NOTHING_SAID = Explaining()


def explaining_of(look: Look, ids: Iterable[str]) -> dict[str, Explaining]:
    """Evidence id → what was told and said about it, for evidence that somebody was told about or explained."""
    whole, found = sorted(set(ids)), dict[str, Explaining]()
    for start in range(0, len(whole), MOST_IDS):
        query = select(EvidenceStep).where(EvidenceStep.subject_id.in_(whole[start : start + MOST_IDS]))
        for row in understood(look.session.scalars(query.order_by(EvidenceStep.entered_at, EvidenceStep.id))):
            found[row.subject_id] = _with(found.get(row.subject_id, NOTHING_SAID), row)
    return found


def _with(held: Explaining, row: EvidenceStep) -> Explaining:
    if row.kind == EvidenceStepKind.notified:
        return Explaining(row.on, row.due_on, held.explained_on, held.text, held.brought_by)
    return Explaining(held.notified_on, held.due_on, row.on, row.text or "", row.brought_by or "")

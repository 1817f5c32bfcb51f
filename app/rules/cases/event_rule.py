"""The shape of one rule of the table of events, and the states a case can be in, by what may still happen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.case_values import CaseEventKind, CaseState
from app.rules.cases.event_facts import FactRule

S = CaseState
Moves = Mapping[CaseState, CaseState]


@dataclass(frozen=True, kw_only=True)
class EventRule:
    """One kind of event. begins: the state a case is in that begins with it, None where none can.

    moves: state before → state after. facts: what it carries. at_station: an intake point writes it; by_delegate: an
    intake point does where the county delegated approval (G11); at_agency: the agency does. needs_second: two people,
    the reviewer and the one who signs (domain.md §2.3). needs_reason: the event's own reason may not be blank.
    """

    kind: CaseEventKind
    moves: Moves
    clause: str
    begins: CaseState | None = None
    facts: tuple[FactRule, ...] = ()
    at_station: bool = False
    by_delegate: bool = False
    at_agency: bool = True
    needs_second: bool = False
    needs_reason: bool = False
    rank: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rank", list(CaseEventKind).index(self.kind))


UNDECIDED = (S.registered, S.awaiting_papers, S.under_review)
OPEN = (*UNDECIDED, S.granted, S.assigned, S.in_hand)
"""States in which a case goes on and may still be given away, merged or terminated."""
HANDLED = (S.granted, S.assigned, S.in_hand)
CLOSING = (S.closed, S.file_examined)


def stay(states: Iterable[CaseState]) -> Moves:
    """Moves that change no state."""
    return {state: state for state in states}


def to(target: CaseState, *states: CaseState) -> Moves:
    """Moves from any of some states to one."""
    return dict.fromkeys(states, target)

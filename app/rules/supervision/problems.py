"""Tells where a problem stands: to be mended, waiting to be looked at again, done with (Y27, 立整立改)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum

from app.supervision_values import ProblemStepKind

SOON = timedelta(days=3)


class ProblemState(Enum):
    """What a problem waits for."""

    open = "open"
    mended = "mended"
    closed = "closed"


def mending_state(steps: Iterable[ProblemStepKind]) -> ProblemState:
    """steps: in their order. Only a second look closes; one that was not passed opens it again."""
    state = ProblemState.open
    for step in steps:
        if step is ProblemStepKind.mended and state is not ProblemState.closed:
            state = ProblemState.mended
        elif step is ProblemStepKind.passed and state is ProblemState.mended:
            state = ProblemState.closed
        elif step is ProblemStepKind.failed:
            state = ProblemState.open
    return state


def is_overdue(state: ProblemState, due_on: date, today: date) -> bool:
    """Whether it was to be mended by now and is not."""
    return state is ProblemState.open and today > due_on

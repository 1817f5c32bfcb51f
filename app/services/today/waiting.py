"""Counts what waits of each kind, for the numbers in the navigation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.today.due import report_due
from app.services.today.urgent import UrgentKind, urgent


@dataclass(frozen=True)
class Waiting:
    """How many urgent things of each kind there are."""


@answers(Waiting, permission=Permission.LOOK)
def waiting(look: Look, query: Waiting) -> Mapping[UrgentKind, int]:
    """Kind → number; what is only to be known is not counted."""
    found = urgent(look, report_due(look))
    return dict(Counter(one.kind for one in found if not one.kind.is_only_known))

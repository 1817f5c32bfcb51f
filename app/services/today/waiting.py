"""Counts what waits of each kind, for the numbers in the navigation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from app.clock import local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.services.attendance.exceptions_list import ExceptionsList, exceptions_list
from app.services.today.due import report_due
from app.services.today.urgent import urgent_beside_exceptions
from app.services.today.urgent_kinds import UrgentKind
from app.values import Month


@dataclass(frozen=True)
class Waiting:
    """How many things of each kind wait, as many as the page lists where they are settled."""


@answers(Waiting, permission=Permission.LOOK)
def waiting(look: Look, query: Waiting) -> Mapping[UrgentKind, int]:
    """Kind → number; what is only to be known is not counted. Exceptions of this month and the last are `decisions`."""
    found: Counter[UrgentKind] = Counter()
    for one in urgent_beside_exceptions(look, report_due(look)):
        if not one.kind.is_only_known:
            found[one.kind] += one.number
    month = Month.of(local_date(look.now.at))
    listed = sum(len(exceptions_list(look, ExceptionsList(one))) for one in (month.previous(), month))
    return dict(found | Counter({UrgentKind.decisions: listed}))

"""Drafts a duty: who sits where, on which day and from when to when (Y09)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.dates import TimeRange
from app.errors import Problem
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.services.roster.entry import need_linked_person, new_draft, range_problems
from app.services.roster.rights import need_roster_site
from app.values import DutyKind


@dataclass(frozen=True)
class DraftDuty:
    """A new draft; site: code, full name or town; ranges: local times of the day."""

    site: str
    on: date
    person_id: str
    ranges: tuple[TimeRange, ...]
    kind: DutyKind = DutyKind.station
    note: str = ""

    def problems(self) -> Iterable[Problem]:
        """The ranges must be possible."""
        return range_problems(self.ranges)


@handles(DraftDuty, title="编排班次", permission=Permission.DRAFT_ROSTER)
def draft_duty(work: Work, command: DraftDuty) -> str:
    """The draft's id. Raises Refused E401, E402, E409, E419; clashes show in the roster and refuse publication."""
    site = need_roster_site(work, command.site)
    person = need_linked_person(work, command.person_id)
    row = work.add(
        new_draft(site.id, command.on, DutyKind(command.kind), person, command.ranges, command.note)
    )
    return str(row.id)

"""Edits a duty while it is a draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.dates import TimeRange
from app.errors import Problem
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.services.roster.entry import need_draft, need_linked_person, range_problems, sorted_ranges
from app.services.roster.rights import need_roster_site
from app.values import DutyKind


@dataclass(frozen=True)
class EditDuty:
    """New facts of a draft; what is None stays."""

    duty_id: str
    on: date | None = None
    person_id: str | None = None
    ranges: tuple[TimeRange, ...] | None = None
    kind: DutyKind | None = None
    note: str | None = None

    def problems(self) -> Iterable[Problem]:
        """Given ranges must be possible."""
        return () if self.ranges is None else range_problems(self.ranges)


@handles(EditDuty, title="修改班次草稿", permission=Permission.DRAFT_ROSTER)
def edit_duty(work: Work, command: EditDuty) -> None:
    """Change the draft. Raises Refused E401, E402, E403, E404 (published), E419, E903 (another office's)."""
    duty = need_draft(work, command.duty_id)
    need_roster_site(work, duty.site)
    if command.on is not None:
        duty.on = command.on
    if command.person_id is not None:
        duty.person_id = need_linked_person(work, command.person_id)
    if command.ranges is not None:
        duty.ranges = sorted_ranges(command.ranges)
    if command.kind is not None:
        duty.kind = DutyKind(command.kind).value
    if command.note is not None:
        duty.note = command.note.strip()

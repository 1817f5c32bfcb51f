"""Lists whom to call about the service they had, the most urgent first, with what was tried already (Y06)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.service_desk import Consultation
from app.services.consultations.register import RegisterRow, register_rows
from app.services.reading.follow_ups import FollowUp as FollowUp
from app.services.reading.follow_ups import FollowUpState as FollowUpState
from app.services.reading.follow_ups import follow_ups
from app.services.reading.rulings import in_parts
from app.services.reading.sites import duty_sites, find_site, may_write_for
from app.values import Month

_ORDER = (
    FollowUpState.overdue,
    FollowUpState.due,
    FollowUpState.tried,
    FollowUpState.reached,
    FollowUpState.given_up,
)
OPEN = _ORDER[:3]
"""States that wait for a call."""


@dataclass(frozen=True)
class FollowUps:
    """The month of the records; site "": this office's own at a station, every site at a bureau."""

    month: Month
    site: str = ""


@dataclass(frozen=True)
class FollowUpLine:
    """A record to call about: as the register shows it, masked, and where its follow-up stands."""

    record: RegisterRow
    call: FollowUp

    @property
    def id(self) -> str:
        """The record's."""
        return self.record.id


@dataclass(frozen=True)
class FollowUpDesk:
    """The lines, and how many of them wait, are overdue, were reached."""

    month: Month
    lines: tuple[FollowUpLine, ...]

    @property
    def words(self) -> str:
        """应回访 12 人，已接通 5，待回访 6（逾期 2），联系不上 1."""
        states = [line.call.state for line in self.lines]
        late = states.count(FollowUpState.overdue)
        waiting = sum(state in OPEN for state in states)
        return (
            f"应回访 {len(states)} 人，已接通 {states.count(FollowUpState.reached)}，"
            f"待回访 {waiting}{f'（逾期 {late}）' if late else ''}，联系不上 {states.count(FollowUpState.given_up)}"
        )


@answers(FollowUps, permission=Permission.RECORD_CONSULTATION)
def follow_up_list(look: Look, query: FollowUps) -> FollowUpDesk:
    """Overdue ones first, then by the day they are due. Raises Refused E420, E421."""
    if query.site:
        sites = [find_site(look, query.site, field="site").id]
    else:
        sites = [one.id for one in duty_sites(look) if look.office.is_bureau or may_write_for(look, one.id)]
    found = follow_ups(look, query.month, sites)
    rows = [row for part in in_parts(one.id for one in found) for row in _records(look, part)]
    shown = {row.id: row for row in register_rows(look, rows)}
    lines = [FollowUpLine(shown[one.id], one) for one in found]
    return FollowUpDesk(
        query.month, tuple(sorted(lines, key=lambda line: (_ORDER.index(line.call.state), line.call.by)))
    )


def _records(look: Look, ids: Sequence[str]) -> list[Consultation]:
    return list(look.session.scalars(select(Consultation).where(Consultation.id.in_(ids))))

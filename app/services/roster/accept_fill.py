"""Drafts the proposed duties that were accepted; each is judged again, and one that cannot stand is left with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from app.dates import ranges_text
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.services.reading.duties import duty_views
from app.services.reading.roster import planned_duties
from app.services.roster.copy_last_month import Copied, EmptySeat
from app.services.roster.entry import need_linked_person, new_draft
from app.services.roster.free_people import SeatJudge
from app.services.roster.propose_fill import SeatProposal
from app.services.roster.rights import need_roster_site
from app.values import Month


@dataclass(frozen=True)
class AcceptFill:
    """Proposals of one month, as they were shown."""

    month: Month
    seats: tuple[SeatProposal, ...]


@handles(AcceptFill, title="采纳自动补齐", permission=Permission.DRAFT_ROSTER)
def accept_fill(work: Work, command: AcceptFill) -> Copied:
    """The drafts made; a seat filled meanwhile is kept as it is. Raises Refused E401, E409, E419."""
    planned = list(planned_duties(work, (command.month.first_day, command.month.last_day)))
    taken = {(duty.site, duty.on, duty.kind) for duty in planned}
    judge = SeatJudge(work, command.month, planned)
    made: list[str] = []
    empty: list[EmptySeat] = []
    kept = 0
    for seat in command.seats:
        site = need_roster_site(work, seat.site)
        person = need_linked_person(work, seat.person_id)
        if (site.id, seat.on, seat.kind) in taken:
            kept += 1
            continue
        reason = judge.against(person, seat.on, seat.ranges) if seat.on in command.month else "不在这个月"
        if reason:
            empty.append(EmptySeat(seat.on, seat.name, ranges_text(seat.ranges), reason))
            continue
        row = work.add(new_draft(site.id, seat.on, seat.kind, person, seat.ranges))
        made.append(str(row.id))
        taken.add((site.id, seat.on, seat.kind))
        judge.seat(duty_views(work, [row])[0])
    return Copied(tuple(made), kept, tuple(empty))

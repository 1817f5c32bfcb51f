"""Keeps work meetings with their minutes, and counts them against what is asked a month (Q03)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.supervision import Meeting
from app.rules.supervision.quota import MEETINGS, Quota, asked_of
from app.services.reading.voids import not_voided
from app.services.supervision.record_problem import text_problems
from app.text import clean
from app.values import Month


@dataclass(frozen=True)
class RecordMeeting:
    """A meeting that was held. minutes: what was discussed and decided."""

    on: date
    subject: str
    attendees: str
    minutes: str

    def problems(self) -> Iterable[Problem]:
        """What it was about, who came, what was said."""
        yield from text_problems("subject", "议题", self.subject)
        yield from text_problems("attendees", "参加人", self.attendees)
        yield from text_problems("minutes", "纪要", self.minutes)


@dataclass(frozen=True)
class Meetings:
    """The meetings of the year that a month lies in, and the quota of that month."""

    month: Month


@dataclass(frozen=True)
class MeetingView:
    """A meeting as shown; attendees and minutes "" where they were erased."""

    id: str
    on: date
    subject: str
    attendees: str
    minutes: str


@dataclass(frozen=True)
class MeetingYear:
    """The newest first. quota: the month's meetings against what the document asks of a bureau."""

    quota: Quota
    rows: tuple[MeetingView, ...]


@handles(RecordMeeting, title="登记工作例会", permission=Permission.SPOT_CHECK)
def record_meeting(work: Work, command: RecordMeeting) -> str:
    """The meeting's id. Raises Refused E163, E177 for a day to come."""
    if command.on > local_date(work.now.at):
        raise Refused("E177", "会议还没有开，请在开过以后登记。", field="on")
    return work.put(
        Meeting,
        on=command.on,
        subject=clean(command.subject),
        attendees=clean(command.attendees),
        minutes=clean(command.minutes),
        entered_by=work.actor.account,
        entered_at=work.now.at,
    )


@answers(Meetings, permission=Permission.LOOK)
def meetings(look: Look, query: Meetings) -> MeetingYear:
    """Own meetings; nobody sends theirs."""
    first, last = date(query.month.year, 1, 1), date(query.month.year, 12, 31)
    chosen = select(Meeting).where(Meeting.on.between(first, last), not_voided(Meeting))
    rows = look.session.scalars(chosen.order_by(Meeting.on.desc(), Meeting.id.desc())).all()
    asked, clause = asked_of(look.pack, MEETINGS) if look.office.is_bureau else (0, "")
    done = sum(row.on in query.month for row in rows)
    quota = Quota("本月例会", done, asked, query.month.last_day, clause)
    return MeetingYear(quota, tuple(_view(row) for row in rows))


def _view(row: Meeting) -> MeetingView:
    return MeetingView(row.id, row.on, row.subject, row.attendees or "", row.minutes or "")

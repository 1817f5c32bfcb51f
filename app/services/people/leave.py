"""Notes when somebody cannot sit duty, whole days, half days or hours; the roster asks it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.organisation import Leave
from app.services.people.payee import need_person
from app.text import clean

WHOLE, MORNING, AFTERNOON = "全天", "上午", "下午"
PARTS = (WHOLE, MORNING, AFTERNOON)
NOON = time(12, 0)


@dataclass(frozen=True)
class AddLeave:
    """A time of leave in naive local times; ends_at is the first moment after it."""

    person_id: str
    starts_at: datetime
    ends_at: datetime
    reason: str = ""

    def problems(self) -> Iterable[Problem]:
        """An end after the start."""
        if self.ends_at <= self.starts_at:
            yield Problem("ends_at", "请假结束要晚于开始，请核对日期和上下午。", "E447")


@dataclass(frozen=True)
class CancelLeave:
    """Leave that was entered wrongly or not taken; it stays on record as cancelled."""

    leave_id: str


def leave_times(
    first: date, last: date | None = None, first_part: str = WHOLE, last_part: str = WHOLE
) -> tuple[datetime, datetime]:
    """Start and end of leave from one date to another, half days possible: a part of the first and of the last day."""
    final = last or first
    starts = datetime.combine(first, NOON if first_part == AFTERNOON else time())
    part = first_part if final == first else last_part
    ends = (
        datetime.combine(final, NOON)
        if part == MORNING
        else datetime.combine(final, time()) + timedelta(days=1)
    )
    return starts, ends


@handles(AddLeave, title="登记请假", permission=Permission.MANAGE_PEOPLE)
def add_leave(work: Work, command: AddLeave) -> str:
    """The leave's id; leave over a published duty is allowed, the roster shows it. Raises Refused E438, E448."""
    person = need_person(work, command.person_id)
    for known in leaves_of(work, person.id):
        if known.starts_at <= command.starts_at and command.ends_at <= known.ends_at:
            raise Refused("E448", f"“{person.name}”这段时间已登记请假，不必重复登记。", field="starts_at")
    made = work.add(
        Leave(
            person_id=person.id,
            starts_at=command.starts_at,
            ends_at=command.ends_at,
            reason=clean(command.reason) or None,
        )
    )
    return str(made.id)


@handles(CancelLeave, title="撤销请假", permission=Permission.MANAGE_PEOPLE)
def cancel_leave(work: Work, command: CancelLeave) -> None:
    """Raises Refused E449, E903."""
    found = work.session.get(Leave, command.leave_id)
    if found is None or found.is_cancelled:
        raise Refused("E449", "这条请假记录不存在或已经撤销，请刷新后再看。")
    work.mine(found)
    found.is_cancelled = True


def leaves_of(look: Look, person_id: str) -> list[Leave]:
    """The person's leave that holds, by start."""
    query = select(Leave).where(Leave.person_id == person_id, Leave.is_cancelled.is_(False))
    return list(look.session.scalars(query.order_by(Leave.starts_at)))

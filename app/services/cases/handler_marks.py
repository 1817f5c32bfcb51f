"""Keeps who belongs to the team of named lawyers and which older lawyer leads which younger one (G14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.case_values import HandlerMark
from app.clock import local_date
from app.errors import Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.case_quality import HandlerMarkRow
from app.models.travelling import understood
from app.services.cases.link_handler import need_pool_person
from app.services.cases.loads import loads_by_person
from app.services.reading.names import names_of

NAMED_CASES = 5
"""Cases a year that a named lawyer handles at least (赣司〔2021〕7号)."""


@dataclass(frozen=True)
class SetHandlerMark:
    """A mark of a person from a day on; mentor_id: who leads, for 老带新 only."""

    kind: HandlerMark
    person_id: str
    since: date
    mentor_id: str = ""


@dataclass(frozen=True)
class EndHandlerMark:
    """The last day of a mark."""

    id: str
    until: date


@dataclass(frozen=True)
class HandlerMarks:
    """The marks in force, with the cases of a year; None for this year."""

    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class MarkedHandler:
    """One mark. cases: assigned to the person in the year; is_short: a named lawyer with fewer than five."""

    id: str
    kind: HandlerMark
    person_id: str
    name: str
    mentor: str
    since: date
    until: date | None
    cases: int
    is_short: bool


@handles(SetHandlerMark, title="登记承办人名册", permission=Permission.HANDLE_CASE)
def set_handler_mark(work: Work, command: SetHandlerMark) -> str:
    """Id of the row. Raises Refused E806 for a pair that is none, E805 for somebody outside the pool, E807 twice."""
    is_pair = command.kind is HandlerMark.mentored
    if is_pair != bool(command.mentor_id) or command.mentor_id == command.person_id:
        raise Refused("E806", "“老带新”须选两个不同的人，“名优律师”只选一个人，请核对。", field="mentor_id")
    for one in filter(None, (command.person_id, command.mentor_id)):
        need_pool_person(work, one, field="person_id")
    if any(
        (row.kind, row.person_id, row.mentor_id) == (command.kind, command.person_id, command.mentor_id)
        for row in marks_on(work, command.since)
    ):
        raise Refused("E807", "这个人已经在名册里，不用再登记一次。", field="person_id")
    return work.put(
        HandlerMarkRow,
        kind=command.kind.value,
        person_id=command.person_id,
        mentor_id=command.mentor_id,
        since=command.since,
        until=None,
        entered_by=work.actor.account,
    )


@handles(EndHandlerMark, title="移出承办人名册", permission=Permission.HANDLE_CASE)
def end_handler_mark(work: Work, command: EndHandlerMark) -> str:
    """Id of the row. Raises Refused E808 where there is none in force or the day lies before its beginning, E903."""
    row = work.session.get(HandlerMarkRow, command.id)
    if row is None or row.until is not None or command.until < row.since:
        raise Refused("E808", "名册里没有这一条，或者已经移出，或者日期早于列入日期，请核对。", field="until")
    work.mine(row).until = command.until
    return str(row.id)


@answers(HandlerMarks, permission=Permission.LOOK)
def handler_marks(look: Look, query: HandlerMarks) -> tuple[MarkedHandler, ...]:
    """The marks of today, named lawyers first."""
    today = local_date(look.now.at)
    rows = marks_on(look, today)
    names = names_of(look, {one for row in rows for one in (row.person_id, row.mentor_id) if one})
    loads = loads_by_person(look, query.year or today.year)
    found = []
    for row in rows:
        cases = loads.get(row.person_id, 0)
        found.append(
            MarkedHandler(
                id=row.id,
                kind=HandlerMark(row.kind),
                person_id=row.person_id,
                name=names[row.person_id],
                mentor=names.get(row.mentor_id, ""),
                since=row.since,
                until=row.until,
                cases=cases,
                is_short=row.kind == HandlerMark.named and cases < NAMED_CASES,
            )
        )
    return tuple(sorted(found, key=lambda one: (list(HandlerMark).index(one.kind), one.name)))


def marks_on(look: Look, day: date) -> list[HandlerMarkRow]:
    """The rows in force on a day."""
    rows = understood(look.session.scalars(select(HandlerMarkRow).order_by(HandlerMarkRow.id)))
    return [row for row in rows if row.since <= day and (row.until is None or day <= row.until)]

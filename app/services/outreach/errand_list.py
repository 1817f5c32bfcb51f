"""Lists what was promised to citizens: overdue, to be planned, open, closed (Q07, G04)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, exists, select

from app.clock import local_date
from app.desk_values import ErrandKind
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.outreach import Errand
from app.models.service_desk import Consultation
from app.models.travelling import understood
from app.services.cases.hidden import Hidden
from app.services.consultations.register import RegisterRow, register_rows
from app.services.reading.names import names_of
from app.services.reading.people import person_links
from app.services.reading.rulings import in_parts
from app.services.reading.sites import duty_sites, find_site, may_write_for
from app.services.reading.voids import not_voided
from app.values import Month

LOOK_BACK = timedelta(days=183)
"""A home visit that nobody planned is asked for so long."""
SOON = timedelta(days=1)


class ErrandState(StrEnum):
    """Where one stands, the most urgent first."""

    overdue = "已逾期"
    needed = "待安排上门"
    due = "快到期"
    open = "待办"
    closed = "已了结"


_ORDER = tuple(ErrandState)


@dataclass(frozen=True, kw_only=True)
class Errands:
    """What is open, and with a month what was closed of what began in it. site "": this office's own at a station,
    every site at a bureau."""

    site: str = ""
    month: Month | None = None


@dataclass(frozen=True, kw_only=True)
class ErrandLine:
    """One thing promised, or a home visit that waits to be planned (id ""). record: the consultation, masked."""

    id: str
    record: RegisterRow
    kind: ErrandKind
    state: ErrandState
    department: str
    person: str
    begun_on: date
    by: date
    matter: str
    result: str
    closed_on: date | None
    answer: str
    is_mine: bool

    @property
    def is_open(self) -> bool:
        """Whether its return is still to come."""
        return bool(self.id) and self.state is not ErrandState.closed


@dataclass(frozen=True)
class ErrandDesk:
    """The lines as they are to be worked off: 绿色通道 first, then the most urgent."""

    lines: tuple[ErrandLine, ...]

    @property
    def words(self) -> str:
        """待办 4 件，逾期 1，待安排上门 2."""
        states = [line.state for line in self.lines]
        late, needed = states.count(ErrandState.overdue), states.count(ErrandState.needed)
        waiting = sum(line.is_open for line in self.lines)
        return (
            f"待办 {waiting} 件{f'，逾期 {late}' if late else ''}{f'，待安排上门 {needed}' if needed else ''}"
        )


@answers(Errands, permission=Permission.LOOK)
def errands(look: Look, query: Errands) -> ErrandDesk:
    """Raises Refused E420, E421."""
    sites = _sites(look, query.site)
    rows = _rows(look, sites, Errand.result == "")
    if query.month is not None:
        span = (query.month.first_day, query.month.last_day)
        rows += _rows(look, sites, Errand.begun_on.between(*span), Errand.result != "")
    needed = _needed(look, sites)
    records = _records(look, {row.consultation_id for row in rows} | {one.id for one in needed})
    lines = [*_lines(look, rows, records), *_needed_lines(needed, records)]
    return ErrandDesk(tuple(sorted(lines, key=_place)))


def begun_errands(look: Look, span: tuple[date, date]) -> tuple[ErrandLine, ...]:
    """Whatever was promised on the local dates, both in it, by day; for reports."""
    rows = _rows(look, _sites(look, ""), Errand.begun_on.between(*span))
    lines = _lines(look, rows, _records(look, {row.consultation_id for row in rows}))
    return tuple(sorted(lines, key=lambda line: (line.begun_on, line.by, line.id)))


def _place(line: ErrandLine) -> tuple[bool, bool, int, date, datetime, str]:
    """What waits before what is closed; of what waits, 绿色通道 first (四优先), then by urgency."""
    is_closed = line.state is ErrandState.closed
    urgency = _ORDER.index(line.state)
    return (is_closed, not line.record.is_green, urgency, line.by, line.record.at, line.id)


def waiting_errands(look: Look) -> tuple[int, int, date | None]:
    """Of those this office keeps: how many are overdue or due by tomorrow, how many visits wait to be planned, and the
    nearest last day."""
    sites = [one.id for one in duty_sites(look) if may_write_for(look, one.id)] or [look.office.own_site]
    last = local_date(look.now.at) + SOON
    days = list(
        look.session.scalars(
            select(Errand.by).where(Errand.result == "", Errand.by <= last, Errand.site.in_(sites))
        )
    )
    return len(days), len(_needed(look, sites)), min(days, default=None)


def _sites(look: Look, site: str) -> list[str]:
    if site:
        return [find_site(look, site, field="site").id]
    held = [one.id for one in duty_sites(look) if look.office.is_bureau or may_write_for(look, one.id)]
    return held or [look.office.own_site]


def _rows(look: Look, sites: Sequence[str], *clauses: ColumnElement[bool]) -> list[Errand]:
    query = select(Errand).where(*clauses, Errand.site.in_(sites))
    return list(understood(look.session.scalars(query.order_by(Errand.by, Errand.id))))


def _needed(look: Look, sites: Sequence[str]) -> list[Consultation]:
    """Records of people who cannot come, for whom no visit was ever planned."""
    planned = exists().where(
        Errand.consultation_id == Consultation.id, Errand.kind == ErrandKind.home_visit.value
    )
    since = local_date(look.now.at) - LOOK_BACK
    query = select(Consultation).where(
        Consultation.is_home_visit_needed.is_(True),
        Consultation.on >= since,
        Consultation.site.in_(sites),
        not_voided(Consultation),
        ~planned,
    )
    return list(look.session.scalars(query.order_by(Consultation.on, Consultation.id)))


def _records(look: Look, ids: set[str]) -> dict[str, RegisterRow]:
    rows: list[Consultation] = []
    for part in in_parts(sorted(ids)):
        rows += look.session.scalars(select(Consultation).where(Consultation.id.in_(part)))
    return {row.id: row for row in register_rows(look, rows)}


def _lines(look: Look, rows: Sequence[Errand], records: dict[str, RegisterRow]) -> Iterator[ErrandLine]:
    linked, shown = person_links(look), Hidden(look.actor.may(Permission.REVEAL))
    people = {row.person_id: linked.get(row.person_id, row.person_id) for row in rows if row.person_id}
    names, today = names_of(look, people.values()), local_date(look.now.at)
    for row in rows:
        if row.consultation_id in records:
            yield ErrandLine(
                id=row.id,
                record=records[row.consultation_id],
                kind=ErrandKind(row.kind),
                state=_state(row, today),
                department=row.department,
                person=names[people[row.person_id]] if row.person_id else "",
                begun_on=row.begun_on,
                by=row.by,
                matter=shown.words(row.matter),
                result=row.result,
                closed_on=row.closed_on,
                answer=shown.words(row.answer),
                is_mine=row.writer == look.office.code,
            )


def _state(row: Errand, today: date) -> ErrandState:
    if row.result:
        return ErrandState.closed
    if row.by < today:
        return ErrandState.overdue
    return ErrandState.due if row.by <= today + SOON else ErrandState.open


def _needed_lines(needed: Sequence[Consultation], records: dict[str, RegisterRow]) -> Iterator[ErrandLine]:
    for row in needed:
        yield ErrandLine(
            id="",
            record=records[row.id],
            kind=ErrandKind.home_visit,
            state=ErrandState.needed,
            department="",
            person="",
            begun_on=row.on,
            by=row.on,
            matter="",
            result="",
            closed_on=None,
            answer="",
            is_mine=records[row.id].is_mine,
        )

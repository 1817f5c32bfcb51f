"""Lists the services beside consultations, with what they reached, for windows, the command line and reports (Q04)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select

from app.clock import local
from app.dates import ranges_text
from app.desk_values import ActivityKind
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.duties import Duty
from app.models.outreach import Activity
from app.models.service_desk import Consultation
from app.models.travelling import understood
from app.rules.duty.duty_view import read_ranges
from app.services.cases.hidden import Hidden
from app.services.reading.names import names_of
from app.services.reading.people import person_links
from app.services.reading.roster import short_site_names
from app.services.reading.rulings import in_parts
from app.services.reading.sites import find_site
from app.services.reading.voids import not_voided
from app.text import clean


@dataclass(frozen=True, kw_only=True)
class Activities:
    """The services of the local dates first … last. site "": every site this office holds. words: in village, place,
    document, and for those who may read it in what it was about."""

    first: date
    last: date
    site: str = ""
    kind: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class ActivityLine:
    """One service as lists show it; at is naive local. duty: its hours, "" outside any. number: the consultation's.
    visit: the same for all services of one visit. is_mine: this office may correct it."""

    id: str
    visit: str
    at: datetime
    site: str
    site_name: str
    kind: ActivityKind
    person_id: str
    person: str
    duty: str
    number: str
    village: str
    place: str
    reached: int
    document: str
    pages: int
    matter: str
    outcome: str
    revision: int
    revision_reason: str
    is_mine: bool


@dataclass(frozen=True)
class ActivityList:
    """The services, the newest first."""

    lines: tuple[ActivityLine, ...]

    @property
    def visits(self) -> int:
        """How many visits they make."""
        return len({line.visit for line in self.lines})

    @property
    def words(self) -> str:
        """3 次服务 5 件，惠及 120 人."""
        reached = sum(line.reached for line in self.lines)
        return f"{self.visits} 次服务 {len(self.lines)} 件，惠及 {reached} 人"


@answers(Activities, permission=Permission.LOOK)
def activities(look: Look, query: Activities) -> ActivityList:
    """Raises Refused E420, E421."""
    site = find_site(look, query.site, field="site").id if query.site else ""
    rows = activity_rows(look, (query.first, query.last), site, query.kind, clean(query.words))
    return ActivityList(tuple(reversed(activity_lines(look, rows))))


def activity_rows(
    look: Look, span: tuple[date, date], site: str = "", kind: str = "", words: str = ""
) -> Sequence[Activity]:
    """Standing rows of the local dates, both in it, by time."""
    clauses: list[ColumnElement[bool]] = [Activity.on.between(*span), not_voided(Activity)]
    if site:
        clauses.append(Activity.site == site)
    if kind:
        clauses.append(Activity.kind == kind)
    if words:
        readable = (Activity.matter, Activity.outcome) if look.actor.may(Permission.REVEAL) else ()
        columns = (Activity.village, Activity.place, Activity.document, *readable)
        clauses.append(or_(*(column.contains(words, autoescape=True) for column in columns)))
    rows = look.session.scalars(
        select(Activity).where(*clauses).order_by(Activity.on, Activity.at, Activity.id)
    )
    return list(understood(rows))


def activity_lines(look: Look, rows: Sequence[Activity]) -> tuple[ActivityLine, ...]:
    """Rows as lines, in the order given."""
    linked, sites = person_links(look), short_site_names(look)
    people = {row.person_id: linked.get(row.person_id, row.person_id) for row in rows}
    names, shown = names_of(look, people.values()), Hidden(look.actor.may(Permission.REVEAL))
    duties = _duties(look, {row.duty_id for row in rows} - {""})
    numbers = _numbers(look, {row.consultation_id for row in rows} - {""})
    return tuple(
        ActivityLine(
            id=row.id,
            visit=row.visit or row.id,
            at=local(row.at),
            site=row.site,
            site_name=sites.get(row.site, row.site),
            kind=ActivityKind(row.kind),
            person_id=people[row.person_id],
            person=names[people[row.person_id]],
            duty=duties.get(row.duty_id, ""),
            number=numbers.get(row.consultation_id, ""),
            village=row.village,
            place=row.place,
            reached=row.reached,
            document=row.document,
            pages=row.pages,
            matter=shown.words(row.matter),
            outcome=shown.words(row.outcome),
            revision=row.revision,
            revision_reason=shown.words(row.revision_reason),
            is_mine=row.writer == look.office.code,
        )
        for row in rows
    )


def _duties(look: Look, ids: Iterable[str]) -> dict[str, str]:
    """Duty → its hours in words."""
    found: dict[str, str] = {}
    for part in in_parts(sorted(ids)):
        rows = look.session.execute(select(Duty.id, Duty.ranges).where(Duty.id.in_(part)))
        found.update((row.id, ranges_text(read_ranges(row.ranges))) for row in rows)
    return found


def _numbers(look: Look, ids: Iterable[str]) -> dict[str, str]:
    """Consultation → its number."""
    found: dict[str, str] = {}
    for part in in_parts(sorted(ids)):
        rows = look.session.execute(
            select(Consultation.id, Consultation.number).where(Consultation.id.in_(part))
        )
        found.update((row.id, row.number) for row in rows)
    return found

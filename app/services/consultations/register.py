"""Lists the consultation register page by page, telephones and papers always masked, names shortened (Y10, Q02)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    String,
    and_,
    exists,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from app.clock import local
from app.desk_values import PairKind
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_id, mask_name, mask_phone
from app.models.service_desk import Consultation, ConsultationAudit
from app.services.consultations.find import PLACE, meant_by
from app.services.reading.audits import AuditView, audits_in_force
from app.services.reading.delivery import Delivery, deliveries_of, is_on_its_way
from app.services.reading.merged import counts_once, merged_among
from app.services.reading.names import names_of, site_names
from app.services.reading.people import person_links
from app.services.reading.ratings import rating_in_force, ratings_in_force
from app.services.reading.rulings import STATION_CODE_LENGTH, speaks_of_record
from app.services.reading.sites import find_site
from app.services.reading.voids import not_voided
from app.text import clean
from app.values import AuditResult, Month, Rating

PAGE_ROWS = 100
MOST_COUNTED = 1000
"""Of a register without a first and a last day so many records are counted, the newest: it grows with the years."""
SORTS = ("number", "rating")
SATISFIED = (Rating.satisfied.value, Rating.fairly_satisfied.value)


@dataclass(frozen=True, kw_only=True)
class Register:
    """Part of the register. site "": every site this office holds. first, last: local dates, both in it.

    words: as find.meant_by takes them. is_faulty_only: lacking an item or found 不规范. is_unaudited_only: nobody
    audited it yet. delivery: the DeliveryState it has, "" for any. sort: at, number or rating.
    """

    site: str = ""
    first: date | None = None
    last: date | None = None
    words: str = ""
    topic: str = ""
    group: str = ""
    person_id: str = ""
    is_faulty_only: bool = False
    is_unaudited_only: bool = False
    delivery: str = ""
    sort: str = "at"
    is_descending: bool = True
    offset: int = 0
    limit: int = PAGE_ROWS


@dataclass(frozen=True, kw_only=True)
class RegisterRow:
    """One record as lists show it; at is naive local time. audit "": not audited yet. is_mine: this office may correct it.

    is_green: goes first (四优先). delivery: how far it has got to the bureau, None where it does not go to one.
    is_merged: it counts nowhere, being the second record of what another site holds.
    """

    id: str
    number: str
    at: datetime
    site: str
    site_name: str
    person_id: str
    person: str
    client: str
    phone: str
    id_number: str
    is_id_refused: bool
    sex: str
    groups: tuple[str, ...]
    channel: str
    topics: tuple[str, ...]
    handling: str
    rating: str
    missing: tuple[str, ...]
    audit: str
    revision: int
    is_mine: bool
    is_green: bool
    delivery: Delivery | None = None
    is_merged: bool = False

    @property
    def is_faulty(self) -> bool:
        """Whether the record may cost its lawyer (Y17(1))."""
        return bool(self.missing) or self.audit == AuditResult.irregular


@dataclass(frozen=True, kw_only=True)
class RegisterPage:
    """Some rows, and over all that were asked for: 人次, 件, faulty records, rated ones and those not 不满意. merged: rows
    that count in none of these sums but `total`, which is what the list holds.

    is_more: there are more than MOST_COUNTED, and the newest of them were counted.
    """

    rows: tuple[RegisterRow, ...]
    total: int = 0
    topics: int = 0
    faulty: int = 0
    rated: int = 0
    satisfied: int = 0
    is_more: bool = False
    merged: int = 0


@answers(Register, permission=Permission.LOOK)
def register(look: Look, query: Register) -> RegisterPage:
    """The rows from offset on; the counts come with the first page only. Raises Refused E420, E421, E764."""
    wanted = _wanted(look, query, Consultation).order_by(*_order(look, query))
    shown = look.session.scalars(wanted.offset(query.offset).limit(query.limit))
    rows = register_rows(look, list(shown))
    return RegisterPage(rows=rows) if query.offset else replace(_counts(look, query), rows=rows)


def _wanted(look: Look, query: Register, *what: Any) -> Select[Any]:
    """A statement for `what` of the records asked for."""
    clauses = _clauses(look, query)
    if not clean(query.words):
        return select(*what).select_from(Consultation).where(*clauses)
    site = find_site(look, query.site, field="site").id if query.site else ""
    return meant_by(look, query.words, *what, site=site, first=query.first, last=query.last).where(*clauses)


def _order(look: Look, query: Register) -> list[ColumnElement[Any]]:
    """By time in the order of the index that finds them, so that a page costs what it shows."""
    by_time = [PLACE] if clean(query.words) else [Consultation.on, Consultation.at, Consultation.id]
    word = rating_in_force(look) if query.sort == "rating" else Consultation.serial
    columns = [word, Consultation.id] if query.sort in SORTS else by_time
    return [column.desc() if query.is_descending else column.asc() for column in columns]


def faulty_in_month(look: Look, site: str, month: Month) -> int:
    """How many records of a site's month lack an item or were found 不规范: what the register shows of them."""
    return faulty_by_site(look, [site], month).get(site, 0)


def faulty_by_site(look: Look, sites: Iterable[str], month: Month) -> dict[str, int]:
    """The same for several sites, those that have any."""
    asked = Register(first=month.first_day, last=month.last_day, is_faulty_only=True)
    found = select(Consultation.site, func.count()).where(Consultation.site.in_(list(sites)))
    rows = look.session.execute(found.where(*_clauses(look, asked)).group_by(Consultation.site))
    return {row[0]: row[1] for row in rows}


def register_rows(look: Look, rows: list[Consultation]) -> tuple[RegisterRow, ...]:
    """Records as masked rows, in the order given; for other queries of services too."""
    linked, sites = person_links(look), site_names(look)
    people = {row.person_id: linked.get(row.person_id, row.person_id) for row in rows}
    names, ids = names_of(look, people.values()), [row.id for row in rows]
    audits, ratings = audits_in_force(look, ids), ratings_in_force(look, ids)
    on_the_way = deliveries_of(look, Consultation.__tablename__, ids)
    shown = (
        _row(look, row, people[row.person_id], names, sites, ratings[row.id], audits.get(row.id))
        for row in rows
    )
    merged = merged_among(look, PairKind.consultation, ids)
    return tuple(replace(one, delivery=on_the_way.get(one.id), is_merged=one.id in merged) for one in shown)


def _row(
    look: Look,
    row: Consultation,
    person_id: str,
    names: dict[str, str],
    sites: dict[str, str],
    rating: str,
    audit: AuditView | None,
) -> RegisterRow:
    return RegisterRow(
        id=row.id,
        number=row.number,
        at=local(row.at),
        site=row.site,
        site_name=sites.get(row.site, row.site),
        person_id=person_id,
        person=names[person_id],
        client=mask_name(row.client_name or ""),
        phone=mask_phone(row.phone or ""),
        id_number=mask_id(row.id_number or ""),
        is_id_refused=row.is_id_refused,
        sex=row.sex or "",
        groups=tuple(row.groups),
        channel=row.channel,
        topics=tuple(row.topics),
        handling=row.handling,
        rating=rating,
        missing=tuple(row.missing),
        audit=audit.result.value if audit else "",
        revision=row.revision,
        is_mine=row.writer == look.office.code,
        is_green=row.is_green,
    )


def _clauses(look: Look, query: Register) -> list[ColumnElement[bool]]:
    found = [not_voided(Consultation)]
    if query.site:
        found.append(Consultation.site == find_site(look, query.site, field="site").id)
    if query.first:
        found.append(Consultation.on >= query.first)
    if query.last:
        found.append(Consultation.on <= query.last)
    if query.person_id:
        same = [one for one, person in person_links(look).items() if person == query.person_id]
        found.append(Consultation.person_id.in_([query.person_id, *same]))
    found += [
        _holds(column, word)
        for column, word in ((Consultation.topics, query.topic), (Consultation.groups, query.group))
        if word
    ]
    if query.is_faulty_only:
        found.append(_is_faulty())
    if query.is_unaudited_only:
        found.append(~exists().where(speaks_of_record(ConsultationAudit)))
    if query.delivery:
        found.append(is_on_its_way(look, Consultation.__tablename__, Consultation.id, query.delivery))
    return found


def _holds(column: object, word: str) -> ColumnElement[bool]:
    """Whether a stored list has the word."""
    return type_coerce(column, String).contains(f'"{clean(word)}"', autoescape=True)


def _is_faulty() -> ColumnElement[bool]:
    """Lacking an item, or 不规范 by the audit that counts (a bureau's before a station's, then the newest)."""
    audit, other = ConsultationAudit, aliased(ConsultationAudit)
    is_later = or_(
        other.audited_at > audit.audited_at, and_(other.audited_at == audit.audited_at, other.id > audit.id)
    )
    here, there = _is_by_bureau(audit.writer), _is_by_bureau(other.writer)
    outdone = (
        exists()
        .where(speaks_of_record(other), or_(and_(there, ~here), and_(there == here, is_later)))
        .correlate(Consultation, audit)
    )
    irregular = exists().where(speaks_of_record(audit), audit.result == AuditResult.irregular.value, ~outdone)
    return or_(type_coerce(Consultation.missing, String) != "[]", irregular)


def _is_by_bureau(writer: SQLColumnExpression[str]) -> ColumnElement[bool]:
    return func.length(writer) < STATION_CODE_LENGTH


def _counts(look: Look, query: Register) -> RegisterPage:
    """The sums, without rows."""
    topics = func.json_array_length(type_coerce(Consultation.topics, String))
    rating, once = rating_in_force(look), counts_once(Consultation.id, PairKind.consultation)
    sums = (
        func.count(),
        func.coalesce(func.sum(topics).filter(once), 0),
        func.count().filter(_is_faulty(), once),
        func.count().filter(rating != "", once),
        func.count().filter(rating.in_(SATISFIED), once),
        func.count().filter(~once),
    )
    if query.first and query.last:
        counted, is_more = _wanted(look, query, *sums), False
    else:
        ids = _newest(look, query)
        counted, is_more = (
            select(*sums).where(Consultation.id.in_(ids[:MOST_COUNTED])),
            len(ids) > MOST_COUNTED,
        )
    row = look.session.execute(counted).one()
    names = ("total", "topics", "faulty", "rated", "satisfied", "merged")
    return RegisterPage(rows=(), is_more=is_more, **dict(zip(names, row, strict=True)))


def _newest(look: Look, query: Register) -> list[str]:
    """The ids of the newest records asked for, one more than are counted."""
    newest = replace(query, sort="", is_descending=True)
    wanted = _wanted(look, newest, Consultation.id).order_by(*_order(look, newest))
    return list(look.session.scalars(wanted.limit(MOST_COUNTED + 1)))

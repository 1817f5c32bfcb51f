"""Lists cases page by page by state, due day and words, names shortened (Q02)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.case_values import CaseState
from app.clock import local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_name
from app.models.case_standings import CaseStandingRow as Kept
from app.models.case_words import CasePlace
from app.models.cases import CaseEventRow, LegalCase
from app.services.cases.find import cases_meant_by
from app.services.cases.register_case import application_number
from app.services.cases.waiting_cases import waiting_clause
from app.services.reading.delivery import Delivery, deliveries_of, furthest_behind
from app.services.reading.names import site_names
from app.services.reading.sites import find_site
from app.text import clean

PAGE_ROWS = 100
SORTS = {"received": Kept.received_on, "due": Kept.due_on, "number": Kept.number}


@dataclass(frozen=True, kw_only=True)
class CaseList:
    """Part of the register of cases. site "": every site held here. state "": any. words: part of the applicant's name
    or its initials, part of an 案号, an identity or telephone number whole or its last four. due_by: something must be done by that day.
    is_due_only: some clock runs. is_lost_only: open cases without any running clock, or with events that wait for somebody.
    is_waiting_only: what the navigation counts: due within three days or overdue, or lost.
    sort: received (newest first), due (绿色通道 first, then the nearest) or number."""

    site: str = ""
    state: str = ""
    words: str = ""
    kind: str = ""
    handler: str = ""
    first: date | None = None
    last: date | None = None
    due_by: date | None = None
    is_due_only: bool = False
    is_open_only: bool = False
    is_lost_only: bool = False
    is_waiting_only: bool = False
    sort: str = "received"
    offset: int = 0
    limit: int = PAGE_ROWS


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """One case as lists show it. number: 案号, "" before one is given. days_left: to due_on, below 0 when overdue.
    is_green: goes before others (四优先). delivery: how far the case and its steps have got to the bureau, None where they do not go to one."""

    id: str
    application: str
    number: str
    applicant: str
    kind: str
    form: str
    stage: str
    matter: str
    groups: tuple[str, ...]
    state: CaseState
    site: str
    site_name: str
    received_on: date
    approved_on: date | None
    closed_on: date | None
    archived_on: date | None
    handler: str
    firm: str
    due_on: date | None
    due_clock: str
    days_left: int | None
    is_lost: bool
    misfits: int
    recipients: int = 1
    is_green: bool = False
    delivery: Delivery | None = None


@dataclass(frozen=True)
class CasePage:
    """Some rows and how many there are; the count comes with the first page only."""

    rows: tuple[CaseRow, ...]
    total: int = 0


@answers(CaseList, permission=Permission.LOOK)
def case_list(look: Look, query: CaseList) -> CasePage:
    """The rows from offset on. Raises Refused E420, E421."""
    clauses = _clauses(look, query)
    wanted = _joined(select(LegalCase, Kept)).where(*clauses).order_by(*_order(query))
    found = look.session.execute(wanted.offset(query.offset).limit(query.limit)).all()
    rows = case_rows(look, [(case, kept) for case, kept in found])
    if query.offset:
        return CasePage(rows)
    return CasePage(rows, look.session.scalar(select(func.count()).select_from(Kept).where(*clauses)) or 0)


def case_rows(look: Look, found: Sequence[tuple[LegalCase, Kept]]) -> tuple[CaseRow, ...]:
    """Cases as masked rows, in the order given; for other queries of services too."""
    today, sites = local_date(look.now.at), site_names(look)
    on_the_way = _deliveries(look, [case.id for case, _ in found])
    rows = (_row(case, kept, today, sites) for case, kept in found)
    return tuple(replace(row, delivery=on_the_way.get(row.id)) for row in rows)


def _deliveries(look: Look, ids: Sequence[str]) -> dict[str, Delivery]:
    """Case → how far it and its steps have got: what is furthest behind."""
    if look.office.is_bureau:
        return {}
    step = CaseEventRow
    steps = look.session.execute(select(step.id, step.case_id).where(step.case_id.in_(ids)))
    of_step = dict(steps.tuples().all())
    found: dict[str, list[Delivery]] = defaultdict(list)
    for row_id, one in deliveries_of(look, step.__tablename__, of_step).items():
        found[of_step[row_id]].append(one)
    for row_id, one in deliveries_of(look, LegalCase.__tablename__, ids).items():
        found[row_id].append(one)
    return {case: least for case, them in found.items() if (least := furthest_behind(them))}


def rows_of_cases(look: Look, ids: Sequence[str]) -> tuple[CaseRow, ...]:
    """Masked rows of some cases, in the order of the ids."""
    found = look.session.execute(_joined(select(LegalCase, Kept)).where(Kept.case_id.in_(ids))).tuples()
    by_id = {kept.case_id: (case, kept) for case, kept in found}
    return case_rows(look, [by_id[one] for one in ids if one in by_id])


def _joined(what: Select[Any]) -> Select[Any]:
    return what.select_from(Kept).join(LegalCase, LegalCase.id == Kept.case_id)


def _row(case: LegalCase, kept: Kept, today: date, sites: dict[str, str]) -> CaseRow:
    return CaseRow(
        id=case.id,
        application=application_number(case),
        number=kept.number,
        applicant=(case.applicant or "") if case.is_organisation else mask_name(case.applicant or ""),
        kind=kept.kind,
        form=kept.form,
        stage=kept.stage,
        matter=kept.matter,
        groups=tuple(case.groups),
        state=CaseState(kept.state),
        site=case.site,
        site_name=sites.get(case.site, case.site),
        received_on=kept.received_on,
        approved_on=kept.approved_on,
        closed_on=kept.closed_on,
        archived_on=kept.archived_on,
        handler=kept.handler,
        firm=kept.firm,
        due_on=kept.due_on,
        due_clock=kept.due_clock,
        days_left=(kept.due_on - today).days if kept.due_on else None,
        is_lost=kept.is_lost,
        misfits=kept.misfits,
        recipients=case.recipients,
        is_green=case.is_green,
    )


def _order(query: CaseList) -> tuple[ColumnElement[Any], ...]:
    if query.sort == "due":
        return (
            Kept.due_on.is_(None).asc(),
            LegalCase.is_green.desc(),
            Kept.due_on.asc(),
            Kept.case_id.asc(),
        )
    column = SORTS.get(query.sort, Kept.received_on)
    return (column.desc(), Kept.case_id.desc())


def _clauses(look: Look, query: CaseList) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.site:
        found.append(Kept.site == find_site(look, query.site, field="site").id)
    for column, value in ((Kept.state, query.state), (Kept.kind, query.kind), (Kept.handler, query.handler)):
        if value:
            found.append(column == clean(value))
    if query.first:
        found.append(Kept.received_on >= query.first)
    if query.last:
        found.append(Kept.received_on <= query.last)
    if query.due_by:
        found.append(Kept.due_on <= query.due_by)
    if query.is_due_only:
        found.append(Kept.due_on.is_not(None))
    if query.is_open_only:
        found.append(Kept.is_open.is_(True))
    if query.is_lost_only:
        found.append(or_(Kept.is_lost.is_(True), Kept.misfits > 0))
    if query.is_waiting_only:
        found.append(waiting_clause(look))
    if words := clean(query.words):
        found.append(Kept.case_id.in_(cases_meant_by(look, words, CasePlace.case_id)))
    return found

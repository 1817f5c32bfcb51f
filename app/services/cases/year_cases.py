"""Reads the cases that indicators of a year count, without folding those whose kept standing tells all (A06 G01)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.case_values import (
    CaseEventKind,
    CaseForm,
    CaseGround,
    CaseKind,
    CaseStage,
    CaseState,
    Grade,
    HandlerKind,
    Procedure,
)
from app.desk_values import PairKind
from app.kernel.work import Look
from app.models.case_standings import CaseStandingRow as Kept
from app.models.cases import CaseEventRow, LegalCase
from app.rules.cases.facts import CaseFacts, CaseHandler, CaseStanding
from app.services.cases.case_books import unmet_of, worked_under
from app.services.reading.cases import application_event, standings_of
from app.services.reading.merged import counts_once
from app.values import Period, known

_TOLD = (
    CaseEventKind.corrected,
    CaseEventKind.reassigned,
    CaseEventKind.granted_first,
    CaseEventKind.reviewed,
)
"""What a kept standing does not tell: corrected facts, earlier handlers, 评查. A case that has one is folded."""
_DAYS = (Kept.approved_on, Kept.assigned_on, Kept.closed_on, Kept.archived_on)


def year_cases(look: Look, year: Period) -> tuple[CaseStanding, ...]:
    """Every case granted, assigned, closed or archived in the year, in the order of their ids, and those that one of them
    goes on from, whatever their year, so that a transferred case is not counted again (case 61).

    Kept until a commit touches a case: the indicators, the cases behind one of them and the wall chart ask for the same.
    """
    return look.lasting(("year cases", year.start, year.end), lambda: _read(look, year))


def _read(look: Look, year: Period) -> tuple[CaseStanding, ...]:
    wanted = _in(year)
    folded = set(
        look.session.scalars(
            select(CaseEventRow.case_id)
            .join(Kept, Kept.case_id == CaseEventRow.case_id)
            .where(CaseEventRow.kind.in_([one.value for one in _TOLD]), wanted)
            .distinct()
        )
    )
    rows = look.session.execute(_READ.where(wanted)).all()
    plain = {row.case_id: _standing(row) for row in rows if row.case_id not in folded}
    found = plain | _with_notices(look, plain, wanted) | standings_of(look, folded)
    earlier = {one.facts.continues for one in found.values() if one.facts.continues} - found.keys()
    found |= {case: one for case, one in standings_of(look, earlier).items() if one.approved_on}
    return tuple(found[one] for one in sorted(found))


def counted_in(look: Look, cases: tuple[CaseStanding, ...], year: Period) -> frozenset[str]:
    """Ids of the cases closed in the year that count in the programme (Y12)."""
    packs = worked_under(look)
    closed = (one for one in cases if one.closed_on and one.closed_on in year and not one.is_terminated)
    return frozenset(one.case for one in closed if not unmet_of(look, one, packs))


def _with_notices(
    look: Look, plain: Mapping[str, CaseStanding], wanted: ColumnElement[bool]
) -> dict[str, CaseStanding]:
    """Those that an organ's notice began, with it (J15)."""
    began = LegalCase.began_as == CaseEventKind.notified_defence.value
    rows = look.session.scalars(
        select(LegalCase).join(Kept, Kept.case_id == LegalCase.id).where(began, wanted)
    )
    return {
        row.id: replace(plain[row.id], events=(application_event(row),)) for row in rows if row.id in plain
    }


def _in(year: Period) -> ColumnElement[bool]:
    is_in = or_(*(day.between(year.start, year.end) for day in _DAYS))
    return and_(is_in, counts_once(Kept.case_id, PairKind.case))


_READ = select(
    *(getattr(Kept, name) for name in (
        "case_id", "site", "state", "number", "kind", "form", "stage", "ground", "matter", "received_on", "approved_on",
        "assigned_on", "closed_on", "archived_on", "is_terminated", "handler", "firm", "person_id", "handler_kind", "grade",
        "entered_number", "entered_on",
    )),
    *(getattr(LegalCase, name) for name in ("procedure", "groups", "born_on", "recipients", "continues", "agent_zone")),
).join(LegalCase, LegalCase.id == Kept.case_id)  # fmt: skip


def _standing(row: Any) -> CaseStanding:
    """The standing as far as a kept row tells it: no events but what counts need."""
    kind, form, stage, procedure, ground = _words(row.kind, row.form, row.stage, row.procedure, row.ground)
    facts = CaseFacts(
        received_on=row.received_on,
        kind=kind,
        form=form,
        stage=stage,
        procedure=procedure,
        ground=ground,
        matter=row.matter,
        groups=tuple(row.groups),
        born_on=row.born_on,
        recipients=row.recipients,
        continues=row.continues,
        origin=row.agent_zone,
        is_agent=bool(row.agent_zone),
    )
    return CaseStanding(
        case=row.case_id,
        site=row.site,
        facts=facts,
        state=CaseState(row.state),
        number=row.number,
        approved_on=row.approved_on,
        assigned_on=row.assigned_on,
        closed_on=row.closed_on,
        archived_on=row.archived_on,
        is_terminated=row.is_terminated,
        handlers=tuple(_handlers(row)),
        grade=known(Grade, row.grade),
        entered_number=row.entered_number,
        entered_on=row.entered_on,
    )


def _handlers(row: Any) -> Iterator[CaseHandler]:
    if row.handler:
        kind = known(HandlerKind, row.handler_kind)
        yield CaseHandler(name=row.handler, firm=row.firm, kind=kind, person=row.person_id)


@lru_cache(maxsize=1024)
def _words(
    kind: str, form: str, stage: str, procedure: str, ground: str
) -> tuple[CaseKind, CaseForm | None, CaseStage | None, Procedure | None, CaseGround | None]:
    """The same few words stand in every case."""
    return (
        CaseKind(kind),
        known(CaseForm, form),
        known(CaseStage, stage),
        known(Procedure, procedure),
        known(CaseGround, ground),
    )

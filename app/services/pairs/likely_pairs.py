"""Finds the pairs of a month: what two sites hold of the same duty, citizen or case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from app.desk_values import PairKind
from app.kernel.work import Look
from app.models.case_standings import CaseStandingRow
from app.models.cases import LegalCase
from app.models.service_desk import Consultation
from app.rules.duty.two_sites import (
    Application,
    CitizenVisit,
    Stay,
    facts_digest,
    is_same_case,
    is_same_visit,
    two_places,
)
from app.services.reading.attendance import attendance_rows
from app.services.reading.duties import duties_in_force
from app.services.reading.voids import not_voided
from app.values import Month

CASES_APART = timedelta(days=366)
"""Cases of one applicant that lie further apart are two."""


@dataclass(frozen=True)
class LikelyPair:
    """Two records that look like one, the earlier first. why: in a few words. facts: digest of what both say."""

    kind: PairKind
    first_id: str
    second_id: str
    why: str
    facts: str

    @property
    def pair(self) -> str:
        """What decisions about it are found by."""
        return pair_key(self.first_id, self.second_id)


def pair_key(first_id: str, second_id: str) -> str:
    """The same whichever way round."""
    return ":".join(sorted((first_id, second_id)))


def likely_pairs(look: Look, month: Month) -> tuple[LikelyPair, ...]:
    """The pairs of which one record is of the month (a consultation: both), by kind."""
    return (*_duties(look, month), *_consultations(look, month), *_cases(look, month))


def _duties(look: Look, month: Month) -> Iterator[LikelyPair]:
    duties = duties_in_force(look, month)
    stays = (Stay(duty.id, duty.site, duty.person_id, *span) for duty in duties for span in duty.spans)
    planned = list(two_places(stays))
    seen: set[str] = set()
    for one, other in planned:
        found = _likely(PairKind.duty, one, other, "同一人的班次在两个站点重叠")
        if found.pair not in seen:
            seen.add(found.pair)
            yield found
    known = {(one.person_id, one.starts_at.date()) for one, _ in planned}
    rows = attendance_rows(look, month.first_day, month.last_day)
    served = (
        Stay(row.in_id, row.site, row.person_id, row.in_at, row.out_at)
        for row in rows
        if row.in_id and row.in_at and row.out_at
    )
    for one, other in two_places(served):
        if (one.person_id, one.starts_at.date()) not in known:
            yield _likely(PairKind.punch, one, other, "同一人同时在两个站点签到")


def _likely(kind: PairKind, one: Any, other: Any, why: str) -> LikelyPair:
    return LikelyPair(kind, one.id, other.id, why, facts_digest(one.facts, other.facts))


def _consultations(look: Look, month: Month) -> Iterator[LikelyPair]:
    one, other = aliased(Consultation), aliased(Consultation)
    span = (month.first_day, month.last_day)
    by_paper = and_(other.id_number == one.id_number, one.id_number != "")
    by_phone = and_(other.phone == one.phone, one.phone != "", other.client_name == one.client_name)
    found: dict[str, tuple[Any, Any]] = {}
    for same in (by_paper, by_phone):
        query = (
            select(one.id, one.site, one.on, one.topics, other.id, other.site, other.on, other.topics)
            .select_from(one)
            .join(other, same)
            .where(one.on.between(*span), other.on.between(*span), one.site < other.site)
            .where(not_voided(one), not_voided(other))
        )
        for row in look.session.execute(query):
            visits = (_visit(*row[:4]), _visit(*row[4:]))
            first, second = sorted(visits, key=lambda visit: (visit.on, visit.id))
            if is_same_visit(first, second):
                found[pair_key(first.id, second.id)] = (first, second)
    for first, second in found.values():
        why = "同一人同一天在两个站点咨询" if first.on == second.on else "同一人就同一事项在两个站点咨询"
        yield _likely(PairKind.consultation, first, second, why)


def _visit(row_id: str, site: str, on: date, topics: list[str]) -> CitizenVisit:
    return CitizenVisit(row_id, site, on, tuple(topics))


def _cases(look: Look, month: Month) -> Iterator[LikelyPair]:
    one, other, kept, known = (
        aliased(LegalCase),
        aliased(LegalCase),
        aliased(CaseStandingRow),
        aliased(CaseStandingRow),
    )
    wanted = (
        select(*_said(one, kept), *_said(other, known))
        .select_from(one)
        .join(kept, kept.case_id == one.id)
        .where(one.received_on.between(month.first_day, month.last_day))
    )
    by_paper = and_(other.id_number == one.id_number, one.id_number != "", other.id != one.id)
    by_number = and_(known.number == kept.number, kept.number != "", known.case_id != kept.case_id)
    queries = (
        wanted.join(other, by_paper).join(known, known.case_id == other.id),
        wanted.join(known, by_number).join(other, other.id == known.case_id),
    )
    found = {}
    for query in queries:
        for row in look.session.execute(query):
            cases = (Application(*row[:6]), Application(*row[6:]))
            first, second = sorted(cases, key=lambda case: (case.on, case.id))
            if is_same_case(first, second) and second.on - first.on <= CASES_APART:
                found[pair_key(first.id, second.id)] = (first, second)
    for first, second in found.values():
        is_number = first.number and first.number == second.number
        why = "两个站点的案件用了同一个案号" if is_number else "同一申请人就同一事由在两个站点申请"
        yield _likely(PairKind.case, first, second, why)


def _said(case: Any, kept: Any) -> Iterable[Any]:
    return (case.id, kept.site, case.received_on, kept.kind, kept.matter, kept.number)

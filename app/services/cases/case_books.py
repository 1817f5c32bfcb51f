"""Gathers what the settlement of a quarter of cases is computed from (Y19)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from app.case_values import CaseEventKind
from app.desk_values import PairKind
from app.kernel.packs import load_pack
from app.kernel.work import Look
from app.models.case_standings import CaseStandingRow
from app.models.cases import CaseEventRow
from app.models.funds import CaseSettlement, StoredCaseLine
from app.quarters import Quarter
from app.rules.cases.counting import counting_rules, unmet
from app.rules.cases.event_facts import number_said, text_said
from app.rules.cases.facts import CaseStanding, Unmet
from app.rules.funds.case_lines import CaseForPay, Extras
from app.rules.funds.quarter import CaseBooks
from app.rules.policy.case_money import case_pay_rules
from app.rules.policy.pack import Pack
from app.services.reading.case_lines import quarter_book
from app.services.reading.cases import standings_of
from app.services.reading.funds import standard_rows
from app.services.reading.merged import counts_once


def case_books(look: Look, quarter: Quarter) -> CaseBooks:
    """Everything that decides the quarter's list: cases archived by its end without a base line, and those whose
    final line later facts may have changed."""
    packs = worked_under(look)
    concerned = _concerned(look, quarter)
    cases = [case_for_pay(look, one, packs) for one in standings_of(look, concerned).values()]
    since = min((one.closed_on.year for one in cases if one.closed_on), default=None)
    return CaseBooks(
        cases=cases,
        own=case_pay_rules(look.pack),
        packs=[case_pay_rules(pack) for pack in packs if pack.key != look.pack.key],
        rows=standard_rows(look),
        targets=case_targets(look, packs),
        final=quarter_book(look, quarter, concerned, since),
    )


def case_for_pay(look: Look, standing: CaseStanding, packs: Iterable[Pack]) -> CaseForPay:
    """A case with the conditions of counting that it does not meet, and what its file asks beside the subsidy."""
    return CaseForPay(standing, unmet_of(look, standing, packs), _extras(standing))


def unmet_of(look: Look, standing: CaseStanding, packs: Iterable[Pack]) -> tuple[Unmet, ...]:
    """Why a case does not count, by the document that holds on its 结案日, else by the office's own."""
    pack = _pack_on(look, standing.closed_on or standing.terminated_on, packs)
    rules = look.once(("counting rules", pack.key), lambda: counting_rules(pack))
    return unmet(standing, rules) if rules else ()


def worked_under(look: Look) -> tuple[Pack, ...]:
    """The office's document and those that its earlier lists were settled by."""
    keys = set(look.session.scalars(select(CaseSettlement.pack).distinct()))
    return (look.pack, *(load_pack(key) for key in sorted(keys - {look.pack.key})))


def case_targets(look: Look, packs: Iterable[Pack]) -> dict[int, int]:
    """Year → cases to do, as the documents give them to this office (Y02 Q01 A01)."""
    found: dict[int, int] = {}
    for pack in packs:
        for table in pack.tables:
            if table.kind != "cases":
                continue
            own = [part.amount for part in table.parts if part.site == look.office.code]
            if own:
                found[table.year] = own[0]
            elif look.office.code == pack.root:
                found[table.year] = table.total
    return found


def _pack_on(look: Look, day: date | None, packs: Iterable[Pack]) -> Pack:
    holding = [one for one in packs if day and one.valid_from <= day <= one.valid_to]
    return look.pack if look.pack in holding or not holding else holding[0]


def _concerned(look: Look, quarter: Quarter) -> list[str]:
    lines = StoredCaseLine
    has_base = exists().where(lines.case_id == CaseStandingRow.case_id, lines.is_base.is_(True))
    archived = CaseStandingRow.archived_on <= quarter.period.end
    listed = look.session.scalars(
        select(CaseStandingRow.case_id).where(
            archived, ~has_base, ~_is_held_twice(), counts_once(CaseStandingRow.case_id, PairKind.case)
        )
    )
    changed_since = exists().where(
        CaseSettlement.id == lines.settlement_id,
        CaseEventRow.case_id == lines.case_id,
        CaseEventRow.entered_at > CaseSettlement.final_at,
    )
    changed = look.session.scalars(select(lines.case_id).where(lines.is_base.is_(True), changed_since))
    return [*listed, *changed]


def _is_held_twice() -> ColumnElement[bool]:
    """Another row holds the same 案号 and was entered before, or has the case's base already: a case is paid once,
    whoever wrote it down again (the check names it)."""
    other = aliased(CaseStandingRow)
    lines = aliased(StoredCaseLine)
    has_base = exists().where(lines.case_id == other.case_id, lines.is_base.is_(True))
    same = and_(other.number == CaseStandingRow.number, other.number != "")
    is_first = or_(other.case_id < CaseStandingRow.case_id, has_base)
    return exists().where(same, other.case_id != CaseStandingRow.case_id, is_first)


def _extras(standing: CaseStanding) -> Extras:
    files = [one for one in standing.events if one.kind is CaseEventKind.archived]
    if not files:
        return Extras()
    said = files[-1].facts
    return Extras(
        number_said(said, "travel_fen") or 0,
        number_said(said, "translation_fen") or 0,
        number_said(said, "cut_fen") or 0,
        text_said(said, "cut_reason"),
    )

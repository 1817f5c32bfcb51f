"""Holds this register against the provincial system's export: entered, different, not entered (Y07 Y12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from app.case_values import CaseState
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_name
from app.models.case_quality import ProvincialRow
from app.models.case_standings import CaseStandingRow
from app.models.cases import LegalCase
from app.text import clean


class EntryState(StrEnum):
    """How a case stands with the provincial system."""

    missing = "未录入"
    different = "不一致"
    entered = "已录入"
    unknown = "本机没有"


@dataclass(frozen=True)
class ProvinceCheck:
    """Every case with an 案号 against what was imported last. state "": all, else one of EntryState."""

    state: str = ""


@dataclass(frozen=True, kw_only=True)
class ProvinceLine:
    """One case. entered_number, entered_on: as the province has them; own_*: as this register has them."""

    case: str
    number: str
    applicant: str
    state: EntryState
    entered_number: str
    entered_on: date | None
    own_number: str
    own_entered_on: date | None
    differences: tuple[str, ...]


_NO_CASE = (CaseState.lapsed, CaseState.withdrawn, CaseState.refused, CaseState.merged, CaseState.transferred)


@answers(ProvinceCheck, permission=Permission.LOOK)
def province_check(look: Look, query: ProvinceCheck) -> tuple[ProvinceLine, ...]:
    """The lines, what waits for somebody first."""
    found = [one for one in _lines(look) if not query.state or one.state == query.state]
    return tuple(sorted(found, key=lambda one: (_ORDER[one.state], one.number, one.entered_number)))


_ORDER = {
    EntryState.different: 0, EntryState.missing: 1, EntryState.unknown: 2, EntryState.entered: 3,
}  # fmt: skip


def _lines(look: Look) -> Iterator[ProvinceLine]:
    rows = list(look.session.scalars(select(ProvincialRow)))
    by_number = {row.number: row for row in rows if row.number}
    by_entered = {row.entered_number: row for row in rows}
    taken = set[str]()
    query = (
        select(CaseStandingRow, LegalCase)
        .join(LegalCase, LegalCase.id == CaseStandingRow.case_id)
        .where(CaseStandingRow.number != "", CaseStandingRow.state.not_in([one.value for one in _NO_CASE]))
    )
    for kept, case in look.session.execute(query):
        row = by_number.get(kept.number) or by_entered.get(kept.entered_number)
        if row is not None:
            taken.add(row.id)
        yield _line(kept, case, row)
    for row in rows:
        if row.id not in taken:
            yield _unknown(row)


def _line(kept: CaseStandingRow, case: LegalCase, row: ProvincialRow | None) -> ProvinceLine:
    told = tuple(_differences(kept, case, row)) if row else ()
    state = EntryState.missing if row is None else EntryState.different if told else EntryState.entered
    return ProvinceLine(
        case=case.id,
        number=kept.number,
        applicant=mask_name(case.applicant or ""),
        state=state,
        entered_number=row.entered_number if row else "",
        entered_on=row.entered_on if row else None,
        own_number=kept.entered_number,
        own_entered_on=kept.entered_on,
        differences=told or (("本机登记为已录入",) if row is None and kept.entered_number else ()),
    )


def _differences(kept: CaseStandingRow, case: LegalCase, row: ProvincialRow) -> Iterator[str]:
    if row.number and row.number != kept.number:
        yield f"案号：省系统是 {row.number}"
    if row.entered_number != kept.entered_number:
        yield f"省系统编号：本机{'是 ' + kept.entered_number if kept.entered_number else '没有登记'}"
    if row.entered_on and row.entered_on != kept.entered_on:
        yield f"录入日期：本机{f'是 {kept.entered_on}' if kept.entered_on else '没有登记'}"
    if row.recipient and clean(row.recipient) != clean(case.applicant or ""):
        yield "受援人姓名不同"


def _unknown(row: ProvincialRow) -> ProvinceLine:
    return ProvinceLine(
        case="",
        number=row.number,
        applicant=mask_name(row.recipient or ""),
        state=EntryState.unknown,
        entered_number=row.entered_number,
        entered_on=row.entered_on,
        own_number="",
        own_entered_on=None,
        differences=("省系统有这一案，本机没有登记",),
    )

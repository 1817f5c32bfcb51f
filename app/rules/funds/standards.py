"""Finds the standard of a case in the county's dated table, under the programme's floor (Y19 G12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.case_values import CaseForm, CaseKind, CaseStage
from app.errors import Refused
from app.rules.cases.facts import CaseFacts
from app.rules.pay.wording import yuan
from app.rules.policy.case_money import CasePayRules

TRIAL = (CaseStage.first, CaseStage.second, CaseStage.retrial)
"""The stages before a court (四（二）2（3）: 仅限于审判阶段)."""


@dataclass(frozen=True)
class StandardRow:
    """One row of the county's table, 分; stage None: whatever stage has no row of its own."""

    valid_from: date
    kind: CaseKind
    stage: CaseStage | None
    fen: int


@dataclass(frozen=True)
class StandardBasis:
    """What of a case its standard hangs on."""

    kind: CaseKind
    form: CaseForm | None
    stage: CaseStage | None
    closed_on: date | None

    @property
    def has_floor(self) -> bool:
        """Civil litigation and criminal cases at trial (五（二）2)."""
        is_civil = self.kind is CaseKind.civil and self.form is CaseForm.litigation
        return is_civil or (self.kind is CaseKind.criminal and self.stage in TRIAL)

    @property
    def words(self) -> str:
        """`刑事（侦查）`."""
        return f"{self.kind}（{self.stage}）" if self.stage else str(self.kind)


@dataclass(frozen=True)
class Standard:
    """The standard of a case, 分, with the sentence that says where it comes from and its clause ("" for the table)."""

    fen: int
    text: str
    clause: str = ""


def basis_of(facts: CaseFacts, closed_on: date | None) -> StandardBasis:
    """What the case's standard hangs on; closed_on is 结案日, of a terminated case the unit's receipt."""
    return StandardBasis(facts.kind, facts.form, facts.stage, closed_on)


def refuse_doubled_standards(rows: Iterable[StandardRow]) -> None:
    """Raises Refused E890 for a kind and stage that has two standards from one day on."""
    seen = set()
    for row in rows:
        key = (row.valid_from, row.kind, row.stage)
        if key in seen:
            raise Refused(
                "E890",
                f"办案补贴标准 {row.valid_from} 起的“{row.kind}{row.stage or ''}”有两行，同一天同一种案件只能有一个标准，请删去一行",
                field="valid_from",
            )
        seen.add(key)


def standard_of(basis: StandardBasis, rows: Iterable[StandardRow], rules: CasePayRules) -> Standard | None:
    """The standard that holds on 结案日; None: 未定标准.

    The exact stage goes before a row without stage, then the newest valid one. The programme's base is the floor of
    civil litigation and of criminal cases at trial, also where the table has no row.
    """
    if basis.closed_on is None:
        return None
    found = _table_row(basis, basis.closed_on, rows)
    floor = rules.base_fen if basis.has_floor else None
    if floor is not None and (found is None or found.fen < floor):
        had = f"，当地标准 {yuan(found.fen)} 元低于最低标准" if found else "，当地标准表没有这一类"
        return Standard(floor, f"标准 {yuan(floor)} 元（最低标准{had}）", rules.clause("base"))
    if found is None:
        return None
    stage = f"（{found.stage}）" if found.stage else ""
    return Standard(found.fen, f"标准 {yuan(found.fen)} 元（{found.kind}{stage}，{found.valid_from} 起）")


def _table_row(basis: StandardBasis, on: date, rows: Iterable[StandardRow]) -> StandardRow | None:
    valid = [row for row in rows if row.kind is basis.kind and row.valid_from <= on]
    exact = [row for row in valid if row.stage is basis.stage]
    held = exact or [row for row in valid if row.stage is None]
    return max(held, key=lambda row: (row.valid_from, -row.fen), default=None)

"""Lists the targets that are no consultations — cases, recipients, other matters, ratios — with what is known of them (Q01 G01 A01 J14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.kernel.work import Look
from app.models.organisation import Site
from app.rules.policy.parts import CONSULTATIONS, TARGET_KINDS, Target, TargetTable

NO_FACTS = "尚无数据"
"""What stands where a target's facts are not in the program yet: never a made-up number, and no nought."""
_SATISFACTION = "targets.satisfaction"


@dataclass(frozen=True, kw_only=True)
class OtherTarget:
    """One unit's target of a year; done None: its facts come with other work, NO_FACTS is shown.

    title: 特殊群体法律援助案件. kind: 案件. unit: 件. is_total: of the whole document's units.
    """

    code: str
    name: str
    title: str
    kind: str
    unit: str
    amount: int
    clause: str
    done: int | None = None
    is_total: bool = False

    @property
    def done_words(self) -> str:
        """What has been reached, in words."""
        return NO_FACTS if self.done is None else str(self.done)


def other_targets(look: Look, until: date) -> tuple[OtherTarget, ...]:
    """Those of the year of a date that concern this office: its own and its units' below, in the document's order."""
    year = look.pack.year.year_of(until)
    tables = (one for one in look.pack.tables if one.kind != CONSULTATIONS and one.year == year)
    codes = _codes(look)
    found = [target for table in tables for target in _of_table(look, table, codes)]
    return (*found, *_of_figures(look, year))


def _codes(look: Look) -> set[str]:
    """The office itself and, for a bureau, what lies below it."""
    if not look.office.is_bureau:
        return {look.office.code}
    rows = look.session.scalars(select(Site.id).where(Site.is_active, Site.parent == look.office.code))
    return {look.office.code, *rows}


def _of_table(look: Look, table: TargetTable, codes: Iterable[str]) -> Iterator[OtherTarget]:
    own = [part for part in table.parts if part.site in codes]
    if len(own) == len(table.parts) > 1:
        yield _target(
            table, Target(look.office.code, table.year, table.kind, table.total, table.clause, name="合计")
        )
    for part in own:
        yield _target(table, part)


def _target(table: TargetTable, part: Target) -> OtherTarget:
    return OtherTarget(
        code=part.site,
        name=part.name,
        title=table.title,
        kind=TARGET_KINDS[table.kind],
        unit=table.unit,
        amount=part.amount,
        clause=table.clause,
        is_total=part.name == "合计",
    )


def _of_figures(look: Look, year: int) -> Iterator[OtherTarget]:
    """Targets that the document states as a ratio for its whole area, such as recipients per 10 000 residents."""
    pack = look.pack
    if look.office.code != pack.root or not pack.valid_from.year <= year <= pack.valid_to.year:
        return
    for figure in pack.figures.values():
        if figure.section == "targets" and figure.name != _SATISFACTION and isinstance(figure.value, int):
            yield OtherTarget(
                code=look.office.code,
                name=look.office.name,
                title=figure.title,
                kind=figure.title,
                unit=figure.unit,
                amount=figure.value,
                clause=figure.clause,
            )

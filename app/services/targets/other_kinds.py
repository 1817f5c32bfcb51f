"""Lists the targets that are no consultations — cases, recipients, other matters, ratios — with what is known of them (Q01 G01 A01 J14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.models.organisation import Site
from app.rules.policy.parts import CASES, CONSULTATIONS, RECIPIENTS, TARGET_KINDS, Target, TargetTable
from app.services.reading.names import site_names
from app.services.reading.target_parts import split_in_force
from app.services.targets.unit_counts import UnitCounts
from app.values import Period

NO_FACTS = "尚无数据"
"""What stands where nothing is known to reckon a target from: never a made-up number, and no nought."""
_SATISFACTION = "targets.satisfaction"
PER_RESIDENTS = "targets.recipients_per_10000"


@dataclass(frozen=True, kw_only=True)
class OtherTarget:
    """One unit's target of a year; done None: nothing to reckon it from yet, NO_FACTS is shown.

    title: 特殊群体法律援助案件. kind: 案件. unit: 件. in_period, done: in the period asked for, and in the year up to its
    end. is_total: of the whole document's units. words: what has been reached where it is no whole number.
    """

    code: str
    name: str
    title: str
    kind: str
    unit: str
    amount: int
    clause: str
    in_period: int | None = None
    done: int | None = None
    is_total: bool = False
    words: str = ""

    @property
    def done_words(self) -> str:
        """What has been reached, in words."""
        return self.words or (NO_FACTS if self.done is None else str(self.done))

    @property
    def share(self) -> float | None:
        """Share of the target reached, a ratio."""
        return None if self.done is None else self.done / self.amount


def other_targets(look: Look, period: Period, until: date) -> tuple[OtherTarget, ...]:
    """Those of the year of a date that concern this office: its own and its units' below, in the document's order."""
    year = look.pack.year.year_of(until)
    tables = [one for one in look.pack.tables if one.kind != CONSULTATIONS and one.year == year]
    done = UnitCounts(look, period, until) if tables else None
    codes = _codes(look)
    found = [target for table in tables if done for target in _of_table(look, table, codes, done)]
    split = _of_split(look, year, codes, done or UnitCounts(look, period, until), {one.code for one in found})
    return (*found, *split, *_of_figures(look, year, until))


def _of_split(
    look: Look, year: int, codes: Iterable[str], counts: UnitCounts, listed: Iterable[str]
) -> Iterator[OtherTarget]:
    """Cases as the bureau split them, for the units to which the document itself gives none (Y26)."""
    bureaus = [one for one in (look.office.code, look.office.parent) if one]
    made = [split_in_force(look, one, year, CASES) for one in bureaus]
    split = next((one for one in made if one is not None), None)
    table = next((one for one in look.pack.tables if one.kind == CASES), None)
    if split is None or table is None:
        return
    names = site_names(look)
    for unit in sorted(split.parts):
        amount = sum(split.parts[unit])
        if unit in codes and unit not in listed and amount:
            words = f"任务分解第 {split.version} 版"
            part = Target(unit, year, CASES, amount, words, name=names.get(unit, unit))
            yield _target(table, part, counts.of(unit, CASES))


def _codes(look: Look) -> set[str]:
    """The office itself and, for a bureau, what lies below it."""
    if not look.office.is_bureau:
        return {look.office.code}
    rows = look.session.scalars(select(Site.id).where(Site.is_active, Site.parent == look.office.code))
    return {look.office.code, *rows}


def _of_table(
    look: Look, table: TargetTable, codes: Iterable[str], counts: UnitCounts
) -> Iterator[OtherTarget]:
    own = [part for part in table.parts if part.site in codes]
    is_whole = len(own) == len(table.parts)
    if is_whole and len(own) > 1:
        total = Target(look.office.code, table.year, table.kind, table.total, table.clause, name="合计")
        yield _target(table, total, counts.of_all(table.kind))
    for part in own:
        is_all = len(table.parts) == 1 and part.site == look.office.code
        yield _target(table, part, counts.of_all(table.kind) if is_all else counts.of(part.site, table.kind))


def _target(table: TargetTable, part: Target, done: tuple[int, int]) -> OtherTarget:
    return OtherTarget(
        code=part.site,
        name=part.name,
        title=table.title,
        kind=TARGET_KINDS[table.kind],
        unit=table.unit,
        amount=part.amount,
        clause=part.clause,
        in_period=done[0],
        done=done[1],
        is_total=part.name == "合计",
    )


def _of_figures(look: Look, year: int, until: date) -> Iterator[OtherTarget]:
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
                words=_per_residents(look, until) if figure.name == PER_RESIDENTS else "",
            )


def _per_residents(look: Look, until: date) -> str:
    """Recipients of the year per 10 000 residents, cut to one place; "" while nobody entered how many there are."""
    residents = int(setting_value(look, "residents"))
    if not residents:
        return ""
    tenths = (
        UnitCounts(look, look.pack.year.year_around(until), until).of_all(RECIPIENTS)[1]
        * 100_000
        // residents
    )
    return f"{tenths // 10}.{tenths % 10}"

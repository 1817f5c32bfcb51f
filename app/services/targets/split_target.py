"""Splits the bureau's target over its units and months, and sends it down with the next bundle (Y26)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.errors import Problem, Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.organisation import Site
from app.models.targets import TargetSplit
from app.rules.policy.parts import CASES, CONSULTATIONS, TARGET_KINDS
from app.rules.policy.split import MONTHS, by_months, parts_by_month, shared_out
from app.services.reading.sites import DUTY_SITES
from app.services.reading.target_parts import split_in_force, unit_target
from app.text import clean
from app.values import number_text

SPLIT_KINDS = (CONSULTATIONS, CASES)
"""What is counted unit by unit."""
_KNOWN = "、".join(f"{one}（{TARGET_KINDS[one]}）" for one in SPLIT_KINDS)
UnitParts = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class SplitDesk:
    """The year and the kind of target (咨询 …, as TARGET_KINDS names it by key)."""

    year: int
    kind: str


@dataclass(frozen=True)
class UnitShare:
    """A unit with its months as they are, or as proposed where nothing was split yet."""

    code: str
    name: str
    months: tuple[int, ...]

    @property
    def total(self) -> int:
        """Its year."""
        return sum(self.months)

    def even(self, amount: int) -> tuple[int, ...]:
        """Another year for it in even months."""
        return by_months(amount)


@dataclass(frozen=True, kw_only=True)
class SplitDeskView:
    """total: the bureau's own target, None where neither the document nor the bureau above sets one.

    version: of the split in force, 0 for none: the shares are then a proposal.
    """

    year: int
    kind: str
    title: str
    total: int | None
    version: int
    reason: str
    shares: tuple[UnitShare, ...]


@dataclass(frozen=True)
class SplitTarget:
    """unit → its twelve months; a unit that is not named gets nothing."""

    year: int
    kind: str
    parts: UnitParts
    reason: str

    def problems(self) -> Iterable[Problem]:
        """A known kind, twelve whole months each, a reason."""
        if self.kind not in SPLIT_KINDS:
            yield Problem("kind", f"“{self.kind}”不是可以分解的任务，可选：{_KNOWN}。", "E494")
        if any(len(months) != MONTHS or min(months) < 0 for _, months in self.parts):
            yield Problem("parts", "每个单位要有十二个月的数，都不小于 0。", "E493")
        if not clean(self.reason):
            yield Problem("reason", "请写明分解的依据（文件、会议）。", "E493")


@answers(SplitDesk, permission=Permission.LOOK)
def split_desk(look: Look, query: SplitDesk) -> SplitDeskView:
    """The split in force, or a proposal by what each unit's share was in the document, else equal. Raises Refused E494."""
    if query.kind not in SPLIT_KINDS:
        raise Refused("E494", f"“{query.kind}”不是可以分解的任务，可选：{_KNOWN}。", field="kind")
    units = _units(look)
    split = split_in_force(look, look.office.code, query.year, query.kind)
    total = unit_target(look, look.office.code, query.year, query.kind)
    parts = dict(split.parts) if split else _proposed(look, query, [unit.id for unit in units], total)
    return SplitDeskView(
        year=query.year,
        kind=query.kind,
        title=TARGET_KINDS[query.kind],
        total=total,
        version=split.version if split else 0,
        reason=split.reason if split else "",
        shares=tuple(
            UnitShare(unit.id, unit.short_name or unit.name, parts.get(unit.id, (0,) * MONTHS))
            for unit in units
        ),
    )


@handles(SplitTarget, title="分解任务", permission=Permission.REVIEW_MONTH)
def split_target(work: Work, command: SplitTarget) -> int:
    """The version made, or the one in force where nothing changed.

    Raises Refused E489 at a station, E491 for a unit that is not below this bureau, E492 where the parts do not sum to
    the bureau's own target.
    """
    if not work.office.is_bureau:
        raise Refused("E489", "任务由司法局分解下达，本站不能操作。")
    parts = {unit: tuple(months) for unit, months in command.parts}
    units = {unit.id for unit in _units(work)}
    if strange := sorted(set(parts) - units):
        raise Refused("E491", f"“{strange[0]}”不是本局下面在用的单位，不能给它分任务。", field="parts")
    whole, given = (
        unit_target(work, work.office.code, command.year, command.kind),
        sum(map(sum, parts.values())),
    )
    if whole is not None and whole != given:
        raise Refused(
            "E492",
            f"各单位合计 {number_text(given)}，与本局任务 {number_text(whole)} 不符，相差 {number_text(given - whole)}。",
            field="parts",
        )
    held = split_in_force(work, work.office.code, command.year, command.kind)
    if held is not None and (dict(held.parts), held.reason) == (parts, clean(command.reason)):
        return held.version
    version = held.version + 1 if held else 1
    work.add(
        TargetSplit(
            year=command.year,
            kind=command.kind,
            version=version,
            total=given,
            parts=parts_by_month(parts),
            reason=clean(command.reason),
            decided_by=work.actor.account,
            decided_at=work.now.at,
        )
    )
    return version


def _units(look: Look) -> list[Site]:
    """The desks of a county, the bureaus of a city, those in use, in order."""
    rows = look.session.scalars(
        select(Site).where(Site.is_active.is_(True), Site.parent == look.office.code).order_by(Site.id)
    ).all()
    bureaus = [row for row in rows if row.kind not in DUTY_SITES]
    return bureaus or list(rows)


def _proposed(
    look: Look, query: SplitDesk, units: list[str], total: int | None
) -> dict[str, tuple[int, ...]]:
    known = [unit_target(look, unit, query.year, query.kind) or 0 for unit in units]
    whole = sum(known) if total is None else total
    amounts = shared_out(whole, known) if units else ()
    return {unit: by_months(amount) for unit, amount in zip(units, amounts, strict=True)}

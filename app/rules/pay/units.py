"""What is paid as one: a person-day at a centre, a session at a station (Y16)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.rules.duty.gather import DutyEvidence
from app.rules.policy.duty_rates import DutyRates, RuleSettings
from app.values import DutyKind, SiteKind

_OUT = (DutyKind.outreach, DutyKind.mobile)


@dataclass(frozen=True)
class Unit:
    """Duties that are paid once together, by start; key is stable while the anchoring duty stands."""

    key: str
    items: tuple[DutyEvidence, ...]

    @property
    def person_id(self) -> str:
        """Whose duties they are."""
        return self.items[0].duty.person_id

    @property
    def on(self) -> date:
        """Their date."""
        return self.items[0].duty.on

    @property
    def site(self) -> str:
        """Their site's code."""
        return self.items[0].duty.site

    @property
    def is_court(self) -> bool:
        """值班律师 duty, whose pay is its user's affair unless the pack sets a rate (A11)."""
        return self.items[0].duty.kind is DutyKind.court

    @property
    def is_outreach_alone(self) -> bool:
        """下乡 or 流动站点 without a desk duty."""
        return all(item.duty.kind in _OUT for item in self.items)

    @property
    def paid_as(self) -> SiteKind:
        """The kind of site whose rules it follows: 下乡 and 流动站点 alone as the station."""
        return SiteKind.station if self.is_outreach_alone else self.items[0].site.kind

    @property
    def rostered(self) -> timedelta:
        """Rostered time of all of them."""
        return sum((item.duty.rostered for item in self.items), timedelta())


def units_of(items: Iterable[DutyEvidence]) -> tuple[Unit, ...]:
    """Group the month's duties into what is paid once, in order of time."""
    days: dict[tuple[str, str, date], list[DutyEvidence]] = defaultdict(list)
    for item in items:
        days[item.duty.person_id, item.duty.site, item.duty.on].append(item)
    return tuple(unit for group in days.values() for unit in _units_of_day(group))


def base_fen(unit: Unit, rates: DutyRates) -> int | None:
    """The unit's base pay, 分; None: not payable from this fund (谁用工谁负责)."""
    if unit.is_court:
        return rates.court_pay_fen
    return rates.outreach_pay_fen if unit.is_outreach_alone else rates.base_fen[unit.items[0].site.kind]


def shortfall(unit: Unit, rates: DutyRates) -> tuple[timedelta, timedelta] | None:
    """(rostered, minimum) where the unit is rostered below the minimum, to the second; court duty has none."""
    if unit.is_court:
        return None
    minimum = timedelta(seconds=rates.minimum_seconds[unit.paid_as])
    return (unit.rostered, minimum) if unit.rostered < minimum else None


def is_special(unit: Unit) -> bool:
    """The bureau confirmed 特殊情况 for one of its duties."""
    return any(item.duty.is_special_confirmed for item in unit.items)


def is_unconfirmed_short(unit: Unit, rates: DutyRates, settings: RuleSettings) -> bool:
    """Too short to be paid before the bureau confirms (setting short_duty = confirm)."""
    return settings.short_duty == "confirm" and shortfall(unit, rates) is not None and not is_special(unit)


def _units_of_day(group: Sequence[DutyEvidence]) -> Iterator[Unit]:
    """One person's duties at one site on one day."""
    court = [item for item in group if item.duty.kind is DutyKind.court]
    yield from (_alone(item) for item in court)
    rest = [item for item in group if item.duty.kind is not DutyKind.court]
    if rest and rest[0].site.kind is not SiteKind.station:
        first = rest[0].duty
        yield Unit(f"{first.person_id}/{first.site}/{first.on}", tuple(rest))
    else:
        yield from _sessions(rest)


def _sessions(rest: Sequence[DutyEvidence]) -> Iterator[Unit]:
    """Every desk duty is a session; a visit of the same day joins the nearest one, else it is its own."""
    desks = [item for item in rest if item.duty.kind not in _OUT]
    visits = [item for item in rest if item.duty.kind is DutyKind.outreach]
    yield from (_alone(item) for item in rest if item.duty.kind is DutyKind.mobile)
    if not desks:
        yield from (_alone(item) for item in visits)
    joined = [(_nearest_desk(desks, visit), visit) for visit in visits] if desks else []
    for desk in desks:
        own = [visit for host, visit in joined if host is desk]
        both = sorted((desk, *own), key=lambda item: (item.duty.start, item.duty.id))
        yield Unit(desk.duty.id, tuple(both))


def _nearest_desk(desks: Iterable[DutyEvidence], visit: DutyEvidence) -> DutyEvidence:
    start = visit.duty.start
    return min(desks, key=lambda desk: (abs(desk.duty.start - start), desk.duty.start, desk.duty.id))


def _alone(item: DutyEvidence) -> Unit:
    return Unit(item.duty.id, (item,))

"""Measures each unit's consultations against the year's target, the days elapsed, and its clients' satisfaction (Y02 Q01)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.clock import local_date
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.figures import SiteFigure
from app.models.organisation import Site
from app.models.service_desk import Consultation
from app.rules.policy.parts import CONSULTATIONS
from app.rules.policy.settings import SettingValue
from app.services.reading.incoming import incomplete_words
from app.services.reading.merged import counted_visit
from app.services.reading.ratings import rating_in_force
from app.services.reading.sites import DUTY_SITES
from app.services.reading.target_parts import month_parts, unit_target
from app.services.targets.other_kinds import OtherTarget, other_targets
from app.services.targets.site_figures import RATINGS
from app.values import Month, Period, Rating


@dataclass(frozen=True)
class TargetsProgress:
    """The units' progress up to the end of a period (2022-05, 2022-Q2, 2022)."""

    period: str


@dataclass(frozen=True)
class Satisfaction:
    """How many rated records were satisfied; rate None while nobody rated.

    averaged: the mean of several units' rates, where the pack averages units instead of records (units_averaged).
    """

    satisfied: int = 0
    counted: int = 0
    averaged: float | None = None

    @property
    def rate(self) -> float | None:
        """A ratio, 0.99 = 99 %."""
        if self.averaged is not None:
            return self.averaged
        return self.satisfied / self.counted if self.counted else None


@dataclass(frozen=True, kw_only=True)
class UnitProgress:
    """A unit's progress: 人次 are records, 件 their topics; target None: the document sets this unit none.

    pace: the share of the target that is due by now, a ratio.
    """

    code: str
    name: str
    target: int | None
    in_period: int
    so_far: int
    topics_so_far: int
    pace: float
    satisfaction: Satisfaction
    is_total: bool = False

    @property
    def done(self) -> float | None:
        """Share of the target reached, a ratio."""
        return self.so_far / self.target if self.target else None

    @property
    def ahead(self) -> float | None:
        """Share reached less share of the year gone by: negative is behind (时序进度差)."""
        return self.done - self.pace if self.done is not None else None


@dataclass(frozen=True)
class TargetProgress:
    """The units in order, their total first where there are several; satisfaction_target in percent.

    others: the targets of other kinds than consultations. incomplete: a sentence while bundles of a unit wait unread.
    """

    period: Period
    until: date
    units: tuple[UnitProgress, ...]
    satisfaction_target: int | None
    clause: str = ""
    others: tuple[OtherTarget, ...] = ()
    incomplete: str = ""

    @property
    def total(self) -> UnitProgress:
        """The office as a whole."""
        return self.units[0]


@dataclass(frozen=True)
class _Place:
    """A unit; office: the bureau below whose figures count for it, "" for one whose records are held here."""

    code: str
    name: str
    sites: tuple[str, ...]
    office: str = ""


@dataclass(frozen=True)
class _Counts:
    in_period: int = 0
    so_far: int = 0
    topics: int = 0
    ratings: tuple[tuple[str, int], ...] = ()

    def __add__(self, other: _Counts) -> _Counts:
        return _Counts(
            self.in_period + other.in_period,
            self.so_far + other.so_far,
            self.topics + other.topics,
            self.ratings + other.ratings,
        )


@answers(TargetsProgress, permission=Permission.LOOK)
def targets_progress(look: Look, query: TargetsProgress) -> TargetProgress:
    """Raises Refused E922 for what is no period."""
    return progress(look, look.pack.year.period(query.period))


def progress(look: Look, period: Period) -> TargetProgress:
    """The office as a whole, then its sites; a period that still goes on is measured up to today."""
    until = max(period.start, min(period.end, local_date(look.now.at)))
    pace = float(look.pack.year.gone_by(until))
    places = _places(look)
    held = _counted(look, [site for place in places for site in place.sites], period, until)
    units = [_unit(look, one, _counts(look, one, held, period, until), pace, until) for one in places]
    if len(units) > 1 or look.office.is_bureau:
        units.insert(0, _whole(look, units, pace, until))
    target = look.pack.target(look.office.code, CONSULTATIONS) or next(iter(look.pack.targets), None)
    return TargetProgress(
        period,
        until,
        tuple(units),
        look.pack.satisfaction_target,
        target.clause if target else "",
        other_targets(look, period, until),
        incomplete_words(look),
    )


def satisfaction_of(look: Look, ratings: Iterable[tuple[str, int]]) -> Satisfaction:
    """Satisfied among the counted, by the settings satisfied_counts and unrated_in_denominator."""
    good = {Rating.satisfied.value, Rating.fairly_satisfied.value}
    if _setting(look, "satisfied_counts", "both") == "satisfied":
        good = {Rating.satisfied.value}
    counts: Counter[str] = Counter()
    for rating, number in ratings:
        counts[rating] += number
    whole = sum(
        number
        for rating, number in counts.items()
        if rating or _setting(look, "unrated_in_denominator", False)
    )
    return Satisfaction(sum(number for rating, number in counts.items() if rating in good), whole)


def _setting(look: Look, name: str, default: SettingValue) -> SettingValue:
    found = look.pack.settings.get(name)
    return found.value if found else default


def _places(look: Look) -> list[_Place]:
    """The units to be measured: the office's own duty sites, its centre first, then the bureaus below with theirs."""
    sites = list(look.session.scalars(select(Site).where(Site.is_active).order_by(Site.id)))
    below = [site for site in sites if site.id == look.office.code or site.parent == look.office.code]
    if look.office.is_bureau:
        below = [site for site in below if site.id != look.office.code]
    below.sort(key=lambda site: (site.id != look.office.own_site, site.kind not in DUTY_SITES, site.id))
    return [_place(site, sites) for site in below]


def _place(site: Site, sites: Iterable[Site]) -> _Place:
    if site.kind in DUTY_SITES:
        return _Place(site.id, site.short_name or site.name, (site.id,))
    own = tuple(one.id for one in sites if one.parent == site.id and one.kind in DUTY_SITES)
    return _Place(site.id, site.name, own, site.id)


def _counts(look: Look, place: _Place, held: Mapping[str, _Counts], period: Period, until: date) -> _Counts:
    """Records held here by site, and for a bureau below the figures that it sent (Y01): its records never come."""
    counts = sum((held[site] for site in place.sites if site in held), _Counts())
    return counts + _told(look, place.office, period, until) if place.office else counts


def _told(look: Look, office: str, period: Period, until: date) -> _Counts:
    first = min(look.pack.year.year_around(until).start, period.start)
    rows = look.session.scalars(
        select(SiteFigure).where(
            SiteFigure.writer == office, SiteFigure.month.between(str(Month.of(first)), str(Month.of(until)))
        )
    ).all()
    begin, whole = str(Month.of(period.start)), sum(row.consultations for row in rows)
    rated = {rating: sum(getattr(row, column) for row in rows) for rating, column in RATINGS.items()}
    return _Counts(
        sum(row.consultations for row in rows if row.month >= begin),
        whole,
        sum(row.topics for row in rows),
        (*rated.items(), ("", whole - sum(rated.values()))),
    )


def _counted(look: Look, sites: Iterable[str], period: Period, until: date) -> dict[str, _Counts]:
    """Site → its records up to the day, for the sites that have any."""
    first, is_in = look.pack.year.year_around(until).start, Consultation.on >= period.start
    rows = look.session.execute(
        select(
            Consultation.site,
            rating_in_force(look).label("word"),
            is_in,
            func.count(),
            func.sum(func.json_array_length(Consultation.topics)),
        )
        .where(
            Consultation.site.in_(list(sites)),
            Consultation.on.between(min(first, period.start), until),
            *counted_visit(),
        )
        .group_by(Consultation.site, "word", is_in)
    )
    found: dict[str, _Counts] = defaultdict(_Counts)
    for site, rating, is_inside, number, topics in rows:
        found[site] += _Counts(number if is_inside else 0, number, topics or 0, ((rating, number),))
    return found


def _unit(look: Look, place: _Place, counts: _Counts, pace: float, until: date) -> UnitProgress:
    return UnitProgress(
        code=place.code,
        name=place.name,
        target=_target(look, place.code, until),
        in_period=counts.in_period,
        so_far=counts.so_far,
        topics_so_far=counts.topics,
        pace=_pace(look, place.code, until, pace),
        satisfaction=satisfaction_of(look, counts.ratings),
    )


def _pace(look: Look, code: str, until: date, by_days: float) -> float:
    """The share of the unit's target that is due: by the months it was split over, else by the year gone by."""
    months = month_parts(look, code, look.pack.year.year_of(until), CONSULTATIONS)
    if not months or not sum(months):
        return by_days
    now = Month.of(until)
    before = sum(months[one.month - 1] for one in look.pack.year.year_around(until).months() if one < now)
    return (before + months[now.month - 1] * until.day / now.last_day.day) / sum(months)


def _target(look: Look, code: str, until: date) -> int | None:
    return unit_target(look, code, look.pack.year.year_of(until), CONSULTATIONS)


def _whole(look: Look, units: list[UnitProgress], pace: float, until: date) -> UnitProgress:
    """The office's own target, else the sum of its units'; satisfaction by records or by units (units_averaged)."""
    parts = [unit.target for unit in units if unit.target]
    target = _target(look, look.office.code, until) or (sum(parts) if parts else None)
    return UnitProgress(
        code=look.office.code,
        name=look.office.name,
        target=target,
        in_period=sum(unit.in_period for unit in units),
        so_far=sum(unit.so_far for unit in units),
        topics_so_far=sum(unit.topics_so_far for unit in units),
        pace=pace,
        satisfaction=_together(look, [unit.satisfaction for unit in units]),
        is_total=True,
    )


def _together(look: Look, units: list[Satisfaction]) -> Satisfaction:
    rates = [unit.rate for unit in units if unit.rate is not None]
    by_units = _setting(look, "units_averaged", "by_consultations") == "by_units" and rates
    return Satisfaction(
        sum(unit.satisfied for unit in units),
        sum(unit.counted for unit in units),
        sum(rates) / len(rates) if by_units else None,
    )

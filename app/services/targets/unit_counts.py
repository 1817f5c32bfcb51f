"""Counts what each unit reached of targets that are no consultations: from the rows held here, else from its figures (Y01 Y02 A01 J14)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import func, select

from app.kernel.work import Look
from app.models.figures import SiteFigure
from app.models.service_desk import Consultation
from app.rules.policy.parts import CASES, OTHER_MATTERS, RECIPIENTS
from app.services.reading.merged import counted_visit
from app.services.targets.site_cases import NO_CASES, site_cases
from app.values import Month, Period

_COLUMNS = {
    CASES: ("cases_counted",),
    RECIPIENTS: ("recipients",),
    OTHER_MATTERS: ("consultations", "drafted"),
}
"""Kind of target → the figures that count towards it: 其他事项 are advice and drafts, 件/人次 (J14)."""
_FIGURES = tuple(name for names in _COLUMNS.values() for name in names)


class UnitCounts:
    """What was reached in a period, and in the year up to its end."""

    def __init__(self, look: Look, period: Period, until: date) -> None:
        self._look, year = look, look.pack.year.year_around(until)
        spans = (_up_to(period, until), _up_to(year, until))
        self._held = [_held(look, span) for span in spans]
        self._told = [_told(look, span) for span in spans]

    def of(self, code: str, kind: str) -> tuple[int, int]:
        """What one unit reached: this office (its centre stands for it), a site of it, or a bureau below by its figures."""
        columns = _COLUMNS[kind]
        is_own = code in (self._look.office.code, self._look.office.own_site)
        nothing: Mapping[str, int] = {}
        found = [
            _sum(held.values() if is_own else (held.get(code, nothing),), columns)
            + _sum((told.get(code, nothing),), columns)
            for held, told in zip(self._held, self._told, strict=True)
        ]
        return found[0], found[1]

    def of_all(self, kind: str) -> tuple[int, int]:
        """What this office and all below it reached."""
        found = [
            _sum((*held.values(), *told.values()), _COLUMNS[kind])
            for held, told in zip(self._held, self._told, strict=True)
        ]
        return found[0], found[1]


def _up_to(period: Period, until: date) -> Period:
    return Period(period.text, period.start, min(period.end, until))


def _sum(units: Iterable[Mapping[str, int]], columns: Iterable[str]) -> int:
    names = tuple(columns)
    return sum(one.get(name, 0) for one in units for name in names)


def _held(look: Look, span: Period) -> dict[str, dict[str, int]]:
    """Site → sums of what is held here."""
    found = site_cases(look, span)
    advice = (
        select(Consultation.site, func.count())
        .where(Consultation.on.between(span.start, span.end), *counted_visit())
        .group_by(Consultation.site)
    )
    for site, number in look.session.execute(advice):
        found.setdefault(site, dict(NO_CASES))["consultations"] = number
    return found


def _told(look: Look, span: Period) -> dict[str, Counter[str]]:
    """Bureau below → the sums of its figures for the months of the span."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    columns = [getattr(SiteFigure, name) for name in _FIGURES]
    months = SiteFigure.month.between(str(Month.of(span.start)), str(Month.of(span.end)))
    query = select(SiteFigure.writer, *columns).where(months, SiteFigure.writer != look.office.code)
    for writer, *numbers in look.session.execute(query):
        found[writer].update(dict(zip(_FIGURES, numbers, strict=True)))
    return found

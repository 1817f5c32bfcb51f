"""Sums each site's month for the city, so that figures go up and no person does (Y01, Y22)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.clock import local_date
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.case_standings import CaseStandingRow
from app.models.duties import Duty
from app.models.figures import SiteFigure
from app.models.service_desk import Consultation
from app.services.attendance.exceptions_list import ExceptionsList, exceptions_list
from app.services.money.compute import MonthLedger, month_ledger
from app.services.money.submissions import site_months
from app.services.reading.incoming import incomplete_offices
from app.services.reading.merged import counted_visit
from app.services.reading.ratings import rating_in_force
from app.services.reading.sites import own_sites
from app.services.targets.county_lists import refresh_county_lists
from app.services.targets.site_cases import NO_CASES, site_cases
from app.values import Month, Period, Rating

RATINGS = {
    Rating.satisfied.value: "satisfied",
    Rating.fairly_satisfied.value: "fairly_satisfied",
    Rating.dissatisfied.value: "dissatisfied",
}


@dataclass(frozen=True)
class RefreshFigures:
    """Bring the figures for the city up to date.

    Those of a month that is settled and told stay as they are, but for its cases, which may still be entered or
    corrected; those told of the years before last year stay whole.
    """


@handles(RefreshFigures, title="汇总上报数字", permission=Permission.EXCHANGE)
def refresh_figures(work: Work, command: RefreshFigures) -> int:
    """How many figures changed; what did not change does not travel again."""
    told = {row.id: row for row in work.session.scalars(select(SiteFigure)) if row.writer == work.office.code}
    today = local_date(work.now.at)
    kept = str(Month(today.year - 1, 1))
    done = {row.month for row in told.values() if row.is_final or row.month < kept}
    changed = 0
    for month in _months(work, today):
        if str(month) not in done:
            with work.unchanged():
                figures = tuple(_figures(work, month))
        elif str(month) >= kept:
            with work.unchanged():
                figures = tuple(_later_cases(work, month, told))
        else:
            continue
        changed += sum(_put(work, told.get(str(figure["id"])), figure) for figure in figures)
    return changed + refresh_county_lists(work)


def _months(look: Look, today: date) -> Iterable[Month]:
    """From the first month that has a duty, a service record or a case up to this one."""
    begun = (Duty.on, Consultation.on, CaseStandingRow.approved_on, CaseStandingRow.closed_on)
    days = [look.session.scalar(select(func.min(on))) for on in begun]
    month, last = Month.of(min((day for day in days if day), default=today)), Month.of(today)
    while month <= last:
        yield month
        month = month.next()


def _put(work: Work, row: SiteFigure | None, figure: Mapping[str, Any]) -> bool:
    if row is None:
        work.add(SiteFigure(**figure))
        return True
    if all(getattr(row, name) == value for name, value in figure.items()):
        return False
    for name, value in figure.items():
        setattr(row, name, value)
    return True


def _later_cases(look: Look, month: Month, told: Mapping[str, SiteFigure]) -> Iterable[dict[str, Any]]:
    """The cases of a month whose duties are settled; a site that had nothing to tell before is told whole."""
    cases, gaps = site_cases(look, Period.parse(str(month))), incomplete_offices(look)
    sites = {row.site for row in told.values() if row.month == str(month)}
    for site in sorted(sites):
        yield {
            "id": f"{site}/{month}",
            "is_incomplete": office_of(site) in gaps,
            **cases.get(site, NO_CASES),
        }
    if set(cases) - sites:
        yield from (one for one in _figures(look, month) if one["site"] not in sites)


def _figures(look: Look, month: Month) -> Iterable[dict[str, Any]]:
    """Of each site that has anything in the month, or had to report it."""
    ledger = month_ledger(look, month)
    sites, gaps = own_sites(look), incomplete_offices(look)
    states = site_months(look, [site.id for site in sites], [month])
    advice, cases = _advice(look, month), site_cases(look, Period.parse(str(month)))
    waiting = Counter(one.site for one in exceptions_list(look, ExceptionsList(month)))
    for site in sites:
        state = states[site.id, month]
        figure = {
            **_of_ledger(ledger, site.id),
            "waiting": waiting[site.id],
            **advice.get(site.id, _NO_ADVICE),
            **cases.get(site.id, NO_CASES),
        }
        if any(figure.values()) or state.number:
            yield {
                "id": f"{site.id}/{month}",
                "site": site.id,
                "name": site.short_name or site.name,
                "month": str(month),
                "state": state.state.value,
                "is_final": ledger.is_final,
                "is_incomplete": office_of(site.id) in gaps,
                **figure,
            }


def office_of(site: str) -> str:
    """Code of the office that keeps a duty site's records: that of a centre or market stands before a dash."""
    return site.partition("-")[0]


def _of_ledger(ledger: MonthLedger, site: str) -> dict[str, int]:
    duties = [duty for duty in ledger.facts.duties if duty.site == site]
    return {
        "duties": len(duties),
        "attendance": sum(one.site == site for one in ledger.facts.attendances),
        "rostered_minutes": sum(int(duty.rostered.total_seconds()) for duty in duties) // 60,
        "pay_fen": sum(line.net_fen for line in ledger.lines if line.site == site),
    }


_NO_ADVICE = {"consultations": 0, "topics": 0, **dict.fromkeys(RATINGS.values(), 0)}


def _advice(look: Look, month: Month) -> dict[str, dict[str, int]]:
    rows = look.session.execute(
        select(
            Consultation.site,
            rating_in_force(look).label("word"),
            func.count(),
            func.sum(func.json_array_length(Consultation.topics)),
        )
        .where(Consultation.on.between(month.first_day, month.last_day), *counted_visit())
        .group_by(Consultation.site, "word")
    )
    found: dict[str, dict[str, int]] = {}
    for site, rating, number, topics in rows:
        sums = found.setdefault(site, dict(_NO_ADVICE))
        sums["consultations"] += number
        sums["topics"] += topics or 0
        if rating in RATINGS:
            sums[RATINGS[rating]] += number
    return found

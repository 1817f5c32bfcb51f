"""Gathers a year of an office as the indicators measure it: cases, advice, money and what the document asks (Y02 A05 G01 J07)."""

from __future__ import annotations

from sqlalchemy import func, select

from app.clock import local_date
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.models.organisation import Person
from app.models.service_desk import Consultation
from app.rules.funds.case_counts import closed_cases
from app.rules.funds.fund_use import Matching, matching
from app.rules.funds.indicator import YearFigures
from app.rules.funds.ledger import CASE_PAY, FundLedger
from app.rules.policy.case_money import fund_rules
from app.rules.policy.parts import OTHER_MATTERS, RECIPIENTS
from app.services.cases.case_books import case_targets, worked_under
from app.services.cases.year_cases import counted_in, year_cases
from app.services.reading.funds import ledgers
from app.services.reading.merged import counted_visit
from app.values import Level, Period

NAMED_LAWYERS = "名优律师团"
"""The 专业特长 by which the pool marks a member (G14)."""


def year_figures(look: Look, period: Period) -> YearFigures:
    """The programme year around the period's end, up to that day, or up to today where it goes on."""
    until = max(period.start, min(period.end, local_date(look.now.at)))
    whole = look.pack.year.year_around(until)
    year = Period(whole.text, whole.start, min(whole.end, period.end))
    number, cases, books = look.pack.year.year_of(until), year_cases(look, year), ledgers(look)
    spent = [one.spent_by_use(year.start, year.end) for one in books]
    return YearFigures(
        pack=look.pack,
        year=year,
        as_of=until,
        cases=cases,
        counted=counted_in(look, cases, year),
        target=case_targets(look, worked_under(look)).get(number),
        recipients_target=_target(look, RECIPIENTS, number),
        other_matters_target=_target(look, OTHER_MATTERS, number),
        other_matters=_other_matters(look, year),
        residents=int(setting_value(look, "residents")) or None,
        named_lawyers=_named_lawyers(look),
        is_city=look.office.level is Level.city,
        arrived_fen=sum(one.arrived_fen(year.start, year.end) for one in books),
        spent_fen=sum(fen for uses in spent for fen, _ in uses.values()),
        subsidies_fen=sum(uses.get(CASE_PAY, (0, 0))[0] for uses in spent),
        matching=_matching(look, books, year, len(closed_cases(cases, year))),
    )


def _target(look: Look, kind: str, year: int) -> int | None:
    found = look.pack.target(look.office.code, kind)
    return found.amount if found is not None and found.year == year else None


def _other_matters(look: Look, year: Period) -> int:
    """咨询 of the year that are held here (J14)."""
    return (
        look.session.scalar(
            select(func.count())
            .select_from(Consultation)
            .where(Consultation.on.between(year.start, year.end), *counted_visit())
        )
        or 0
    )


def _named_lawyers(look: Look) -> frozenset[str]:
    rows = look.session.scalars(select(Person).where(Person.is_active))
    return frozenset(one.id for one in rows if NAMED_LAWYERS in one.specialties)


def _matching(look: Look, books: tuple[FundLedger, ...], year: Period, closed: int) -> Matching | None:
    rules = fund_rules(look.pack)
    is_asked = rules.match_percent is not None or rules.match_fen is not None
    return matching(books, year, closed, rules) if is_asked else None

"""Gives a case its 案号: the next of the year by the office's template, or the one typed if no other case has it (P29)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, or_, select

from app.errors import Refused
from app.kernel.setting_values import setting_value
from app.kernel.work import Look
from app.models.case_standings import CaseStandingRow
from app.models.cases import LegalCase
from app.models.organisation import Site
from app.rules.cases.case_numbers import issue_number, year_warning
from app.settings import SETTINGS

KEY = "case_number_template"


def number_for(look: Look, typed: str, on: date, *, but: str = "") -> str:
    """The typed 案号, else the next one of the day's year; but: the case that asks.

    Raises Refused E354 for one that another case has, E320 for a template that cannot be used.
    """
    if not typed:
        return issue_number(_template(look), on.year, _of_year(look, on.year))
    held = look.session.scalars(_named(typed).where(LegalCase.id != but).limit(1)).first()
    if held is not None:
        raise Refused("E354", f"案号“{typed}”已经是另一件案件的，请核对，或留空由程序编号。", field="number")
    return typed


def _template(look: Look) -> str:
    """The office's template; a station that kept the usual one, which its county counts by, puts its own name before it."""
    template = str(setting_value(look, KEY))
    if look.office.is_bureau or template != SETTINGS[KEY].default:
        return template
    here = look.session.get(Site, look.office.own_site)
    return f"{here.short_name if here else look.office.code}{template}"


def number_warnings(number: str, on: date) -> tuple[str, ...]:
    """That a 案号 is of another year, which is kept and told."""
    said = year_warning(number, on) if number else ""
    return (f"{said}。",) if said else ()


def _named(number: str) -> Select[tuple[str]]:
    kept = select(CaseStandingRow.case_id).where(CaseStandingRow.number == number)
    return select(LegalCase.id).where(or_(LegalCase.number == number, LegalCase.id.in_(kept)))


def _of_year(look: Look, year: int) -> list[str]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    kept = select(CaseStandingRow.number).where(CaseStandingRow.approved_on.between(first, last))
    begun = select(LegalCase.number).where(LegalCase.received_on.between(first, last), LegalCase.number != "")
    return [*look.session.scalars(kept), *look.session.scalars(begun)]

"""Finds people, consultations, cases, sites and reports from a few typed words, for the search that every page has (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_phone
from app.models.case_words import CasePlace
from app.models.organisation import Person, PersonLink, PersonPrivate, Site
from app.models.service_desk import Consultation
from app.pinyin import matches
from app.services.cases.case_list import rows_of_cases
from app.services.cases.find import CASE_PLACE, cases_meant_by
from app.services.consultations.find import PLACE, meant_by
from app.services.consultations.register import register_rows
from app.services.people.pool import is_found
from app.services.reading.sites import DUTY_SITES
from app.services.reading.voids import not_voided
from app.services.reports.report import Report, reports
from app.text import clean, clean_number

PERSON, CONSULTATION, CASE, SITE, REPORT = "人员", "咨询", "案件", "站点", "报表"
MOST = 8
"""Hits of a kind."""


@dataclass(frozen=True)
class FindAnything:
    """words: name or pinyin; the end of a licence; a whole identity number or telephone, or its last four; a register number; what a
    consultation was about; an applicant or a 案号; a site's code."""

    words: str


@dataclass(frozen=True)
class Found:
    """One hit. kind: 人员, 咨询, 案件, 站点 or 报表; key: row id, site code or report key; the hint shows numbers masked only."""

    kind: str
    key: str
    title: str
    hint: str
    is_closed: bool = False
    """a person or site that is not in use any more"""


@answers(FindAnything, permission=Permission.LOOK)
def find_anything(look: Look, query: FindAnything) -> tuple[Found, ...]:
    """People, consultations, cases, sites, reports; of each the newest first and at most eight. Raises Refused E213."""
    typed = clean(query.words)
    if len(typed) < (2 if typed.isascii() and not typed.isdigit() else 1):
        return ()
    return (
        *_people(look, typed),
        *_consultations(look, typed),
        *_cases(look, typed),
        *_sites(look, typed),
        *_reports(look, typed),
    )


def _people(look: Look, typed: str) -> Iterable[Found]:
    linked = set(look.session.scalars(select(PersonLink.id)))
    has_digits = any(sign.isdigit() for sign in typed)
    papers = (
        {row.id: row.id_number or "" for row in look.session.scalars(select(PersonPrivate))}
        if has_digits
        else {}
    )
    rows = look.session.scalars(select(Person).order_by(Person.is_active.desc(), Person.id.desc()))
    found = (
        one
        for one in rows
        if one.id not in linked and one.name and is_found(typed, one, papers.get(one.id, ""))
    )
    return [_person(one) for one, _ in zip(found, range(MOST), strict=False)]


def _person(one: Person) -> Found:
    parts = (one.kind, one.organisation, mask_phone(one.phone or ""), "" if one.is_active else "已停用")
    return Found(PERSON, one.id, one.name or "", _joined(parts), not one.is_active)


def _consultations(look: Look, typed: str) -> Iterable[Found]:
    wanted = meant_by(look, typed, Consultation).where(not_voided(Consultation))
    newest = wanted.order_by(PLACE.desc()).limit(MOST)
    return [
        Found(
            CONSULTATION,
            row.id,
            f"第 {row.number} 号　{row.client}",
            _joined((f"{row.at:%Y-%m-%d %H:%M}", row.site_name, "、".join(row.topics))),
        )
        for row in register_rows(look, list(look.session.scalars(newest)))
    ]


def _cases(look: Look, typed: str) -> Iterable[Found]:
    newest = cases_meant_by(look, typed, CasePlace.case_id).order_by(CASE_PLACE.desc()).limit(MOST)
    return [
        Found(
            CASE,
            row.id,
            f"{row.number or f'申请 {row.application}'}　{row.applicant}{_and_others(row.recipients)}",
            _joined((row.state.value, row.matter, row.site_name, f"{row.received_on}")),
        )
        for row in rows_of_cases(look, list(look.session.scalars(newest)))
    ]


def _and_others(people: int) -> str:
    """` 等 3 人`, so that a case found by another of its recipients is understood."""
    return f" 等 {people} 人" if people > 1 else ""


def _sites(look: Look, typed: str) -> Iterable[Found]:
    rows = look.session.scalars(
        select(Site).where(Site.kind.in_(DUTY_SITES)).order_by(Site.is_active.desc(), Site.id)
    )
    digits = clean_number(typed)
    found = [
        one
        for one in rows
        if one.id.startswith(digits) or matches(typed, one.short_name or one.name) or typed in one.name
    ]
    return [
        Found(
            SITE,
            one.id,
            one.name,
            _joined((one.kind, one.id, "" if one.is_active else "已停办")),
            not one.is_active,
        )
        for one in found[:MOST]
    ]


def _reports(look: Look, typed: str) -> Iterable[Found]:
    if not look.actor.may(Permission.REPORT):
        return []
    found = [one for one in reports().values() if _may_read(look, one) and matches(typed, one.title)]
    return [Found(REPORT, one.key, one.title, f"按{'、'.join(one.periods)}") for one in found[:MOST]]


def _may_read(look: Look, report: Report) -> bool:
    return report.permission is None or look.actor.may(report.permission)


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)

"""What lies in a case's file: attached scans and forms put out, in order, and what the file still lacks."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import select

from app.case_values import CaseEventKind
from app.documents.form_texts import CATALOGUE, form_texts
from app.errors import Refused
from app.kernel.work import Look
from app.models.case_files import CaseFileOrder, CaseFormIssue
from app.models.cases import CasePaper, LegalCase
from app.paths import resources
from app.rules.cases.facts import CaseEvent, CaseStanding, FactValue
from app.rules.cases.file_catalogue import CaseCatalogue, catalogue_for, catalogues_of, missing_papers


@dataclass(frozen=True)
class CasePapers:
    """The rows of a file: scans as they came, and the forms that were put out."""

    scans: tuple[CasePaper, ...]
    issues: tuple[CaseFormIssue, ...]


@cache
def catalogues() -> tuple[CaseCatalogue, ...]:
    """Every catalogue of the file that ships with the program."""
    return catalogues_of(tomllib.loads((resources() / "forms" / CATALOGUE).read_text(encoding="utf-8")))


def catalogue_of(standing: CaseStanding) -> CaseCatalogue:
    """The catalogue of the case's kind and stage."""
    return catalogue_for(catalogues(), standing.facts)


def papers_of(look: Look, case_id: str) -> CasePapers:
    """The rows of a case's file, unordered."""
    scans = look.session.scalars(
        select(CasePaper).where(CasePaper.case_id == case_id).order_by(CasePaper.place, CasePaper.id)
    )
    issues = look.session.scalars(
        select(CaseFormIssue)
        .where(CaseFormIssue.case_id == case_id)
        .order_by(CaseFormIssue.form, CaseFormIssue.issued_at, CaseFormIssue.id)
    )
    return CasePapers(tuple(scans), tuple(issues))


def ordered_papers(look: Look, standing: CaseStanding) -> tuple[CasePaper | CaseFormIssue, ...]:
    """What is bound, in order: as somebody ordered it, else by the catalogue.

    A form whose signed copy was attached is not printed beside it.
    """
    held, catalogue = papers_of(look, standing.case), catalogue_of(standing)
    signed = {catalogue.place_of(row.paper) for row in held.scans}
    names = [row.paper for row in held.scans]
    printed = [
        row
        for row in held.issues
        if row.form in form_texts() and not _is_signed(row, catalogue, signed, names)
    ]
    order = {paper: place for place, paper in enumerate(_order(look, standing.case))}

    def key(row: CasePaper | CaseFormIssue) -> tuple[int, int, int, str]:
        by_hand = order.get(row.id, len(order))
        if isinstance(row, CaseFormIssue):
            return by_hand, catalogue.place_of("", row.form), 0, row.id
        return by_hand, catalogue.place_of(row.paper), row.place, row.id

    return tuple(sorted((*held.scans, *printed), key=key))


def file_lacks(look: Look, row: LegalCase, standing: CaseStanding) -> tuple[str, ...]:
    """The required papers that the file does not hold, by name; a register's old case lacks nothing."""
    if row.is_imported:
        return ()
    held = papers_of(look, row.id)
    names, issued = [one.paper for one in held.scans], {one.form for one in held.issues}
    return missing_papers(catalogue_of(standing), standing, names, issued)


def handing_in_facts(look: Look, row: LegalCase, standing: CaseStanding) -> dict[str, FactValue]:
    """What 交卷 says of the file by itself: whether its catalogue is complete, and what is missing."""
    lacking = file_lacks(look, row, standing)
    return {"is_complete": not lacking, "missing": lacking} if lacking else {"is_complete": True}


def refuse_incomplete_file(look: Look, row: LegalCase, standing: CaseStanding, event: CaseEvent) -> None:
    """Raises Refused E377 where a file is archived that lacks papers and nobody says why it may."""
    if event.kind is not CaseEventKind.archived or event.reason.strip():
        return
    lacking = file_lacks(look, row, standing)
    if lacking:
        raise Refused(
            "E377",
            f"卷内还缺：{'、'.join(lacking)}。请补齐后归档；确需容缺归档的，请写明理由。",
            field="reason",
        )


def file_warnings(look: Look, row: LegalCase, standing: CaseStanding, kind: str) -> tuple[str, ...]:
    """What a file that was just handed in still lacks."""
    if kind != CaseEventKind.handed_in:
        return ()
    lacking = file_lacks(look, row, standing)
    return (
        (f"已经交卷，卷内还缺：{'、'.join(lacking)}。归档以前请补齐，或写明容缺的理由。",) if lacking else ()
    )


def _is_signed(row: CaseFormIssue, catalogue: CaseCatalogue, signed: set[int], names: Sequence[str]) -> bool:
    place = catalogue.place_of("", row.form)
    is_known = place < len(catalogue.papers)
    return (
        place in signed if is_known else any(name.startswith(form_texts()[row.form].title) for name in names)
    )


def _order(look: Look, case_id: str) -> list[str]:
    newest = (
        select(CaseFileOrder)
        .where(CaseFileOrder.case_id == case_id)
        .order_by(CaseFileOrder.ordered_at.desc(), CaseFileOrder.id.desc())
        .limit(1)
    )
    row = look.session.scalars(newest).first()
    return list(row.papers) if row else []

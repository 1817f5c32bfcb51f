"""Lists the forms that fit a case, shows one before it is printed, prints it and writes it to a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.clock import local_date
from app.documents.form_texts import FormText, form_texts
from app.documents.forms.case_form import CaseFormSheet, draw_case_form
from app.documents.paper import Printed
from app.documents.render_file import WrittenFile, check_pdf_target, write_printed
from app.kernel.dispatcher import Task
from app.kernel.handlers import answers, performs
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.case_files import CaseFormIssue
from app.models.cases import LegalCase
from app.rules.cases.facts import CaseEvent, CaseStanding
from app.services.cases.case_form_values import case_source, form_lists, form_values, occasion_of
from app.services.cases.case_papers import catalogue_of, file_lacks, papers_of
from app.services.cases.find import case_desk, case_standing, is_own_case, need_case
from app.services.cases.issue_form import (
    IssueForm,
    form_number,
    is_fitting,
    is_own_hand,
    issue_of,
    need_form,
    refuse_early,
)


@dataclass(frozen=True)
class CaseForms:
    """The case whose forms are asked for."""

    case: str


@dataclass(frozen=True, kw_only=True)
class OfferedForm:
    """A form of the list. is_fitting: it is of use now. number, issued_on: as it was put out for the present step.

    may_issue: this account puts it out at this office. is_missing: the file needs it and does not hold it. step: the place
    of what it is for among the case's events, 0 where it is for none.
    """

    form: int
    title: str
    subject: str
    is_fitting: bool
    number: str = ""
    issued_on: date | None = None
    copies: tuple[str, ...] = ()
    may_issue: bool = False
    is_missing: bool = False
    step: int = 0


@answers(CaseForms, permission=Permission.LOOK)
def case_forms(look: Look, query: CaseForms) -> tuple[OfferedForm, ...]:
    """Every form of the Ministry's list, in its order. Raises Refused E313, E314."""
    row = need_case(look, query.case)
    standing = case_standing(look, row)
    held = {(one.form, one.occasion): one for one in papers_of(look, standing.case).issues}
    missing = frozenset(file_lacks(look, row, standing))
    wanted = {one.form for one in catalogue_of(standing).papers if one.paper in missing}
    is_open, desk = look.actor.may(Permission.REVEAL) and is_own_case(look, row), case_desk(look)
    return tuple(
        replace(
            _offered(held, standing, text),
            may_issue=is_open and is_own_hand(look, text, desk),
            is_missing=text.number in wanted,
        )
        for text in form_texts().values()
    )


def likeliest_first(forms: Iterable[OfferedForm]) -> tuple[OfferedForm, ...]:
    """Those that may be put out now: what the file lacks, then what is for the latest step; what was put out comes last."""
    found = (one for one in forms if one.may_issue and one.is_fitting)
    return tuple(
        sorted(found, key=lambda one: (one.issued_on is not None, not one.is_missing, -one.step, one.form))
    )


@dataclass(frozen=True)
class PreviewForm:
    """A form as it would be printed; it gets no number by being looked at. issue: of the file, as it was put out then."""

    case: str
    form: int
    issue: str = ""


@dataclass(frozen=True)
class PrintedForm:
    """The pages; warning: a sentence when no font had some character (P49)."""

    title: str
    number: str
    pdf: bytes
    warning: str = ""


@answers(PreviewForm, title="预览法律援助文书", permission=Permission.REVEAL)
def preview_form(look: Look, query: PreviewForm) -> PrintedForm:
    """The form, on record. Raises Refused E313, E314, E378, E381."""
    text, row = need_form(query.form), need_case(look, query.case)
    held = next((one for one in papers_of(look, row.id).issues if one.id == query.issue), None)
    return _printed(look, row, need_form(held.form) if held else text, held)


@dataclass(frozen=True)
class PrintForm:
    """A form to print: it gets its number."""

    case: str
    form: int


@performs(PrintForm, title="打印法律援助文书", permission=Permission.REVEAL)
def print_form(task: Task, request: PrintForm) -> PrintedForm:
    """The form, on record. Raises Refused E313 … E315, E378, E379, E381."""
    text = need_form(request.form)
    task.do(IssueForm(request.case, request.form))
    with task.look() as look:
        return _printed(look, need_case(look, request.case), text)


@dataclass(frozen=True)
class ExportForm:
    """A form to write to a .pdf file: it gets its number."""

    case: str
    form: int
    out: Path


@performs(ExportForm, title="导出法律援助文书", permission=Permission.REVEAL)
def export_form(task: Task, request: ExportForm) -> WrittenFile:
    """The file, on record. Raises Refused E313 … E315, E378, E379, E381 and the file's E501 … E508."""
    text = need_form(request.form)
    check_pdf_target(request.out)
    task.do(IssueForm(request.case, request.form))
    with task.look() as look:
        printed, _ = _drawn(look, need_case(look, request.case), text)
    return write_printed(printed, request.out)


def form_sheet(
    look: Look, row: LegalCase, standing: CaseStanding, text: FormText, held: CaseFormIssue | None
) -> CaseFormSheet:
    """What is printed: values, lists, number and day; held: as it was put out, None where it was not yet."""
    source = case_source(look, row, standing, papers_of(look, row.id))
    occasion = _occasion(standing, held) if held else occasion_of(standing, text)
    on = held.issued_on if held else occasion.on if occasion else local_date(look.now.at)
    return CaseFormSheet(
        text=text,
        values=form_values(source, occasion),
        lists=form_lists(source),
        number=held.number if held else form_number(look, text, on.year, 0),
        issuer=source.agency,
        issued_on=on,
    )


def _occasion(standing: CaseStanding, issue: CaseFormIssue) -> CaseEvent | None:
    return next((event for event in standing.all_events if event.id == issue.occasion), None)


def _printed(look: Look, row: LegalCase, text: FormText, issue: CaseFormIssue | None = None) -> PrintedForm:
    printed, number = _drawn(look, row, text, issue)
    return PrintedForm(text.title, number, printed.pdf, printed.warning)


def _drawn(
    look: Look, row: LegalCase, text: FormText, issue: CaseFormIssue | None = None
) -> tuple[Printed, str]:
    """The form and its number, "" before it has one, on record: as it was put out then, else filled from the case as
    it stands. Raises Refused E378."""
    standing = case_standing(look, row)
    if issue is None:
        refuse_early(standing, text)
        issue = issue_of(look, standing, text)
    printed = draw_case_form(form_sheet(look, row, standing, text, issue))
    look.disclose(text.title, subjects=(row.id,))
    return printed, issue.number if issue else ""


def _offered(
    issues: Mapping[tuple[int, str], CaseFormIssue], standing: CaseStanding, text: FormText
) -> OfferedForm:
    occasion = occasion_of(standing, text)
    held = issues.get((text.number, occasion.id if occasion else ""))
    return OfferedForm(
        form=text.number,
        title=text.title,
        subject=text.subject,
        is_fitting=is_fitting(standing, text),
        number=held.number if held else "",
        issued_on=held.issued_on if held else None,
        copies=text.copies,
        step=standing.events.index(occasion) + 1 if occasion else 0,
    )

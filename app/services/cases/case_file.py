"""Shows what is bound into a case's file and writes the whole file as one PDF, and its spine label (P36)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.case_values import CaseEventKind
from app.documents.bound_file import BoundPart, bind_file
from app.documents.form_texts import form_texts
from app.documents.forms.case_contents import CaseContents, FileNotes, draw_case_contents, draw_file_notes
from app.documents.forms.case_cover import CaseCover, draw_case_cover
from app.documents.forms.case_form import draw_case_form
from app.documents.forms.case_spine import CaseSpine, draw_case_spine
from app.documents.paper import missing_note
from app.documents.preview import page_count
from app.documents.render_file import WrittenFile, check_pdf_target, write_printed
from app.documents.scan import MIB, Media
from app.errors import Refused
from app.kernel.attachments import has_attachment, read_attachment
from app.kernel.dispatcher import Task
from app.kernel.handlers import answers, performs
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.masking import mask_name
from app.models.case_files import CaseFormIssue
from app.models.cases import CasePaper, LegalCase
from app.rules.cases.facts import CaseStanding
from app.safe_write import check_room, not_right, open_safely
from app.services.cases.case_form_values import PLACES, case_source, recipient_words
from app.services.cases.case_forms import form_sheet
from app.services.cases.case_papers import catalogue_of, file_lacks, ordered_papers, papers_of
from app.services.cases.find import case_standing, is_own_case, need_case

LARGEST_FILE = 400 * MIB
"""Most bytes of scans in one bound file: the pages are held in memory until the file is written."""


@dataclass(frozen=True)
class CaseFile:
    """The case whose file is looked through."""

    case: str


@dataclass(frozen=True, kw_only=True)
class FiledPaper:
    """A paper of the file. number: the 文号 of a form. pages: 0 for a form, which has them when it is printed.

    form: which of the Ministry's list, 0 for a scan. is_here: its content is on this machine.
    """

    id: str
    title: str
    number: str = ""
    on: str = ""
    pages: int = 0
    is_form: bool = False
    form: int = 0
    is_here: bool = True


@dataclass(frozen=True)
class FileView:
    """A file's papers in order, the catalogue they are measured by, what is missing by name, and whether it is ours.

    names: what a further paper may be, those that are missing first.
    """

    catalogue: str
    papers: tuple[FiledPaper, ...]
    missing: tuple[str, ...]
    is_ours: bool = True
    names: tuple[str, ...] = ()


@answers(CaseFile, permission=Permission.LOOK)
def case_file(look: Look, query: CaseFile) -> FileView:
    """The file as it would be bound. Raises Refused E313, E314."""
    row = need_case(look, query.case)
    standing = case_standing(look, row)
    papers = tuple(_filed(look, one) for one in ordered_papers(look, standing))
    lacking = file_lacks(look, row, standing)
    catalogue = catalogue_of(standing)
    names = tuple(dict.fromkeys((*lacking, *(one.paper for one in catalogue.papers))))
    return FileView(catalogue.title, papers, lacking, is_own_case(look, row), names)


@dataclass(frozen=True)
class ExportCaseFile:
    """A case's whole file to write to a .pdf file."""

    case: str
    out: Path


@dataclass(frozen=True)
class BoundCaseFile:
    """The written file: pages with cover, catalogue and 备考表; warnings: what is missing or not printed right."""

    path: Path
    pages: int
    papers: int
    warnings: tuple[str, ...] = ()


@performs(ExportCaseFile, title="导出整卷", permission=Permission.REVEAL)
def export_case_file(task: Task, request: ExportCaseFile) -> BoundCaseFile:
    """The file, on record. Raises Refused E313, E314, E374, E375, E382 … E385 and the file's E501 … E508."""
    check_pdf_target(request.out)
    with task.look() as look:
        row = need_case(look, request.case)
        standing = case_standing(look, row)
        rows = ordered_papers(look, standing)
        size = _refuse_unready(look, rows)
        check_room(request.out.parent, 2 * size)
        look.disclose("整卷", rows=len(rows), subjects=(row.id, *(one.id for one in rows)))
        contents = [_Content(look, row, standing, one) for one in rows]
        parts, lacking = _parts(look, row, standing, contents)
        pages: list[int] = []
        verify = partial(_reopen, pages=pages)
        with open_safely(request.out, verify=verify) as stream:
            pages.append(bind_file(parts, stream, request.out.parent, partial(_tell, task, len(parts))))
    missing = tuple(dict.fromkeys(sign for one in contents for sign in one.unprinted))
    warnings = (f"卷内还缺：{'、'.join(lacking)}。",) if lacking else ()
    notes = (missing_note(missing),) if missing else ()
    return BoundCaseFile(request.out, pages[0], len(rows), (*warnings, *notes))


@dataclass(frozen=True)
class ExportSpine:
    """A case's spine label to write to a .pdf file."""

    case: str
    out: Path


@performs(ExportSpine, title="导出卷脊标签", permission=Permission.REVEAL)
def export_spine(task: Task, request: ExportSpine) -> WrittenFile:
    """The label, on record. Raises Refused E313, E314 and the file's E501 … E508."""
    check_pdf_target(request.out)
    with task.look() as look:
        row = need_case(look, request.case)
        standing = case_standing(look, row)
        look.disclose("卷脊标签", subjects=(row.id,))
        label = CaseSpine(
            issuer=look.office.name,
            number=standing.number,
            kind=catalogue_of(standing).title,
            matter=standing.facts.matter,
            name=_shown_name(row, standing),
        )
    return write_printed(draw_case_spine(label), request.out)


class _Content:
    """One paper of the file: its title, its pages, and its bytes when its turn to be bound comes."""

    def __init__(self, look: Look, row: LegalCase, standing: CaseStanding, paper: CasePaper | CaseFormIssue):
        self.unprinted: tuple[str, ...] = ()
        self._look = look
        if isinstance(paper, CasePaper):
            self.title, self.remark, self.on = paper.paper, "扫描件", paper.added_on
            self.media, self._pdf, self._digest = Media(paper.media), b"", paper.digest
            self.pages = paper.pages
        else:
            text = form_texts()[paper.form]
            printed = draw_case_form(form_sheet(look, row, standing, text, paper))
            self.title, self.remark, self.on = text.title, paper.number, paper.issued_on
            self.media, self._pdf, self._digest = Media.pdf, printed.pdf, ""
            self.pages, self.unprinted = printed.pages, printed.missing

    def read(self) -> bytes:
        """The bytes. Raises Refused E374, E375, E383 where a scan has other pages than its row says."""
        if not self._digest:
            return self._pdf
        content = read_attachment(self._look, self._digest)
        if self.media is Media.pdf and page_count(content) != self.pages:
            raise Refused(
                "E383", f"《{self.title}》的页数和登记的不一致，不能装订。请重新添加这份材料。", field="case"
            )
        return content


def _parts(
    look: Look, row: LegalCase, standing: CaseStanding, contents: list[_Content]
) -> tuple[list[BoundPart], tuple[str, ...]]:
    """Cover, catalogue, papers and 备考表; and what is missing."""
    listed, total = [], 0
    for one in contents:
        first, total = total + 1, total + one.pages
        span = str(first) if one.pages == 1 else f"{first}–{total}"
        listed.append((one.title, one.on.isoformat(), span, one.remark))
    lacking = file_lacks(look, row, standing)
    number = standing.number
    front = (
        draw_case_cover(_cover(look, row, standing, total)),
        draw_case_contents(CaseContents(number=number, papers=tuple(listed))),
    )
    notes = FileNotes(
        number=number,
        pages=total,
        papers=len(contents),
        missing=lacking,
        reason=_archived_why(standing),
        examiner=standing.examiner,
        archived_on=standing.archived_on,
    )
    plain = [BoundPart(partial(bytes, one.pdf), is_numbered=False) for one in front]
    bound = [BoundPart(one.read, one.media) for one in contents]
    last = BoundPart(partial(bytes, draw_file_notes(notes).pdf), is_numbered=False)
    return [*plain, *bound, last], lacking


def _cover(look: Look, row: LegalCase, standing: CaseStanding, pages: int) -> CaseCover:
    source = case_source(look, row, standing, papers_of(look, row.id))
    names = ("援助方式", "承办单位", "承办人", "批准日期", "结案日期", "归档日期")
    fields = (
        ("案　　号", standing.number),
        ("案　　由", standing.facts.matter),
        ("受 援 人", _shown_name(row, standing)),
        *((name, PLACES[name](source)) for name in names),
        ("保管期限", ""),
        ("卷内页数", f"{pages} 页"),
    )
    return CaseCover(
        issuer=look.office.name,
        title=catalogue_of(standing).title,
        fields=fields,
        is_sealed=_is_sealed(row, standing),
    )


def _is_sealed(row: LegalCase, standing: CaseStanding) -> bool:
    return row.is_sealed or standing.facts.is_sealed


def _shown_name(row: LegalCase, standing: CaseStanding) -> str:
    """Whose file it is; a minor's name does not stand on what lies on a shelf."""
    return mask_name(row.applicant or "") if _is_sealed(row, standing) else recipient_words(row)


def _archived_why(standing: CaseStanding) -> str:
    reasons = [event.reason for event in standing.events if event.kind is CaseEventKind.archived]
    return reasons[-1] if reasons else ""


def _filed(look: Look, row: CasePaper | CaseFormIssue) -> FiledPaper:
    if isinstance(row, CaseFormIssue):
        title, on = form_texts()[row.form].title, row.issued_on.isoformat()
        return FiledPaper(id=row.id, title=title, number=row.number, on=on, is_form=True, form=row.form)
    return FiledPaper(
        id=row.id,
        title=row.paper,
        on=row.added_on.isoformat(),
        pages=row.pages,
        is_here=has_attachment(look, row.digest),
    )


def _refuse_unready(look: Look, rows: tuple[CasePaper | CaseFormIssue, ...]) -> int:
    """The bytes of all scans. Raises Refused E385 where one is not here, E382 where they are too many."""
    scans = [row for row in rows if isinstance(row, CasePaper)]
    away = [row.paper for row in scans if not has_attachment(look, row.digest)]
    if away:
        raise Refused(
            "E385",
            f"有材料的文件不在本机，不能装订整卷：{'、'.join(away)}。请向登记单位补要后再装订。",
            field="case",
        )
    size = sum(row.size for row in scans)
    if size > LARGEST_FILE:
        raise Refused(
            "E382",
            f"卷内扫描件共 {size // MIB} MB，一次最多装订 {LARGEST_FILE // MIB} MB。请降低分辨率重新扫描较大的几份。",
            field="case",
        )
    return size


def _tell(task: Task, total: int, done: int) -> None:
    task.progress.step(done, total, "正在装订")


def _reopen(part: Path, pages: list[int]) -> None:
    found = page_count(part)
    if [found] != pages:
        raise not_right(part)

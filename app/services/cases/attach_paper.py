"""Adds a scan to a case's file: judged, stored encrypted, then named in the file (pitfall P36)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.clock import local_date
from app.documents.scan import read_scan
from app.errors import Refused
from app.kernel.attachments import read_attachment, store_attachment
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.cases import CasePaper, LegalCase
from app.services.cases.find import need_case, refuse_other_case
from app.services.returns.answer_return import answer_by_correction
from app.text import clean, safe_file_name

LONGEST_NAME = 100
MOST_PAPERS = 500


@dataclass(frozen=True, kw_only=True)
class AttachPaper:
    """A scan for a case. content: the file's bytes. paper: what it is (身份证明, 授权委托书 …). name: "" for the kind's.
    added_on None: today."""

    case: str
    paper: str
    content: bytes
    name: str = ""
    added_on: date | None = None


@dataclass(frozen=True)
class PaperAttached:
    """The new paper, its pages, and what is unusual about it. is_known: the case has this very file already."""

    id: str
    pages: int
    warnings: tuple[str, ...] = ()
    is_known: bool = False


@handles(AttachPaper, title="添加案件材料", permission=Permission.RECORD_CASE)
def attach_paper(work: Work, command: AttachPaper) -> PaperAttached:
    """The paper added. Raises Refused E313 … E315, E323, E324, E370 … E373, and CannotWrite E502 … E504."""
    case = need_case(work, command.case)
    refuse_other_case(work, case)
    paper = clean(command.paper)
    if not paper or len(paper) > LONGEST_NAME:
        raise Refused("E323", f"请写明这是什么材料，最多 {LONGEST_NAME} 字，如“身份证明”。", field="paper")
    scan = read_scan(command.content)
    digest = store_attachment(work, command.content)
    held = work.session.scalars(
        select(CasePaper).where(CasePaper.case_id == case.id, CasePaper.digest == digest).limit(1)
    ).first()
    if held is not None:
        return PaperAttached(held.id, held.pages, scan.warnings, is_known=True)
    row = work.add(
        CasePaper(
            site=case.site,
            case_id=case.id,
            paper=paper,
            place=_next_place(work, case),
            name=shown_name(command.name, paper),
            media=scan.media.value,
            digest=digest,
            size=len(command.content),
            pages=scan.pages,
            added_on=command.added_on or local_date(work.now.at),
            added_by=work.actor.account,
            added_at=work.now.at,
        )
    )
    answer_by_correction(work, [(LegalCase.__tablename__, case.id)], f"补交材料：{paper}")
    return PaperAttached(row.id, scan.pages, scan.warnings)


@dataclass(frozen=True)
class PaperContent:
    """The file of a paper, to be shown or saved."""

    paper: str


@dataclass(frozen=True)
class OpenPaper:
    """A paper's bytes under a name that is safe to save it by."""

    name: str
    media: str
    content: bytes


@answers(PaperContent, title="查看案件材料", permission=Permission.REVEAL)
def paper_content(look: Look, query: PaperContent) -> OpenPaper:
    """The content, on record. Raises Refused E355, E374, E375."""
    row = look.session.get(CasePaper, query.paper)
    if row is None:
        raise Refused("E355", "没有找到这份材料，请刷新后再试。")
    look.disclose("案件材料", subjects=(row.id,))
    return OpenPaper(shown_name(row.name or "", row.paper), row.media, read_attachment(look, row.digest))


def shown_name(name: str, paper: str) -> str:
    """A paper's name as a file may be called on any system; what it came as is not trusted (..\\x, CON, 反写)."""
    return safe_file_name(clean(name)[:LONGEST_NAME], fallback=paper)


def _next_place(work: Work, case: LegalCase) -> int:
    last = work.session.execute(
        select(func.count(), func.max(CasePaper.place)).where(CasePaper.case_id == case.id)
    ).one()
    if last[0] >= MOST_PAPERS:
        raise Refused("E324", f"一件案件最多 {MOST_PAPERS} 份材料，请先合并扫描件。", field="file")
    return (last[1] or 0) + 1

"""Writes what the demonstration's cases put on paper: registers, pay sheet, fund use, wall chart, a whole file, all forms."""

from __future__ import annotations

from pathlib import Path

from app.case_values import CaseState
from app.demo.cases import CasePlay
from app.demo.contact_sheet import write_contact_sheet
from app.documents.fonts import FontRole
from app.documents.form_texts import form_texts
from app.documents.paper import GREY, MM, Paper, Style
from app.documents.render_file import write_printed
from app.services.cases.attach_paper import AttachPaper
from app.services.cases.case_file import CaseFile, ExportCaseFile, ExportSpine
from app.services.cases.case_forms import CaseForms, OfferedForm, PreviewForm, PrintedForm
from app.services.cases.case_list import CaseList
from app.services.cases.issue_form import IssueForm
from app.services.reports.export_report import ExportReport
from app.services.targets.print_wall_chart import PrintWallChart

YEARLY = ("cases", "indicators", "fund-ledger", "recipients", "case-deadlines")
QUARTERLY = ("case-pay", "fund-use")
FORMS = "文书一览.pdf"
SHOWN = (CaseState.in_hand, CaseState.under_review, CaseState.granted)
"""Where the case stands that is shown: the first of these that there is."""


def write_case_documents(case_play: CasePlay, folder: Path) -> list[str]:
    """Everything of the cases that would be printed or handed in; names of the files."""
    county, quarter = case_play.play.county, str(case_play.paid)
    before = set(folder.iterdir())
    for key in YEARLY:
        county.do(ExportReport(key, quarter[:4], folder / f"{key}.xlsx"))
    for key in QUARTERLY:
        for ending in ("xlsx", "pdf"):
            county.do(ExportReport(key, quarter, folder / f"{key}.{ending}"))
    write_printed(county.do(PrintWallChart(quarter)), folder / "任务挂图.pdf")
    case = shown_case(case_play)
    _fill_file(case_play, case)
    county.do(ExportCaseFile(case, folder / "案卷-示例.pdf"))
    county.do(ExportSpine(case, folder / "卷脊标签-示例.pdf"))
    write_contact_sheet(_forms(case_play), folder / FORMS)
    return sorted(file.name for file in set(folder.iterdir()) - before)


def shown_case(case_play: CasePlay) -> str:
    """The case that is pictured and bound: one with something yet to be done."""
    rows = case_play.play.county.ask(CaseList(is_open_only=True, sort="due")).rows
    found = [row.id for state in SHOWN for row in rows if row.state is state]
    return str(found[0])


def _fill_file(case_play: CasePlay, case: str) -> None:
    """The forms that the file lacks are put out; half of the other papers it lacks are there as scans."""
    county = case_play.play.county
    for one in county.ask(CaseForms(case)):
        if one.is_missing and one.is_fitting and one.may_issue:
            county.do(IssueForm(case, one.form))
    lacking = county.ask(CaseFile(case)).missing
    for name in lacking[: (len(lacking) + 1) // 2]:
        county.do(AttachPaper(case=case, paper=name, content=_scan(name)))


def _scan(name: str) -> bytes:
    """A page that says what it stands for."""
    paper = Paper(name)
    paper.new_page()
    paper.text(paper.width / 2, 60 * MM, name, Style(role=FontRole.headline, size=26), "center")
    paper.text(paper.width / 2, 80 * MM, "演示用的扫描件，内容从略", Style(size=14, colour=GREY), "center")
    return paper.finish().pdf


def _cases(case_play: CasePlay) -> list[str]:
    """Cases of every state."""
    rows = [case_play.play.county.ask(CaseList(state=state.value)).rows for state in CaseState]
    return [str(row.id) for some in rows for row in some]


def _forms(case_play: CasePlay) -> dict[int, bytes]:
    """Form → a PDF of it, of the first case in which it is of use."""
    county, found = case_play.play.county, dict[int, bytes]()
    for case in _cases(case_play):
        offered: tuple[OfferedForm, ...] = county.ask(CaseForms(case))
        for one in offered:
            if one.is_fitting and one.form not in found:
                printed: PrintedForm = county.ask(PreviewForm(case, one.form))
                found[one.form] = printed.pdf
        if len(found) == len(form_texts()):
            break
    return found

"""What may be done with a case's papers in the window: look at one, add, put out, order, bind the file, label its spine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from app.documents.render_file import WrittenFile
from app.kernel.permissions import Permission
from app.services.cases.attach_paper import OpenPaper, PaperContent
from app.services.cases.case_card import OpenCase
from app.services.cases.case_file import (
    BoundCaseFile,
    CaseFile,
    ExportCaseFile,
    ExportSpine,
    FiledPaper,
    FileView,
)
from app.services.cases.case_forms import (
    CaseForms,
    ExportForm,
    OfferedForm,
    PreviewForm,
    PrintedForm,
    PrintForm,
    likeliest_first,
)
from app.services.cases.issue_form import IssueForm
from app.text import safe_file_name
from app.ui.cases.forms import ScanForm
from app.ui.cases.issue_sheet import IssueSheet
from app.ui.cases.order_sheet import OrderSheet
from app.ui.page import Action
from app.ui.saving import Write, save_as
from app.ui.side_page import SidePage

PDF = "PDF (*.pdf)"
ONLY_SEEN = "这是预览，还没有出具。按“打印”或“出具”才编号、入卷。"


class PaperSteps:
    """The steps of one page of cases; those that the account may not take are not offered."""

    def __init__(self, page: SidePage) -> None:
        self._page = page
        may = page.desk.may
        self.may_see = may(Permission.REVEAL)
        self._may_add = may(Permission.RECORD_CASE)
        self._may_issue = self.may_see and (self._may_add or may(Permission.HANDLE_CASE))

    def changing(self, case: OpenCase, *, is_ours: bool = True, is_empty: bool = False) -> tuple[Action, ...]:
        """The steps that change the file. is_ours: this office writes on the case. is_empty: nothing is there to order."""
        return _actions(
            case,
            (is_ours and self._may_add, "添加材料…", self.attach),
            (is_ours and self._may_issue, "出具文书…", self.issue),
            (is_ours and self._may_add and not is_empty, "排列…", self.order),
        )

    def taking_out(self, case: OpenCase) -> tuple[Action, ...]:
        """The steps that write the file out."""
        return _actions(
            case,
            (self.may_see, "导出全卷…", self.export),
            (self.may_see, "脊背标签…", self.export_spine),
        )

    def show(self, case: OpenCase, paper: FiledPaper) -> None:
        """A scan, or a form as it was put out, in the preview."""
        if not (self.may_see and paper.is_here):
            return
        if paper.is_form:
            self._page.ask(PreviewForm(case.row.id, paper.form, paper.id), self._show_issued, slot="paper")
        else:
            self._page.ask(PaperContent(paper.id), self._show_scan, slot="paper")

    def attach(self, case: OpenCase) -> None:
        """Add a scan."""
        self._page.ask(CaseFile(case.row.id), partial(self._attach, case), slot="attach")

    def _attach(self, case: OpenCase, file: FileView) -> None:
        form = ScanForm(case, file.names)
        self._page.fill_in(form, form.command, "已添加材料")

    # forms

    def issue(self, case: OpenCase) -> None:
        """Choose among the forms that the case offers now."""
        self._page.ask(CaseForms(case.row.id), partial(self._choose, case), slot="forms")

    def _choose(self, case: OpenCase, forms: tuple[OfferedForm, ...]) -> None:
        sheet = IssueSheet(
            likeliest_first(forms),
            see=partial(self._preview, case),
            print_it=partial(self._print, case),
            export=partial(self._export_form, case),
        )
        self._page.side.show_form(sheet, lambda: self._put_out(case, sheet.chosen()))
        sheet.words.setFocus()

    def _preview(self, case: OpenCase, form: OfferedForm) -> None:
        def show(printed: PrintedForm) -> None:
            self._show_pdf(printed, note="" if form.issued_on else ONLY_SEEN)

        self._page.ask(PreviewForm(case.row.id, form.form), show, slot="paper")

    def _put_out(self, case: OpenCase, form: OfferedForm | None) -> None:
        if form is not None:
            self._page.do(IssueForm(case.row.id, form.form), partial(self._is_out, form.title))

    def _print(self, case: OpenCase, form: OfferedForm) -> None:
        def show(printed: PrintedForm) -> None:
            self._is_out(printed.title, printed.number)
            self._show_pdf(printed)

        self._page.do(PrintForm(case.row.id, form.form), show, title="正在出具", is_long=True)

    def _export_form(self, case: OpenCase, form: OfferedForm) -> None:
        def written(made: WrittenFile) -> None:
            self._page.side.close_form()
            self._written(made)

        self._save(case, form.title, lambda path: ExportForm(case.row.id, form.form, path), written)

    def _is_out(self, title: str, number: str) -> None:
        self._page.side.close_form()
        self._page.done(f"已出具《{title}》" + (f"，{number}" if number else ""))

    # the whole file

    def order(self, case: OpenCase) -> None:
        """Put the papers in another order."""
        self._page.ask(CaseFile(case.row.id), partial(self._arrange, case), slot="order")

    def _arrange(self, case: OpenCase, file: FileView) -> None:
        sheet = OrderSheet(case.row.id, file.papers)

        def save() -> None:
            if not sheet.is_changed():
                self._page.side.close_form()
            else:
                self._page.do(sheet.command(), lambda _id: self._is_ordered())

        self._page.side.show_form(sheet, save)
        sheet.list.setFocus()

    def _is_ordered(self) -> None:
        self._page.side.close_form()
        self._page.done("已排好卷内材料")

    def export(self, case: OpenCase) -> None:
        """Bind the whole file into one PDF."""

        def written(made: BoundCaseFile) -> None:
            self._page.done(f"已导出 {made.path.name}，{made.papers} 份材料，共 {made.pages} 页")
            if made.warnings:
                self._page.head.show_banner("".join(made.warnings), "due")

        self._save(case, "全卷", lambda path: ExportCaseFile(case.row.id, path), written, "正在装订全卷")

    def export_spine(self, case: OpenCase) -> None:
        """The label for the spine of the file."""
        self._save(case, "脊背标签", lambda path: ExportSpine(case.row.id, path), self._written)

    # common

    def _save(
        self,
        case: OpenCase,
        what: str,
        command: Callable[[Path], Any],
        then: Callable[[Any], None],
        title: str = "正在导出",
    ) -> None:
        write: Write = lambda path, failed: self._page.desk.runner.do(  # noqa: E731 - one call, as elsewhere
            command(path), then, failed, title=title, is_long=True
        )
        save_as(self._page, safe_file_name(f"{_name_of(case)}-{what}.pdf"), PDF, write)

    def _written(self, made: WrittenFile) -> None:
        self._page.done(f"已导出 {made.path.name}")
        if made.warning:
            self._page.head.show_banner(made.warning, "due")

    def _show_issued(self, printed: PrintedForm) -> None:
        self._show_pdf(printed)

    def _show_pdf(self, printed: PrintedForm, note: str = "") -> None:
        from app.ui.widgets.preview import Preview

        if printed.warning:
            self._page.head.show_banner(printed.warning, "due")
        title = "　".join(filter(None, (printed.title, printed.number)))
        Preview(printed.pdf, title, safe_file_name(f"{printed.title}.pdf"), self._page, note=note).exec()

    def _show_scan(self, paper: OpenPaper) -> None:
        from app.documents.scan import as_pdf

        self._page.desk.runner.work(
            lambda _progress: as_pdf(paper.content),
            partial(self._show_pages, paper.name),
            self._page.fail,
            title="正在打开材料",
            owner=self._page,
        )

    def _show_pages(self, name: str, pdf: bytes) -> None:
        from app.ui.widgets.preview import Preview

        Preview(pdf, name, safe_file_name(f"{name}.pdf"), self._page).exec()


def _name_of(case: OpenCase) -> str:
    return case.row.number or f"申请{case.row.application}"


def _actions(case: OpenCase, *steps: tuple[bool, str, Callable[[OpenCase], None]]) -> tuple[Action, ...]:
    """Those that may be taken."""
    return tuple(Action(title, partial(run, case)) for may, title, run in steps if may)

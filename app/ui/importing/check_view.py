"""Takes a workbook in: its kind, its template, the check that stores nothing, the faults, then the import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.importing.import_workbook import ImportWorkbook, import_kinds
from app.services.importing.kind import ImportKind, ImportReport, RowFault
from app.services.importing.table_file import KNOWN_ENDINGS
from app.services.importing.template import write_template
from app.services.importing.undo import UndoImport
from app.ui.page import PageView
from app.ui.saving import save_as
from app.ui.theme import px
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, columns, row
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.file_pick import FilePick
from app.ui.widgets.slot import Slot
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label

FILES = "表格 (*.xlsx *.csv)"
TEMPLATE = "Excel 工作簿 (*.xlsx)"
KINDS_WIDTH = 264
_ORDER = ("people", "roster", "attendance", "consultations", "spotchecks", "complaints")


class ImportCheck(QWidget):
    """What to import on the left; the file, its check and its faults on the right."""

    def __init__(self, page: PageView) -> None:
        super().__init__()
        self._page = page
        self.report: ImportReport | None = None

    def build(self) -> Iterator[None]:
        """The view part by part, as a page is built."""
        page = self._page
        self.kinds = Table(
            [Column("title", "表格", sub=lambda kind: kind.purpose)],
            name="导入什么",
            has_header=False,
            row_height=52,
        )
        yield
        self.file = FilePick("要导入的表格", filters=FILES, hint="选择 .xlsx 或 .csv，或把文件拖到这一页")
        self.template_button = page.head.action("下载模板…", self.save_template, icon="download")
        self.check_button = page.head.action("先检查", self.check, icon="check")
        self.import_button = page.head.primary("导入", self.store, keys="Ctrl Return")
        yield
        self.skip_button = Button("跳过有误的行导入", self.ask_skip)
        self.marked_button = Button("打开标注的表格", self.open_marked, icon="file")
        self.confirm, self.counts, self.needs = ConfirmLine(), Slot(), label("", "muted", wraps=True)
        self.faults = Table(_FAULTS, name="有误的行", empty=_WAITING)
        self.faults.set_rows(())
        self.whole, self.notes = label("", "note", wraps=True), label("", "note", wraps=True)
        self.whole.hide()
        self.notes.hide()
        self.faults.selected.connect(self._show_whole)
        self._lay_out()
        yield
        self.kinds.selected.connect(self._kind_chosen)
        self.file.picked.connect(lambda _path: self.check())
        self.file.entered.connect(self.check)
        self.file.changed.connect(self.forget)
        self.kinds.set_rows(
            sorted((one for one in import_kinds().values() if page.desk.may(one.permission)), key=_place)
        )
        self.kinds.select(None)

    # what the page calls

    def choose(self, key: str) -> None:
        """Choose a kind of workbook by its key."""
        self.kinds.select(next((one for one in self.kinds.rows() if one.key == key), None))

    def take_file(self, path: Path) -> None:
        """A file that was dropped."""
        self.file.set_value(path)
        self.forget()
        self.check()

    @property
    def kind(self) -> ImportKind:
        """The kind chosen."""
        found: ImportKind = self.kinds.current()
        return found

    def show_steps(self, is_shown: bool) -> None:
        """The steps in the page's head belong to this tab only."""
        for button in (self.template_button, self.check_button, self.import_button):
            button.setVisible(is_shown)

    # steps

    def save_template(self) -> None:
        """Write the empty workbook of the kind."""
        key, title = self.kind.key, self.kind.title
        save_as(
            self._page,
            f"{title}模板.xlsx",
            TEMPLATE,
            lambda path, failed: self._page.desk.runner.work(
                lambda _progress: write_template(key, path),
                lambda _none: self._template_saved(path),
                failed,
                owner=self._page,
            ),
        )

    def check(self) -> None:
        """Read the file through and store nothing."""
        path = self._path()
        if path is not None:
            self.forget()
            command = ImportWorkbook(self.kind.key, path, is_dry_run=True)
            self._page.do(command, self._show, title=f"检查“{path.name}”")

    def store(self) -> None:
        """Import every row, or none."""
        if self.import_button.isEnabled():
            self._import(skip_bad=False)

    def ask_skip(self) -> None:
        """Ask once more before only the good rows are imported."""
        report = self.report
        if report is not None:
            bad = _bad(report)
            self.confirm.ask(
                f"只导入 {report.accepted} 行可用的，跳过 {bad} 行有误的。改好以后再导入一次，已有的行不会重复。",
                f"导入 {report.accepted} 行",
                lambda _reason: self._import(skip_bad=True),
            )

    def open_marked(self) -> None:
        """Open the copy in which every fault is written beside its row."""
        if self.report is not None and not QDesktopServices.openUrl(
            QUrl.fromLocalFile(self.report.marked_copy)
        ):
            self._page.head.show_banner(f"标注的表格在 {self.report.marked_copy}", "info")

    def forget(self) -> None:
        """Another file or kind: what was found before no longer counts."""
        self.report = None
        self.confirm.close_line()
        self.counts.hide()
        self.faults.empty.set_text(_WAITING)
        self.faults.set_rows(())
        self._note(())
        self._offer()

    # inside

    def _path(self) -> Path | None:
        path = self.file.value()
        fault = self.file.own_fault()
        if path is None:
            fault = "请先选择要导入的表格"
        elif path.suffix.lower() not in KNOWN_ENDINGS:
            fault = "只能导入 .xlsx 或 .csv，请用 WPS 或 Excel 另存为 .xlsx"
        self.file.show_fault(fault)
        return None if fault else path

    def _import(self, *, skip_bad: bool) -> None:
        path = self._path()
        if path is not None:
            command = ImportWorkbook(self.kind.key, path, skip_bad=skip_bad)
            self._page.do(command, self._show, title=f"导入“{path.name}”")

    def _show(self, report: ImportReport) -> None:
        self.report = report
        self.confirm.close_line()
        bad = _bad(report)
        word = "已导入" if report.is_stored else "可用"
        tags: list[Any] = [Tag(f"{word} {report.accepted} 行", "done" if report.accepted else "none", 14)]
        tags.append(Tag(f"已有 {report.unchanged} 行", "info" if report.unchanged else "none", 14))
        tags.append(Tag(f"有误 {bad} 行", "fault" if bad else "none", 14))
        if report.set_aside:
            tags.append(Tag(f"无权限未导入 {len(report.set_aside)} 格", "due", 14))
        self.counts.show()
        self.counts.show_items(row(*tags, label(_meaning(report), "muted"), None, spacing=12))
        self.faults.empty.set_text(_meaning(report))
        self.faults.set_rows((*report.refused, *report.set_aside))
        self._note(report.notes)
        self._offer()
        if report.is_stored:
            self._stored(report)

    def _stored(self, report: ImportReport) -> None:
        self._page.done(f"已导入 {report.accepted} 行")
        path = self.file.value()
        if report.accepted and path is not None:
            self._page.head.show_banner(
                f"“{path.name}”已导入 {report.accepted} 行。",
                "done",
                {"撤销这次导入": lambda: self._undo(report.id)},
            )

    def _undo(self, batch: str) -> None:
        self._page.do(UndoImport(batch), self._undone)

    def _undone(self, removed: int) -> None:
        self.forget()
        self._page.head.clear_banner()
        self._page.done(f"已撤销，撤回 {removed} 条")

    def _show_whole(self, fault: RowFault | None) -> None:
        """The whole sentence, which may be too long for its cell."""
        self.whole.setVisible(fault is not None)
        if fault is not None:
            self.whole.setText(f"第 {fault.row} 行“{fault.column}”　{fault.text}　{fault.code}")

    def _note(self, notes: tuple[str, ...]) -> None:
        """What is said of the sheet as a whole."""
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))

    def _offer(self) -> None:
        """Only what makes sense now can be pressed."""
        report = self.report
        waits = report is not None and not report.is_stored
        has_faults = waits and bool(report and report.refused)
        self.import_button.setEnabled(bool(waits and not has_faults and report and report.accepted))
        self.skip_button.setVisible(bool(has_faults and report and report.accepted))
        self.marked_button.setVisible(bool(report and report.marked_copy))

    def _kind_chosen(self, kind: ImportKind | None) -> None:
        if kind is not None:
            needed = "、".join(column.heading for column in kind.columns if column.is_needed)
            others = "、".join(column.heading for column in kind.columns if not column.is_needed)
            self.needs.setText(f"必填　{needed}\n选填　{others}")
            self.forget()
            self._page.head.clear_banner()

    def _template_saved(self, path: Path) -> None:
        self._page.done(f"模板已写到 {path.name}")

    def _lay_out(self) -> None:
        right = QWidget()
        stack = QVBoxLayout(right)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(12))
        stack.addWidget(Card(spacing=8).add(self.file, self.needs))
        stack.addWidget(self.confirm)
        stack.addWidget(self.counts)
        stack.addWidget(self.notes)
        stack.addWidget(Card(pad=1).add(self.faults, stretch=1), 1)
        stack.addWidget(self.whole)
        stack.addLayout(row(self.skip_button, self.marked_button, None))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(columns((Card(pad=1).add(self.kinds, stretch=1), KINDS_WIDTH), (right, 1)), 1)


def _place(kind: ImportKind) -> tuple[int, str]:
    return (_ORDER.index(kind.key) if kind.key in _ORDER else len(_ORDER), kind.key)


def _bad(report: ImportReport) -> int:
    return len({fault.row for fault in report.refused})


def _meaning(report: ImportReport) -> str:
    if report.is_stored:
        return "已存好。" if not report.refused else "有误的行没有导入，改好后再导入一次。"
    if report.refused:
        return "还没有保存。"
    return "没有错误，还没有保存。按“导入”存好。" if report.accepted else "没有新的行要导入。"


_WAITING = "选好表格后先检查：每一行错在哪里、怎么改，都列在这里。检查不保存任何数据。"
_FAULTS = (
    Column("row", "行", 56, "number"),
    Column("column", "列", 132, "strong"),
    Column("text", "错在哪里，怎么改"),
    Column("code", "代码", 72, "muted"),
)

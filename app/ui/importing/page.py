"""Imports workbooks: chosen or dropped, checked first, stored whole or not at all, and undone whole (P43)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from app.kernel.permissions import Permission
from app.ui.desk import Desk
from app.ui.importing.check_view import ImportCheck
from app.ui.importing.history_view import HistoryView
from app.ui.page import Action, Page, PageView
from app.ui.widgets.tabs import Tabs

_LEADS = {
    "check": "先下载模板填好，再检查，没有错再导入；一行有错，整个不存",
    "history": "导错了可以整批撤销",
}


class ImportPage(PageView):
    """Two tabs: the import itself, and what was imported before."""

    help_key = "import"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "导入表格")
        self.setAcceptDrops(True)

    def build(self) -> Iterator[None]:
        self.check_view = ImportCheck(self)
        yield from self.check_view.build()
        self.history = HistoryView(self)
        yield
        self.tabs = Tabs()
        self.tabs.add("check", "导入", lambda: self.check_view)
        self.tabs.add("history", "导入过的", lambda: self.history)
        self.head.filters(self.tabs)
        self.body.addWidget(self.tabs.stack, 1)
        self.tabs.shown.connect(self._shown)
        self.tabs.show_tab("check")

    def refresh(self) -> None:
        self.history.load()

    def open_with(self, **wanted: Any) -> None:
        self.tabs.show_tab("history" if wanted.get("tab") == "history" else "check")
        if wanted.get("kind"):
            self.check_view.choose(str(wanted["kind"]))

    def focus_first(self) -> None:
        (self.check_view.kinds if self.tabs.key == "check" else self.history.table).setFocus()

    def save_item(self) -> None:
        self.check_view.store()

    def go_back(self) -> bool:
        open_lines = [one for one in (self.check_view.confirm, self.history.confirm) if one.isVisible()]
        for line in open_lines:
            line.close_line()
        return bool(open_lines)

    def steps(self) -> list[Action]:
        return [
            Action("下载模板", self.check_view.save_template),
            Action("检查要导入的表格", self.check_view.check),
        ]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.tabs.show_tab("check")
        self.check_view.take_file(Path(event.mimeData().urls()[0].toLocalFile()))

    def _shown(self, key: str) -> None:
        self.check_view.show_steps(key == "check")
        self.head.set_lead(_LEADS[key])
        self.head.clear_banner()


PAGE = Page("import", "导入表格", "upload", ImportPage, group=2, order=-1, permission=Permission.IMPORT)

"""Shows the pages as they will be printed; what is seen is what is printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.errors import Refused
from app.ui.errors import say
from app.ui.printing import POINTS_PER_INCH, PrintPaper, prepare_printer, put_on_paper
from app.ui.theme import px
from app.ui.widgets.banner import Banner
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.text import label

SHOWN_WIDTH = 720


class Preview(QDialog):
    """The preview of a PDF: pages below one another, 打印 and 另存为. name: the file name offered.

    note: why the pages are only looked at; they are neither printed nor saved from here then.
    """

    def __init__(
        self, pdf: bytes, title: str, name: str = "打印.pdf", parent: QWidget | None = None, *, note: str = ""
    ) -> None:
        super().__init__(parent)
        self.paper, self._name = PrintPaper(pdf), name
        self.setWindowTitle(title)
        self.resize(px(880), px(700))
        self.banner = Banner()
        self.print_button = Button("打印…", self.print_pages, kind=PRIMARY, icon="print")
        self._pages: list[QLabel] = []
        self._next = 0
        self._build(title, note)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._draw_next)
        self._timer.start()

    def print_pages(self) -> None:
        """Ask for the printer, then print; page size and side are asserted again after the dialog."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.windowTitle())
        prepare_printer(printer, self.paper.sheets[0])
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, len(self.paper.sheets))
        if dialog.exec():
            self._try(lambda: put_on_paper(self.paper, printer), "已送到打印机")

    def save(self) -> None:
        """Save the PDF where the person wants it."""
        chosen = QFileDialog.getSaveFileName(self, "另存为", self._name, "PDF (*.pdf)")[0]
        if chosen:
            self._try(lambda: Path(chosen).write_bytes(self.paper.pdf), f"已保存 {Path(chosen).name}")

    def _try(self, task: Callable[[], object], words: str) -> None:
        try:
            task()
        except (Refused, OSError) as error:
            self.banner.show_text(str(say(error)), "fault")
        else:
            self.banner.show_text(words, "done")

    def _build(self, title: str, note: str) -> None:
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(16), px(12), px(16), px(16))
        stack.setSpacing(px(12))
        line = QHBoxLayout()
        line.addWidget(label(title, "title"))
        line.addWidget(label(f"共 {len(self.paper.sheets)} 页", "lead"))
        line.addStretch(1)
        self.close_button = Button("关闭", self.reject)
        line.addWidget(self.close_button)
        if not note:
            line.addWidget(Button("另存为…", self.save, icon="download"))
            line.addWidget(self.print_button)
        stack.addLayout(line)
        stack.addWidget(self.banner)
        if note:
            self.banner.show_text(note, "info")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName("页面预览")
        holder = QWidget()
        holder.setProperty("role", "scrolled")
        self._column = QVBoxLayout(holder)
        self._column.setSpacing(px(16))
        for sheet in self.paper.sheets:
            page = QLabel()
            page.setProperty("role", "sheet")
            width = px(SHOWN_WIDTH)
            page.setFixedSize(width, round(width * sheet.height / sheet.width))
            page.setAccessibleName(f"第 {len(self._pages) + 1} 页")
            self._pages.append(page)
            self._column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        scroll.setWidget(holder)
        stack.addWidget(scroll, 1)
        (self.close_button if note else self.print_button).setFocus()

    def _draw_next(self) -> None:
        if self._next >= len(self._pages):
            self._timer.stop()
            return
        page, sheet = self._pages[self._next], self.paper.sheets[self._next]
        ratio = self.devicePixelRatioF()
        dpi = page.width() * ratio / sheet.width * POINTS_PER_INCH
        picture = QPixmap.fromImage(self.paper.picture(self._next, dpi))
        picture.setDevicePixelRatio(ratio)
        page.setPixmap(picture)
        self._next += 1

"""Prints the pages of a PDF so that the paper equals the PDF, whatever the screen scale or the driver think."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.errors import Refused

POINTS_PER_INCH = 72
MOST_DPI = 300


def printer_names() -> tuple[str, ...]:
    """The printers that the system offers; a Qt application must be there."""
    return tuple(name for name in QPrinterInfo.availablePrinterNames() if name)


@dataclass(frozen=True)
class PrintSheet:
    """The size of one page in points (1/72 inch)."""

    width: float
    height: float

    @property
    def layout(self) -> QPageLayout:
        """The page's layout: exact size, upright or across, no margins."""
        is_across = self.width > self.height
        short, tall = sorted((self.width, self.height))
        exact = QPageSize.SizeMatchPolicy.FuzzyMatch
        size = QPageSize(QSizeF(short, tall), QPageSize.Unit.Point, "", exact)
        side = QPageLayout.Orientation.Landscape if is_across else QPageLayout.Orientation.Portrait
        return QPageLayout(size, side, QMarginsF(0, 0, 0, 0))


class PrintPaper:
    """The pages of one PDF."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        with self._open() as document:
            self.sheets = tuple(PrintSheet(*page.get_size()) for page in document)

    def picture(self, number: int, dpi: float) -> QImage:
        """A page (from 0) drawn at a resolution."""
        with self._open() as document:
            bitmap = document[number].render(
                scale=dpi / POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=True
            )
            return QImage(
                bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
            ).copy()

    @contextmanager
    def _open(self) -> Iterator[Any]:
        import pypdfium2

        document = pypdfium2.PdfDocument(self.pdf)
        try:
            yield document
        finally:
            document.close()


def prepare_printer(printer: QPrinter, sheet: PrintSheet) -> None:
    """Assert the page's size and side on the printer; called again after its dialog, which may change them."""
    printer.setFullPage(True)
    printer.setPageLayout(sheet.layout)


def put_on_paper(paper: PrintPaper, printer: QPrinter) -> None:
    """Print all pages (or the printer's range), each at its own size.

    Raises Refused E580 when the printer takes no job.
    """
    numbers = _wanted(paper, printer)
    prepare_printer(printer, paper.sheets[numbers[0]])
    painter = QPainter()
    if not painter.begin(printer):
        raise Refused("E580", "打印机没有接受打印任务，请检查打印机是否开机、联机和有纸，再打印一次")
    try:
        for at, number in enumerate(numbers):
            if at:
                prepare_printer(printer, paper.sheets[number])
                printer.newPage()
            _draw(paper, number, painter, printer)
    finally:
        painter.end()


def _wanted(paper: PrintPaper, printer: QPrinter) -> list[int]:
    last = printer.toPage() or len(paper.sheets)
    first = max(1, printer.fromPage())
    found = list(range(first - 1, min(last, len(paper.sheets))))
    return found or list(range(len(paper.sheets)))


def _draw(paper: PrintPaper, number: int, painter: QPainter, printer: QPrinter) -> None:
    sheet, dpi = paper.sheets[number], printer.resolution()
    picture = paper.picture(number, min(dpi, MOST_DPI))
    unit = dpi / POINTS_PER_INCH
    painter.drawImage(QRectF(0, 0, sheet.width * unit, sheet.height * unit), picture)

"""Turns PDF pages into plain bitmaps, so that what is seen before printing is what the paper shows (P47)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.documents.pdf_engine import pdfium_lock


@dataclass(frozen=True)
class PageImage:
    """One page in 32-bit pixels, blue first (Qt's Format_RGB32); stride is the bytes of one row."""

    number: int
    width: int
    height: int
    stride: int
    pixels: bytes


def page_count(pdf: bytes | Path) -> int:
    """How many pages a PDF has, in memory or in a file."""
    from pypdfium2 import PdfDocument

    with pdfium_lock, PdfDocument(pdf) as document:
        return len(document)


def page_image(pdf: bytes, number: int, *, dpi: float = 96.0) -> PageImage:
    """One page, counted from 1, at dots per inch."""
    from pypdfium2 import PdfDocument

    with pdfium_lock, PdfDocument(pdf) as document:
        bitmap = document[number - 1].render(scale=dpi / 72, prefer_bgrx=True)
        image = PageImage(number, bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        bitmap.close()
    return image

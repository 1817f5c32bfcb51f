"""Puts the first pages of several PDFs small beside one another, so that all are looked at on few sheets."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from app.documents.preview import page_image

ACROSS, DOWN = 3, 3
MARGIN, GAP = 24, 12
DPI = 110


def write_contact_sheet(pages: Mapping[int, bytes], path: Path) -> None:
    """pages: number → PDF, whose first page is shown above its number; A4 sheets."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    width = (A4[0] - 2 * MARGIN - (ACROSS - 1) * GAP) / ACROSS
    height = (A4[1] - 2 * MARGIN - (DOWN - 1) * GAP) / DOWN
    for at, (number, pdf) in enumerate(sorted(pages.items())):
        place = at % (ACROSS * DOWN)
        if at and not place:
            canvas.showPage()
        x = MARGIN + place % ACROSS * (width + GAP)
        y = A4[1] - MARGIN - (place // ACROSS + 1) * height - place // ACROSS * GAP
        picture = ImageReader(_picture(pdf))
        canvas.drawImage(picture, x, y + GAP, width, height - GAP, preserveAspectRatio=True, anchor="n")
        canvas.drawCentredString(x + width / 2, y, str(number))
    canvas.save()


def _picture(pdf: bytes) -> BytesIO:
    from PIL import Image

    page = page_image(pdf, 1, dpi=DPI)
    size = (page.width, page.height)
    stream = BytesIO()
    Image.frombytes("RGB", size, page.pixels, "raw", "BGRX", page.stride).save(stream, "PNG")
    stream.seek(0)
    return stream

"""Preview: bitmaps of exactly the pages that will be printed."""

from __future__ import annotations

import pytest

from app.documents.preview import page_count, page_image
from app.documents.sheet import Sheet, SheetColumn
from app.documents.sheet_pdf import sheet_pdf


def test_p47_a_page_is_its_paper_at_any_resolution() -> None:
    pdf = sheet_pdf(Sheet("表", (SheetColumn("a", "甲"),), (("一",),), orientation="landscape")).pdf
    for dpi in (96, 120):
        image = page_image(pdf, 1, dpi=dpi)
        assert image.width == pytest.approx(297 / 25.4 * dpi, abs=1.5)
        assert image.height == pytest.approx(210 / 25.4 * dpi, abs=1.5)
        assert len(image.pixels) == image.stride * image.height and image.stride >= image.width * 4
        assert min(image.pixels[::4]) < 128


def test_every_page_is_shown_in_turn() -> None:
    pdf = sheet_pdf(Sheet("表", (SheetColumn("a", "甲"),), (("一",),) * 100)).pdf
    images = [page_image(pdf, number, dpi=20) for number in range(1, page_count(pdf) + 1)]
    assert [image.number for image in images] == list(range(1, len(images) + 1)) and len(images) > 1
    assert len({image.pixels for image in images}) == len(images)

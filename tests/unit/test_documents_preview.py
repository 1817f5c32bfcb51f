"""Preview: bitmaps of exactly the pages that will be printed."""

from __future__ import annotations

import pytest

from app.documents.preview import page_count, page_image, page_images, page_size
from app.documents.sheet import Column, Sheet
from app.documents.sheet_pdf import sheet_pdf


def test_p47_a_page_is_its_paper_at_any_resolution() -> None:
    pdf = sheet_pdf(Sheet("表", (Column("a", "甲"),), (("一",),), orientation="landscape")).pdf
    assert page_size(pdf) == (pytest.approx(297, abs=0.1), pytest.approx(210, abs=0.1))
    for dpi in (96, 120):
        image = page_image(pdf, 1, dpi=dpi)
        assert image.width == pytest.approx(297 / 25.4 * dpi, abs=1.5)
        assert len(image.pixels) == image.stride * image.height and image.stride >= image.width * 4
        assert min(image.pixels[::4]) < 128


def test_every_page_is_shown_in_turn() -> None:
    pdf = sheet_pdf(Sheet("表", (Column("a", "甲"),), (("一",),) * 100)).pdf
    assert [image.number for image in page_images(pdf, dpi=20)] == list(range(1, page_count(pdf) + 1))

"""Binds printed forms and scans into one PDF of numbered A4 pages, a paper at a time, bringing along nothing but what is seen."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import Any, BinaryIO

from app.documents.paper import A4_LONG, A4_SHORT, MM, Paper, Style
from app.documents.pdf_engine import pdfium_lock
from app.documents.scan import Media
from app.errors import Refused

MOST_PIXELS = (1654, 2339)
"""A4 at 200 dots per inch: a picture with more is made smaller on its way into the file; the stored one stays."""
_QUALITIES = (78, 50)
_LARGEST = 700_000
"""A JPEG of more bytes is tried again with the next quality: a scan of plain paper seldom needs half of it."""
_NUMBER = Style(size=10.5)
_EDGE, _RIM = 12 * MM, 15 * MM
_SAME = 3.0
Step = Callable[[int], None]


@dataclass(frozen=True)
class BoundPart:
    """A paper of the file; content is asked for when its turn comes. is_numbered: its pages count."""

    content: Callable[[], bytes]
    media: Media = Media.pdf
    is_numbered: bool = True


def bind_file(parts: Iterable[BoundPart], out: BinaryIO, step: Step) -> int:
    """Write the file to a stream; how many pages it has. step: told after each part how many are done.

    Pages are put on A4 as pictures of themselves, so scripts, links, enclosed files and form fields stay behind. Raises
    Refused E384 where a part cannot be read, and whatever its content raises.
    """
    import pypdfium2

    with pdfium_lock, closing(pypdfium2.PdfDocument.new()) as book:
        number = 0
        for done, part in enumerate(parts, 1):
            pages = _added(book, part, done)
            if part.is_numbered:
                _stamp(book, pages, number + 1)
                number += pages
            step(done)
        book.save(out)
        return len(book)


def _added(book: Any, part: BoundPart, place: int) -> int:
    """The part's pages, added to the book."""
    import pypdfium2

    content = part.content()
    try:
        return _add_pdf(book, content) if part.media is Media.pdf else _add_picture(book, content)
    except (pypdfium2.PdfiumError, OSError, ValueError) as fault:
        raise Refused(
            "E384", f"第 {place} 份材料打不开，不能装订整卷。请重新扫描、重新添加这份材料。", field="case"
        ) from fault


def _add_pdf(book: Any, content: bytes) -> int:
    import pypdfium2
    from pypdfium2 import raw

    with closing(pypdfium2.PdfDocument(content)) as source:
        for place in range(len(source)):
            page = source[place]
            raw.FPDFPage_Flatten(page, raw.FLAT_PRINT)
            size = page.get_size()
            page.close()
            _place(book, source.page_as_xobject(place, book), *size)
        return len(source)


def _place(book: Any, shown: Any, width: float, height: float) -> None:
    """A new page with the object, which stands as the page was seen: turned and cropped already."""
    import pypdfium2

    sheet_width, sheet_height = _sheet(width, height)
    scale = _scale(width, height, sheet_width, sheet_height)
    matrix = (
        pypdfium2.PdfMatrix()
        .scale(scale, scale)
        .translate((sheet_width - width * scale) / 2, (sheet_height - height * scale) / 2)
    )
    page = book.new_page(sheet_width, sheet_height)
    thing = shown.as_pageobject()
    thing.set_matrix(matrix)
    page.insert_obj(thing)
    page.gen_content()
    page.close()
    shown.close()


def _add_picture(book: Any, content: bytes) -> int:
    import pypdfium2

    data, pixels = _shown_picture(content)
    sheet_width, sheet_height = _sheet(*pixels)
    scale = min((sheet_width - 2 * _RIM) / pixels[0], (sheet_height - 2 * _RIM) / pixels[1])
    width, height = pixels[0] * scale, pixels[1] * scale
    page = book.new_page(sheet_width, sheet_height)
    image = pypdfium2.PdfImage.new(book)
    image.load_jpeg(io.BytesIO(data), inline=True)
    image.set_matrix(
        pypdfium2.PdfMatrix()
        .scale(width, height)
        .translate((sheet_width - width) / 2, (sheet_height - height) / 2)
    )
    page.insert_obj(image)
    page.gen_content()
    page.close()
    return 1


def _shown_picture(content: bytes) -> tuple[bytes, tuple[int, int]]:
    """The picture as an upright JPEG of at most 200 dots per inch of A4, and its width and height in pixels."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content)) as opened:
        opened.draft("RGB", (MOST_PIXELS[1], MOST_PIXELS[1]))
        picture = ImageOps.exif_transpose(opened)
        most = MOST_PIXELS if picture.height >= picture.width else MOST_PIXELS[::-1]
        if picture.mode in ("RGBA", "LA", "PA", "P"):
            solid = picture.convert("RGBA")
            picture = Image.new("RGB", solid.size, "white")
            picture.paste(solid, mask=solid.getchannel("A"))
        elif picture.mode not in ("L", "RGB"):
            picture = picture.convert("L" if picture.mode == "1" else "RGB")
        picture.thumbnail(most)
        return _jpeg(picture), picture.size


def _jpeg(picture: Any) -> bytes:
    data = b""
    for quality in _QUALITIES:
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=quality)
        data = stream.getvalue()
        if len(data) <= _LARGEST:
            break
    return data


def _sheet(width: float, height: float) -> tuple[float, float]:
    return (A4_LONG, A4_SHORT) if width > height else (A4_SHORT, A4_LONG)


def _scale(width: float, height: float, sheet_width: float, sheet_height: float) -> float:
    """1 for what is A4 already, else what fits."""
    if abs(width - sheet_width) < _SAME and abs(height - sheet_height) < _SAME:
        return 1.0
    return min(sheet_width / width, sheet_height / height) if width and height else 1.0


def _stamp(book: Any, pages: int, first: int) -> None:
    """Page numbers at the outer upper corner: right on a front, left on a back."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(_numbers(book, pages, first))) as numbers:
        start = len(book) - pages
        for place in range(pages):
            shown = numbers.page_as_xobject(place, book)
            page = book[start + place]
            page.insert_obj(shown.as_pageobject())
            page.gen_content()
            page.close()
            shown.close()


def _numbers(book: Any, pages: int, first: int) -> bytes:
    paper = Paper("页码")
    start = len(book) - pages
    for place in range(pages):
        width, height = book.get_page_size(start + place)
        paper.new_page()
        is_front = (first + place) % 2 == 1
        x = width - _EDGE if is_front else _EDGE
        paper.text(x, A4_LONG - height + _EDGE, str(first + place), _NUMBER, "right" if is_front else "left")
    return paper.finish().pdf

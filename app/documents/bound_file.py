"""Binds printed forms and scans into one PDF of numbered A4 pages, a paper at a time, bringing along nothing but what is seen."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from app.documents.paper import A4_LONG, A4_SHORT, MM, Paper, Style
from app.documents.pdf_engine import pdfium_lock
from app.documents.preview import page_count
from app.documents.scan import MIB, Media
from app.errors import Refused

MOST_PIXELS = (1654, 2339)
"""A4 at 200 dots per inch: a picture with more is made smaller on its way into the file; the stored one stays."""
_QUALITIES = (78, 50)
_LARGEST = 700_000
"""A JPEG of more bytes is tried again with the next quality: a scan of plain paper seldom needs half of it."""
_NUMBER = Style(size=10.5)
_EDGE, _RIM = 12 * MM, 15 * MM
_SAME = 3.0
_MOST_HELD, _SOME = 24 * MIB, 8
Step = Callable[[int], None]


@dataclass(frozen=True)
class BoundPart:
    """A paper of the file; content is asked for when its turn comes. is_numbered: its pages count."""

    content: Callable[[], bytes]
    media: Media = Media.pdf
    is_numbered: bool = True


def bind_file(parts: Iterable[BoundPart], out: BinaryIO, folder: Path, step: Step) -> int:
    """Write the file to a stream; how many pages it has. folder: where what is bound lies until all is.

    step: told after each part how many are done.

    Pages are put on A4 as pictures of themselves, so scripts, links, enclosed files and form fields stay behind. Raises
    Refused E384 where a part cannot be read, and whatever its content raises.
    """
    with TemporaryDirectory(dir=folder) as scratch, closing(_Book(Path(scratch))) as book:
        for done, part in enumerate(parts, 1):
            content = part.content()
            with pdfium_lock:
                _add(book, part, content, done)
            step(done)
        with pdfium_lock:
            book.document.save(out)
            return len(book.document)


class _Book:
    """The document that grows; what was bound is put down in a file now and then, so that memory holds little of it."""

    def __init__(self, scratch: Path):
        import pypdfium2

        with pdfium_lock:
            self.document = pypdfium2.PdfDocument.new()
        self._scratch = scratch
        self._file: Path | None = None
        self._held = self._count = 0
        self._numbered = 0

    def add(self, section: Any, size: int, *, is_numbered: bool) -> None:
        """Take over the pages of a small document, which then closes; size: its bytes.

        Pages are finished there: the engine walks through a whole document for each page that it writes anew.
        """
        if is_numbered:
            _stamp(section, self._numbered + 1)
            self._numbered += len(section)
        self.document.import_pages(section)
        section.close()
        self._held += size
        if self._held >= _MOST_HELD:
            self._lay_down()

    def _lay_down(self) -> None:
        """Go on from a file that holds all pages so far."""
        import pypdfium2

        self._count += 1
        file = self._scratch / f"{self._count}.pdf"
        self.document.save(file)
        self.document.close()
        if self._file is not None:
            self._file.unlink()
        self.document = pypdfium2.PdfDocument(file)
        self._file, self._held = file, 0

    def close(self) -> None:
        """Let go of the document and its file."""
        with pdfium_lock:
            self.document.close()


def _add(book: _Book, part: BoundPart, content: bytes, place: int) -> None:
    """Add the part's pages to the book."""
    import pypdfium2

    add = _add_pdf if part.media is Media.pdf else _add_picture
    try:
        add(book, content, part.is_numbered)
    except (pypdfium2.PdfiumError, OSError, ValueError) as fault:
        raise Refused(
            "E384", f"第 {place} 份材料打不开，不能装订整卷。请重新扫描、重新添加这份材料。", field="case"
        ) from fault


def _add_pdf(book: _Book, content: bytes, is_numbered: bool) -> None:
    """Some pages at a time, since the engine keeps in memory whatever it has looked at of an open document."""
    import pypdfium2

    pages = page_count(content)
    for start in range(0, pages, _SOME):
        some = range(start, min(start + _SOME, pages))
        section = pypdfium2.PdfDocument.new()
        with closing(pypdfium2.PdfDocument(content)) as source:
            for place in some:
                _place(section, *_captured(section, source, place))
        book.add(section, len(content) * len(some) // pages, is_numbered=is_numbered)


def _captured(section: Any, source: Any, place: int) -> tuple[Any, float, float]:
    """The page as an object of the section, with what fields and stamps show on it; its width and height."""
    from pypdfium2 import raw

    page = source[place]
    raw.FPDFPage_Flatten(page, raw.FLAT_PRINT)
    width, height = page.get_size()
    page.close()
    return source.page_as_xobject(place, section), width, height


def _place(section: Any, shown: Any, width: float, height: float) -> None:
    """A new page with the object, which stands as the page was seen: turned and cropped already."""
    import pypdfium2

    sheet_width, sheet_height = _sheet(width, height)
    scale = _scale(width, height, sheet_width, sheet_height)
    matrix = (
        pypdfium2.PdfMatrix()
        .scale(scale, scale)
        .translate((sheet_width - width * scale) / 2, (sheet_height - height * scale) / 2)
    )
    page = section.new_page(sheet_width, sheet_height)
    thing = shown.as_pageobject()
    thing.set_matrix(matrix)
    page.insert_obj(thing)
    page.gen_content()
    page.close()
    shown.close()


def _add_picture(book: _Book, content: bytes, is_numbered: bool) -> None:
    import pypdfium2

    data, pixels = _shown_picture(content)
    sheet_width, sheet_height = _sheet(*pixels)
    scale = min((sheet_width - 2 * _RIM) / pixels[0], (sheet_height - 2 * _RIM) / pixels[1])
    width, height = pixels[0] * scale, pixels[1] * scale
    section = pypdfium2.PdfDocument.new()
    page = section.new_page(sheet_width, sheet_height)
    image = pypdfium2.PdfImage.new(section)
    image.load_jpeg(io.BytesIO(data), inline=True)
    image.set_matrix(
        pypdfium2.PdfMatrix()
        .scale(width, height)
        .translate((sheet_width - width) / 2, (sheet_height - height) / 2)
    )
    page.insert_obj(image)
    page.gen_content()
    page.close()
    book.add(section, len(data), is_numbered=is_numbered)


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


def _stamp(section: Any, first: int) -> None:
    """Page numbers at the outer upper corner: right on a front, left on a back."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(_numbers(section, first))) as numbers:
        for place in range(len(section)):
            shown = numbers.page_as_xobject(place, section)
            page = section[place]
            page.insert_obj(shown.as_pageobject())
            page.gen_content()
            page.close()
            shown.close()


def _numbers(section: Any, first: int) -> bytes:
    paper = Paper("页码")
    for place in range(len(section)):
        width, height = section.get_page_size(place)
        paper.new_page()
        is_front = (first + place) % 2 == 1
        x = width - _EDGE if is_front else _EDGE
        paper.text(x, A4_LONG - height + _EDGE, str(first + place), _NUMBER, "right" if is_front else "left")
    return paper.finish().pdf

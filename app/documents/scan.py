"""Judges a scanned paper before it is kept: what format its bytes really are, how many pages, whether it is in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.documents.pdf_engine import pdfium_lock
from app.errors import Refused

MIB = 1024 * 1024
LARGEST_SCAN = 50 * MIB
"""Most bytes of one scanned paper."""
MOST_PAGES = 500


class Media(StrEnum):
    """What a kept paper may be."""

    pdf = "PDF"
    jpeg = "JPEG"
    png = "PNG"


_SCRIPT = re.compile(rb"/(?:JavaScript|JS)\b")
_BEGINNINGS = ((b"%PDF-", Media.pdf), (b"\xff\xd8\xff", Media.jpeg), (b"\x89PNG\r\n\x1a\n", Media.png))


@dataclass(frozen=True)
class Scan:
    """A paper that may be kept; warnings are what is unusual and nevertheless kept."""

    media: Media
    pages: int
    warnings: tuple[str, ...] = ()


def read_scan(data: bytes) -> Scan:
    """What the bytes are, whatever the file is called; nothing in them is ever run.

    Raises Refused E370 neither PDF nor picture, E371 too big, E359 too many pixels, E372 cannot be opened (damaged, locked by a password),
    E373 too many pages.
    """
    refuse_large(len(data))
    media = next((media for beginning, media in _BEGINNINGS if data.startswith(beginning)), None)
    if media is None:
        raise Refused(
            "E370",
            "这个文件不是 PDF 或图片（JPEG、PNG），不能作为材料。请重新扫描，或另存为 PDF 后再加。",
            field="file",
        )
    return _pdf(data) if media is Media.pdf else _picture(data, media)


def scan_bytes(file: Path) -> bytes:
    """The bytes of a file that may become a paper; one that is too big is not read at all. Raises Refused E371, E376."""
    try:
        refuse_large(file.stat().st_size)
        return file.read_bytes()
    except OSError as fault:
        raise Refused("E376", "读不到要添加的文件，请检查路径和权限。", field="file") from fault


def refuse_large(size: int) -> None:
    """Raises Refused E371 for more bytes than one paper may have."""
    if size > LARGEST_SCAN:
        raise Refused(
            "E371",
            f"这个文件有 {size // MIB} MB，一份材料最多 {LARGEST_SCAN // MIB} MB。请降低扫描分辨率，或分成几份再加。",
            field="file",
        )


def _pdf(data: bytes) -> Scan:
    import pypdfium2
    from pypdfium2 import raw

    try:
        with pdfium_lock, pypdfium2.PdfDocument(data) as document:
            pages, scripts = len(document), raw.FPDFDoc_GetJavaScriptActionCount(document.raw)
            has_files = raw.FPDFDoc_GetAttachmentCount(document.raw) > 0
    except pypdfium2.PdfiumError as fault:
        raise _unreadable() from fault
    if pages == 0:
        raise _unreadable()
    if pages > MOST_PAGES:
        raise Refused(
            "E373", f"这个 PDF 有 {pages} 页，一份材料最多 {MOST_PAGES} 页，请分成几份再加。", field="file"
        )
    return Scan(
        Media.pdf, pages, tuple(_pdf_warnings(scripts != 0 or _SCRIPT.search(data) is not None, has_files))
    )


def _pdf_warnings(has_scripts: bool, has_files: bool) -> Iterator[str]:
    if has_scripts:
        yield "这个 PDF 里带有脚本，本程序从不运行；请核对它的来路。"
    if has_files:
        yield "这个 PDF 里还夹带了别的文件，本程序不会打开它们；请核对它的来路。"


def _picture(data: bytes, media: Media) -> Scan:
    import warnings
    from io import BytesIO

    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as picture:
                picture.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as fault:
        raise Refused(
            "E359", "这张图片的像素太多，打开会占满内存。请降低扫描分辨率后再加。", field="file"
        ) from fault
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as fault:
        raise _unreadable() from fault
    return Scan(media, 1)


def _unreadable() -> Refused:
    return Refused(
        "E372", "这个文件打不开：已损坏、只传了一半，或设有密码。请重新扫描或去掉密码后再加。", field="file"
    )


def as_pdf(content: bytes) -> bytes:
    """A kept paper as a PDF: one already, else the picture on a page of its own size, upright A4 at the most."""
    if content.startswith(b"%PDF-"):
        return content
    from io import BytesIO

    from PIL import Image
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    with Image.open(BytesIO(content)) as picture:
        wide, high = picture.size
        scale = min(A4[0] / wide, A4[1] / high)
        made = BytesIO()
        canvas = Canvas(made, pagesize=(wide * scale, high * scale))
        canvas.drawImage(ImageReader(picture), 0, 0, wide * scale, high * scale)
        canvas.showPage()
        canvas.save()
    return made.getvalue()

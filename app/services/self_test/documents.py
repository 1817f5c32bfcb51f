"""Sees that documents come out right here: Chinese type in a PDF, and a workbook that reads back as it was written."""

from __future__ import annotations

from pathlib import Path

from app.clock import Clock, local
from app.documents.preview import page_image
from app.documents.sheet import Sheet, SheetColumn
from app.documents.sheet_xlsx import write_sheet_xlsx
from app.documents.text_pdf import Letter, letter_pdf
from app.services.self_test.wrong import NotRight

_SENTENCE = "惠民法律服务台自检：值班、签到、咨询、补贴 1234567890 元，玥、䶮也要印得出。"
_LEAST_INK = 200
"""Dark dots of the sample page at 48 dots an inch; an empty page has none."""


def check_fonts(clock: Clock) -> str:
    """The page has ink, and every character was found in a font."""
    printed = letter_pdf(Letter("自检", (_SENTENCE,) * 3, issued_on=local(clock.now().at).date()))
    image = page_image(printed.pdf, 1, dpi=48)
    ink = sum(value < 128 for value in image.pixels[::4])
    if printed.missing or ink < _LEAST_INK:
        lacking = "、".join(printed.missing) or "整页"
        raise NotRight(f"打印文件印不出：{lacking}。请告诉技术人员，查字体文件是否齐全。")
    return f"{printed.pages} 页，{len(printed.pdf) // 1024} KB，字都印得出"


def check_workbook(folder: Path) -> str:
    """Text, long numbers and money come back as they went."""
    from openpyxl import load_workbook

    columns = (
        SheetColumn("name", "姓名"),
        SheetColumn("number", "身份证号", width=10),
        SheetColumn("fen", "金额", "money"),
    )
    path = write_sheet_xlsx(
        Sheet("自检表", columns, (("张三", "110101199003070009", 12_345),)), folder / "自检 表.xlsx"
    )
    book = load_workbook(path, read_only=True)
    try:
        cells = {cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row}
    finally:
        book.close()
    if not {"张三", "110101199003070009", 123.45} <= cells:
        raise NotRight("写出的表格读回来不一样，请告诉技术人员。")
    return f"{path.stat().st_size // 1024} KB，读回一致"

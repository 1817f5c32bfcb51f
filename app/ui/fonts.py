"""Chooses the type family, so that Chinese text never shows as boxes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

SYSTEM_FAMILIES = (
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)


def packaged_font() -> Path:
    """The Noto Sans SC file that comes with the program's packages."""
    import pylopdf_fonts_zh_cn

    return Path(pylopdf_fonts_zh_cn.__file__).with_name("NotoSansSC-Regular.otf")


@cache
def family() -> str:
    """The first installed Chinese interface family, else the packaged Noto Sans SC, loaded here."""
    for name in SYSTEM_FAMILIES:
        if QFontDatabase.hasFamily(name):
            return name
    number = QFontDatabase.addApplicationFont(str(packaged_font()))
    found = QFontDatabase.applicationFontFamilies(number)
    return found[0] if found else QFont().defaultFamily()


def font(pixels: int, *, is_bold: bool = False) -> QFont:
    """The interface font at a size in pixels; all families named here have digits of equal width."""
    made = QFont(family())
    made.setPixelSize(max(1, pixels))
    made.setWeight(QFont.Weight.Bold if is_bold else QFont.Weight.Normal)
    return made

"""Writes what the desktop shows of the program: menu entries, icons painted by the program itself, kinds of files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_OFFICE = """[Desktop Entry]
Type=Application
Name=Huimin
Name[zh_CN]=惠民法律服务台
Comment[zh_CN]=司法所值班、咨询、补贴与上报
Exec=huimin open %f
Icon=huimin
Terminal=false
Categories=Office;
MimeType=application/x-huimin-bundle;application/x-huimin-enrolment;application/x-huimin-backup;application/x-huimin-update;
StartupWMClass=huimin
"""
_KIOSK = """[Desktop Entry]
Type=Application
Name=Huimin kiosk
Name[zh_CN]=惠民签到台
Comment[zh_CN]=律师签到签退，群众评价
Exec=huimin kiosk
Icon=huimin-kiosk
Terminal=false
Categories=Office;
StartupWMClass=huimin
"""
KINDS = {
    "bundle": (".hmb", "惠民上报包", "exchange"),
    "enrolment": (".hme", "惠民登记文件", "link"),
    "backup": (".hmbak", "惠民备份", "backup"),
    "update": (".hmu", "惠民程序更新", "download"),
}
"""Kind of file → its ending, its name, the symbol of its icon."""


def write_share(share: Path) -> None:
    """Everything that goes below a system's `share` folder."""
    shutil.rmtree(share, ignore_errors=True)
    applications = share / "applications"
    applications.mkdir(parents=True)
    (applications / "huimin.desktop").write_text(_OFFICE, encoding="utf-8")
    (applications / "huimin-kiosk.desktop").write_text(_KIOSK, encoding="utf-8")
    (share / "mime/packages").mkdir(parents=True)
    (share / "mime/packages/huimin.xml").write_text(_mime(), encoding="utf-8")
    _paint_icons(share / "icons/hicolor")


def _mime() -> str:
    kinds = "".join(
        f'  <mime-type type="application/x-huimin-{kind}">\n    <comment>{name}</comment>\n'
        f'    <glob pattern="*{ending}"/>\n  </mime-type>\n'
        for kind, (ending, name, _) in KINDS.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">\n'
    return f"{head}{kinds}</mime-info>\n"


def _paint_icons(folder: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from app.ui.program_icon import KIOSK, OFFICE, SIZES, painted

    _screen = QGuiApplication.instance() or QGuiApplication([])
    for size in SIZES:
        place = folder / f"{size}x{size}"
        for kind in ("apps", "mimetypes"):
            (place / kind).mkdir(parents=True)
        painted(OFFICE, size).save(str(place / "apps/huimin.png"))
        painted(KIOSK, size).save(str(place / "apps/huimin-kiosk.png"))
        for kind, (_, _, symbol) in KINDS.items():
            picture = painted(symbol, size, is_document=True)
            picture.save(str(place / f"mimetypes/application-x-huimin-{kind}.png"))


def write_ico(symbol: str, path: Path, *, is_document: bool = False) -> None:
    """A Windows icon with all sizes."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtGui import QGuiApplication, QImage

    from app.ui.program_icon import SIZES, painted

    _screen = QGuiApplication.instance() or QGuiApplication([])
    pictures = []
    for size in SIZES:
        image = painted(symbol, size, is_document=is_document).convertToFormat(QImage.Format.Format_RGBA8888)
        pictures.append(Image.frombytes("RGBA", (size, size), bytes(image.constBits())))
    pictures[-1].save(path, sizes=[one.size for one in pictures], append_images=pictures[:-1])

"""Makes the Qt application, in Chinese and at the scale this office chose, or says why there can be no windows."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from app.errors import Refused
from app.paths import DataDir

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def application(data: DataDir) -> QApplication:
    """The Qt application in Chinese, with the type and the scale of this office. Raises Refused E961, E962."""
    _refuse_without_screen()
    try:
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        raise Refused(
            "E962", f"系统缺少图形界面所需的库（{error.name or error}），请按说明安装后再打开。"
        ) from error
    from app.ui import style
    from app.ui.look import remembered
    from app.ui.program_icon import OFFICE, program_icon

    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("huimin")
    app.setApplicationDisplayName("惠民法律服务台")
    app.setDesktopFileName("huimin")
    app.setWindowIcon(program_icon(OFFICE))
    _speak_chinese(app)
    look = remembered(data)
    style.apply(app, scale=look.scale, is_high_contrast=look.is_high_contrast)
    return app


def _refuse_without_screen() -> None:
    has_screen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform.startswith("linux") and not has_screen:
        raise Refused(
            "E961", "这里没有图形界面，不能打开窗口；请在桌面环境里打开，或改用命令（huimin --help）。"
        )


def _speak_chinese(app: QApplication) -> None:
    """Qt's own words (file chooser, print dialog) in Chinese."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    words = QTranslator(app)
    if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)

"""Puts a backup into the empty data directory, then leads to the login."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.office.restore import Restored, restore_backup
from app.ui.errors import Said
from app.ui.start.caps import with_caps_hint
from app.ui.start.context import Start
from app.ui.theme import px
from app.ui.widgets.banner import Banner
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.card import Card, row
from app.ui.widgets.fields import LineField
from app.ui.widgets.file_pick import FilePick
from app.ui.widgets.text import label


class RestoreView(QWidget):
    """restored(name): the backup is in place. left: back to the first question."""

    restored = Signal(str)
    left = Signal()

    def __init__(self, start: Start) -> None:
        super().__init__()
        self._start = start
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.file = FilePick("备份文件", filters="备份 (*.hmbak)", is_required=True)
        self.secret = LineField(
            "密码或恢复码", is_secret=True, hint="备份里任一账号的密码，填了会先打开核对；可以不填"
        )
        self.banner = Banner()
        self.go = Button("恢复", self.try_now, kind=PRIMARY)
        card = Card(pad=24, spacing=12)
        card.setFixedWidth(px(560))
        card.add(
            label("从备份恢复", "title"),
            label("备份里有数据和密钥，都是加密的；恢复后用原来的登录名和密码登录。", "muted", wraps=True),
            self.file,
            with_caps_hint(self.secret),
            label("恢复后，请先与上级核对流水序号，再导出上报包。", "note", wraps=True),
            self.banner,
        )
        card.add(row(Button("返回", self.left.emit, keys="Esc"), None, self.go))
        self.file.entered.connect(self.secret.setFocus)
        self.secret.entered.connect(self.try_now)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(row(None, card, None))
        outer.addStretch(3)

    def take_file(self, file: Path) -> None:
        """The backup that was opened from the desktop."""
        self.file.take(file)

    def focus_first(self) -> None:
        """The file."""
        self.file.setFocus()

    def try_now(self) -> None:
        """Restore away from the GUI thread."""
        path = self.file.value()
        if path is None or not self.go.isEnabled():
            self.file.show_fault("请选择备份文件" if path is None else "")
            return
        self.go.setEnabled(False)
        self.banner.hide()
        secret = self.secret.value()
        self._start.work(lambda: restore_backup(self._start.data, path, secret), self._done, self._fail, self)

    def _done(self, found: Restored) -> None:
        self.restored.emit(found.file)

    def _fail(self, said: Said) -> None:
        self.go.setEnabled(True)
        self.banner.show_text(str(said), "fault")

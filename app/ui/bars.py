"""The bar at the top and the status line at the foot of the window."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy

from app.ui import icons
from app.ui.desk import Place
from app.ui.theme import colours, current, px
from app.ui.widgets.button import press_with_enter
from app.ui.widgets.marks import keycap_width, paint_keycap
from app.ui.widgets.text import ElidedLabel, label, set_state


class SearchButton(QAbstractButton):
    """Looks like a search field and opens the search of everything."""

    def __init__(self) -> None:
        super().__init__()
        self.setText("查找人员、咨询、站点、命令…")
        self.setAccessibleName("查找人员、咨询、站点、报表、命令")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        return QSize(px(300 if current().scale <= 125 else 150), px(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_with_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(QColor(c.accent if has_focus else c.edge), 1))
        painter.setBrush(QColor(c.bg))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
        size = px(16)
        painter.drawPixmap(px(10), (self.height() - size) // 2, icons.picture("search", c.ink3, size))
        painter.setFont(current().font())
        painter.setPen(QColor(c.ink3))
        align = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        width, height = keycap_width("Ctrl K"), px(20)
        room = self.width() - px(34) - width - px(12)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(px(34), 0, room, self.height()), align, words)
        box = QRectF(self.width() - width - px(8), (self.height() - height) / 2, width, height)
        paint_keycap(painter, box, "Ctrl K")


class TopBar(QFrame):
    """Brand, site, line of the day, search, person. searched; left: the person's name was pressed."""

    searched = Signal()

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.setProperty("role", "top")
        self.setFixedHeight(px(48))
        line = QHBoxLayout(self)
        line.setContentsMargins(px(16), 0, px(16), 1)
        line.setSpacing(px(16))
        brand = label("惠民法律服务台", "brand")
        brand.setFixedWidth(px(160))
        self.site = label(place.site_name, "site")
        self.day = ElidedLabel("", "day")
        self.search = SearchButton()
        self.search.clicked.connect(lambda: self.searched.emit())
        self.person = label(" · ".join(dict.fromkeys((place.user_name, place.role))))
        line.addWidget(brand)
        line.addWidget(self.site)
        line.addWidget(self.day, 1)
        line.addWidget(self.search)
        line.addWidget(self.person)


class StatusBar(QFrame):
    """Saved, backup, receipts on the left; the keys on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "status")
        self.setFixedHeight(px(28))
        line = QHBoxLayout(self)
        line.setContentsMargins(px(16), 1, px(16), 0)
        line.setSpacing(px(24))
        self.saved, self.backup, self.receipt, self.beside = _Dotted(), label(""), label(""), label("")
        for part in (self.saved, self.backup, self.receipt, self.beside):
            line.addWidget(part)
            part.hide()
        line.addStretch(1)
        keys = label("F1 帮助　F9 锁定　Ctrl+K 查找")
        line.addWidget(keys)

    def show_saved(self, text: str, state: str = "") -> None:
        """The last save, or what is being done."""
        self.saved.show_text(text, state)

    def show_backup(self, text: str, state: str = "") -> None:
        """The last backup; state fault when it is too old."""
        self.backup.setText(text)
        self.backup.setVisible(bool(text))
        set_state(self.backup, state=state)

    def show_receipt(self, text: str) -> None:
        """The last receipt and what is queued."""
        self.receipt.setText(text)
        self.receipt.setVisible(bool(text))

    def show_beside(self, text: str) -> None:
        """What the program does by itself meanwhile, and how far it is; "" for nothing."""
        self.beside.setText(text)
        self.beside.setVisible(bool(text))

    def take(self, other: StatusBar) -> None:
        """Show what another status line shows."""
        self.show_saved(other.saved.text(), other.saved.state)
        self.show_backup(other.backup.text(), str(other.backup.property("state") or ""))
        self.show_receipt(other.receipt.text())
        self.show_beside(other.beside.text())


class _Dotted(QFrame):
    """A dot and a text."""

    def __init__(self) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(px(14), 0, 0, 0)
        self._text = label("")
        self.state = ""
        line.addWidget(self._text)

    def show_text(self, text: str, state: str) -> None:
        self._text.setText(text)
        self.setVisible(bool(text))
        self.state = state
        set_state(self._text, state=state)
        self.update()

    def text(self) -> str:
        return self._text.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.of(self.state)[0] if self.state else c.done))
        size = px(8)
        if self._text.text():
            painter.drawEllipse(QRectF(0, (self.height() - size) / 2, size, size))

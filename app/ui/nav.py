"""The navigation on the left: pages in groups with icons, badges and Alt+number keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui import icons
from app.ui.page import Page
from app.ui.theme import colours, current, px
from app.ui.widgets.button import press_with_enter
from app.ui.widgets.into_view import bring_into_view
from app.ui.widgets.text import rule
from app.values import Level

ROOMY, TIGHT = 40, 32
"""Height of an entry where the window is tall enough for all of them, and the least it may be."""


class NavItem(QAbstractButton):
    """One entry: icon, title, badge; the current one is on accent ground with an edge."""

    def __init__(self, page: Page, title: str, number: int) -> None:
        super().__init__()
        self.page, self.badge = page, 0
        self.setText(title)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if number <= 9:
            self.setToolTip(f"Alt+{number}")
        self.setAccessibleName(title)

    def set_badge(self, count: int) -> None:
        """How many things wait there."""
        self.badge = count
        self.setAccessibleName(f"{self.text()}，{count} 件" if count else self.text())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(160), px(ROOMY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        elif not press_with_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = c.accent if self.isChecked() else c.ink2
        self._paint_ground(painter)
        size = px(18)
        top = (self.height() - size) // 2
        painter.drawPixmap(px(12), top, icons.picture(self.page.icon, ink, size))
        painter.setFont(current().font(is_bold=self.isChecked()))
        painter.setPen(QColor(ink))
        left = px(12) + size + px(10)
        right = self.width() - px(12) - (self._badge_width() + px(4) if self.badge else 0)
        words = QFontMetrics(painter.font()).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, right - left
        )
        align = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(left, 0, right - left, self.height()), align, words)
        if self.badge:
            self._paint_badge(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        c, box = colours(), QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(QColor(c.accent_weak if self.isChecked() else c.bg))
            painter.drawRoundedRect(box, px(6), px(6))
        if self.isChecked():
            painter.setBrush(QColor(c.accent))
            edge = QRectF(0, (self.height() - px(20)) / 2, px(3), px(20))
            painter.drawRoundedRect(edge, px(2) - 0.5, px(2) - 0.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(c.accent))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))

    def _words(self) -> str:
        return str(self.badge) if self.badge < 100 else "99+"

    def _badge_width(self) -> int:
        words = QFontMetrics(current().font(12, is_bold=True)).horizontalAdvance(self._words())
        return max(px(19), words + px(12))

    def _paint_badge(self, painter: QPainter) -> None:
        c, height, width = colours(), px(18), self._badge_width()
        box = QRectF(self.width() - px(12) - width, (self.height() - height) / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.fault))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(QColor("#FFFFFF"))
        painter.setFont(current().font(12, is_bold=True))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._words())


class Nav(QFrame):
    """The list of pages. picked(key)."""

    picked = Signal(str)

    def __init__(self, pages: Sequence[Page], level: Level) -> None:
        super().__init__()
        self.setProperty("role", "nav")
        self.setFixedWidth(px(176))
        self.setAccessibleName("模块")
        self.items: dict[str, NavItem] = {}
        holder = QWidget()
        holder.setProperty("role", "nav-list")
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(px(8), px(8), px(8), px(8))
        self._list.setSpacing(0)
        self._fill(pages, level)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.addWidget(scroll)

    def _fill(self, pages: Sequence[Page], level: Level) -> None:
        last: int | None = None
        for number, page in enumerate(pages, 1):
            if last is not None and page.group != last:
                self._list.addSpacing(px(6))
                self._list.addWidget(rule())
                self._list.addSpacing(px(6))
            last = page.group
            item = NavItem(page, page.title_at(level), number)
            item.clicked.connect(lambda _on=False, key=page.key: self.picked.emit(key))
            self.items[page.key] = item
            self._list.addWidget(item)
        self._between = self._list.sizeHint().height() - len(self.items) * px(ROOMY)
        self._list.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The entries share the height, so that all of them are seen as long as each can be hit."""
        super().resizeEvent(event)
        room = (self.height() - self._between) // max(1, len(self.items))
        for one in self.items.values():
            one.setFixedHeight(min(max(room, px(TIGHT)), px(ROOMY)))

    def show_current(self, key: str) -> None:
        """Mark the page shown."""
        if key in self.items:
            self.items[key].setChecked(True)
            bring_into_view(self.items[key])

    def set_badges(self, counts: Mapping[str, int]) -> None:
        """Page key → how many things wait there; others have none."""
        for key, item in self.items.items():
            item.set_badge(counts.get(key, 0))

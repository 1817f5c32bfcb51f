"""The search of everything (Ctrl+K): pages, steps of this page, and what the office finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.pinyin import score
from app.ui.desk import Hit, Search
from app.ui.theme import colours, current, px
from app.ui.widgets.card import Card
from app.ui.widgets.field import ImeGuard
from app.ui.widgets.text import label, rule

WAIT_MS = 150
KEYS = "↑ ↓ 选择　Enter 打开　Esc 关闭"
ENTRY = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True)
class PaletteEntry:
    """One line of the palette: words, what it is, keys, and what choosing it does."""

    title: str
    kind: str
    run: Callable[[], object]
    hint: str = ""
    keys: str = ""


class Palette(QFrame):
    """Lies over the window; typing filters, ↑ ↓ choose, Enter runs, Esc closes."""

    def __init__(
        self,
        window: QWidget,
        entries: Callable[[], Sequence[PaletteEntry]],
        search: Search | None,
        open_hit: Callable[[Hit], object],
    ) -> None:
        super().__init__(window)
        self._over = window
        self._entries, self._search, self._open_hit = entries, search, open_hit
        self._before: QWidget | None = None
        self.setProperty("role", "palette-veil")
        self.line = QLineEdit()
        self.line.setProperty("role", "palette")
        self.line.setPlaceholderText("查找人员、咨询、站点、报表、命令，可用拼音首字母或号码")
        self.line.setAccessibleName("查找")
        self.list = QListWidget()
        self.list.setProperty("role", "drop-plain")
        self.list.setAccessibleName("找到的")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_EntryDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.foot = label(KEYS, "small")
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self._ask)
        self._build()
        self._guard = ImeGuard(self.line)
        self._guard.entered.connect(self._run)
        self.line.textChanged.connect(self._filter)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self._run())
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the palette over the window, empty."""
        self._before = self._over.focusWidget()
        self.line.clear()
        self._filter("")
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.line.setFocus()

    def close_palette(self) -> None:
        """Hide it and give the focus back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def titles(self) -> list[str]:
        """What is offered now."""
        return [self.list.item(n).text() for n in range(self.list.count())]

    def _build(self) -> None:
        card = Card(pad=8, spacing=4)
        card.setFixedWidth(px(640))
        card.setMaximumHeight(px(440))
        card.add(self.line, rule(), self.list)
        self.list.setMinimumHeight(px(320))
        self.foot.setContentsMargins(px(12), px(4), 0, px(4))
        card.add(self.foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, px(72), 0, px(72))
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)

    def _filter(self, typed: str) -> None:
        scored = [(score(typed, entry.title), entry) for entry in self._entries()]
        found = [entry for fit, entry in sorted(scored, key=lambda pair: -pair[0]) if fit]
        self._show(found)
        self.foot.setText(KEYS)
        if typed.strip():
            self._timer.start()

    def _ask(self) -> None:
        typed = self.line.text().strip()
        if self._search is not None and typed:
            self._search(typed, lambda hits: self._add_hits(typed, hits))

    def _add_hits(self, typed: str, hits: Sequence[Hit]) -> None:
        if typed != self.line.text().strip() or not self.isVisible():
            return
        for hit in hits:
            self._put(PaletteEntry(hit.title, hit.kind, partial(self._open_hit, hit), hit.hint))
        if not self.list.count():
            self.foot.setText(f"没有找到“{typed}”，请换姓名、首字母、编号或电话尾号再试")
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def _show(self, entries: Sequence[PaletteEntry]) -> None:
        self.list.clear()
        for entry in entries:
            self._put(entry)
        self.list.setCurrentRow(0)

    def _put(self, entry: PaletteEntry) -> None:
        item = QListWidgetItem(entry.title)
        item.setData(ENTRY, entry)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.kind} {entry.title} {entry.hint}")
        self.list.addItem(item)

    def _run(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            entry: PaletteEntry = item.data(ENTRY)
            self.close_palette()
            entry.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self.setGeometry(self._over.rect())
        if watched is not self.line or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return event.type() == QEvent.Type.KeyPress and self._key(event.key())

    def _key(self, key: int) -> bool:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
        if key == Qt.Key.Key_Escape:
            self.close_palette()
            return True
        if key in steps and self.list.count():
            at = self.list.currentRow() + steps[Qt.Key(key)]
            self.list.setCurrentRow(min(max(0, at), self.list.count() - 1))
            return True
        return False

    def mousePressEvent(self, event: object) -> None:
        self.close_palette()


class _EntryDelegate(QStyledItemDelegate):
    """Paints kind, title, hint and keys in one line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        return QSize(px(200), px(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        entry: PaletteEntry = index.data(ENTRY)  # type: ignore[attr-defined]
        c, box = colours(), option.rect  # type: ignore[attr-defined]
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_weak))
            painter.drawRoundedRect(box, px(6), px(6))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(current().font(12))
        painter.setPen(QColor(c.ink3))
        painter.drawText(QRect(box.x() + px(12), box.y(), px(64), box.height()), middle, entry.kind)
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(box.adjusted(0, 0, -px(12), 0), right, entry.keys or entry.hint)
        painter.setFont(current().font(is_bold=False))
        painter.setPen(QColor(c.ink))
        painter.drawText(box.adjusted(px(84), 0, -px(12), 0), middle, entry.title)
        painter.restore()

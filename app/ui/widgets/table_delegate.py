"""Paints table cells: tags, second lines, row buttons, aligned figures, a quiet selection."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from app.ui.theme import colours, current, px
from app.ui.widgets.hours import fitting_hours
from app.ui.widgets.marks import paint_tag, tag_height, tag_width
from app.ui.widgets.table_model import COLUMN, SUB, TAG

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints one cell. pressed(row, column key): a row's button was clicked."""

    pressed = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.row_height = 36

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        self._paint_ground(painter, option)
        box = option.rect.adjusted(px(8), 0, -px(8), 0)  # type: ignore[attr-defined]
        column = index.data(COLUMN)
        tag = index.data(TAG)
        if tag is not None:
            self._paint_tag(painter, box, tag)
        elif column is not None and column.kind == "action":
            self._paint_button(painter, box, str(index.data() or ""), option)
        elif column is None or column.kind != "tag":
            self._paint_text(painter, box, index)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = option.rect.width()  # type: ignore[attr-defined]
        column = index.data(COLUMN)
        sub = "一" if column is not None and column.sub_lines == 1 else index.data(SUB)
        return QSize(self._width(index), self.height_with(sub, width))

    def height_with(self, sub: str | None, width: int) -> int:
        """How high a row is whose cell of this width has such a second line."""
        height = px(self.row_height)
        if not sub:
            return height
        room = QRect(0, 0, max(px(40), width - px(16)), 10_000)
        lines = QFontMetrics(current().font(12)).boundingRect(room, int(Qt.TextFlag.TextWordWrap), sub)
        return max(height, px(8) * 2 + QFontMetrics(current().font()).height() + lines.height())

    def _width(self, index: Index) -> int:
        text = str(index.data() or "")
        if index.data(TAG) is not None:
            return tag_width(text) + px(16)
        return QFontMetrics(current().font()).horizontalAdvance(text) + px(20)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        c, box = colours(), option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(c.accent_weak))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(c.head))
        painter.setPen(QPen(QColor(c.line_soft), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _paint_tag(self, painter: QPainter, box: QRect, tag: tuple[str, str]) -> None:
        height, width = tag_height(), min(tag_width(tag[1]), box.width() + px(8))
        place = QRectF(box.x(), box.y() + (box.height() - height) / 2, width, height)
        paint_tag(painter, place, tag[0], tag[1])

    def _button_box(self, box: QRect, text: str) -> QRect:
        width = QFontMetrics(current().font()).horizontalAdvance(text) + px(28)
        height = px(28)
        return QRect(box.right() - width + 1, box.y() + (box.height() - height) // 2, width, height)

    def _paint_button(self, painter: QPainter, box: QRect, text: str, option: QStyleOptionViewItem) -> None:
        if not text:
            return
        c, place = colours(), QRectF(self._button_box(box, text)).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(c.edge), 1))
        painter.setBrush(QColor(c.card))
        painter.drawRoundedRect(place, px(6), px(6))
        painter.setPen(QColor(c.ink))
        painter.setFont(current().font())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_text(self, painter: QPainter, box: QRect, index: Index) -> None:
        text, sub = str(index.data() or ""), index.data(SUB)
        ink, chosen = index.data(Qt.ItemDataRole.ForegroundRole), index.data(Qt.ItemDataRole.FontRole)
        font = chosen if isinstance(chosen, QFont) else current().font()
        align = int(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0)
        painter.setFont(font)
        painter.setPen(ink or QColor(colours().ink))
        first = QRect(box)
        if sub:
            first = QRect(box.x(), box.y() + px(7), box.width(), QFontMetrics(font).height())
        line = self._line(index, text, QFontMetrics(font), first.width())
        painter.drawText(first, align, line)
        if sub:
            self._paint_sub(painter, box, first.bottom() + 1, self._second(index, sub, box.width()), align)

    def _line(self, index: Index, text: str, metrics: QFontMetrics, room: int) -> str:
        """The text as far as there is room; hours by whole ranges."""
        column = index.data(COLUMN)
        if column is not None and column.kind == "hours":
            text = fitting_hours(text, lambda words: metrics.horizontalAdvance(words) <= room)
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def _second(self, index: Index, sub: str, room: int) -> str:
        """The second line: shortened where its column keeps it to one."""
        column = index.data(COLUMN)
        if column is None or column.sub_lines != 1:
            return sub
        return QFontMetrics(current().font(12)).elidedText(sub, Qt.TextElideMode.ElideRight, room)

    def _cut(self, index: Index, room: int) -> str:
        """What of a cell there is no room for, whole; "" where all of it is seen."""
        text, sub = str(index.data() or ""), index.data(SUB) or ""
        if index.data(TAG) is not None:
            return ""
        chosen = index.data(Qt.ItemDataRole.FontRole)
        metrics = QFontMetrics(chosen if isinstance(chosen, QFont) else current().font())
        is_cut = self._line(index, text, metrics, room) != text or self._second(index, sub, room) != sub
        return "\n".join(filter(None, (text, sub))) if is_cut else ""

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        box = option.rect  # type: ignore[attr-defined]
        words = self._cut(index, box.width() - 2 * px(8)) if event.type() == QEvent.Type.ToolTip else ""
        if words:
            QToolTip.showText(event.globalPos(), words, view)
            return True
        return bool(super().helpEvent(event, view, option, index))

    def _paint_sub(self, painter: QPainter, box: QRect, top: int, sub: str, align: int) -> None:
        painter.setFont(current().font(12))
        painter.setPen(QColor(colours().ink3))
        flags = align & ~int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(QRect(box.x(), top, box.width(), box.bottom() - top), flags, sub)

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        column = index.data(COLUMN)
        if (
            event.type() == QEvent.Type.MouseButtonRelease
            and column is not None
            and column.kind == "action"
            and isinstance(event, QMouseEvent)
        ):
            box = option.rect.adjusted(px(8), 0, -px(8), 0)  # type: ignore[attr-defined]
            text = str(index.data() or "")
            if text and self._button_box(box, text).contains(event.position().toPoint()):
                self.pressed.emit(index.row(), column.key)
                return True
        return False

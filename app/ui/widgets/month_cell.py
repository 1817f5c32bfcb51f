"""Paints one day of the month calendar: number, rest mark, duties as chips, selection border."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.theme import State, colours, current, px

Index = QModelIndex | QPersistentModelIndex
DAY = int(Qt.ItemDataRole.UserRole) + 1
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
ROOMY = 112
"""From this width on a chip has air at its sides; large text needs it for the hours."""
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class Chip:
    """One duty in a day: title, second line, a fault in words, the state that colours it, and the page's key."""

    title: str
    line: str = ""
    state: State | str = State.INFO
    fault: str = ""
    key: Any = None


@dataclass(frozen=True)
class CalendarDay:
    """One day: mark 休 or 班 (or ""), whether work rests, its chips, a small note such as 赶集日."""

    on: date
    chips: tuple[Chip, ...] = ()
    mark: str = ""
    is_off: bool = False
    note: str = ""
    is_outside: bool = False


class DayDelegate(QStyledItemDelegate):
    """Paints a Day."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        day: CalendarDay = index.data(DAY)
        box: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, day)
        self._paint_head(painter, box, day)
        for at, place in enumerate(chip_boxes(day, box)):
            if at < len(day.chips):
                paint_chip(painter, place, day.chips[at])
        self._paint_rest(painter, box, day)
        state = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected and not day.is_outside:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours().accent), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRect, day: CalendarDay) -> None:
        c = colours()
        painter.fillRect(box, QColor(c.head if day.is_off or day.is_outside else c.card))
        painter.fillRect(box.right(), box.y(), 1, box.height(), QColor(c.line_soft))
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, QColor(c.line_soft))

    def _paint_head(self, painter: QPainter, box: QRect, day: CalendarDay) -> None:
        c = colours()
        line = QRect(box.x() + px(8), box.y() + px(5), box.width() - px(16), px(21))
        painter.setFont(current().font(14, is_bold=True))
        painter.setPen(QColor(c.faint if day.is_outside else c.ink2))
        painter.drawText(line, LEFT, str(day.on.day))
        if day.is_outside:
            return
        painter.setFont(current().font(12))
        if day.mark:
            painter.setPen(QColor(c.fault if day.mark == "休" else c.accent))
            painter.drawText(line, RIGHT, day.mark)
        if day.note:
            painter.setPen(QColor(c.ink3))
            painter.drawText(line.adjusted(px(26), 0, -px(18), 0), RIGHT if not day.mark else LEFT, day.note)

    def _paint_rest(self, painter: QPainter, box: QRect, day: CalendarDay) -> None:
        hidden = len(day.chips) - len(chip_boxes(day, box))
        if hidden > 0:
            painter.setFont(current().font(12))
            painter.setPen(QColor(colours().ink3))
            line = QRect(box.x() + px(8), box.bottom() - px(18), box.width() - px(16), px(16))
            painter.drawText(line, LEFT, f"还有 {hidden} 个")


def chip_boxes(day: CalendarDay, box: QRect) -> list[QRect]:
    """Where each chip that fits stands; several chips in a day are one line each."""
    top, room = box.y() + px(30), box.height() - px(36)
    if len(day.chips) == 1:
        side = px(8) if box.width() >= px(ROOMY) else px(4)
        width = box.width() - 2 * side
        return [QRect(box.x() + side, top, width, min(room, _tall(day.chips[0], width)))]
    height, gap = px(20), px(2)
    fits = max(1, (room + gap) // (height + gap))
    if len(day.chips) > fits:
        fits = max(1, (room - px(16) + gap) // (height + gap))
    return [
        QRect(box.x() + px(6), top + n * (height + gap), box.width() - px(12), height)
        for n in range(min(fits, len(day.chips)))
    ]


def chip_at(day: CalendarDay, box: QRect, point: QPoint) -> int | None:
    """The number of the chip at a point, or None."""
    return next((n for n, place in enumerate(chip_boxes(day, box)) if place.contains(point)), None)


def paint_chip(painter: QPainter, box: QRect, chip: Chip) -> None:
    """A chip: coloured edge and ground; tall ones show title, line and fault, low ones all in a line."""
    text, ground = (QColor(value) for value in colours().of(chip.state))
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(box), px(4), px(4))
    painter.save()
    painter.setClipPath(shape)
    painter.fillRect(box, ground)
    painter.fillRect(QRect(box.x(), box.y(), px(3), box.height()), text)
    inner = box.adjusted(px(10), px(2), -px(4), -px(2))
    if box.height() < px(36):
        _paint_low(painter, inner, chip, text)
    else:
        _paint_tall(painter, inner, chip, text)
    painter.restore()


def _paint_tall(painter: QPainter, box: QRect, chip: Chip, text: QColor) -> None:
    c, top = colours(), box.y()
    _line(painter, QRect(box.x(), top, box.width(), px(20)), chip.title, 14, True, QColor(c.ink))
    top += px(20)
    if chip.line and not chip.fault:
        spacing = QFontMetrics(current().font(12)).lineSpacing()
        lines = max(1, (box.bottom() - top + px(4)) // spacing)
        for at, words in enumerate(_ranges(chip.line, lines)):
            place = QRect(box.x(), top + at * spacing, box.width(), spacing)
            _line(painter, place, words, 12, False, QColor(c.ink2))
    elif chip.line and box.bottom() - top >= px(32):
        _line(painter, QRect(box.x(), top, box.width(), px(17)), chip.line, 12, False, QColor(c.ink2))
        top += px(17)
    if chip.fault:
        _line(painter, QRect(box.x(), top, box.width(), px(17)), chip.fault, 12, True, text)


def _ranges(words: str, lines: int) -> list[str]:
    """A range of hours a line; those beyond the last line stand in it and end in … where they are too long."""
    parts = words.split("；")
    return [*parts[: lines - 1], "；".join(parts[lines - 1 :])] if len(parts) > lines else parts


def _paint_low(painter: QPainter, box: QRect, chip: Chip, text: QColor) -> None:
    box = box.adjusted(-px(4), -px(2), px(2), px(2))
    ink = text if chip.fault else QColor(colours().ink)
    used = _line(painter, box, chip.title, 12, True, ink) + px(6)
    rest = chip.fault or chip.line
    if rest and box.width() - used > px(28):
        ink = text if chip.fault else QColor(colours().ink2)
        _line(painter, box.adjusted(used, 0, 0, 0), rest, 12, False, ink)


def _line(painter: QPainter, box: QRect, words: str, size: float, is_bold: bool, ink: QColor) -> int:
    font = current().font(size, is_bold=is_bold)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(ink)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, LEFT, shown)
    return metrics.horizontalAdvance(shown)


def _tall(chip: Chip, width: int) -> int:
    height = px(4) + px(20) + px(4)
    if chip.fault:
        return height + px(17) * (2 if chip.line else 1)
    if chip.line:
        height += px(17) + px(19) * chip.line.count("；")
    return height

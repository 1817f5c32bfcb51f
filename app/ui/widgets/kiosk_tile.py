"""The big tiles of the kiosk: a person on duty today, or a plain choice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.ui.theme import State, colours, current, px
from app.ui.widgets.hours import fitting_hours
from app.ui.widgets.marks import paint_tag, tag_height, tag_width

CIRCLE = 88


class KioskTile(QAbstractButton):
    """A tile with the surname in a circle, name, second line and a state tag; without a name a plain choice.

    ending: the end of the second line, the hours, which is the last to be cut off.
    """

    def __init__(
        self,
        name: str,
        line: str = "",
        ending: str = "",
        *,
        state: State | str = State.NONE,
        word: str = "",
        run: Callable[[], object] | None = None,
        has_circle: bool = True,
    ) -> None:
        super().__init__()
        self.name, self.state, self.word = name, State(state), word
        self._start, self._ending = line, ending
        self.line = " · ".join(filter(None, (line, ending)))
        self._has_circle = has_circle
        self.is_current = False
        self.setText(name)
        self.setAccessibleName("，".join(filter(None, (name, self.line, word))))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if run is not None:
            self.clicked.connect(lambda: run())

    def set_current(self, is_current: bool) -> None:
        """Mark as the one chosen."""
        self.is_current = is_current
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(480), px(138) if self._has_circle else px(72))

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_marked = self.is_current or self.hasFocus()
        edge = QPen(QColor(c.accent if is_marked else c.line), 3 if is_marked else 1)
        inset = 1.5 if is_marked else 0.5
        painter.setPen(edge)
        painter.setBrush(QColor(c.head if self.isDown() else c.card))
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, px(12), px(12))
        right = self._paint_tag(painter)
        left = self._paint_circle(painter) if self.shows_circle(right) else px(24)
        self._paint_words(painter, left, right)

    def shows_circle(self, right: int) -> bool:
        """Whether there is room for it: large text in a narrow tile leaves it out rather than the name."""
        room = right - (px(24) + px(CIRCLE) + px(20))
        name = QFontMetrics(current().font(32, is_bold=True)).horizontalAdvance(self.name)
        hours = QFontMetrics(current().font(16)).horizontalAdvance(self._ending or self.line)
        return self._has_circle and room >= max(name, hours)

    def _paint_circle(self, painter: QPainter) -> int:
        c, size = colours(), px(CIRCLE)
        is_quiet = self.state is State.NONE
        circle = QRectF(px(24), (self.height() - size) / 2, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.none_weak if is_quiet else c.accent_weak))
        painter.drawEllipse(circle)
        painter.setPen(QColor(c.none if is_quiet else c.accent))
        painter.setFont(current().font(36, is_bold=True))
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), self.name[:1])
        return px(24) + size + px(20)

    def _paint_tag(self, painter: QPainter) -> int:
        if not self.word:
            return self.width() - px(24)
        width, height = tag_width(self.word, 18), px(38)
        left = self.width() - px(24) - width
        box = QRectF(left, (self.height() - max(height, tag_height(18))) / 2, width, height)
        paint_tag(painter, box, self.state, self.word, 18)
        return left - px(16)

    def _paint_words(self, painter: QPainter, left: int, right: int) -> None:
        c, width, middle = colours(), right - left, self.height() / 2
        name_font = current().font(32 if self._has_circle else 22, is_bold=self._has_circle)
        painter.setFont(name_font)
        painter.setPen(QColor(c.ink if self._has_circle else c.ink2))
        name = QFontMetrics(name_font).elidedText(self.name, Qt.TextElideMode.ElideRight, width)
        centre = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        if not self.line:
            painter.drawText(QRectF(left, 0, width, self.height()), centre, name)
            return
        painter.drawText(QRectF(left, middle - px(44), width, px(48)), centre, name)
        is_tight = QFontMetrics(current().font(20)).horizontalAdvance(self._ending or self.line) > width
        line_font = current().font(16 if is_tight else 20)
        painter.setFont(line_font)
        painter.setPen(QColor(c.ink2))
        line = _shortened(self._start, self._ending, QFontMetrics(line_font), width)
        painter.drawText(QRectF(left, middle + px(4), width, px(32)), centre, line)


def _shortened(start: str, ending: str, metrics: QFontMetrics, width: int) -> str:
    """What fits of the second line; the ending is the last to go, hours by whole ranges."""
    ending = fitting_hours(ending, lambda words: metrics.horizontalAdvance(words) <= width)
    line = " · ".join(filter(None, (start, ending)))
    if metrics.horizontalAdvance(line) > width and start and ending:
        room = width - metrics.horizontalAdvance(f" · {ending}") - px(4)
        elided = metrics.elidedText(start, Qt.TextElideMode.ElideRight, room)
        line = f"{elided} · {ending}" if room > px(60) else ending
    return metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)

"""A pad on which a citizen writes the name by mouse, finger or pen, kept as the strokes went (Q02)."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.services.consultations.card import OpenRecord
from app.services.consultations.sign_record import SignRecord, Strokes
from app.ui.page import PageView
from app.ui.theme import colours, px
from app.ui.widgets.banner import Banner
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.card import row
from app.ui.widgets.text import label

WIDTH, HEIGHT = 700, 280
WHOLE = 1000
"""A stroke's numbers are thousandths of the pad's width."""


class SignaturePad(QWidget):
    """White ground with a line to write on; touch and pen come as the mouse does."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(px(WIDTH), px(HEIGHT)))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName("签名框")
        self._strokes: list[list[QPointF]] = []

    def strokes(self) -> Strokes:
        """What was written, points beyond the edge left out."""
        found = []
        for stroke in self._strokes:
            flat: list[int] = []
            for point in stroke:
                x, y = (round(part * WHOLE / self.width()) for part in (point.x(), point.y()))
                if 0 <= x <= WHOLE and 0 <= y <= WHOLE * self.height() // self.width():
                    flat += [x, y]
            if flat:
                found.append(tuple(flat))
        return tuple(found)

    def clear(self) -> None:
        """A clean pad."""
        self._strokes.clear()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._strokes.append([event.position()])
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._strokes and event.buttons() & Qt.MouseButton.LeftButton:
            self._strokes[-1].append(event.position())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        c, painter = colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor("#FFFFFF"))
        painter.setPen(QPen(QColor(c.line), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        level = self.height() * 4 // 5
        painter.drawLine(px(24), level, self.width() - px(24), level)
        painter.setPen(QPen(QColor("#101820"), px(4), c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        for stroke in self._strokes:
            painter.drawPolyline(QPolygonF([*stroke, stroke[-1]]))


class SignatureDialog(QDialog):
    """The record's words to read, the pad below; saved, it belongs to the version that was read."""

    def __init__(self, page: PageView, record: OpenRecord) -> None:
        super().__init__(page)
        self._page, self._id = page, record.row.id
        self.setWindowTitle("咨询人签名")
        self.pad, self.banner = SignaturePad(), Banner()
        self.banner.hide()
        said = label(f"咨询内容：{record.content}\n答复意见：{record.answer}", wraps=True)
        said.setMaximumWidth(px(WIDTH))
        self.save_button = Button("签好了", self.save, kind=PRIMARY)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(16), px(16), px(16), px(16))
        stack.setSpacing(px(12))
        for part in (said, label("请核对以上内容，在框里签名。", "strong"), self.pad, self.banner):
            stack.addWidget(part)
        stack.addLayout(
            row(self.save_button, Button("清除重签", self.pad.clear), Button("不签", self.reject), None)
        )

    def save(self) -> None:
        """Keep the name; a refusal stands in the dialog."""
        self.banner.hide()
        command = SignRecord(self._id, self.pad.strokes())
        desk = self._page.desk
        desk.runner.do(command, lambda _id: self._saved(), self._refused)

    def _saved(self) -> None:
        self.accept()
        self._page.done("已签名")

    def _refused(self, error: Exception) -> None:
        self.banner.show_text(str(self._page.desk.say(error)), "fault")

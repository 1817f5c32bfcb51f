"""今日我当班 on a second screen: who sits today in letters that are read from the queue, following the clock (Q12)."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.dates import date_text
from app.services.roster.duty_board import BoardLine, DayBoard, DutyBoard, SittingState
from app.ui.page import PageView
from app.ui.theme import State, px
from app.ui.widgets.card import Card, row
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label

EVERY_MS = 30_000
TONES = {SittingState.now: State.DONE, SittingState.later: State.INFO, SittingState.over: State.NONE}


class BoardWindow(QWidget):
    """A window of its own; full screen where there is a second screen. Esc closes it."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, Qt.WindowType.Window)
        self._page = page
        self.setWindowTitle("今日我当班")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("role", "board")
        self.title, self.about = label("今日我当班", "board-title"), label("", "kiosk-site")
        self.phones = label("", "kiosk-site")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(16))
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(48), px(32), px(48), px(32))
        stack.setSpacing(px(12))
        for part in (self.title, self.about):
            stack.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addSpacing(px(16))
        stack.addLayout(self._lines)
        stack.addStretch(1)
        stack.addWidget(self.phones, 0, Qt.AlignmentFlag.AlignHCenter)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.ask)

    def open(self) -> None:
        """On the second screen if there is one, else as a window beside the program's."""
        screens = QGuiApplication.screens()
        if len(screens) > 1:
            other = next(one for one in screens if one is not self._page.screen())
            self.setGeometry(other.geometry())
            self.showFullScreen()
        else:
            self.resize(px(1024), px(700))
            self.show()
        self.ask()
        self._timer.start()

    def ask(self) -> None:
        """The day as the clock has it."""
        desk = self._page.desk
        desk.runner.ask(DutyBoard(desk.own_duty_site), self.show_board, self._page.fail, owner=self)

    def show_board(self, found: DayBoard) -> None:
        """Whoever sits now first."""
        self.about.setText(f"{found.site}　{date_text(found.on)}")
        phones = (("服务电话", found.telephone), ("监督电话", found.supervision_telephone))
        self.phones.setText("　　".join(f"{label} {number}" for label, number in phones if number))
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for line in found.lines:
            self._lines.addWidget(_card(line))
        if not found.lines:
            self._lines.addWidget(label("今天没有值班", "board-hours"), 0, Qt.AlignmentFlag.AlignHCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is asked any more once it is closed."""
        self._timer.stop()
        super().closeEvent(event)


def _card(line: BoardLine) -> Card:
    tag = Tag(line.state.value, TONES[line.state])
    hours = "　".join(filter(None, (line.hours, line.place)))
    return Card(spacing=4).add(
        row(label(line.name, "board-name"), tag, None, label(hours, "board-hours"), spacing=20),
        label(line.about, "kiosk-line"),
    )

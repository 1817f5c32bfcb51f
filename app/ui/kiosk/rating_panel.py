"""A client's word on the advice: which visit, then one of three faces by touch or by key, or none at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from app.dates import time_text
from app.services.consultations.rating_waiting import UnratedRecord
from app.ui.kiosk.badge_reader import LONGEST_PAUSE
from app.ui.kiosk.faces import FaceButton
from app.ui.kiosk.people_list import PeopleList, tile
from app.ui.kiosk.side_panels import WholePanel, big_button
from app.ui.theme import px
from app.values import Rating

KEY_MS = round(LONGEST_PAUSE * 1000) + 50
"""A digit is an answer only when no other sign comes at once before or after it, as with every digit of a badge."""


class RatingPanel(WholePanel):
    """rated(record id, word). Leaving without an answer stores nothing."""

    rated = Signal(str, str)

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self.list = PeopleList()
        self.faces = [
            FaceButton(word, str(key), partial(self._rate, word)) for key, word in enumerate(Rating, 1)
        ]
        self.skip = big_button("不评价", leave)
        self._record, self._ids, self._typed = "", list[str](), ""
        self._answer = QTimer(self, singleShot=True, interval=KEY_MS)
        self._answer.timeout.connect(self._answer_typed)
        self._since_key = QElapsedTimer()
        line = QHBoxLayout()
        line.setSpacing(px(16))
        for face in self.faces:
            line.addWidget(face)
        self.stack.addWidget(self.list, 1)
        self.stack.addLayout(line)
        self.stack.addWidget(self.skip)

    def show_records(self, records: Sequence[UnratedRecord]) -> None:
        """The visits of today that nobody rated; a single one needs no choosing."""
        self.forget()
        self.show_fault("")
        self.title.setText("请您评价刚才的服务" if records else "今天没有等待评价的咨询")
        self.skip.set_text("不评价" if records else "返回")
        for face in self.faces:
            face.setVisible(bool(records))
        lead = "请先点您的咨询，再点一张脸" if len(records) > 1 else ""
        made = [
            tile(
                f"{time_text(one.at)}　{'、'.join(one.topics) or '法律咨询'}　第 {one.number} 号",
                run=partial(self._choose, one.id),
                is_person=False,
            )
            for one in records
        ]
        self.list.show_tiles(lead, made)
        self._ids = [one.id for one in records]
        self._choose(records[0].id if len(records) == 1 else "")

    def forget(self) -> None:
        """No answer is on its way any more."""
        self._answer.stop()
        self._typed = ""
        for face in self.faces:
            face.mark(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_first = not self._since_key.isValid() or self._since_key.elapsed() > KEY_MS
        if event.text().strip():
            self._since_key.start()
        self.forget()
        known = [face for face in self.faces if face.key == event.text()]
        if is_first and known and self._record:
            self._typed = event.text()
            known[0].mark(True)
            self._answer.start()
            return
        super().keyPressEvent(event)

    def _choose(self, record_id: str) -> None:
        self._record = record_id
        for face in self.faces:
            face.setEnabled(bool(record_id))
        for at, one in enumerate(self._ids):
            self.list.tiles[at].set_current(one == record_id)
        if record_id or not self._ids:
            self.skip.setFocus()  # no answer is suggested
        else:
            self.list.focus_first()

    def _answer_typed(self) -> None:
        for face in self.faces:
            if face.key == self._typed:
                self._rate(face.rating)

    def _rate(self, word: Rating) -> None:
        self.forget()
        if self._record:
            self.rated.emit(self._record, word.value)

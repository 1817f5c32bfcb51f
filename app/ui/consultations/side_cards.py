"""The cards beside the form: who it may be, what to ask and tell, who came in this shift."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.services.consultations.guidance import TopicGuidance
from app.services.consultations.known_clients import KnownClient
from app.services.consultations.register import RegisterRow
from app.ui.theme import px
from app.ui.widgets.card import Card, row
from app.ui.widgets.slot import Slot
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.ui.widgets.text import label, set_state
from app.values import AuditResult

MOST_SHOWN = 3


class ClientChoice(QFrame):
    """One earlier visitor; Enter, Space or a click takes it."""

    def __init__(self, client: KnownClient, take: Callable[[KnownClient], None]) -> None:
        super().__init__()
        self.client, self._take = client, take
        self.setProperty("role", "pick")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(10), px(8), px(10), px(8))
        stack.setSpacing(px(2))
        age = f"{client.age} 岁" if client.age is not None else client.sex
        stack.addLayout(row(label(client.name, "strong"), age, client.village, None, spacing=12))
        for line in _lines(client):
            stack.addWidget(label(line, "small2", wraps=True))
        self.setAccessibleName("，".join((client.name, age, client.village, *_lines(client))))

    def focusInEvent(self, event: object) -> None:
        set_state(self, on="true")

    def focusOutEvent(self, event: object) -> None:
        set_state(self, on="false")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._take(self.client)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._take(self.client)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


def _lines(client: KnownClient) -> tuple[str, ...]:
    tail = f"电话尾号 {client.phone[-4:]}" if client.phone else "没有电话"
    last = f"上次 {client.last_on:%Y-%m-%d} {'、'.join(client.last_topics)}"
    return (client.how, " · ".join(filter(None, (tail, last, client.last_rating))))


class KnownClientsCard(Card):
    """可能是同一人. taken(client): somebody was recognised."""

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__("可能是同一人")
        self._slot = Slot(spacing=6)
        self.add(self._slot)
        self.choices: list[ClientChoice] = []
        self.show_clients(())

    def show_clients(self, found: Sequence[KnownClient]) -> None:
        """The likeliest few; the card is away while there are none."""
        self.choices = [ClientChoice(one, self.taken.emit) for one in found[:MOST_SHOWN]]
        self._slot.show_items(*self.choices, label("F2 到这里，↑ ↓ 选择，Enter 采用", "small"))
        self.setVisible(bool(found))

    def focus_choice(self) -> None:
        """Go to the first one."""
        if self.choices and self.isVisible():
            self.choices[0].setFocus()


class GuidanceCard(Card):
    """问什么, 告诉他 for the topic chosen."""

    def __init__(self) -> None:
        super().__init__("问什么，告诉他")
        self._slot = Slot(spacing=4)
        self.add(self._slot)
        self.show_guidance(None)

    def show_guidance(self, found: TopicGuidance | None) -> None:
        """The checklist, or where it will appear."""
        self.set_title(f"{found.title}：问什么" if found else "问什么，告诉他")
        if found is None:
            self._slot.show_items(label("选好事项，这里提示要问的和要告知的。", "muted", wraps=True))
            return
        self._slot.show_items(*map(_point, found.ask), label("告诉他", "strong"), *map(_point, found.tell))


def _point(text: str) -> QWidget:
    holder = QWidget()
    line = row(label("•", "muted"), spacing=8)
    words: QLabel = label(text, "muted", wraps=True)
    line.addWidget(words, 1)
    line.setAlignment(line.itemAt(0).widget(), Qt.AlignmentFlag.AlignTop)
    holder.setLayout(line)
    return holder


class ShiftCard(Card):
    """本班咨询: the newest of today's records. opened(row): one is to be seen."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__("本班咨询")
        self.table = Table(
            [
                Column("at", "时间", 56, value=lambda r: f"{r.at:%H:%M}"),
                Column("client", "咨询人", 64),
                Column("topics", "事项"),
                Column("state", "", 74, "tag", tag=record_state),
            ],
            name="本班咨询",
            empty="今天还没有咨询",
            has_header=False,
            fit_rows=True,
            row_height=32,
        )
        self.table.activated.connect(self.opened)
        self.add(self.table)

    def show_rows(self, rows: Sequence[RegisterRow], most: int = 5) -> None:
        """The newest few, with how many there are."""
        self.set_title(f"本班咨询（{len(rows)}）" if rows else "本班咨询")
        self.table.set_rows(list(rows[:most]))


def record_state(record: RegisterRow) -> tuple[str, str]:
    """A record's tag: 重复不计, 完整, 缺 n 项 or 不规范."""
    if record.is_merged:
        return ("none", "重复不计")
    if record.missing:
        return ("due", f"缺 {len(record.missing)} 项")
    if record.audit == AuditResult.irregular:
        return ("fault", AuditResult.irregular.value)
    return ("done", "完整")

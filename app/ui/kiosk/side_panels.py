"""The panels on the kiosk's right: an invitation, the acts of somebody signed in, the search by letters, the reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.theme import px
from app.ui.widgets.button import PLAIN, PRIMARY, TOUCH, Button
from app.ui.widgets.text import label, set_state

REASONS = ("替同事顶班", "临时安排值班", "排班表漏列", "加班接待群众")
CHOOSE = "请点您的姓名，或刷工作牌"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def big_button(words: str, run: Callable[[], object], *, is_primary: bool = False, size: int = 72) -> Button:
    """A button that fills its column."""
    made = Button(
        words, run, kind=PRIMARY if is_primary else PLAIN, size=size, type_size=28 if is_primary else 24
    )
    made.setAutoDefault(True)
    return made.fill()


def big_line(placeholder: str) -> QLineEdit:
    """A line to type in, as high as a button."""
    made = QLineEdit()
    made.setPlaceholderText(placeholder)
    made.setAccessibleName(placeholder)
    made.setProperty("role", "kiosk")
    made.setMinimumHeight(TOUCH)
    return made


class Panel(QWidget):
    """A title and what stands below it."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.title = label(title, "kiosk-title", wraps=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fault = label("", "kiosk-fault", wraps=True)
        self.fault.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fault.hide()
        self.stack = QVBoxLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.stack.setSpacing(12)
        self.stack.addWidget(self.title)
        self.stack.addWidget(self.fault)

    def show_fault(self, text: str) -> None:
        """What went wrong, "" for nothing."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))


class WholePanel(Panel):
    """A panel with the room of the whole kiosk."""

    def __init__(self) -> None:
        super().__init__()
        set_state(self.title, role="hero")


class InvitePanel(Panel):
    """What stands there while nobody was chosen."""

    def __init__(self) -> None:
        super().__init__(CHOOSE)
        self.words = label("键盘：↑ ↓ 选择，Enter 确定，Esc 返回", "kiosk-small", wraps=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.insertStretch(0, 1)
        self.stack.addWidget(self.words)
        self.stack.addStretch(1)

    def ask_name(self, purpose: str) -> None:
        """What the name is wanted for, "" for the ordinary turn."""
        self.title.setText(f"{purpose}{CHOOSE}")
        self.show_fault("")


class ActsPanel(Panel):
    """For somebody signed in: 签退 is a button of its own, never what 签到 turns into."""

    def __init__(
        self,
        sign_out: Callable[[], object],
        my_shift: Callable[[], object],
        my_pay: Callable[[], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__()
        self.sign_out = big_button("签　退", sign_out, is_primary=True)
        self.my_shift = big_button("我的班次记录", my_shift)
        self.my_pay = big_button("我的补贴", my_pay)
        self.cancel = big_button("取消", leave)
        self.stack.addSpacing(px(8))
        for button in (self.sign_out, self.my_shift, self.my_pay, self.cancel):
            self.stack.addWidget(button)
        self.stack.addStretch(1)

    def show_person(self, name: str, line: str) -> None:
        """Whose acts they are."""
        self.title.setText(f"{name}　{line}")


class SearchPanel(Panel):
    """Letters of a name's pinyin by touch, or any words by keyboard. typed(words)."""

    typed = Signal(str)

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__("点姓名拼音的首字母")
        self.line = big_line("如 李小明：LXM")
        self.line.textChanged.connect(self.typed)
        grid = QGridLayout()
        grid.setSpacing(px(6))
        for at, letter in enumerate(LETTERS):
            grid.addWidget(self._key(letter, partial(self.line.insert, letter)), at // 6, at % 6)
        grid.addWidget(self._key("退格", self.line.backspace), 4, 2, 1, 2)
        grid.addWidget(self._key("返回", leave), 4, 4, 1, 2)
        self.stack.addWidget(self.line)
        self.stack.addLayout(grid)
        self.stack.addStretch(1)

    def start(self) -> None:
        """An empty line with the focus."""
        self.line.clear()
        self.line.setFocus()

    def _key(self, words: str, run: Callable[[], object]) -> Button:
        made = Button(words, run, size=64, type_size=24)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made.fill()


class ReasonPanel(Panel):
    """Why somebody is here without a roster entry (E601). given(reason)."""

    given = Signal(str)

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self.line = big_line("其他原因，请写明")
        self.line.returnPressed.connect(self._own)
        self.choices = [big_button(words, partial(self.given.emit, words), size=64) for words in REASONS]
        grid = QGridLayout()
        grid.setSpacing(12)
        for at, button in enumerate(self.choices):
            grid.addWidget(button, at // 2, at % 2)
        self.stack.addLayout(grid)
        self.stack.addWidget(self.line)
        self.stack.addWidget(big_button("继续", self._own, is_primary=True))
        self.stack.addWidget(big_button("取消", leave, size=64))
        self.stack.addStretch(1)

    def start(self, title: str) -> None:
        """Ask; the sentence is E601's."""
        self.title.setText(title)
        self.show_fault("")
        self.line.clear()
        self.choices[0].setFocus()

    def _own(self) -> None:
        if self.line.text().strip():
            self.given.emit(self.line.text().strip())
        else:
            self.show_fault("请选一个原因，或写明原因")

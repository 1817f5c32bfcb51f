"""The pair of fields for a new password: how strong it is, and the same once more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from app.services.security.passwords import SHORTEST, password_problems
from app.ui.start.caps import with_caps_hint
from app.ui.theme import px
from app.ui.widgets.card import column, row
from app.ui.widgets.fields import LineField
from app.ui.widgets.tag import Tag

LONG = 12


class NewPassword(QWidget):
    """Password and its repetition. entered: Enter in the repetition."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first = LineField(
            "密码", is_required=True, is_secret=True, hint=f"至少 {SHORTEST} 位，混用字母、数字或符号"
        )
        self.again = LineField("再输一次", is_required=True, is_secret=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 4)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("密码强度")
        self.bar.setFixedWidth(px(160))
        self.word = Tag("未填写", "none")
        self.setLayout(
            column(with_caps_hint(self.first), row(self.bar, self.word, None), self.again, spacing=12)
        )
        self.first.changed.connect(self._show_strength)
        self.first.entered.connect(self.again.setFocus)
        self.again.entered.connect(self.entered)

    def value(self) -> str:
        """The password typed."""
        return self.first.line.text()

    def check(self) -> bool:
        """Show what is wrong beneath the fields; True if nothing is."""
        problems = password_problems(self.value())
        self.first.show_fault(str(problems[0]) if problems else "")
        differs = not problems and self.again.line.text() != self.value()
        self.again.show_fault("两次输入的密码不同，请再输一次" if differs else "")
        if problems:
            self.first.setFocus()
        elif differs:
            self.again.setFocus()
        return not problems and not differs

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.set_value("")
        self.again.set_value("")
        self._show_strength()

    def _show_strength(self) -> None:
        marks, state, word = strength(self.value())
        self.bar.setValue(marks)
        self.word.show_state(word, state)


def strength(password: str) -> tuple[int, str, str]:
    """Marks from 0 to 4, a state and a word; below 2 the password is refused."""
    if not password:
        return 0, "none", "未填写"
    if password_problems(password):
        return 1, "fault", "不够"
    kinds = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
    used = sum(any(kind(sign) for sign in password) for kind in kinds)
    marks = 2 + (len(password) >= LONG) + (used >= 3)
    return marks, "due" if marks == 2 else "done", {2: "一般", 3: "较强", 4: "很强"}[marks]

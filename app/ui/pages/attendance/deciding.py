"""The pane of one thing that waits: what it is, what each answer means, and the answer with its reason."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.detail import DetailPane

Answer = Callable[[str, bool, str], object]


class DecisionPane(DetailPane):
    """A detail pane with 同意 and 不同意; answer(id, is_approved, reason) once the reason was written."""

    def __init__(self, answer: Answer, nothing: str) -> None:
        super().__init__(nothing)
        self._answer = answer
        self.confirm = ConfirmLine()

    def offer(self, subject: str, approve: str, refuse: str, *others: Button) -> None:
        """Put the two answers at the foot; their meaning stands above them."""
        self.confirm = ConfirmLine()
        self.note(f"同意：{approve}\n不同意：{refuse}")
        self.add(self.confirm)
        self.end(
            Button("同意", lambda: self._ask(subject, True, approve), kind=PRIMARY),
            Button("不同意", lambda: self._ask(subject, False, refuse)), None, *others,
        )  # fmt: skip

    def _ask(self, subject: str, is_approved: bool, meaning: str) -> None:
        words = "同意" if is_approved else "不同意"
        self.confirm.ask(f"{words}：{meaning}。", words, lambda reason: self._answer(subject, is_approved, reason),
                         needs_reason=True)

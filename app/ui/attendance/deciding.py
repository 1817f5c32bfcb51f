"""The pane of one thing that waits: what it is, what each answer means, and the answer with its reason."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.detail import DetailPane

Answer = Callable[[str, bool, str], object]
AGREE = "同意"
LONGEST_WORDS = 5


class DecisionPane(DetailPane):
    """A detail pane with 同意 and 不同意; answer(id, is_approved, reason) once the reason was written."""

    def __init__(self, answer: Answer, nothing: str) -> None:
        super().__init__(nothing)
        self._answer = answer
        self.confirm = ConfirmLine()

    def offer(self, subject: str, approve: str, refuse: str, *others: Button) -> None:
        """Put the two answers at the foot; their meaning stands above them."""
        yes, no = answer_words(approve, refuse)
        self.confirm = ConfirmLine()
        self.note(f"{yes}：{approve}\n{no}：{refuse}" if yes == AGREE else f"{approve}\n{refuse}")
        self.add(self.confirm)
        self.end(
            Button(yes, lambda: self._ask(subject, True, yes, approve), kind=PRIMARY),
            Button(no, lambda: self._ask(subject, False, no, refuse)),
            None,
            *others,
        )

    def _ask(self, subject: str, is_approved: bool, words: str, meaning: str) -> None:
        self.confirm.ask(
            f"{meaning}。",
            f"确定{words}",
            lambda reason: self._answer(subject, is_approved, reason),
            needs_reason=True,
        )


def answer_words(approve: str, refuse: str) -> tuple[str, str]:
    """What the two buttons say: the finding itself where it is short (属实, 理由正当), else 同意 and 不同意."""
    yes, no = approve.partition("，")[0], refuse.partition("，")[0]
    return (yes, no) if max(len(yes), len(no)) <= LONGEST_WORDS else (AGREE, "不同意")

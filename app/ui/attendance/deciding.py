"""The pane of one thing that waits: what it is, what each answer means, and the answer with its reason."""

from __future__ import annotations

from collections.abc import Callable

from app.services.attendance.exceptions_list import MEANINGS, Judgement
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.detail import DetailPane

Answer = Callable[[str, bool, str], object]
AGREE, REFUSE = "同意", "不同意"
ANSWERS = {
    Judgement.punch: (AGREE, REFUSE),
    Judgement.clock: (AGREE, REFUSE),
    Judgement.implausible: (AGREE, REFUSE),
    Judgement.late_change: ("采用", "不采用"),
    Judgement.duty: (AGREE, REFUSE),
    Judgement.absence: ("理由不正当", "理由正当"),
    Judgement.sham: ("属实", "不属实"),
    Judgement.complaint: ("属实", "不属实"),
    Judgement.correction: (AGREE, REFUSE),
}
"""What the two buttons say: the finding itself where it is short."""


class DecisionPane(DetailPane):
    """A detail pane with 同意 and 不同意; answer(id, is_approved, reason) once the reason was written."""

    def __init__(self, answer: Answer, nothing: str) -> None:
        super().__init__(nothing)
        self._answer = answer
        self.confirm = ConfirmLine()

    def offer(self, subject: str, judgement: Judgement, *others: Button) -> None:
        """Put the two answers at the foot; their meaning stands above them."""
        yes, no = ANSWERS[judgement]
        approve, refuse = MEANINGS[judgement]
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

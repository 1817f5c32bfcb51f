"""Says how far a person was heard about evidence against him, and takes what he says to it (Y24)."""

from __future__ import annotations

from collections.abc import Iterator

from app.services.supervision.evidence_month import Hearing, HearingState
from app.services.supervision.hear_person import RecordExplanation
from app.ui.widgets.fields import LineField, TextField
from app.ui.widgets.side_form import SideForm

WORDS = {
    HearingState.to_notify: "还没有通知本人",
    HearingState.explanation_awaited: "等本人说明",
    HearingState.explanation_missed: "说明期已过，本人没有说明",
    HearingState.explained: "本人已经说明",
    HearingState.verified: "",
}
"""How far it has come, as the pane and the lists say it."""


def hearing_words(hearing: Hearing) -> Iterator[str]:
    """One line each for where it stands, what the person said, and that another must verify it."""
    said = hearing.said
    due = f"，期限 {said.due_on.month}月{said.due_on.day}日" if said.due_on else ""
    if hearing.procedure is not None and (words := WORDS[hearing.procedure]):
        yield f"{words}{due if hearing.procedure is not HearingState.explained else ''}"
    if said.text:
        yield f"本人说明　{said.text}（{said.brought_by}送交）"
    if hearing.is_mine and hearing.procedure not in (None, HearingState.verified):
        yield "由您登记的，须另一人核实"


class ExplanationForm(SideForm):
    """What the person says, and who brought it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} 的说明", "保存", note="照本人的意思写。原件另外存放。", keys="Ctrl Return")
        self.form.add("text", TextField("本人怎么说", is_required=True, rows=5))
        self.form.add("brought_by", LineField("由谁送交", is_required=True, hint="如 本人当面、本人电话"))

    def command(self, subject_id: str) -> RecordExplanation:
        """The explanation of what stands in the pane."""
        said = self.form.values()
        return RecordExplanation(subject_id, said["text"] or "", said["brought_by"] or "")

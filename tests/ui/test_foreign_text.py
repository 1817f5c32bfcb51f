"""Text that another office wrote is shown as it was stored, but neither turned round nor taken for markup (case 34)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from app.ui.widgets.table_model import shown
from app.ui.widgets.text import label

HOSTILE = "张\u202e三<b>\u2066粗</b>"


def test_case_34_marks_that_turn_text_round_reach_no_label_and_no_table(qtbot: Any) -> None:
    made = label(HOSTILE)
    qtbot.addWidget(made)
    assert (made.text(), made.textFormat()) == ("张三<b>粗</b>", Qt.TextFormat.PlainText)
    made.setText(HOSTILE)
    assert made.text() == "张三<b>粗</b>"
    assert shown(HOSTILE) == "张三<b>粗</b>"
    assert shown([HOSTILE, "李四"]) == "张三<b>粗</b>，李四"

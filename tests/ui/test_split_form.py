"""分解任务 from the page of targets: the sum stands beside the whole while it is typed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from app.services.targets.split_target import SplitDesk
from app.ui.reports.page import ReportsPage
from app.ui.reports.split_form import SplitDialog
from tests.services.conftest import Desk, county, make_desk
from tests.ui.office_desk import Shown

__all__ = ["county", "make_desk"]


def test_y26_a_target_is_split_in_the_window(qtbot: Any, county: Desk) -> None:
    one = Shown(qtbot, county, ReportsPage)
    page: Any = one.page
    page.open_with(report="targets", period="2022-05")
    one.settle()
    assert page.split_button.isVisible()
    page.split()
    one.settle()
    dialog = page.findChild(SplitDialog)
    assert "合计 6,400，与本局任务相符" in dialog.form.note.text()
    if folder := os.environ.get("HUIMIN_SHOTS"):
        dialog.grab().save(str(Path(folder) / "split.png"))
    first, second, *_ = dialog.fields.values()
    wanted = int(first.value()) + 10
    first.editor.selectAll()
    qtbot.keyClicks(first.editor, str(wanted))
    assert "比本局任务 6,400 多 10" in dialog.form.note.text()
    second.set_value(int(second.value()) - 10)
    dialog.reason.set_value("盐司字〔2022〕5号")
    dialog.form.submit()
    one.settle()
    assert county.ask(SplitDesk(2022, "consultations")).version == 1
    one.close()

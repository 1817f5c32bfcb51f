"""自动补齐 in the roster page: proposed for all sites, some unticked, the others accepted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from app.ui.roster.page import RosterPage
from tests.services.conftest import Desk
from tests.services.conftest import county as county
from tests.services.conftest import make_desk as make_desk
from tests.services.roster_desk import JUNE, add_lawyer, month_of
from tests.ui.test_roster_page import open_page, press, said, settle, shoot

__all__ = ["county", "make_desk", "open_page"]


def test_y03_proposals_are_ticked_some_unticked_and_the_others_drafted(
    qtbot: Any, county: Desk, open_page: Callable[[Desk], RosterPage]
) -> None:
    for name in ("王建国", "孙丽", "李梅花", "张水生", "赵文"):
        add_lawyer(county, name)
    page = open_page(county)
    page.open_with(month=JUNE)
    settle(qtbot, page)
    qtbot.keyClick(page.grid, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: "可补" in said(page), timeout=20_000)
    shoot(page, "fill")
    ticks = page.pane.findChildren(QCheckBox)
    assert len(ticks) > 20 and all(tick.isChecked() for tick in ticks)
    for tick in ticks[2:]:
        tick.setChecked(False)
    press(qtbot, page, "采纳勾选的班次")
    qtbot.waitUntil(lambda: "已补齐 2 班" in said(page), timeout=5_000)
    shoot(page, "filled")
    assert month_of(county, JUNE).drafts == 2, "the site that is open comes first in the list"

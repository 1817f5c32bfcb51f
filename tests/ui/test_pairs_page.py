"""The bureau decides a pair in its window, and the record is marked in the register."""

from __future__ import annotations

from typing import Any

from app.services.consultations.register import Register
from app.ui.pairs.page import PairsPage
from app.ui.review.page import ReviewPage
from app.ui.widgets.button import Button
from tests.services.conftest import Desk, county, make_desk
from tests.services.test_pairs import visits
from tests.ui.office_desk import Shown

__all__ = ["county", "make_desk", "visits"]


def buttons(page: Any) -> list[Button]:
    return [one for one in page.pane.findChildren(Button) if one.isEnabled()]


def press(one: Shown, words: str, at: int = 0) -> None:
    found = [button for button in buttons(one.page) if button.text() == words]
    found[at].click()
    page: Any = one.page
    page.confirm.reason().set_value("同一件事")
    page.confirm._yes.click()
    for _ in range(3):
        one.settle()


def test_a_pair_is_decided_undone_and_marked(qtbot: Any, county: Desk, visits: tuple[str, str]) -> None:
    one = Shown(qtbot, county, PairsPage)
    try:
        page = one.page
        assert isinstance(page, PairsPage)
        page.open_with(month="2022-05")
        for _ in range(3):
            one.settle()
        assert [row.standing for row in page.table.rows()] == ["待认定"]
        one.picture("pairs")
        press(one, "只计这条…", at=1)
        assert page.table.rows() == []
        assert [row.id for row in county.ask(Register()).rows if row.is_merged] == [visits[0]]
        page.decided.editor.click()
        for _ in range(3):
            one.settle()
        one.picture("pairs-decided")
        press(one, "撤销认定…")
        assert [row.standing for row in page.table.rows()] == ["待认定"]
    finally:
        one.close()
    matrix = Shown(qtbot, county, ReviewPage)
    assert isinstance(matrix.page, ReviewPage)
    matrix.page.open_with(month="2022-05")
    for _ in range(3):
        matrix.settle()
    assert matrix.page.pairs.text() == "跨站重复 1"
    matrix.picture("matrix")
    matrix.close()

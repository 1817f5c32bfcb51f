"""The reviewer sees what a station wrote after its report and decides it row by row, with the reason."""

from __future__ import annotations

from typing import Any

from app.services.exchange.decide_late import LateChanges
from app.services.money.month_pay import ComputeSettlement
from app.ui.review.page import ReviewPage
from tests.exchange.conftest import copies, three
from tests.exchange.late_month import better, report_may
from tests.exchange.offices import JIEZHOU
from tests.exchange.test_exchange_sense import Three, send
from tests.ui.office_desk import Shown

__all__ = ["copies", "three"]


def test_late_changes_are_taken_in_or_left_one_by_one(qtbot: Any, three: Three) -> None:
    county, station, _ = report_may(three)
    one = Shown(qtbot, county, ReviewPage)  # type: ignore[arg-type]
    try:
        page = one.page
        assert isinstance(page, ReviewPage)

        def look() -> None:
            page.open_with(site=JIEZHOU, month="2022-05")
            for _ in range(3):
                one.settle()

        look()
        assert page.pane.late.isHidden() or not page.pane.late.isVisible()
        better(station)
        send(station, county)
        look()
        assert page.pane.late.isVisible() and len(page.pane.late.rows()) == 3
        one.picture("review-late")
        page.pane.accept_button.click()
        assert page.confirm.isVisible() and "按更改后的计算" in page.confirm.accessibleName()
        page.confirm._yes.click()
        assert "请写明理由" in page.confirm.reason().fault()
        page.confirm.reason().set_value("与纸质签到表核对无误")
        page.confirm._yes.click()
        for _ in range(3):
            one.settle()
        page.pane.refuse_button.click()
        page.confirm.reason().set_value("没有依据")
        page.confirm._yes.click()
        for _ in range(3):
            one.settle()
        assert len(page.pane.late.rows()) == len(county.ask(LateChanges(JIEZHOU, "2022-05"))) == 1
        assert county.ask(ComputeSettlement("2022-05")).total_fen <= 25000
    finally:
        one.close()

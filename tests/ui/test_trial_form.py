"""测算 from the settings page: a reading is tried on the year before it is changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from tests.services.conftest import Desk, county, make_desk
from tests.services.money_book import AFTER_MAY, OTHER, Book
from tests.ui.test_settings_page import Open, fill, press, select, shown, value

__all__ = ["county", "make_desk", "shown"]


def test_a_reading_is_tried_before_it_is_changed(shown: Open, county: Desk) -> None:
    county.clock.go_to(AFTER_MAY)
    book = Book(county)
    book.duty(10)
    book.row(10, "09:10", "13:00")
    book.worked(12, OTHER, "李四")
    book.publish()
    one = shown(county, "pack")
    select(one, name="pack.grace_minutes")
    before: Any = value(county, "pack.grace_minutes")
    press(one.page, "测算…")
    one.settle()
    one.picture("trial-form")
    fill(one, value=15, year=2022)
    said = "\n".join(label.text() for label in one.page.tab().detail.findChildren(QLabel))
    assert "2022年测算：1 人增加，0 人减少，1 人不变" in said
    assert "张三　+50.00 元　（少扣 50.00 元）" in said and "600.00 元" in said
    one.picture("trial")
    assert value(county, "pack.grace_minutes") == before

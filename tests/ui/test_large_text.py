"""What large text and little room do to panes and tiles: nothing is squeezed, the hours stay readable."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from app.demo.pictures import NO_SCREEN, quiet
from app.ui import style
from app.ui.bars import StatusBar
from app.ui.theme import current, px
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, columns
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.fields import LineField
from app.ui.widgets.kiosk_tile import KioskTile, _shortened
from app.ui.widgets.side_form import Side, SideForm
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column


def test_a_low_pane_scrolls_and_squeezes_nothing(qtbot: Any) -> None:
    pane = DetailPane()
    qtbot.addWidget(pane)
    pane.resize(px(372), px(200))
    pane.show()
    pane.begin("卫明").facts(*((f"第 {n} 项", "很长的一段内容" * 6) for n in range(8)))
    pane.end(Button("更正", lambda: None))
    qtbot.waitUntil(lambda: pane._scroll.verticalScrollBar().maximum() > 0)
    content = pane._content
    assert content.height() >= content.heightForWidth(content.width())


def test_a_tile_drops_the_kind_before_the_hours(qtbot: Any) -> None:
    metrics = QFontMetrics(current().font(20))
    kind, hours = "基层法律服务工作者", "09:00–13:00"
    line = f"{kind} · {hours}"
    assert _shortened(kind, hours, metrics, metrics.horizontalAdvance(line) + 1) == line
    narrow = _shortened(kind, hours, metrics, metrics.horizontalAdvance(line) - px(40))
    assert narrow.startswith("基层") and narrow.endswith("… · 09:00–13:00")
    assert _shortened(kind, hours, metrics, metrics.horizontalAdvance(hours) + px(20)) == hours


def test_a_tile_leaves_out_the_circle_before_the_name(qtbot: Any) -> None:
    shown = KioskTile("诸葛明", "律师", "09:00–13:00", state="done", word="在岗 08:57 起")
    qtbot.addWidget(shown)
    name = QFontMetrics(current().font(32, is_bold=True)).horizontalAdvance("诸葛明")
    needed = px(24 + 88 + 20) + max(name, QFontMetrics(current().font(16)).horizontalAdvance("09:00–13:00"))
    assert shown.shows_circle(needed) and not shown.shows_circle(needed - 1)
    assert needed - 1 - px(24) > name


def test_an_empty_part_of_the_status_line_takes_no_room(qtbot: Any) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    assert bar.saved.isHidden() and bar.receipt.isHidden()
    bar.show_backup("还没有备份", "fault")
    assert bar.backup.isVisible() and bar.backup.x() <= px(16)


def test_only_the_one_sentence_of_a_missing_screen_is_left_out(capfd: Any) -> None:
    from PySide6.QtCore import qInstallMessageHandler, qWarning

    before = qInstallMessageHandler(None)
    try:
        with quiet():
            qWarning(NO_SCREEN)
            qWarning("something else")
    finally:
        qInstallMessageHandler(before)
    said = capfd.readouterr().err
    assert NO_SCREEN not in said and "something else" in said


def in_view(area: QScrollArea, widget: QWidget) -> bool:
    """Whether the whole widget is seen in the area."""
    top = widget.mapTo(area.viewport(), QPoint(0, 0)).y()
    return top >= 0 and top + widget.height() <= area.viewport().height()


def test_at_150_an_opened_form_and_a_fault_far_below_come_into_view(qtbot: Any, qapp: QApplication) -> None:
    style.apply(qapp, scale=150)
    side = Side(DetailPane())
    page, area = QWidget(), QScrollArea()
    stack = QVBoxLayout(page)
    stack.addLayout(columns((Card().add(Table([Column("id", "编号")])), 1), (side, 372)), 1)
    area.setWidgetResizable(True)
    area.setWidget(page)
    qtbot.addWidget(area)
    area.resize(1366 - px(176), 698 - px(76))
    area.show()
    form = SideForm("登记发放")
    fields = [form.form.add(f"f{number}", LineField(f"第 {number} 项")) for number in range(8)]
    side.show_form(form, lambda: None)
    qtbot.waitUntil(lambda: in_view(area, form))
    assert area.verticalScrollBar().value() > 0
    fields[-1].mark_required(True)
    form.submit()
    assert fields[-1].fault() == "请填写第 7 项"
    qtbot.waitUntil(lambda: in_view(area, fields[-1]._fault))
    inner = form.findChild(QScrollArea)
    assert in_view(inner, fields[-1]) and form.save_button.isVisible()


def test_a_column_without_a_value_yields_to_one_that_has_any(qtbot: Any) -> None:
    table = Table(
        [
            Column("name", "姓名", value=lambda row: row),
            Column("recovered", "抵扣", 84, value=lambda row: None),
            Column("days", "中心天数", 84, "number", value=lambda row: 2, yields=1),
            Column("net", "实发", 96, "money", value=lambda row: 30000),
        ]
    )
    qtbot.addWidget(table)
    table.resize(300, 200)
    table.show()
    table.set_rows(["卫明", "孙丽"])
    assert table.shown().titles == ("姓名", "中心天数", "实发")
    table.resize(500, 200)
    QApplication.processEvents()
    assert table.shown().titles == ("姓名", "抵扣", "中心天数", "实发")

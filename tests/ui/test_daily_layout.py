"""The layout of the daily pages: nothing is cut, drifts apart or leaves the window; focus comes to the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.ui.consultations.entry_fields import PaperField
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.fields import LineField, slim
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.form import Form
from app.ui.widgets.month import MonthPicker
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.ui.widgets.text import label


@dataclass(frozen=True)
class Row:
    id: str
    name: str = "卫明"
    kind: str = "站点值班"
    net: int = 30000


def show(qtbot: Any, widget: QWidget, width: int, height: int = 500) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()
    return widget


def test_a_detail_pane_keeps_its_contents_together_without_actions(qtbot: Any) -> None:
    pane = DetailPane()
    show(qtbot, pane, 372)
    pane.begin("卫明　5月31日 17:02").facts(("结果", "在岗", "done"), ("站点", "龙港镇"))
    last = label("抽查人")
    pane.add(last)
    QApplication.processEvents()
    assert last.mapTo(pane, QPoint(0, 0)).y() < 200


def test_a_long_detail_pane_scrolls_and_asks_for_no_height(qtbot: Any) -> None:
    pane = DetailPane()
    pane.begin("第 1 号")
    for number in range(60):
        pane.add(label(f"第 {number} 行"))
    pane.end()
    show(qtbot, pane, 372)
    assert pane.height() == 500 and pane.sizeHint().height() < 500


def test_columns_that_yield_go_while_the_table_is_narrow(qtbot: Any) -> None:
    columns = [
        Column("name", "姓名"),
        Column("kind", "班次", 88, yields=2),
        Column("id", "编号", 88, yields=1),
        Column("net", "实发", 96, "money"),
    ]
    table = Table(columns)
    table.set_rows([Row("1")])
    show(qtbot, table, 600)
    assert table.shown().titles == ("姓名", "班次", "编号", "实发")
    table.resize(330, 300)
    QApplication.processEvents()
    assert table.shown().titles == ("姓名", "编号", "实发")
    table.hide_columns(["id"])
    table.resize(600, 300)
    QApplication.processEvents()
    assert table.shown().titles == ("姓名", "班次", "实发")


def test_a_bar_of_filters_wraps_instead_of_widening_the_page(qtbot: Any) -> None:
    bar = QWidget()
    words = [slim(LineField("")) for _ in range(3)]
    for one in words:
        one.setFixedWidth(220)
    month = MonthPicker(date(2022, 5, 10))
    bar.setLayout(FlowLayout(month, *words))
    holder = QWidget()
    QVBoxLayout(holder).addWidget(bar)
    show(qtbot, holder, 500)
    assert words[-1].y() > month.y()
    assert holder.minimumSizeHint().width() <= 500
    holder.resize(1100, 500)
    QApplication.processEvents()
    assert {one.y() for one in words} == {month.y()} and words[0].height() == month.height()


def test_a_form_lays_the_same_fields_out_in_fewer_columns(qtbot: Any) -> None:
    form = Form(4)
    fields = [form.add(f"f{number}", LineField(f"第 {number} 项")) for number in range(4)]
    wide = form.add("content", LineField("内容"), span=4)
    show(qtbot, form, 800)
    assert len({one.y() for one in fields}) == 1
    form.reflow(2)
    QApplication.processEvents()
    assert fields[0].y() == fields[1].y() < fields[2].y() == fields[3].y() < wide.y()
    assert wide.width() == form.width()


def test_y10_the_paper_number_stands_in_line_with_its_neighbours(qtbot: Any) -> None:
    form = Form(2)
    name, paper = form.add("client_name", LineField("咨询人")), form.add("id_number", PaperField())
    show(qtbot, form, 500)
    tops = {one.line.mapTo(form, QPoint(0, 0)).y() for one in (name, paper)}
    assert len(tops) == 1


def test_a_list_that_was_empty_takes_the_focus_with_its_rows(qtbot: Any) -> None:
    table = Table([Column("name", "姓名")], first="登记", run=lambda: None)
    show(qtbot, table, 400)
    qtbot.waitExposed(table)
    table.activateWindow()
    table.setFocus()
    table.set_rows([Row("1")])
    QApplication.processEvents()
    assert QApplication.focusWidget() is table.view

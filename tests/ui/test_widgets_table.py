"""Tables, month grid, tiles and PIN pad: rows, keys, lazy pages, painting without boxes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QInputMethodQueryEvent

from app.ui.widgets.hours import fitting_hours
from app.ui.widgets.kiosk_tile import KioskTile
from app.ui.widgets.month_cell import CalendarDay, Chip, chip_boxes
from app.ui.widgets.month_grid import MonthGrid, day_sentence
from app.ui.widgets.pin import PinPad
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column, RowsModel, shown


@dataclass(frozen=True)
class Line:
    id: int
    name: str
    fen: int | None
    word: str = "已确认"


COLUMNS = [
    Column("name", "值班人员"),
    Column("fen", "实发（元）", 110, "money"),
    Column("word", "状态", 110, "tag", tag=lambda r: ("done", r.word)),
    Column("go", "", 90, "action", action=lambda r: "打开" if r.id == 2 else ""),
]
LINES = [Line(1, "卫明", 30000), Line(2, "王建国", 24000), Line(3, "孙丽", None)]


def make(qtbot: Any, **options: Any) -> Table:
    table = Table(COLUMNS, name="发放", empty="还没有", **options)
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.show()
    table.activateWindow()
    return table


def test_w_money_and_figures_are_written_one_way() -> None:
    assert shown(24050, "money") == "240.50"
    assert shown(-6000, "money") == "−60.00"
    assert shown(123456789, "money") == "1,234,567.89"
    assert shown(1204, "number") == "1,204"
    assert shown(None) == "—"
    assert shown(date(2022, 5, 10)) == "2022-05-10"


def test_w_rows_select_activate_copy_and_export_by_keyboard(qtbot: Any) -> None:
    table = make(qtbot)
    opened: list[Line] = []
    table.activated.connect(opened.append)
    table.set_rows(LINES)
    assert table.current() == LINES[0]
    qtbot.keyClick(table.view, Qt.Key.Key_Down)
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert opened == [LINES[1]]
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "王建国\t240.00\t已确认"
    table.hide_columns(["word"])
    assert table.shown().titles == ("值班人员", "实发（元）")
    assert table.shown().rows[2] == ("孙丽", "—")
    table.set_rows([Line(9, "秦岚", 1), *LINES])
    assert table.current() == LINES[1]


def test_w_sorting_puts_nothing_first_and_keeps_the_total_last(qtbot: Any) -> None:
    table = make(qtbot)
    table.set_rows(LINES)
    table.set_total({"name": "合计", "fen": "540.00"})
    header = table.view.horizontalHeader()
    header.setSortIndicator(1, Qt.SortOrder.AscendingOrder)
    assert [r.name for r in table.rows()] == ["孙丽", "王建国", "卫明"]
    header.setSortIndicator(1, Qt.SortOrder.DescendingOrder)
    assert [r.name for r in table.rows()] == ["卫明", "王建国", "孙丽"]
    assert table.model.data(table.model.index(3, 1), Qt.ItemDataRole.DisplayRole) == "540.00"
    table.select(LINES[2])
    qtbot.keyClick(table.view, Qt.Key.Key_Down)
    assert table.current() != "合计"


def test_w_a_million_rows_are_fetched_as_they_come_into_sight(qtbot: Any) -> None:
    table = make(qtbot)
    asked: list[int] = []

    def more(offset: int, deliver: Any) -> None:
        asked.append(offset)
        deliver([Line(offset + n, "卫明", offset + n) for n in range(100)])

    table.set_rows([Line(n, "卫明", n) for n in range(100)], more)
    assert len(asked) < 3
    table.view.scrollToBottom()
    QCoreApplication.processEvents()
    assert asked
    sorted_by: list[tuple[str, bool]] = []
    table.model.on_sort = lambda key, is_down: sorted_by.append((key, is_down))
    table.view.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    assert sorted_by == [("name", False)]


def test_w_late_page_of_an_older_query_is_dropped(qtbot: Any) -> None:
    table, kept = make(qtbot), []
    table.set_rows(LINES[:1], lambda _offset, deliver: kept.append(deliver))
    table.model.fetchMore(table.model.index(-1, -1))
    table.set_rows(LINES[1:2])
    kept[0]([LINES[2]])
    assert table.rows() == [LINES[1]]


def test_w_empty_table_says_what_belongs_there_and_offers_the_first_step(qtbot: Any) -> None:
    steps: list[int] = []
    table = make(qtbot, first="登记第一次抽查", run=lambda: steps.append(1))
    assert not table.empty.isVisible() and table.pending.isVisible()
    table.set_rows(())
    assert table.empty.isVisible() and not table.pending.isVisible()
    from app.ui.widgets.button import Button

    table.empty.findChild(Button).click()
    assert steps == [1]
    table.set_rows(LINES)
    assert not table.empty.isVisible()


def test_w_row_button_and_menu(qtbot: Any) -> None:
    table = make(qtbot)
    table.set_rows(LINES)
    pressed: list[tuple[Any, str]] = []
    table.pressed.connect(lambda row, key: pressed.append((row, key)))
    for at in (0, 1):
        box = table.view.visualRect(table.model.index(at, 3))
        qtbot.mouseClick(
            table.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.right() - 20, box.center().y())
        )
    assert pressed == [(LINES[1], "go")]
    table.export = lambda _shown: None
    assert [a.text() for a in table.menu().actions() if a.text()][:2] == ["复制所选行", "导出当前所见…"]


def days() -> dict[date, CalendarDay]:
    on = date(2023, 5, 17)
    many = tuple(Chip(name, "09:00–17:30", "done") for name in ("卫明", "孙丽", "秦岚", "高峰"))
    return {
        on: CalendarDay(on, (Chip("王建国", "09:00–12:00", "fault", "不足 4 小时", key="d1"),)),
        date(2023, 5, 6): CalendarDay(date(2023, 5, 6), mark="班"),
        date(2023, 5, 18): CalendarDay(date(2023, 5, 18), many),
    }


def test_w_month_grid_by_keyboard(qtbot: Any) -> None:
    grid = MonthGrid()
    qtbot.addWidget(grid)
    grid.resize(832, 560)
    grid.show()
    grid.show_month(2023, 5, days(), date(2023, 5, 17))
    seen: list[tuple[str, Any]] = []
    grid.spaced.connect(lambda on: seen.append(("space", on)))
    grid.opened.connect(lambda on: seen.append(("open", on)))
    grid.stepped.connect(lambda by: seen.append(("step", by)))
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    qtbot.keyClick(grid, Qt.Key.Key_PageDown)
    assert seen == [("space", date(2023, 5, 17)), ("open", date(2023, 5, 18)), ("step", 1)]
    grid.go_to(date(2023, 5, 1))
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    assert grid.current_date() == date(2023, 5, 1)
    grid.go_to(date(2023, 5, 7))
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert grid.current_date() == date(2023, 5, 8)
    assert day_sentence(days()[date(2023, 5, 17)]) == "5月17日：王建国 09:00–12:00 不足 4 小时"
    assert day_sentence(days()[date(2023, 5, 6)]) == "5月6日，上班，无值班"


def test_w_month_grid_chips_fit_their_cell_and_are_clicked(qtbot: Any) -> None:
    grid = MonthGrid()
    qtbot.addWidget(grid)
    grid.resize(832, 560)
    grid.show()
    grid.show_month(2023, 5, days())
    for on, day in days().items():
        box = grid.visualRect(grid.days.index_of(on))
        assert all(box.contains(chip) for chip in chip_boxes(day, box))
    with qtbot.waitSignal(grid.chip_clicked) as got:
        place = chip_boxes(days()[date(2023, 5, 17)], grid.visualRect(grid.days.index_of(date(2023, 5, 17))))[
            0
        ]
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert got.args == [date(2023, 5, 17), "d1"]
    grid.show_month(2023, 2, {})
    assert grid.days.rowCount() == 5
    grid.show_month(2021, 2, {})
    assert grid.days.rowCount() == 4


def test_p51_pin_pad_takes_digits_from_keys_only_and_never_opens_an_ime(qtbot: Any) -> None:
    pad = PinPad(title="卫明，请输入密码")
    qtbot.addWidget(pad)
    pad.show()
    assert not pad.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QCoreApplication.sendEvent(pad, query)
    assert not query.value(Qt.InputMethodQuery.ImEnabled)
    commit = QInputMethodEvent()
    commit.setCommitString("1234")
    QCoreApplication.sendEvent(pad, commit)
    assert pad.dots.typed == 0
    got: list[str] = []
    pad.entered.connect(got.append)
    qtbot.keyClicks(pad, "12a3")
    qtbot.keyClick(pad, Qt.Key.Key_Return)
    assert got == []
    qtbot.keyClick(pad, Qt.Key.Key_Backspace)
    qtbot.keyClicks(pad, "45")
    qtbot.keyClick(pad, Qt.Key.Key_Return)
    assert got == ["1245"]
    assert pad.dots.typed == 0
    assert not pad.go.isEnabled()


def test_p06_blank_pin_is_never_entered(qtbot: Any) -> None:
    pad = PinPad()
    qtbot.addWidget(pad)
    got: list[str] = []
    pad.entered.connect(got.append)
    qtbot.keyClick(pad, Qt.Key.Key_Return)
    pad.go.click()
    assert got == []


def test_w_kiosk_controls_are_at_least_64_px(qtbot: Any) -> None:
    pad, tile = PinPad(), KioskTile("其他人员", has_circle=False)
    for widget in (pad, tile):
        qtbot.addWidget(widget)
        widget.resize(420, widget.sizeHint().height())
        widget.show()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    from app.ui.widgets.button import Button

    assert all(button.height() >= 64 for button in pad.findChildren(Button))
    assert tile.height() >= 64
    with qtbot.waitSignal(tile.clicked):
        qtbot.keyClick(tile, Qt.Key.Key_Space)


def test_hours_are_shortened_by_whole_ranges_and_told_in_full(qtbot: Any) -> None:
    whole = "08:30-12:00；14:00-18:30；19:00-20:00"
    assert fitting_hours(whole, lambda words: len(words) <= 40) == whole
    assert fitting_hours(whole, lambda words: len(words) <= 30) == "08:30-12:00；14:00-18:30 等 3 段"
    assert fitting_hours(whole, lambda words: len(words) <= 17) == "08:30-12:00 等 3 段"
    assert fitting_hours(whole, lambda words: len(words) <= 5) == "08:30-12:00"
    model = RowsModel([Column("hours", "班次", 80, "hours", value=lambda row: row)])
    model.set_rows([whole])
    assert model.data(model.index(0, 0), int(Qt.ItemDataRole.ToolTipRole)) == whole


def test_w_an_empty_table_gives_the_focus_to_its_first_step(qtbot: Any) -> None:
    table = make(qtbot, first="登记第一名", run=lambda: None)
    table.show()
    table.setFocus()
    table.set_rows([])
    assert table.empty.step is not None
    assert table.window().focusWidget() is table.empty.step


def test_rows_are_as_high_as_their_second_lines_and_stay_so_when_sorted(qtbot: Any) -> None:
    table = Table([Column("name", "姓名", sub=lambda row: row.word), Column("fen", "金额", 90, "money")])
    qtbot.addWidget(table)
    table.resize(300, 400)
    table.show()
    table.set_rows(
        [Line(1, "卫明", 100, "很长的一句说明" * 8), Line(2, "孙丽", 200, ""), Line(3, "秦岚", 300, "短")]
    )

    def heights() -> dict[str, int]:
        return {row.name: table.view.rowHeight(at) for at, row in enumerate(table.rows())}

    found = heights()
    assert found["卫明"] > found["秦岚"] > found["孙丽"] == table.cells.row_height
    table.view.horizontalHeader().setSortIndicator(1, Qt.SortOrder.DescendingOrder)
    assert [row.name for row in table.rows()] == ["秦岚", "孙丽", "卫明"]
    qtbot.waitUntil(lambda: heights() == found)

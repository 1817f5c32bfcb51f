"""Fields and forms: what clerks type, faults beneath, drafts, and input methods (P51)."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QPushButton

from app.errors import Problem
from app.pinyin import filtered, score
from app.ui.drafts import MemoryDrafts
from app.ui.reading import read_date, read_month, read_time
from app.ui.widgets.choice import ChoiceField, MultiChoiceField
from app.ui.widgets.fields import (
    DateField,
    LineField,
    MoneyField,
    NumberField,
    TextField,
    TickField,
    TimeField,
)
from app.ui.widgets.file_pick import FilePick
from app.ui.widgets.form import Form
from app.ui.widgets.month import MonthPicker
from app.ui.widgets.person import PersonField, PersonHit, among

TODAY = date(2022, 5, 10)
TOPICS = ["土地承包", "劳动报酬", "婚姻家庭", "邻里纠纷", "交通事故"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0510", date(2022, 5, 10)), ("510", date(2022, 5, 10)), ("今天", TODAY), ("昨天", date(2022, 5, 9)),
        ("2022-05-10", date(2022, 5, 10)), ("20220510", date(2022, 5, 10)), ("2022年5月1日", date(2022, 5, 1)),
        ("5-6", date(2022, 5, 6)), ("5月6日", date(2022, 5, 6)), ("6", date(2022, 5, 6)), ("220506", date(2022, 5, 6)),
        ("2022-02-30", None), ("1340", None), ("abc", None), ("", None),
    ],
)  # fmt: skip
def test_w_dates_are_read_as_typed(text: str, found: date | None) -> None:
    assert read_date(text, TODAY) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0912", time(9, 12)), ("912", time(9, 12)), ("9", time(9)), ("9:12:34", time(9, 12, 34)), ("9点30", time(9, 30)),
        ("091234", time(9, 12, 34)), ("现在", time(8, 57)), ("25", None), ("9:75", None), ("x", None),
    ],
)  # fmt: skip
def test_w_times_are_read_as_typed(text: str, found: time | None) -> None:
    assert read_time(text, time(8, 57)) == found


def test_w_months_are_read_as_typed() -> None:
    assert read_month("5", TODAY) == (2022, 5)
    assert read_month("2021-12", TODAY) == (2021, 12)
    assert read_month("上月", date(2022, 1, 3)) == (2021, 12)
    assert read_month("13", TODAY) is None


def test_w_pinyin_initials_find_words() -> None:
    assert filtered(TOPICS, "ldbc")[0] == "劳动报酬"
    assert filtered(TOPICS, "laodong")[0] == "劳动报酬"
    assert filtered(TOPICS, "jtsg") == ["交通事故"]
    assert score("zz", "劳动报酬") == 0


def shown(qtbot: Any, widget: Any) -> Any:
    qtbot.addWidget(widget)
    widget.show()
    with qtbot.waitActive(widget):
        widget.activateWindow()
    return widget


def test_w_choice_by_initials_and_enter(qtbot: Any) -> None:
    form = Form(1)
    field = form.add("topic", ChoiceField("事项", TOPICS, is_required=True))
    shown(qtbot, form)
    field.line.setFocus()
    qtbot.keyClicks(field.line, "ldbc")
    assert field.list.isVisible()
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.value() == "劳动报酬"
    assert not field.list.isVisible()
    qtbot.keyClick(field.line, Qt.Key.Key_Down)
    assert field.list.isVisible()
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    assert not field.list.isVisible()
    assert field.value() == "劳动报酬"
    field.line.clear()
    qtbot.keyClicks(field.line, "qqq")
    assert field.own_fault()


def test_w_several_topics_by_initials(qtbot: Any) -> None:
    field = shown(qtbot, MultiChoiceField("事项", [(n, word) for n, word in enumerate(TOPICS)]))
    field.line.setFocus()
    for typed in ("ldbc", "tdcb"):
        qtbot.keyClicks(field.line, typed)
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.value() == (1, 0)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.value() == (1, 0), "one Enter more goes on"
    field.line.selectAll()
    qtbot.keyClicks(field.line, "hy")
    assert field.list.isVisible() and field.line.text() == "hy", "no letter is lost over what is selected"
    qtbot.keyClick(field.line, Qt.Key.Key_Escape)
    field.line.clearFocus()
    QCoreApplication.processEvents()
    assert field.line.text() == "劳动报酬，土地承包"
    field.set_value((2,))
    assert field.line.text() == "婚姻家庭"


def test_w_a_choice_that_stands_alone_gives_way(qtbot: Any) -> None:
    field = shown(qtbot, MultiChoiceField("人群类别"))
    field.set_choices(("农民工", "老年人", "其他群众"), alone="其他群众")
    field.set_value(["其他群众"])
    field.line.setFocus(Qt.FocusReason.TabFocusReason)
    for typed, kept in (("nmg", ("农民工",)), ("lnr", ("农民工", "老年人")), ("qt", ("其他群众",))):
        qtbot.keyClicks(field.line, typed)
        qtbot.keyClick(field.line, Qt.Key.Key_Return)
        assert field.value() == kept


def test_w_person_by_name_initials_last_four_and_phone(qtbot: Any) -> None:
    people = [
        PersonHit("1", "卫明", "律师", ("13800006021", "14052119620307204X")),
        PersonHit("2", "孙丽", "基层", ("13900001234",)),
    ]
    field = shown(qtbot, PersonField("值班人员", among(people), is_required=True))
    found: list[list[str]] = []
    for typed in ("wm", "孙", "6021", "204x", "139"):
        among(people)(typed, lambda hits: found.append([hit.name for hit in hits]))
    assert found == [["卫明"], ["孙丽"], ["卫明"], ["卫明"], ["孙丽"]]
    field.line.setFocus()
    qtbot.keyClicks(field.line, "sl")
    qtbot.waitUntil(lambda: field.list.isVisible())
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.value() == "2"
    assert field.text() == "孙丽"
    field.line.clear()
    qtbot.keyClicks(field.line, "wm")
    field.line.clearFocus()
    QCoreApplication.processEvents()
    assert (field.value(), field.own_fault()) == ("1", ""), "typed faster than the list came up"
    field.set_value("无此人")
    assert field.own_fault()


def test_w_form_shows_faults_beneath_and_focuses_the_first(qtbot: Any) -> None:
    form = Form(2)
    form.add("name", LineField("咨询人", is_required=True)).set_value("李桂花")
    identity = form.add("identity", LineField("身份证号"))
    on = form.add("on", DateField("日期", today=lambda: TODAY))
    shown(qtbot, form)
    on.line.setText("0230")
    assert not form.check()
    assert on.fault().startswith("看不懂这个日期")
    left = form.show_problems(
        [
            Problem("identity", "身份证校验码不符，请核对，或选“拒绝提供”", "E203"),
            Problem("", "今天没有班次", "E601"),
        ]
    )
    assert [str(p) for p in left] == ["E601 今天没有班次"]
    assert identity.fault() == "E203 身份证校验码不符，请核对，或选“拒绝提供”"
    assert form.focusWidget() is identity.line
    qtbot.keyClicks(identity.line, "1")
    assert identity.fault() == ""


def test_w_enter_goes_to_the_next_field_and_submits_from_the_last(qtbot: Any) -> None:
    form = Form(1)
    one, two = form.add("a", LineField("甲")), form.add("b", LineField("乙"))
    shown(qtbot, form)
    one.line.setFocus()
    two.set_value("09:00")
    qtbot.keyClick(one.line, Qt.Key.Key_Return)
    assert form.focusWidget() is two.line
    assert two.line.selectedText() == "09:00", "what is typed next replaces it"
    with qtbot.waitSignal(form.submitted):
        qtbot.keyClick(two.line, Qt.Key.Key_Return)


def test_p51_enter_that_ends_an_ime_candidate_does_not_submit(qtbot: Any) -> None:
    form = Form(1)
    field = form.add("a", LineField("姓名"))
    shown(qtbot, form)
    submitted: list[int] = []
    form.submitted.connect(lambda: submitted.append(1))
    QCoreApplication.sendEvent(field.line, QInputMethodEvent("li", []))
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    commit = QInputMethodEvent("", [])
    commit.setCommitString("李")
    QCoreApplication.sendEvent(field.line, commit)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.value() == "李"
    assert not submitted
    qtbot.wait(150)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert submitted == [1]


def test_w_drafts_survive_closing_and_go_with_saving(qtbot: Any) -> None:
    drafts = MemoryDrafts()

    def make() -> Form:
        form = Form(1)
        form.add("name", LineField("咨询人"))
        form.add("on", DateField("日期", today=lambda: TODAY))
        form.add("topics", MultiChoiceField("事项", TOPICS))
        form.add("told", TickField("已告知"))
        form.add("text", TextField("内容"))
        form.keep_draft(drafts, "consultation")
        qtbot.addWidget(form)
        form.show()
        return form

    first = make()
    qtbot.keyClicks(first.fields["name"].editor, "wm")
    qtbot.keyClicks(first.fields["on"].editor, "05")
    first.fields["topics"].set_value(("劳动报酬",))
    first.hide()
    second = make()
    assert second.values()["name"] == "wm"
    assert second.fields["on"].draft() == "05"
    assert second.values()["topics"] == ("劳动报酬",)
    second.clear()
    assert drafts.load("consultation") is None


def test_w_values_of_the_small_fields(qtbot: Any, tmp_path: Path) -> None:
    money, number = MoneyField("金额"), NumberField("件数", low=1, high=9)
    at, pick = TimeField("时间", now=lambda: datetime(2022, 5, 10, 8, 57)), FilePick("文件")
    for field in (money, number, at, pick):
        qtbot.addWidget(field)
    money.line.setText("240.50")
    assert money.value() == 24050
    money.line.setText("1.005")
    assert money.value() is None
    assert money.own_fault()
    number.line.setText("12")
    assert number.own_fault() == "请填 1 到 9 的整数"
    at.set_value(time(9, 12, 34))
    assert at.line.text() == "09:12:34"
    pick.set_value(tmp_path)
    assert pick.value() == tmp_path
    pick.set_value(tmp_path / "没有.hmb")
    assert pick.own_fault().startswith("找不到")


def test_w_date_steps_by_arrows_and_reads_today(qtbot: Any) -> None:
    field = shown(qtbot, DateField("日期", today=lambda: TODAY))
    field.line.setFocus()
    qtbot.keyClicks(field.line, "0510")
    qtbot.keyClick(field.line, Qt.Key.Key_Down)
    assert field.value() == date(2022, 5, 11)
    field.line.setText("今天")
    field.line.editingFinished.emit()
    assert field.line.text() == "2022-05-10"


def test_w_month_picker(qtbot: Any) -> None:
    picker = shown(qtbot, MonthPicker(date(2022, 1, 15)))
    with qtbot.waitSignal(picker.picked) as got:
        picker.back.click()
    assert got.args == [2021, 12]
    picker.line.setText("2022-05")
    picker.line.editingFinished.emit()
    assert picker.value() == (2022, 5)
    picker.line.setText("??")
    picker.line.editingFinished.emit()
    assert picker.line.text() == "2022年5月"


def test_w_fields_have_accessible_names(qtbot: Any) -> None:
    for field in (
        LineField("咨询人", is_required=True),
        ChoiceField("方式", ["来访"]),
        TextField("内容"),
        TickField("已告知"),
    ):
        qtbot.addWidget(field)
        assert field.editor.accessibleName() in ("咨询人", "方式", "内容", "已告知")
        assert not isinstance(field.editor, QPushButton)

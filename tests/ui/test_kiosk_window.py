"""The kiosk window on a real office, by keyboard alone, by touch, and by badge."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.kernel.slots import KeySlots
from app.services.consultations.record_consultation import RecordConsultation
from app.services.consultations.register import Register
from app.services.kiosk.badge import IssueBadge
from app.ui.kiosk.leaving import Staff
from app.ui.kiosk.rating_panel import KEY_MS
from app.ui.kiosk.window import KioskWindow
from app.ui.runner import Runner
from tests.services.conftest import COUNTY, Desk
from tests.services.conftest import make_desk as make_desk  # a fixture
from tests.services.kiosk_desk import CENTRE, PIN, KioskDesk

Key = Qt.Key
SIZES = ((1366, 768), (1280, 800))


class Standing:
    """Somebody before the kiosk."""

    def __init__(self, qtbot: Any, kiosk: KioskDesk):
        self.qtbot, self.kiosk = qtbot, kiosk
        self.runner = Runner(kiosk.desk.office, kiosk.desk.actor)
        office = kiosk.desk.office
        staff = Staff(lambda: KeySlots(office.data.keys).names(), office.login)
        self.window = KioskWindow(self.runner, staff, kiosk.desk.clock)
        qtbot.addWidget(self.window)
        self.stage = self.window.stage
        self.window.resize(*SIZES[0])
        self.window.show()
        self.window.activateWindow()
        self.settle()

    def settle(self) -> None:
        """Until nothing is queued any more."""
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not self.runner.is_busy, timeout=10_000)
            QApplication.processEvents()

    def key(self, *keys: Key) -> None:
        """Keys to whatever has the focus."""
        for key in keys:
            self.qtbot.keyClick(self.focused(), key)
            self.settle()

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.focused(), text)

    def focused(self) -> QWidget:
        found = self.window.focusWidget()
        assert found is not None
        return found

    def press(self, words: str) -> None:
        """Touch the button or tile with these words."""
        buttons = self.window.findChildren(QAbstractButton)
        found = [one for one in buttons if one.text() == words and one.isVisible()]
        self.qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
        self.settle()

    def read_badge(self, code: str) -> None:
        for sign in code:
            QTest.keyClick(self.window.windowHandle(), sign)
        QTest.keyClick(self.window.windowHandle(), Key.Key_Return)
        self.settle()

    def picture(self, name: str) -> None:
        folder = os.environ.get("HUIMIN_SHOTS")
        if not folder:
            return
        for width, height in SIZES:
            self.window.resize(width, height)
            QApplication.processEvents()
            self.window.grab().save(str(Path(folder) / f"kiosk-{name}-{width}.png"))
        self.window.resize(*SIZES[0])
        QApplication.processEvents()


@pytest.fixture
def kiosk(make_desk: Callable[..., Desk]) -> KioskDesk:
    """卫明 09:00–13:00 and 孙丽 14:30–18:00 on the 10th, it is 08:57; 赵强 has no duty."""
    county = make_desk(COUNTY, "county")
    county.clock.advance(-timedelta(hours=1))
    desk = KioskDesk(county)
    desk.duty(10, "09:00-13:00")
    desk.duty(11, "09:00-13:00")
    desk.duty(10, "14:30-18:00", "孙丽")
    desk.publish()
    desk.person("赵强")
    desk.at(10, "08:57")
    return desk


@pytest.fixture
def standing(qtbot: Any, kiosk: KioskDesk) -> Iterator[Standing]:
    made = Standing(qtbot, kiosk)
    yield made
    made.window.end()
    assert made.runner.close()


def directions(standing: Standing) -> list[str]:
    return [punch.direction for punch in standing.kiosk.punches()]


def test_y05_by_keyboard_alone_from_tile_to_sign_out(standing: Standing) -> None:
    stage = standing.stage
    assert [tile.name for tile in stage.people.tiles] == ["卫明", "孙丽", "其他人员（临时值班）…"]
    assert standing.focused() is stage.people.tiles[0]
    standing.picture("1-home")
    standing.key(Key.Key_Down)
    assert standing.focused() is stage.people.tiles[1]
    standing.key(Key.Key_Up, Key.Key_Return)
    assert standing.focused() is stage.pad and stage.pad.title.text() == "卫明，请输入签到密码"
    standing.type(PIN[:2])
    standing.picture("2-pin")
    standing.type(PIN[2:])
    standing.key(Key.Key_Return)
    assert stage.done.headline.text() == "卫明 已签到 08:57 · 班次 09:00–13:00"
    standing.picture("3-done")
    standing.key(Key.Key_Return)
    assert [tile.word for tile in stage.people.tiles[:2]] == ["在岗 08:57 起", "下午"]
    standing.kiosk.at(10, "13:01:30")
    standing.key(Key.Key_Return)
    assert standing.focused() is stage.acts.sign_out
    standing.picture("4-acts")
    standing.key(Key.Key_Return)
    standing.type(PIN)
    standing.key(Key.Key_Return)
    assert stage.done.headline.text() == "卫明 已签退 13:01:30 · 班次 09:00–13:00"
    assert directions(standing) == ["in", "out"]


def test_sign_out_check_up_comes_first_and_the_records_can_be_mended(standing: Standing) -> None:
    kiosk = standing.kiosk
    kiosk.sign_in()
    kiosk.at(10, "12:30")
    topics = kiosk.desk.office.pack.topics[:1]
    for name in ("周芳", "吴刚"):
        kiosk.desk.do(
            RecordConsultation(
                site=CENTRE, person_id=kiosk.person(), at=None, client_name=name, topics=topics
            )
        )
    kiosk.at(10, "13:01")
    standing.window.go_home()
    standing.settle()
    standing.key(Key.Key_Return, Key.Key_Return)
    standing.type(PIN)
    standing.key(Key.Key_Return)
    records = standing.stage.records
    assert standing.stage.pages.currentWidget() is records
    assert records.title.text() == "本班 2 条缺项，可能扣 20 元，现在补？"
    standing.picture("5-check-up")
    assert standing.focused() is records.back and directions(standing) == ["in"]
    standing.press("仍要签退")
    assert directions(standing) == ["in", "out"]


def test_p06_a_wrong_pin_stays_on_the_pad_and_says_how_many_tries(standing: Standing) -> None:
    standing.key(Key.Key_Return)
    standing.key(Key.Key_Return)
    assert directions(standing) == []
    standing.type("9999")
    standing.key(Key.Key_Return)
    assert standing.stage.pad.fault.text() == "E603 签到密码错误，还可试 4 次"
    standing.picture("6-wrong-pin")
    standing.type(PIN)
    standing.key(Key.Key_Return)
    assert directions(standing) == ["in"]


def test_p05_enter_again_and_again_signs_in_once(standing: Standing) -> None:
    standing.key(Key.Key_Return)
    standing.type(PIN)
    for _ in range(3):
        standing.qtbot.keyClick(standing.focused(), Key.Key_Return)
    standing.settle()
    assert directions(standing) == ["in"]


def test_p07_others_are_searched_by_letters_and_give_a_reason(standing: Standing) -> None:
    standing.press("其他人员（临时值班）…")
    for letter in "ZQ":
        standing.press(letter)
    assert [tile.name for tile in standing.stage.people.tiles] == ["赵强"]
    standing.picture("7-search")
    standing.press("赵强")
    assert standing.stage.reason.title.text() == "今天没有您的班次，按“临时值班”需说明"
    standing.picture("8-reason")
    standing.press("替同事顶班")
    for digit in PIN:
        standing.press(digit)
    standing.press("签　到")
    assert standing.stage.done.headline.text() == "赵强 已签到 08:57 · 临时值班，待审定"
    assert standing.kiosk.punches()[0].reason == "替同事顶班"


def test_a_badge_names_the_person_and_the_pin_is_still_asked(standing: Standing) -> None:
    code = standing.kiosk.desk.do(IssueBadge(standing.kiosk.person("孙丽")))
    standing.settle()
    standing.read_badge(code.lower())
    assert standing.stage.pad.title.text() == "孙丽，请输入签到密码"
    assert directions(standing) == []
    standing.read_badge("2222222222")
    assert standing.stage.invite.fault.text().startswith("E613")


def test_p03_yesterdays_missing_sign_out_is_explained_and_only_recorded(standing: Standing) -> None:
    kiosk = standing.kiosk
    kiosk.sign_in()
    kiosk.at(11, "08:55")
    standing.window.go_home()
    standing.settle()
    standing.key(Key.Key_Return)
    standing.type(PIN)
    standing.key(Key.Key_Return)
    done = standing.stage.done
    assert done.headline.text() == "卫明 已签到 08:55 · 班次 09:00–13:00"
    assert done.question.text() == "您 5 月 10 日 08:57 签到后未签退，请说明离开时间（将由司法所审核）"
    standing.picture("9-question")
    standing.key(Key.Key_Return)
    explain = standing.stage.explain
    assert standing.focused() is explain.time and explain.time.text() == "13:00"
    standing.type("1310")
    standing.key(Key.Key_Return)
    standing.focused().insert("忘记签退")  # as an input method does
    standing.picture("10-explain")
    standing.key(Key.Key_Return)
    assert done.headline.text() == "已记下您的说明，由司法所审核"
    assert directions(standing) == ["in", "in"]


def test_the_turn_is_forgotten_on_escape(standing: Standing) -> None:
    standing.key(Key.Key_Return)
    standing.type("25")
    standing.key(Key.Key_Escape)
    assert standing.window.visit is None
    assert standing.stage.side.currentWidget() is standing.stage.invite
    assert standing.focused() is standing.stage.people.tiles[0]


def test_closing_asks_for_a_password_of_the_staff_and_nothing_else_closes(standing: Standing) -> None:
    leave = standing.stage.leave
    assert not standing.window.close() and standing.window.isVisible()  # as Alt+F4 does
    assert standing.stage.pages.currentWidget() is leave
    assert standing.focused() is leave.password
    standing.type("wrong-2022")
    standing.picture("11-leave")
    standing.key(Key.Key_Return)
    assert leave.fault.text().startswith("E002") and leave.password.text() == ""
    assert standing.stage.pages.currentWidget() is leave and standing.focused() is leave.password
    standing.key(Key.Key_Return)
    assert leave.fault.text() == "请输入登录密码" and standing.window.isVisible()
    standing.type(COUNTY.password)
    standing.key(Key.Key_Return)
    assert not standing.window.isVisible()


def test_a_password_typed_as_fast_as_a_reader_is_no_badge(standing: Standing) -> None:
    standing.window.close()
    standing.read_badge("HUIMIN2022ABCD")
    assert standing.stage.pages.currentWidget() is standing.stage.leave
    assert standing.stage.leave.fault.text().startswith("E002")
    standing.read_badge(COUNTY.password)
    assert not standing.window.isVisible()


def test_staff_find_the_way_out_by_touch_and_escape_leads_back(standing: Standing) -> None:
    standing.press("工作人员退出")
    standing.type(COUNTY.password[:4])
    standing.key(Key.Key_Escape)
    assert standing.stage.pages.currentWidget() is standing.stage.home
    standing.press("工作人员退出")
    assert standing.stage.leave.password.text() == ""
    standing.press("继续使用")
    assert standing.stage.pages.currentWidget() is standing.stage.home and standing.window.isVisible()


def test_leaving_is_on_record_as_a_login(standing: Standing) -> None:
    standing.press("工作人员退出")
    standing.type("wrong-2022")
    standing.key(Key.Key_Return)
    standing.type(COUNTY.password)
    standing.key(Key.Key_Return)
    tried = [one.outcome for one in standing.kiosk.desk.office.safe.logins.attempts()]
    assert tried[-2:] == ["failed", "done"]


def test_the_end_of_the_windows_session_closes_without_a_password(
    qapp: QApplication, standing: Standing
) -> None:
    signal = SIGNAL("commitDataRequest(QSessionManager&)")
    heard = qapp.receivers(signal)
    standing.window.session_ends()
    assert not standing.window.isVisible()
    other = Standing(standing.qtbot, standing.kiosk)
    assert heard >= 1 and qapp.receivers(signal) == heard + 1
    other.window.end()
    assert other.runner.close()


def record(standing: Standing, *names: str) -> list[str]:
    """Consultations of this morning, and the rating panel before somebody."""
    kiosk, topics = standing.kiosk, standing.kiosk.desk.office.pack.topics[:1]
    made = [
        kiosk.desk.do(
            RecordConsultation(
                site=CENTRE, person_id=kiosk.person(), at=None, client_name=name, topics=topics
            )
        )
        for name in names
    ]
    standing.press("群众评价请按这里")
    return [one.id for one in made]


def ratings(standing: Standing) -> list[str]:
    """Of all records, the newest word."""
    rows = standing.kiosk.desk.ask(Register(sort="number", is_descending=False)).rows
    return [row.rating for row in rows]


@pytest.mark.parametrize(
    ("key", "word"), [(Key.Key_1, "满意"), (Key.Key_2, "基本满意"), (Key.Key_3, "不满意")]
)
def test_y06_a_client_answers_with_one_key(standing: Standing, key: Key, word: str) -> None:
    record(standing, "周芳")
    standing.picture("13-rating")
    standing.key(key)
    assert ratings(standing) == [""]
    standing.qtbot.waitUntil(lambda: standing.stage.done.headline.text() == "谢谢您的评价")
    assert ratings(standing) == [word]


@pytest.mark.parametrize("word", ["满意", "基本满意", "不满意"])
def test_y06_a_client_answers_with_one_touch_on_a_face_with_its_word(standing: Standing, word: str) -> None:
    record(standing, "周芳")
    standing.press(word)
    assert ratings(standing) == [word]


def test_y06_a_client_may_leave_without_an_answer(standing: Standing) -> None:
    record(standing, "周芳")
    assert standing.focused() is standing.stage.rating.skip  # Enter alone praises nobody
    standing.press("不评价")
    assert standing.stage.pages.currentWidget() is standing.stage.home and ratings(standing) == [""]


def test_y06_of_several_visits_one_is_chosen_before_a_face_can_be(standing: Standing) -> None:
    record(standing, "周芳", "吴刚")
    rating = standing.stage.rating
    standing.picture("14-rating-two")
    assert not any(face.isEnabled() for face in rating.faces)
    standing.key(Key.Key_1)
    standing.qtbot.wait(KEY_MS + 50)
    assert ratings(standing) == ["", ""]
    standing.key(Key.Key_Down, Key.Key_Return)
    standing.key(Key.Key_3)
    standing.qtbot.waitUntil(lambda: "谢谢" in standing.stage.done.headline.text())
    assert sorted(ratings(standing)) == ["", "不满意"]


def test_y06_a_badge_read_meanwhile_is_no_answer(standing: Standing) -> None:
    code = standing.kiosk.desk.do(IssueBadge(standing.kiosk.person("孙丽")))
    record(standing, "周芳")
    for sign in "3" + code[1:]:
        standing.qtbot.keyClick(standing.focused(), sign)
    standing.qtbot.wait(KEY_MS + 50)
    assert ratings(standing) == [""]


@pytest.mark.parametrize("read", ["3AB2", "3K2X1", "A3"])
def test_y06_a_badge_that_ends_in_a_digit_is_no_answer_either(standing: Standing, read: str) -> None:
    record(standing, "周芳")
    for sign in read:
        standing.qtbot.keyClick(standing.focused(), sign)
    standing.qtbot.wait(KEY_MS + 50)
    assert ratings(standing) == [""]


def begin_early_sign_out(standing: Standing) -> None:
    """卫明 signed in at 08:57 and wants to go at 12:58:30."""
    standing.kiosk.sign_in()
    standing.kiosk.at(10, "12:58:30")
    standing.window.go_home()
    standing.settle()
    standing.key(Key.Key_Return, Key.Key_Return)
    standing.type(PIN)
    standing.key(Key.Key_Return)


def test_y17_an_early_sign_out_names_minutes_yuan_and_clause_and_is_not_recorded_yet(
    standing: Standing,
) -> None:
    begin_early_sign_out(standing)
    early = standing.stage.early
    assert standing.stage.pages.currentWidget() is early
    assert early.words.text() == "现在签退，早退 1 分 30 秒，按规定扣 50 元"
    assert early.clause.text() == "依据　运司通〔2022〕3号 五（二）1（2）　迟到、早退的，一次扣50元；"
    standing.picture("12-early")
    assert standing.focused() is early.stay and directions(standing) == ["in"]
    standing.key(Key.Key_Return)
    assert standing.stage.pages.currentWidget() is standing.stage.home and directions(standing) == ["in"]


def test_y17_whoever_means_it_signs_out_early(standing: Standing) -> None:
    begin_early_sign_out(standing)
    standing.press("现在签退")
    assert directions(standing) == ["in", "out"]
    assert standing.stage.done.notices.text().startswith("早退 1 分 30 秒")

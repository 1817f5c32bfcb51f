"""A duty lawyer's own pay at the kiosk: after the PIN only, nobody else's, by keyboard alone."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.services.kiosk.badge import IssueBadge
from app.services.money.replies import PayReplies, PayReplyView, ReplyState
from app.services.money.settle_final import SettleFinal
from app.services.money.statement import MyPayLine, MyPayView
from app.ui.kiosk.visit import PATIENCE_MS
from tests.services.conftest import make_desk as make_desk  # a fixture
from tests.services.kiosk_desk import PIN
from tests.ui.test_kiosk_window import Standing
from tests.ui.test_kiosk_window import kiosk as kiosk  # a fixture
from tests.ui.test_kiosk_window import standing as standing  # a fixture

Key = Qt.Key


def work_late(standing: Standing) -> None:
    """卫明 comes 12 minutes late on the 10th and stays; 孙丽 works her afternoon."""
    kiosk = standing.kiosk
    kiosk.at(10, "09:12")
    kiosk.sign_in()
    kiosk.at(10, "13:01")
    kiosk.sign_out()
    kiosk.at(10, "14:29")
    kiosk.sign_in("孙丽")
    kiosk.at(10, "18:01")
    kiosk.sign_out("孙丽")
    standing.window.go_home()
    standing.settle()


def look(standing: Standing, pin: str = PIN) -> None:
    """我的补贴, the first tile, the PIN."""
    standing.press("我的补贴")
    standing.key(Key.Key_Return)
    standing.type(pin)
    standing.key(Key.Key_Return)


def shown(standing: Standing) -> list[str]:
    """Everything the panel says."""
    found = standing.stage.pay.findChildren(QLabel)
    return [one.text() for one in found if one.text() and one.isVisibleTo(standing.stage.pay)]


def test_y18_after_the_pin_the_month_is_told_to_the_yuan_and_why(standing: Standing) -> None:
    work_late(standing)
    look(standing)
    pay = standing.stage.pay
    standing.picture("pay")
    assert standing.stage.pages.currentWidget() is pay
    assert (pay.title.text(), pay.when.text()) == ("卫明　我的补贴", "2022年5月")
    assert (pay.total.text, pay.mark.word) == ("150.00 元", "预计")
    row, ahead = pay.lines
    assert row.amount.text() == "150.00 元"
    assert row.words.text() == "200 − 50 迟到 12 分（签到 09:12）= 150"
    assert (ahead.amount.text(), ahead.words.text()) == ("0.00 元", "0（值班尚未结束）")
    assert not [words for words in shown(standing) if "孙丽" in words]


def test_y18_a_wrong_pin_shows_nothing(standing: Standing) -> None:
    work_late(standing)
    look(standing, "9999")
    assert standing.stage.side.currentWidget() is standing.stage.pad
    assert standing.stage.pages.currentWidget() is standing.stage.home
    assert standing.stage.pad.fault.text() == "E603 签到密码错误，还可试 4 次"
    assert standing.stage.pay.lines == [] and standing.stage.pay.title.text() == ""


def test_y18_months_by_arrow_keys_and_none_after_the_one_that_runs(standing: Standing) -> None:
    work_late(standing)
    look(standing)
    pay = standing.stage.pay
    standing.key(Key.Key_Right)
    assert pay.when.text() == "2022年5月" and not pay.on.isEnabled()
    standing.key(Key.Key_Left)
    assert (pay.when.text(), pay.lines, pay.total.text) == ("2022年4月", [], "0.00 元")
    assert pay.lead.text() == "这个月还没有您的补贴记录"
    standing.key(Key.Key_Left, Key.Key_Right, Key.Key_Right)
    assert (pay.when.text(), pay.total.text) == ("2022年5月", "150.00 元")


def test_y18_escape_and_the_idle_timer_forget_the_pay_and_the_pin(standing: Standing) -> None:
    work_late(standing)
    for leave in (
        lambda: standing.key(Key.Key_Escape),
        lambda: standing.key(Key.Key_Return),
        lambda: standing.window._home_timer.timeout.emit(),
    ):
        look(standing)
        assert standing.stage.pay.lines and standing.window._home_timer.interval() == PATIENCE_MS
        leave()
        standing.settle()
        assert standing.window.visit is None and not standing.window.wants_pay
        assert standing.stage.pay.lines == [] and standing.stage.pay.total.text == ""
        assert standing.stage.pages.currentWidget() is standing.stage.home
        assert standing.stage.invite.title.text() == "请点您的姓名，或刷工作牌"


def test_y18_an_answer_that_comes_after_the_person_left_is_not_shown(standing: Standing) -> None:
    work_late(standing)
    standing.press("我的补贴")
    standing.key(Key.Key_Return)
    standing.type(PIN)
    standing.qtbot.keyClick(standing.focused(), Key.Key_Return)
    standing.window.go_home()
    standing.stage.people.tiles[1].click()
    standing.settle()
    assert standing.stage.pages.currentWidget() is standing.stage.home
    assert standing.stage.pay.lines == []


def test_y18_somebody_signed_in_finds_it_among_the_acts_and_a_badge_leads_there_too(
    standing: Standing,
) -> None:
    code = standing.kiosk.desk.do(IssueBadge(standing.kiosk.person("孙丽")))
    standing.kiosk.sign_in()
    standing.window.go_home()
    standing.settle()
    standing.key(Key.Key_Return)
    standing.stage.acts.my_pay.click()
    assert standing.stage.pad.title.text() == "卫明，请输入签到密码"
    standing.type(PIN)
    standing.key(Key.Key_Return)
    assert standing.stage.pages.currentWidget() is standing.stage.pay
    standing.key(Key.Key_Escape)
    standing.press("我的补贴")
    standing.read_badge(code)
    assert standing.window.visit is not None and standing.window.visit.act == "pay"


def test_every_control_of_the_pay_is_at_least_64_high(standing: Standing) -> None:
    work_late(standing)
    look(standing)
    pay = standing.stage.pay
    for button in (pay.back, pay.on, pay.up, pay.down, pay.leave, standing.stage.foot.pay):
        assert button.height() >= 64 and button.width() >= 64


def test_y18_a_long_month_is_turned_by_the_arrow_keys(standing: Standing) -> None:
    work_late(standing)
    look(standing)
    pay = standing.stage.pay
    assert not pay.down.isEnabled()
    line = MyPayLine(
        id="", key="", on="5月10日", site_name="盐湖区中心", kind="中心值班", net_fen=20000, explanation="200 = 200", reasons=()
    )  # fmt: skip
    pay.show_pay(
        MyPayView(name="卫明", month="2022-05", is_final=True, net_fen=12 * 20000, lines=(line,) * 12)
    )
    standing.settle()
    standing.picture("pay-long")
    assert (pay.mark.word, pay.total.text, pay.down.isEnabled()) == ("已结算", "2,400.00 元", True)
    bar = pay.area.verticalScrollBar()
    standing.key(Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Down)
    assert bar.value() == bar.maximum() > 0
    standing.key(Key.Key_Up)
    assert bar.value() < bar.maximum()


def settled_may(standing: Standing) -> None:
    """May is finally settled; it is the second of June."""
    work_late(standing)
    standing.kiosk.desk.clock.go_to(datetime(2022, 6, 2, 9))
    standing.kiosk.desk.do(SettleFinal("2022-05"))
    standing.window.go_home()
    standing.settle()


def find_may(standing: Standing) -> None:
    """卫明 looks for the pay of May, whoever is on duty today."""
    standing.press("我的补贴")
    standing.press("其他人员（临时值班）…")
    standing.type("WM")
    standing.settle()
    standing.stage.people.tiles[0].click()
    standing.settle()
    standing.type(PIN)
    standing.key(Key.Key_Return)
    standing.key(Key.Key_Left)


def state_of_may(standing: Standing) -> PayReplyView:
    found = standing.kiosk.desk.ask(PayReplies("2022-05"))
    return next(one for one in found if one.name == "卫明")


def test_y29_the_final_month_is_confirmed_with_the_pin(standing: Standing) -> None:
    settled_may(standing)
    find_may(standing)
    pay = standing.stage.pay
    standing.picture("pay-final")
    assert pay.lead.text() == "2 笔，司法局已最终结算；请在 6月7日 前确认，有不对的点“有异议”"
    standing.press("确认无误")
    assert standing.stage.done.headline.text() == "已确认"
    assert state_of_may(standing).state is ReplyState.confirmed
    standing.window.go_home()
    find_may(standing)
    assert (
        pay.lead.text() == "2 笔，司法局已最终结算；您已确认"
        and not pay.confirm.isVisible()
        and pay.dispute.isVisible()
    )


def test_y29_a_day_is_disputed_with_a_reason_and_only_it_waits(standing: Standing) -> None:
    settled_may(standing)
    find_may(standing)
    standing.press("有异议")
    panel = standing.stage.dispute
    standing.picture("dispute")
    assert [one.text() for one in panel.days.values()] == ["5月10日　150.00 元", "5月11日　0.00 元"]
    panel.send.click()
    assert panel.fault.text() == "请选一个原因，或写明原因"
    next(iter(panel.days.values())).click()
    standing.press("迟到早退记得不对")
    panel.send.click()
    standing.settle()
    found = state_of_may(standing)
    assert (found.state, found.held_fen, found.disputes[0].is_by_pin) == (ReplyState.disputed, 15000, True)
    assert (found.disputes[0].reason, found.disputes[0].days) == ("迟到早退记得不对", "5月10日")
    standing.window.go_home()
    assert panel.days == {} and panel.title.text() == ""

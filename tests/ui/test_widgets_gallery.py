"""Renders the shell with sample pages, so that a person can compare them with the drawings of the windows."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.clock import SetClock, local_to_utc
from app.ui import style
from app.ui.desk import Desk, Place
from app.ui.page import Page, PageView
from app.ui.runner import Runner
from app.ui.shell import Shell
from app.ui.theme import px
from app.ui.widgets.button import DANGER, PRIMARY, Button
from app.ui.widgets.card import Card, column, columns, row
from app.ui.widgets.choice import ChoiceField, MultiChoiceField
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.fields import (
    DateField,
    LineField,
    MoneyField,
    NumberField,
    ShownField,
    TextField,
    TickField,
    TimeField,
)
from app.ui.widgets.figure import BigFigure
from app.ui.widgets.file_pick import FilePick
from app.ui.widgets.form import Form
from app.ui.widgets.kiosk_tile import KioskTile
from app.ui.widgets.month import MonthPicker
from app.ui.widgets.month_cell import CalendarDay, Chip
from app.ui.widgets.month_grid import MonthGrid
from app.ui.widgets.pace import PaceBar
from app.ui.widgets.pin import PinPad
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label
from app.ui.widgets.wizard import Wizard, WizardStep
from app.values import Level

Row = SimpleNamespace


class Today(PageView):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "今日")
        self.head.set_lead("5 件事等您处理，最急的一件：王律师昨日未签退")
        self.head.action("打印今日我当班", lambda: None)
        self.head.primary("新咨询", lambda: None, keys="Ctrl N")
        todo = Table(
            [
                Column("state", "", 170, "tag", tag=lambda r: (r.state, r.word)),
                Column("text", ""),
                Column("step", "", 104, "action", action=lambda r: r.step),
            ],
            name="待办",
            has_header=False,
            fit_rows=True,
            row_height=43,
        )
        todo.set_rows(
            [
                Row(
                    id=1,
                    state="fault",
                    word="昨日签退缺失",
                    text="王建国律师 5月9日 13:00 未签退",
                    step="补签",
                ),
                Row(id=2, state="due", word="今天 16:00 前月报", text="还差：典型案例 1 篇", step="去补"),
                Row(
                    id=3,
                    state="due",
                    word="案件 3 日内到期",
                    text="〔2023〕援申17号 审查期限 5月12日（第43条 7日）",
                    step="打开",
                ),
                Row(
                    id=4,
                    state="fault",
                    word="县局退回 1 行",
                    text="4月18日 咨询 0412 答复意见不完整",
                    step="修改",
                ),
                Row(id=5, state="info", word="待回访 5 人", text="其中农民工讨薪 2 人", step="开始"),
            ]
        )
        duty = Table(
            [
                Column("slot", "时段", 128),
                Column("who", "值班人员"),
                Column("in_", "签到", 96),
                Column("out", "签退", 56),
                Column("n", "本班咨询", 88),
                Column("s", "状态", 110, "tag", tag=lambda r: r.s),
            ],
            name="今天的值班",
            fit_rows=True,
        )
        duty.set_rows(
            [
                Row(
                    id=1,
                    slot="09:00–13:00",
                    who="卫明 · 律师 · 明理律师事务所",
                    in_="08:57:12",
                    out=None,
                    n="3 件",
                    s=("done", "在岗"),
                ),
                Row(
                    id=2,
                    slot="14:30–18:00",
                    who="进村：西关村 法治体检",
                    in_=None,
                    out=None,
                    n=None,
                    s=("none", "未开始"),
                ),
            ]
        )
        talks = Table(
            [
                Column("at", "时间", 92),
                Column("who", "咨询人", 92),
                Column("topic", "事项", 130),
                Column("group", "人群", 104),
                Column("how", "处理"),
                Column("s", "记录", 140, "tag", tag=lambda r: r.s),
            ],
            name="今天的咨询",
            fit_rows=True,
        )
        talks.set_rows(
            [
                Row(
                    id=1,
                    at="09:12",
                    who="李**",
                    topic="劳动报酬",
                    group="农民工",
                    how="转法律援助申请",
                    s=("done", "完整"),
                ),
                Row(
                    id=2,
                    at="09:40",
                    who="张**",
                    topic="土地承包",
                    group="农民",
                    how="解答",
                    s=("due", "缺 1 项"),
                ),
                Row(
                    id=3,
                    at="10:05",
                    who="赵**",
                    topic="赡养",
                    group="老年人",
                    how="引导调解",
                    s=("done", "完整"),
                ),
            ]
        )
        left = column(
            Card(pad=8).add(todo), Card("今天的值班").add(duty), Card("今天的咨询").add(talks), None
        )
        year = Card("全年任务", spacing=16)
        first, second = PaceBar("免费法律咨询", "人次"), PaceBar("本月值班", "次")
        first.show_pace(318, 800, 0.36)
        second.show_pace(1, 4, 0.32)
        year.add(first, second)
        year.add(row("满意率", None, label("98.7%", "large"), label("/ 目标 ≥95%"), spacing=4))
        report = Card("5月10日 16:00 月报").add(label("6 小时 46 分", "hero", state="due"))
        report.add(row(Tag("亮点做法 1", "done"), Tag("典型案例 0", "fault"), Tag("简报 2", "done"), None))
        pay = Card("本月补贴（预计）", spacing=4).add(label("550.00 元", "figure"))
        pay.add(label("2 次值班 600.00 − 迟到 1 次 50.00", "small"))
        self.body.addLayout(columns((left, 1), (column(year, report, pay, None), 332)), 1)


class Roster(PageView):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "2023年5月排班")
        self.head.set_lead("草稿 · 2 处问题 · 4 次值班、2 次流动站点")
        for words, keys in (
            ("‹ 4月", ""),
            ("6月 ›", ""),
            ("复制上月", "Ctrl D"),
            ("自动补齐", ""),
            ("预览公示表", ""),
        ):
            self.head.action(words, lambda: None, keys=keys)
        self.head.primary("发布", lambda: None, keys="P")
        self.grid = MonthGrid()
        self.grid.show_month(2023, 5, sample_days(), date(2023, 5, 17))
        card = Card(pad=1).add(self.grid)
        side = Card("5月17日 王建国 09:00–12:00")
        side.add(label("不足 4 小时", "strong", state="fault"))
        side.add(
            label(
                "乡镇（街道）工作站每次值班不少于 4 小时（运司通〔2022〕3号 四（一）4）", "small2", wraps=True
            )
        )
        side.add(row(Button("改为 09:00–13:00", kind=PRIMARY), Button("换人"), None))
        share = Table(
            [Column("n", "人员"), Column("m", "本月", 70, "number"), Column("y", "全年", 70, "number")],
            fit_rows=True,
        )
        share.set_rows(
            [Row(id=1, n="卫明", m=3, y=9), Row(id=2, n="王建国", m=1, y=8), Row(id=3, n="孙丽", m=1, y=7)]
        )
        self.body.addLayout(
            columns((card, 1), (column(side, Card("本月均衡").add(share), None, spacing=12), 292)), 1
        )


def sample_days() -> dict[date, CalendarDay]:
    def d(n: int) -> date:
        return date(2023, 5, n)

    return {
        d(1): CalendarDay(d(1), mark="休"),
        d(2): CalendarDay(d(2), mark="休"),
        d(6): CalendarDay(d(6), mark="班"),
        d(3): CalendarDay(d(3), (Chip("卫明", "09:00–13:00", "done"),), mark="休"),
        d(10): CalendarDay(d(10), (Chip("卫明", "09:00–13:00", "done"),)),
        d(12): CalendarDay(d(12), (Chip("流动站点", "赶集日 · 三月廿三", "outreach"),)),
        d(17): CalendarDay(d(17), (Chip("王建国", "09:00–12:00", "fault", "不足 4 小时"),)),
        d(18): CalendarDay(
            d(18),
            tuple(
                Chip(n, "09:00–17:30", s)
                for n, s in (("卫明", "done"), ("孙丽", "info"), ("贺志强", "due"), ("秦岚", "done"))
            ),
            note="赶集日",
        ),
        d(19): CalendarDay(
            d(19), (Chip("卫明", "09:00–13:00", "done"), Chip("孙丽", "14:30–18:00", "fault", "重叠"))
        ),
        d(24): CalendarDay(d(24), (Chip("孙丽", "09:00–13:00", "due", "请假待批"),)),
        d(31): CalendarDay(d(31), (Chip("卫明", "草稿", "info"),)),
    }


class Talk(PageView):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "新咨询")
        self.head.set_lead("记录归当班的卫明律师 · 已用 06:12")
        self.head.action("打印答复卡", lambda: None, keys="Ctrl P")
        self.head.action("转援助申请", lambda: None, keys="Ctrl T")
        self.head.primary("保存，下一位", lambda: None, keys="Ctrl Return")
        form = self.form = Form(4)
        form.add("name", LineField("咨询人", is_required=True)).set_value("李桂花")
        form.add("phone", LineField("联系电话", is_required=True)).set_value("138****6021")
        identity = form.add("identity", LineField("身份证号"))
        identity.set_value("14052119620307204X")
        form.put(ShownField("性别 / 年龄", "女 · 61 岁", beside=Tag("老年人", "info")))
        form.add(
            "groups", MultiChoiceField("人群类别", ["农民", "老年人", "农民工"], is_required=True)
        ).set_value(("农民", "老年人"))
        form.add("channel", ChoiceField("方式", ["来访", "来电"], is_required=True)).set_value("来访")
        form.add("topic", ChoiceField("事项", ["劳动报酬", "土地承包"], is_required=True))
        form.add("count", NumberField("件数")).set_value(1)
        form.add("content", TextField("咨询内容", is_required=True), span=4).set_value(
            "丈夫在县城工地打工，2022年10月至12月工资 13 600 元未发，有工友微信记录和考勤照片，包工头称甲方未结算。"
        )
        form.add("answer", TextField("答复意见", is_required=True), span=4)
        form.add("handling", ChoiceField("处理方式", ["解答"], is_required=True), span=2)
        form.add("on", DateField("日期"))
        form.add("at", TimeField("时间"))
        form.put(TickField("已提示可申请法律援助（第23条）"), span=2)
        form.put(TickField("一次性告知"))
        identity.show_fault("E203 身份证校验码不符，请核对，或选“拒绝提供”")
        detail = DetailPane().begin("4月12日 王建国　240.00 元是怎么来的")
        detail.facts(("乡镇工作站值班", "300.00"), ("签名", "有效", "done"), ("校验码", "4827 1096"))
        detail.note(
            "依据　运司通〔2022〕3号 五（二）1：(1) 服务记录内容缺项、不规范的，一次扣10元；(2) 迟到、早退的，一次扣50元。"
        )
        detail.end(Button("通过", kind=PRIMARY, keys="A"), Button("退回", kind=DANGER, keys="R"))
        self.body.addLayout(columns((Card().add(form).fill(), 1), (detail, 316)), 1)


class Pay(PageView):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "2023年4月月结")
        self.head.set_lead("三项检查：2 绿 1 黄")
        self.head.primary("提交并导出上报包", lambda: None)
        self.head.filters(MonthPicker(date(2023, 4, 1)), Button("全部", keys=""), None)
        self.head.show_banner(
            "E101 昨日王律师未签退。", "fault", {"补签": lambda: None, "标记待核": lambda: None}
        )
        table = Table(
            [
                Column("on", "日期", 100),
                Column("who", "值班人员", sub=lambda r: r.sub),
                Column("site", "站点", 110),
                Column("base", "标准", 90, "money"),
                Column("cut", "扣减", 90, "money", tone=lambda r: "fault" if r.cut else None),
                Column("net", "实发（元）", 110, "money"),
                Column("s", "本人确认", 110, "tag", tag=lambda r: r.s),
            ]
        )
        done = ("done", "已确认")
        table.set_rows(
            [
                Row(
                    id=1, on="4月5日", who="卫明", sub="", site="龙港镇", base=30000, cut=0, net=30000, s=done
                ),
                Row(
                    id=2,
                    on="4月12日",
                    who="王建国",
                    sub="应到 09:00 · 签到 09:12:34 · 时钟可信，系统抽查 10:20 无应答，理由：下村（未登记）",
                    site="龙港镇",
                    base=30000,
                    cut=-6000,
                    net=24000,
                    s=done,
                ),
                Row(
                    id=3,
                    on="4月26日",
                    who="贺志强 · 公职律师",
                    sub="",
                    site="龙港镇",
                    base=None,
                    cut=None,
                    net=0,
                    s=("none", "不发放"),
                ),
            ]
        )
        table.set_total({"who": "合计　捌佰肆拾元整", "net": "840.00"})
        table.select(table.rows()[1])
        confirm = ConfirmLine()
        confirm.ask(
            "删除后这 3 条草稿会丢失，已提交的不受影响。",
            "删除草稿",
            lambda _r: None,
            is_dangerous=True,
            needs_reason=True,
        )
        form = Form(1)
        form.add("file", FilePick("文件"))
        form.add("amount", MoneyField("金额")).set_value(24050)
        self.body.addLayout(
            columns(
                (Card(pad=1).add(table), 1),
                (
                    column(
                        Card("处理").add(confirm, form),
                        Card().add(
                            Table(
                                [Column("a", "甲")],
                                empty="还没有抽查记录。每月不少于 4 次。",
                                first="登记第一次抽查",
                                run=lambda: None,
                            )
                        ),
                        None,
                    ),
                    372,
                ),
            ),
            1,
        )


PAGES = [
    Page("today", "今日", "today", Today, 0, 0), Page("roster", "排班", "roster", Roster, 0, 1),
    Page("attendance", "考勤", "attendance", Today, 0, 2), Page("consultations", "咨询", "consultations", Talk, 0, 3),
    Page("cases", "援助案件", "cases", Today, 0, 4), Page("followup", "回访与投诉", "followup", Today, 0, 5),
    Page("settlement", "月结与补贴", "settlement", Pay, 1, 0), Page("funds", "资金", "funds", Today, 1, 1),
    Page("targets", "任务与报表", "reports", Today, 1, 2), Page("exchange", "收发", "exchange", Today, 1, 3),
    Page("people", "人员", "people", Today, 2, 0), Page("settings", "设置", "settings", Today, 2, 1),
]  # fmt: skip


class Quiet:
    def do(self, command: Any, actor: Any, progress: Any = None) -> Any:
        return None

    def ask(self, query: Any, actor: Any, read: set[str] | None = None) -> Any:
        return None

    def hear_commits(self, heard: Any) -> Any:
        return lambda: None


def make_shell(qtbot: Any) -> Shell:
    clock = SetClock(local_to_utc(datetime(2023, 5, 10, 9, 14)))
    desk = Desk(
        Runner(Quiet()),
        Place("140521101", "龙港镇公共法律服务工作站", Level.station, "140521101", "柴秀英", "工作人员"),
        clock,
    )
    shell = Shell(desk, pages=PAGES)
    shell.resize(1366, 768)
    qtbot.addWidget(shell)
    shell.set_day_note("今日值班 卫明律师 09:00–13:00")
    shell.set_badges({"attendance": 2, "cases": 3, "exchange": 1})
    shell.status.show_saved("已保存 09:14")
    shell.status.show_backup("上次备份 今天 08:31")
    shell.status.show_receipt("上次回执 5月9日 · 待上报 12 条")
    shell.go("today")
    shell.show()
    return shell


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    """Where the pictures go; HUIMIN_SHOTS names another folder."""
    folder = Path(os.environ.get("HUIMIN_SHOTS", str(tmp_path)))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def save(widget: QWidget, path: Path) -> None:
    QApplication.processEvents()
    QApplication.processEvents()
    assert widget.grab().save(str(path))


@pytest.mark.parametrize("key", ["today", "roster", "consultations", "settlement"])
def test_w_pages_render(qtbot: Any, shots: Path, key: str) -> None:
    shell = make_shell(qtbot)
    shell.go(key)
    qtbot.wait(20)
    save(shell, shots / f"{key}.png")
    assert shell.size().width() == 1366
    assert shell.size().height() == 768
    shell.close()


def test_p50_scale_and_contrast_render(qtbot: Any, shots: Path, qapp: QApplication) -> None:
    shell = make_shell(qtbot)
    for scale, contrast in ((150, False), (100, True)):
        style.apply(qapp, scale=scale, is_high_contrast=contrast)
        for key in ("today", "roster", "consultations"):
            shell.go(key)
            qtbot.wait(20)
            save(shell, shots / f"{key}-{scale}-{'contrast' if contrast else 'light'}.png")
    shell.close()
    style.apply(qapp)


def test_w_overlays_render(qtbot: Any, shots: Path) -> None:
    shell = make_shell(qtbot)
    shell.toast("已保存，第 0413 号")
    shell.open_palette()
    save(shell, shots / "palette.png")
    shell.palette_box.close_palette()
    shell.lock()
    save(shell, shots / "lock.png")
    shell.close()


def test_w_kiosk_render(qtbot: Any, shots: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setProperty("role", "ground")
    window.setGeometry(QRect(0, 0, 1280, 800))
    outer = QVBoxLayout(window)
    outer.setContentsMargins(px(40), px(28), px(40), px(28))
    outer.setSpacing(px(24))
    names = column(
        label("龙港镇公共法律服务工作站", "kiosk-site"),
        label("2023年5月10日 星期三", "kiosk-line"),
        spacing=0,
    )
    top = QHBoxLayout()
    top.addLayout(names)
    top.addStretch(1)
    top.addWidget(BigFigure("08:57"))
    outer.addLayout(top)
    one = KioskTile("卫明", "律师", "09:00–13:00", state="due", word="还未签到")
    one.set_current(True)
    two = KioskTile("孙丽", "基层法律服务工作者", "14:30–18:00", word="下午")
    three = KioskTile("其他人员（临时值班）…", has_circle=False)
    tiles = column(label("今天值班，请点您的姓名，或刷工作牌", "kiosk-line"), one, two, three, None)
    pad = PinPad(title="卫明，请输入密码")
    for digit in "12":
        qtbot.keyClicks(pad, digit)
    outer.addLayout(columns((tiles, 1), (column(Card(pad=24).add(pad), None), 420), spacing=32), 1)
    outer.addLayout(
        row(label("群众评价请按这里", "kiosk-small"), None, label("监督电话 0356-*******", "kiosk-small"))
    )
    window.show()
    save(window, shots / "kiosk.png")


def test_w_wizard_renders(qtbot: Any, shots: Path) -> None:
    form = Form(1)
    form.add("pack", ChoiceField("方案", ["运城 2022", "沁水 2023"], is_required=True))
    form.add("name", LineField("管理员姓名", is_required=True))
    holder = QWidget()
    QVBoxLayout(holder).addWidget(form)
    wizard = Wizard(
        "第一次启动",
        [
            WizardStep("这是哪个单位", "选方案和站点，或导入上级给的入网文件。", holder, leave=form.check),
            WizardStep("管理员", "第一个帐号，可以再建别的。", QWidget()),
            WizardStep("恢复码", "请抄下来，锁进保险柜。", QWidget(), words="完成"),
        ],
    )
    qtbot.addWidget(wizard)
    wizard.resize(1000, 640)
    wizard.show()
    wizard.go_on()
    save(wizard, shots / "wizard.png")

"""The register of services beside consultations: lectures, mediations, drafts, each with what it reached (Q04, G04)."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLayout

from app.desk_values import ActivityKind
from app.kernel.permissions import Permission
from app.services.outreach.activities import Activities, ActivityLine, ActivityList
from app.services.people.pool import Pool, PoolPerson
from app.services.sites.site_list import SiteList, SiteView
from app.ui.attendance.forms import hits, site_choices
from app.ui.erasing import erase_buttons
from app.ui.outreach.activity_form import ActivityForm, CorrectionOfActivity
from app.ui.page import PageView
from app.ui.tab import Tab
from app.ui.theme import px
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, column
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.fields import LineField, slim
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.month import MonthPicker
from app.ui.widgets.table_model import Column
from app.values import Month

WAIT_MS = 250


class ActivityTab(Tab):
    """A month's services with filters; the pane shows one, the form takes one down. told(sentence): what the list says."""

    told = Signal(str)

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _COLUMNS, "服务活动", "这个月还没有登记服务活动。")
        self.people: tuple[PoolPerson, ...] = ()
        self.sites: tuple[SiteView, ...] = ()

    def left(self) -> QLayout:
        self.month = MonthPicker(self.page.desk.today())
        self.kind = ChoiceField(
            "", [("", "全部服务"), *((one, one) for one in ActivityKind)], hint="全部服务"
        )
        self.words = LineField("", hint="村、地点、文书或事由")
        for field, width in ((self.kind, 150), (self.words, 190)):
            slim(field).setFixedWidth(px(width))
        self.kind.editor.setAccessibleName("服务内容")
        self.words.editor.setAccessibleName("查找服务活动")
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.load)
        self.month.picked.connect(lambda *_: self.load())
        for field in (self.kind, self.words):
            field.changed.connect(self._timer.start)
        bar = FlowLayout(self.month, self.kind, self.words)
        return column(bar, Card(pad=1).add(self.table, stretch=1), spacing=12)

    def load(self) -> None:
        month = Month(*self.month.value())
        query = Activities(
            first=month.first_day,
            last=month.last_day,
            kind=self.kind.value() or "",
            words=self.words.value(),
        )
        self.page.ask(query, self._fill, slot="activities")
        self.page.ask(Pool(), self._keep_people, slot="activity people")
        self.page.ask(SiteList(), self._keep_sites, slot="activity sites")

    def new_item(self) -> None:
        self._open(None)

    def show_detail(self, row: ActivityLine) -> None:
        self.confirm = ConfirmLine()
        self.detail.begin(f"{row.kind}　{row.at.month}月{row.at.day}日").add(self.confirm).facts(
            ("时间", f"{row.at:%Y-%m-%d %H:%M}"),
            ("地点", "　".join(filter(None, (row.site_name, row.village, row.place)))),
            ("服务人员", row.person),
            ("值班", row.duty or "不在值班时间，另行外出"),
            ("惠及", f"{row.reached} 人" if row.reached else ""),
            ("文书", f"{row.document}　{row.pages} 页" if row.document else ""),
            ("咨询编号", row.number),
            ("事由", row.matter),
            ("结果", row.outcome),
            (f"第 {row.revision} 版", row.revision_reason if row.revision > 1 else ""),
        )
        may = row.is_mine and self.page.desk.may(Permission.RECORD_CONSULTATION)
        self.detail.end(
            *((Button("同次另一件", partial(self._open, row)), Button("更正…", partial(self._correct, row))) if may else ()),
            *erase_buttons(self.page, self.confirm, "activity", row.id),
        )  # fmt: skip

    def _open(self, visit: ActivityLine | None) -> None:
        form = ActivityForm(
            self.page.desk,
            site_choices([one for one in self.sites if one.office != "已接入"]),
            hits(self.people),
            visit=visit,
        )
        self.open_form(form, lambda _values: form.command(), "已登记服务活动")

    def _correct(self, row: ActivityLine) -> None:
        form = CorrectionOfActivity(self.page.desk, row, hits(self.people))
        self.open_form(form, lambda _values: form.command(), "已更正，原记录保留")

    def _keep_people(self, found: tuple[PoolPerson, ...]) -> None:
        self.people = found

    def _keep_sites(self, found: tuple[SiteView, ...]) -> None:
        self.sites = found

    def _fill(self, found: ActivityList) -> None:
        self.table.set_rows(found.lines)
        self.told.emit(found.words)


def _where(row: ActivityLine) -> str:
    return "　".join(filter(None, (row.village, row.place)))


_COLUMNS: tuple[Any, ...] = (
    Column("at", "时间", 104, value=lambda row: f"{row.at:%m-%d %H:%M}"),
    Column("kind", "服务内容", 116, "strong", value=lambda row: row.kind.value),
    Column("where", "地点", 0, value=_where, sub=lambda row: row.document),
    Column("reached", "惠及", 72, "number", value=lambda row: row.reached or None),
    Column("person", "服务人员", 84, yields=1),
    Column("site_name", "站点", 104, yields=2),
)

"""What citizens were promised: referrals with their return, home visits to be planned, answers by a day (Q07, G04)."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout

from app.kernel.permissions import Permission
from app.services.outreach.errand_list import ErrandDesk, ErrandLine, Errands, ErrandState
from app.services.people.pool import Pool, PoolPerson
from app.services.security.reveal import Reveal
from app.ui.attendance.forms import hits
from app.ui.outreach.errand_forms import ClosingForm, ErrandForm, PlanForm
from app.ui.page import PageView
from app.ui.tab import Tab
from app.ui.theme import State
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, column
from app.ui.widgets.flow import FlowLayout
from app.ui.widgets.month import MonthPicker
from app.ui.widgets.reveal import RevealLine, Shown
from app.ui.widgets.table_model import Column
from app.values import Month

TONES = {
    ErrandState.overdue: State.FAULT,
    ErrandState.needed: State.DUE,
    ErrandState.due: State.DUE,
    ErrandState.open: State.INFO,
    ErrandState.closed: State.DONE,
}
WHY = ("联系本人",)


class ErrandTab(Tab):
    """What waits first; what was closed stands in the month it began. told(sentence): what the list says."""

    told = Signal(str)

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _COLUMNS, "转办和上门", "没有转办的事。在咨询记录里按“转办”登记。")
        self.people: tuple[PoolPerson, ...] = ()

    def left(self) -> QLayout:
        self.month = MonthPicker(self.page.desk.today())
        self.month.picked.connect(lambda *_: self.load())
        return column(FlowLayout(self.month), Card(pad=1).add(self.table, stretch=1), spacing=12)

    def load(self) -> None:
        self.page.ask(Errands(month=Month(*self.month.value())), self._fill, slot="errands")
        self.page.ask(Pool(), self._keep_people, slot="errand people")

    def begin_for(self, consultation: str, title: str) -> None:
        """The form for something promised about a record."""
        form = ErrandForm(self.page.desk, consultation, title, hits(self.people))
        self.open_form(form, lambda _values: form.command(), "已登记，到期会在“今日”提醒")

    def show_detail(self, row: ErrandLine) -> None:
        record = row.record
        self.detail.begin(f"{row.kind}　{record.client or '（未填姓名）'}").facts(
            ("状态", row.state.value, TONES[row.state]),
            ("绿色通道", f"优先办理：{'、'.join(record.groups)}" if record.is_green else ""),
            ("咨询", f"第 {record.number} 号　{record.at:%Y-%m-%d}　{'、'.join(record.topics)}"),
            ("部门", row.department),
            ("承办人", row.person),
            ("期限", f"{row.by:%Y-%m-%d}" if row.id else ""),
            ("办什么", row.matter),
            ("结果", "　".join(filter(None, (row.result, f"{row.closed_on or ''}", row.answer)))),
        )
        if record.phone:
            self.detail.add(self._telephone(row))
        self.detail.end(
            *self._steps(row),
            Button("看咨询记录", partial(self.page.desk.go, "consultations", id=record.id)),
        )

    def _steps(self, row: ErrandLine) -> list[Button]:
        if not row.is_mine or not self.page.desk.may(Permission.RECORD_CONSULTATION):
            return []
        if row.state is ErrandState.needed:
            title = f"第 {row.record.number} 号　上门服务"
            return [Button("安排上门…", lambda: self._open_visit(row, title))]
        if not row.is_open:
            return []
        return [Button("办结…", partial(self._close, row)), Button("改期…", partial(self._plan, row))]

    def _open_visit(self, row: ErrandLine, title: str) -> None:
        form = ErrandForm(self.page.desk, row.record.id, title, hits(self.people), kind=row.kind.value)
        self.open_form(form, lambda _values: form.command(), "已安排上门")

    def _close(self, row: ErrandLine) -> None:
        form = ClosingForm(self.page.desk, row)
        self.open_form(form, lambda _values: form.command(), "已办结")

    def _plan(self, row: ErrandLine) -> None:
        form = PlanForm(self.page.desk, row, hits(self.people))
        self.open_form(form, lambda _values: form.command(), "已改期")

    def _telephone(self, row: ErrandLine) -> RevealLine:
        def ask(why: str, show: Shown) -> None:
            self.page.do(Reveal("consultation", row.record.id, "phone", why), show)

        return RevealLine(
            "联系电话", row.record.phone, WHY, ask if self.page.desk.may(Permission.REVEAL) else None
        )

    def _keep_people(self, found: tuple[PoolPerson, ...]) -> None:
        self.people = found

    def _fill(self, found: ErrandDesk) -> None:
        self.table.set_rows(found.lines)
        self.told.emit(found.words)


def _what(row: ErrandLine) -> str:
    return "　".join(filter(None, (row.department, row.matter))) or "、".join(row.record.topics)


_COLUMNS: tuple[Any, ...] = (
    Column("by", "期限", 92, value=lambda row: f"{row.by:%m-%d}" if row.id else ""),
    Column("kind", "事项", 92, "strong", value=lambda row: row.kind.value),
    Column("client", "群众", 92, value=lambda row: row.record.client, sub=lambda row: "绿色通道" * row.record.is_green),
    Column("what", "办什么", 0, value=_what, sub=lambda row: row.person),
    Column("state", "状态", 128, "tag", value=lambda row: row.state.value,
           tag=lambda row: (TONES[row.state], row.result or row.state.value)),
)  # fmt: skip

"""The tab of the document's measures: what each asks, by when, and what was done about it."""

from __future__ import annotations

from functools import partial

from app.kernel.permissions import Permission
from app.services.supervision.measures import Measures, MeasureState, MeasureView, NoteMeasure
from app.ui.page import PageView
from app.ui.tab import Tab
from app.ui.theme import State
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.fields import DateField, TextField
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.table_model import Column

TAGS = {
    MeasureState.done: (State.DONE, "已做"),
    MeasureState.late: (State.FAULT, "已超期"),
    MeasureState.soon: (State.DUE, "快到期"),
    MeasureState.ahead: (State.NONE, "未到期"),
}


class MeasureTab(Tab):
    """The measures of this office's level, in the document's order."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _MEASURES, "任务措施", "现行文件没有要本单位做的措施。")

    def load(self) -> None:
        self.page.ask(Measures(), self._fill, slot="measures")

    def show_detail(self, row: MeasureView) -> None:
        self.detail.begin(f"{row.number}　{row.title}").facts(
            ("状态", TAGS[row.state][1], TAGS[row.state][0]),
            ("责任部门", row.owner),
            ("时限", f"{row.due}（{row.due_on}）"),
            *((("期间", row.period),) if row.period else ()),
            ("应留证据", row.evidence),
            *((("下级已做", f"{row.others} 个单位"),) if row.others else ()),
            columns=1,
        )
        self.detail.note(f"标准　{row.standard}")
        for on, text in row.said:
            self.detail.note(f"{on}　{text or '内容已依法删除'}")
        self.detail.note(f"{row.clause}　{row.clause_text}")
        may = self.page.desk.may(Permission.SPOT_CHECK)
        self.detail.end(*((Button("登记做了什么…", partial(self._note, row), kind=PRIMARY),) if may else ()))

    def new_item(self) -> None:
        row = self.table.current()
        if row is not None:
            self._note(row)

    def _note(self, row: MeasureView) -> None:
        form = SideForm(f"{row.title}", keys="Ctrl Return", note=f"应留证据：{row.evidence}。原件另外存放。")
        today = self.page.desk.today
        form.form.add("on", DateField("日期", today=today, is_required=True)).set_value(today())
        form.form.add("text", TextField("做了什么，有什么证据", is_required=True, rows=5))
        self.open_form(form, lambda said: NoteMeasure(row.number, said["text"] or "", said["on"]), "已登记")

    def _fill(self, found: tuple[MeasureView, ...]) -> None:
        self.table.set_rows(found)
        done = sum(one.state is MeasureState.done for one in found)
        late = sum(one.state is MeasureState.late for one in found)
        words = f"{len(found)} 项措施，已做 {done} 项" + (f"，{late} 项已超期" if late else "")
        self.page.head.set_lead(words, "fault" if late else "")


_MEASURES = (
    Column("number", "编号", 56),
    Column("title", "措施", 0, "strong", sub=lambda row: row.standard),
    Column("due_on", "时限", 112, value=lambda row: f"{row.due_on}"),
    Column(
        "state", "状态", 104, "tag", value=lambda row: TAGS[row.state][1], tag=lambda row: TAGS[row.state]
    ),
)

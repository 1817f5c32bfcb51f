"""The tab of work meetings with their minutes."""

from __future__ import annotations

from collections.abc import Callable

from app.services.supervision.meetings import Meetings, MeetingView, MeetingYear, RecordMeeting
from app.ui.page import PageView
from app.ui.tab import Tab
from app.ui.widgets.fields import DateField, LineField, TextField
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.table_model import Column
from app.values import Month


class MeetingTab(Tab):
    """A year's meetings, the newest first."""

    def __init__(self, page: PageView, month: Callable[[], Month]) -> None:
        super().__init__(page, _MEETINGS, "工作例会", "这一年还没有登记工作例会。")
        self._month = month

    def load(self) -> None:
        self.page.ask(Meetings(self._month()), self._fill, slot="meetings")

    def show_detail(self, row: MeetingView) -> None:
        self.detail.begin(row.subject).facts(("日期", f"{row.on}"), ("参加人", row.attendees), columns=1)
        self.detail.note(row.minutes or "纪要已依法删除")

    def new_item(self) -> None:
        form = SideForm("登记工作例会", keys="Ctrl Return")
        today = self.page.desk.today
        form.form.add("on", DateField("日期", today=today, is_required=True)).set_value(today())
        form.form.add("subject", LineField("议题", is_required=True))
        form.form.add("attendees", TextField("参加人", is_required=True, rows=2))
        form.form.add("minutes", TextField("纪要", is_required=True, rows=6))
        self.open_form(form, lambda said: RecordMeeting(**said), "已登记例会")

    def _fill(self, found: MeetingYear) -> None:
        self.table.set_rows(found.rows)
        self.page.head.set_lead(found.quota.words, "due" if found.quota.missing else "")


_MEETINGS = (
    Column("on", "日期", 104, value=lambda row: f"{row.on}"),
    Column("subject", "议题", 0, "strong", sub=lambda row: row.attendees),
)

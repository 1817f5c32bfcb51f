"""The tabs of records: who did what and when, and the security events with alarms to dismiss."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.services.office.found_rows import DecideFound, FoundRows, FoundRowView
from app.services.office.journal import DismissAlarm, Journal, JournalLine, SecurityEventLine, SecurityEvents
from app.ui.page import PageView
from app.ui.tab import Tab
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.detail import Fact
from app.ui.widgets.table_model import Column

Deliver = Callable[[Sequence[Any]], None]


class JournalTab(Tab):
    """The journal, newest first, fetched as one scrolls."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _JOURNAL, "操作记录", "还没有操作记录")

    def load(self) -> None:
        self.page.ask(Journal(), lambda found: self.table.set_rows(found, self._more), slot="journal")

    def show_detail(self, row: JournalLine) -> None:
        facts: list[Fact] = [
            ("时间", f"{row.at:%Y-%m-%d %H:%M:%S}"),
            ("操作人", row.by),
            ("结果", row.outcome, _outcome(row)[0]),
        ]
        if row.why:
            facts.insert(2, ("理由", row.why))
        self.detail.begin(row.title).facts(*facts)
        if row.subjects:
            self.detail.note("涉及记录　" + "\n".join(row.subjects[:20]))
        self.detail.end()

    def _more(self, offset: int, deliver: Deliver) -> None:
        rows = self.table.rows()
        last = min(row.id for row in rows) if rows else 0
        self.page.ask(Journal(before=last), deliver, slot="journal more")


class SecurityTab(Tab):
    """Failed logins, refusals and alarms."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _EVENTS, "安全事件", "没有安全事件")
        self.confirm = ConfirmLine()

    def load(self) -> None:
        self.page.ask(SecurityEvents(), lambda found: self.table.set_rows(found, self._more), slot="events")

    def show_detail(self, row: SecurityEventLine) -> None:
        self.confirm = ConfirmLine()
        facts: list[Fact] = [
            ("时间", f"{row.at:%Y-%m-%d %H:%M:%S}"),
            ("账号", row.by),
            ("状态", *_event_state(row)[::-1]),
        ]
        if row.dismissed_at:
            facts.append(("处理", f"{row.dismissed_at:%Y-%m-%d %H:%M}　{row.dismissed_by}"))
        self.detail.begin(row.title).add(self.confirm).facts(*facts)
        if row.detail:
            self.detail.note(row.detail)
        if row.is_about_rows:
            self.page.ask(FoundRows(row.id), lambda found: self._show_found(row, found), slot="found rows")
        else:
            self._end(row)

    def _end(self, row: SecurityEventLine) -> None:
        if row.is_open:
            self.detail.end(Button("处理警报", lambda: self._ask(row), kind=PRIMARY))
        else:
            self.detail.end()

    def _show_found(self, row: SecurityEventLine, found: Sequence[FoundRowView]) -> None:
        """The rows the alarm is about; those that wait are decided on together, before the alarm."""
        for one in found:
            self.detail.facts((f"{one.title}{one.words}", one.state, "fault" if one.is_waiting else "done"))
            self.detail.note("\n".join((one.row_id, *one.facts)))
        waiting = tuple(one.id for one in found if one.is_waiting)
        if not waiting:
            self._end(row)
            return
        self.detail.end(
            Button("采纳…", lambda: self._decide(waiting, is_kept=True)),
            Button("不采纳…", lambda: self._decide(waiting, is_kept=False), kind=PRIMARY),
        )

    def _decide(self, waiting: tuple[int, ...], *, is_kept: bool) -> None:
        words = "采纳后登记在您的名下" if is_kept else "不采纳的不再显示，原样留作证据"
        self.confirm.ask(
            f"共 {len(waiting)} 条，{words}。请写明核查情况。",
            "采纳" if is_kept else "不采纳",
            lambda reason: self.page.do(
                DecideFound(waiting, is_kept, reason), lambda _: self._saved("已决定")
            ),
            needs_reason=True,
        )

    def _ask(self, row: SecurityEventLine) -> None:
        self.confirm.ask(
            "请写明核查情况；警报处理后仍留在记录里。",
            "处理完毕",
            lambda reason: self.page.do(DismissAlarm(row.id, reason), lambda _: self._saved("已处理")),
            needs_reason=True,
        )

    def _more(self, offset: int, deliver: Deliver) -> None:
        rows = self.table.rows()
        last = min(row.id for row in rows) if rows else 0
        self.page.ask(SecurityEvents(before=last), deliver, slot="events more")


def _outcome(row: JournalLine) -> tuple[str, str]:
    return ("fault", f"拒绝 {row.outcome}") if row.is_refused else ("done", "完成")


def _event_state(row: SecurityEventLine) -> tuple[str, str]:
    if row.is_open:
        return "fault", "待处理"
    return ("done", "已处理") if row.is_alarm else ("none", "记录")


_JOURNAL = (
    Column("at", "时间", 140, "datetime"),
    Column("by", "操作人", 120),
    Column("title", "操作"),
    Column("why", "理由", 180, "muted"),
    Column("outcome", "结果", 104, "tag", tag=_outcome),
)
_EVENTS = (
    Column("at", "时间", 140, "datetime"),
    Column("title", "事件", 160, "strong"),
    Column("by", "账号", 110),
    Column("detail", "内容", 0, "muted"),
    Column("state", "状态", 96, "tag", tag=_event_state),
)

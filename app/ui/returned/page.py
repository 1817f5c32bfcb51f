"""单条退回: records that the bureau sends back one by one, and what their stations answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from app.kernel.permissions import Permission
from app.services.exchange.decide_late import DecideLateChange
from app.services.money.send_back import SettleReturn
from app.services.returns.returns_list import ReturnsList, ReturnStanding, ReturnView
from app.ui.desk import Desk
from app.ui.page import Page
from app.ui.returned.forms import AgainForm, AnswerReturnForm, SendBackForm
from app.ui.returned.places import place_of
from app.ui.side_page import SidePage
from app.ui.theme import State
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.card import Card, columns
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.fields import TickField, slim
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column

SIDE, LEAST = 380, 560
TONES: dict[ReturnStanding, State] = {
    ReturnStanding.waiting: State.DUE,
    ReturnStanding.answered: State.INFO,
    ReturnStanding.settled: State.DONE,
    ReturnStanding.again: State.NONE,
}
OPEN = (ReturnStanding.waiting, ReturnStanding.answered)


class ReturnedPage(SidePage):
    """The list on the left; the record's story and what may be done about it on the right."""

    help_key = "returned"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "单条退回")
        self._wanted = ""

    def build(self) -> Iterator[None]:
        self.ended = slim(TickField("已办结的也列"))
        self.ended.changed.connect(self.refresh)
        self.head.filters(self.ended)
        yield
        self.table = Table(
            [
                Column("sent_at", "退回", 92, value=lambda row: f"{row.sent_at:%m-%d}"),
                *([Column("site_name", "站点", 104, yields=2)] if self.desk.is_bureau else []),
                Column("what", "记录", 0, sub=lambda row: row.title, sub_lines=1),
                Column("code", "原因", 104),
                Column("standing", "办理", 92, "tag", tag=lambda row: (TONES[row.standing], row.standing)),
            ],
            name="单条退回",
            empty=(
                "没有退回给站点的记录。在咨询、考勤或案件里选中一条，可以退回更正。"
                if self.desk.is_bureau
                else "县局没有退回的记录。"
            ),
        )
        self.table.selected.connect(self._show)
        self.table.activated.connect(self._open)
        yield
        self.pane = DetailPane("选中一条，这里显示退回的原因和答复")
        self.confirm = ConfirmLine()
        self.body.addWidget(self.confirm)
        self.body.addLayout(
            columns((Card(pad=1).add(self.table, stretch=1), 1), (self.hold(self.pane), SIDE), least=LEAST),
            1,
        )

    # hooks

    def refresh(self) -> None:
        self.ask(ReturnsList(is_all=self.ended.value()), self._fill)

    def open_with(self, **wanted: Any) -> None:
        self._wanted = str(wanted.get("id") or "")
        if wanted.get("send_back"):
            kind, row_id, what = wanted["send_back"]
            form = SendBackForm(kind, row_id, what)
            self.fill_in(form, form.command, "已退回，随下一个回执包下发")
        self.refresh()

    def focus_first(self) -> None:
        (self.side.form.form if self.side.form else self.table).setFocus()

    def go_back(self) -> bool:
        was_open = self.confirm.isVisible()
        self.confirm.close_line()
        return super().go_back() or was_open

    # what was asked for

    def _fill(self, rows: Sequence[ReturnView]) -> None:
        waiting = sum(row.standing is ReturnStanding.waiting for row in rows)
        answered = sum(row.standing is ReturnStanding.answered for row in rows)
        words = f"{waiting} 条待答复，{answered} 条已答复待办结" if waiting or answered else "没有待办的退回"
        self.head.set_lead(words, "due" if (answered if self.desk.is_bureau else waiting) else "")
        self.table.set_rows(rows)
        if self._wanted:
            self.table.select(next((row for row in rows if row.id == self._wanted), None))
            self._wanted = ""
        self._show(self.table.current())

    def _show(self, row: ReturnView | None) -> None:
        self.confirm.close_line()
        if row is None:
            self.pane.show_nothing()
            return
        self.pane.begin(row.what or row.title).facts(
            ("办理", row.standing, TONES[row.standing]),
            ("站点", row.site_name),
            ("原因", "，".join(filter(None, (row.code, row.comment)))),
            ("退回", f"{row.sent_at:%Y-%m-%d %H:%M}　{row.sent_by}　第 {row.round} 次"),
        )
        for said in row.replies:
            self.pane.note(f"{said.at:%m-%d %H:%M} {said.kind}：{said.text}")
        if row.ending:
            self.pane.note(f"办结意见：{row.ending}")
        if not row.may_correct and row.standing in OPEN:
            self.pane.note("本月已最终结算，不能更正，请站点说明情况；要补扣补发的在下月结算里调整。")
        if row.late:
            self.pane.note(f"站点的更正 {len(row.late)} 处是月报以后写的，采用以后才计入。")
        self.pane.end(*self._steps(row))

    def _steps(self, row: ReturnView) -> list[Button]:
        found = [Button("打开记录", partial(self._open, row))] if row.what else []
        if row.standing not in OPEN:
            return found
        if row.is_ours and self.desk.may(Permission.SUBMIT_MONTH):
            found.append(Button("答复…", partial(self._answer, row), kind=PRIMARY))
        if not row.is_ours and self.desk.may(Permission.REVIEW_MONTH):
            found.append(Button("再次退回…", partial(self._again, row)))
            step = self._adopt if row.late else self._settle
            found.append(Button("采用更正…" if row.late else "办结…", partial(step, row), kind=PRIMARY))
        return found

    # steps

    def _open(self, row: ReturnView) -> None:
        place, wanted = place_of(row)
        self.desk.go(place, **wanted)

    def _answer(self, row: ReturnView) -> None:
        form = AnswerReturnForm(row)
        self.fill_in(form, form.command, "已答复，随下一个上报包送去")

    def _again(self, row: ReturnView) -> None:
        form = AgainForm(row)
        self.fill_in(form, form.command, "已再次退回")

    def _settle(self, row: ReturnView) -> None:
        self.confirm.ask(
            f"办结：{row.what}。" + ("" if row.replies else "站点还没有答复，请写明理由。"),
            "办结",
            lambda reason: self.do(SettleReturn(row.id, reason), lambda _: self.done("已办结")),
            needs_reason=not row.replies,
        )

    def _adopt(self, row: ReturnView) -> None:
        def adopt(reason: str) -> None:
            for change in row.late:
                self.do(DecideLateChange(change, True, reason), lambda _: self.done("已采用"))

        self.confirm.ask(f"采用站点对“{row.what}”的更正，按更正后的计算。", "采用", adopt, needs_reason=True)


PAGE = Page("returned", "单条退回", "undo", ReturnedPage, permission=Permission.LOOK, is_listed=False)
"""Reached from 今日, from the records, and from the page that its badge stands at."""

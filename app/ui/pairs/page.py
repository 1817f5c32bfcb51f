"""跨站重复: records of two sites that look like one, and the bureau's word about each pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from app.desk_values import PairKind, PairOutcome
from app.kernel.permissions import Permission
from app.services.pairs.decide_pair import DecidePair
from app.services.pairs.pairs_month import OUTCOMES, PairsMonth, PairStanding, PairView
from app.ui.desk import Desk
from app.ui.month_choice import closing_month, month_text, parse_month
from app.ui.page import BUREAUS, Page, PageView
from app.ui.theme import State
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, column, columns, row
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.fields import TickField, slim
from app.ui.widgets.month import MonthPicker
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.ui.widgets.text import label
from app.values import Month

SIDE, LEAST = 400, 560
TONES: dict[PairStanding, State] = {
    PairStanding.open: State.DUE,
    PairStanding.changed: State.DUE,
    PairStanding.kept: State.DONE,
    PairStanding.merged: State.DONE,
    PairStanding.sent_back: State.INFO,
}
PLACES = {
    PairKind.duty: "attendance", PairKind.punch: "attendance", PairKind.consultation: "consultations",
    PairKind.case: "cases",
}  # fmt: skip
"""Where a record of a kind is looked at."""


class PairsPage(PageView):
    """The month's pairs on the left, the two records and what may be decided on the right."""

    help_key = "pairs"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "跨站重复")

    def build(self) -> Iterator[None]:
        self.month = MonthPicker(self.desk.today())
        self.month.set_value(closing_month(self.desk.today()))
        self.month.picked.connect(lambda *_: self.refresh())
        self.decided = slim(TickField("已认定的也列"))
        self.decided.changed.connect(self.refresh)
        self.head.filters(self.month, self.decided)
        yield
        self.table = Table(
            [
                Column("on", "日期", 84, value=lambda pair: pair.on[5:]),
                Column("kind", "种类", 64),
                Column("first_site", "站点", 92, yields=1),
                Column("second_site", "另一站点", 92, yields=1),
                Column("why", "为什么像是一件"),
                Column(
                    "standing", "认定", 128, "tag", tag=lambda pair: (TONES[pair.standing], pair.standing)
                ),
            ],
            name="跨站重复",
            empty="这个月没有待认定的重复。",
        )
        self.table.selected.connect(self._show)
        yield
        self.pane = DetailPane("选中一对，这里显示两条记录和认定办法")
        self.confirm = ConfirmLine()
        right = column(self.confirm, self.pane, spacing=8)
        self.body.addLayout(
            columns((Card(pad=1).add(self.table, stretch=1), 1), (right, SIDE), least=LEAST), 1
        )

    # hooks

    def refresh(self) -> None:
        self.ask(PairsMonth(Month(*self.month.value()), is_all=self.decided.value()), self._fill)

    def open_with(self, **wanted: Any) -> None:
        if wanted.get("month"):
            self.month.set_value(parse_month(str(wanted["month"])))
        self.refresh()

    def focus_first(self) -> None:
        self.table.setFocus()

    def go_back(self) -> bool:
        was_open = self.confirm.isVisible()
        self.confirm.close_line()
        return was_open

    # what was asked for

    def _fill(self, found: Sequence[PairView]) -> None:
        waiting = sum(one.is_open for one in found)
        words = f"{waiting} 对待认定" if waiting else "没有待认定的重复"
        self.head.set_lead(f"{month_text(self.month.value())}：{words}", "due" if waiting else "")
        self.table.set_rows(found)
        self._show(self.table.current())

    def _show(self, pair: PairView | None) -> None:
        self.confirm.close_line()
        if pair is None:
            self.pane.show_nothing()
            return
        self.pane.begin(pair.why).facts(("认定", pair.standing, TONES[pair.standing]))
        for site, what, row_id in (
            (pair.first_site, pair.first, pair.first_id),
            (pair.second_site, pair.second, pair.second_id),
        ):
            self.pane.add(column(label(site, "label"), label(what, wraps=True), spacing=2))
            self.pane.add(row(*self._steps(pair, row_id, site), None, spacing=8))
        if pair.decided_at:
            self.pane.note(f"{pair.decided_at:%Y-%m-%d %H:%M} {pair.decided_by}：{pair.reason}")
        if self.desk.may(Permission.REVIEW_MONTH):
            self.pane.end(*self._words_on_both(pair))

    def _words_on_both(self, pair: PairView) -> list[Button]:
        keep = partial(self._decide, pair, pair.first_id, PairOutcome.keep, "两条都计")
        found = [Button("都保留…", keep)]
        if not pair.is_open:
            words = "撤销上次认定，这一对重新待认定"
            undo = partial(self._decide, pair, pair.first_id, PairOutcome.undo, words)
            found.append(Button("撤销认定…", undo))
        return found

    def _steps(self, pair: PairView, row_id: str, site: str) -> list[Button]:
        """Open the record; count it alone, or send it back."""
        found = [Button("打开", partial(self._open, pair, row_id))]
        if not self.desk.may(Permission.REVIEW_MONTH):
            return found
        other = pair.second_id if row_id == pair.first_id else pair.first_id
        if PairOutcome.merge in OUTCOMES[pair.kind]:
            words = f"只计{site}的这一条，另一条标为重复，哪里都不计"
            found.append(Button("只计这条…", partial(self._decide, pair, row_id, PairOutcome.merge, words)))
        else:
            words = f"把这一条退回{site}核实"
            found.append(
                Button("退回核实…", partial(self._decide, pair, other, PairOutcome.send_back, words))
            )
        return found

    def _open(self, pair: PairView, row_id: str) -> None:
        key = {PairKind.consultation: "id", PairKind.case: "case"}.get(pair.kind, "row")
        self.desk.go(PLACES[pair.kind], **{key: row_id})

    def _decide(self, pair: PairView, first_id: str, outcome: PairOutcome, words: str) -> None:
        second_id = pair.second_id if first_id == pair.first_id else pair.first_id

        def decide(reason: str) -> None:
            self.do(
                DecidePair(pair.kind, first_id, second_id, outcome, reason),
                lambda _id: self.done(f"已认定：{outcome}"),
            )

        self.confirm.ask(f"{words}。", outcome, decide, needs_reason=True)


PAGE = Page(
    "pairs", "跨站重复", "link", PairsPage, permission=Permission.LOOK, levels=BUREAUS, is_listed=False
)
"""Reached from 上报矩阵."""

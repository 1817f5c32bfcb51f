"""The quarter's list of case subsidies: each amount with its reason, examined by the keyboard, paid a fund at a time (Y19)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app.case_values import CaseOutcome, CasePayState
from app.kernel.permissions import Permission
from app.services.cases.examine_line import ExamineLine
from app.services.cases.pay_cases import CasesPaid
from app.services.cases.settle_cases import CaseQuarter, ListedLine, QuarterList, SettleCases
from app.ui.case_money.forms import CasePayForm, CaseReverseForm, ReturnForm
from app.ui.desk import Desk
from app.ui.page import BUREAUS, Action, Page
from app.ui.quarter_choice import quarter_choices, quarter_words
from app.ui.side_page import SidePage
from app.ui.theme import State
from app.ui.widgets.banner import Banner
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, columns, row
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.fields import slim
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.ui.widgets.tag import Tag
from app.ui.widgets.text import label
from app.values import yuan_text

SIDE_WIDTH = 400
QUARTERS_BACK = 8
TONES = {
    CasePayState.to_list: State.INFO,
    CasePayState.listed: State.DUE,
    CasePayState.examined: State.INFO,
    CasePayState.returned: State.FAULT,
    CasePayState.paid: State.DONE,
    CasePayState.reversed: State.NONE,
}
OUTCOMES = {CaseOutcome.waits: (State.DUE, "待办"), CaseOutcome.zero: (State.NONE, "不发")}


def _amount(name: str) -> Any:
    return lambda line: yuan_text(getattr(line, name)) if getattr(line, name) else ""


def _state(line: ListedLine) -> tuple[State, str]:
    return OUTCOMES.get(line.outcome) or (TONES[line.state], line.state.value)


COLUMNS = (
    Column(
        "number",
        "案号",
        168,
        "strong",
        sub=lambda line: line.payee or next(iter(line.reasons), "—"),
        sub_lines=1,
    ),
    Column("grade", "质量", 60, yields=1),
    Column(
        "place",
        "任务",
        56,
        value=lambda line: f"第 {line.place}" if line.place else ("不计" if not line.is_counted else ""),
    ),
    Column("special_fen", "惠民专项", 92, "number", value=_amount("special_fen")),
    Column("business_fen", "业务经费", 92, "number", value=_amount("business_fen")),
    Column("project_fen", "项目资金", 92, "number", value=_amount("project_fen"), yields=1),
    Column("state", "状态", 0, "tag", value=lambda line: _state(line)[1], tag=_state),
)


class CaseMoneyPage(SidePage):
    """The list on the left, the line with its reasons or a form on the right; A passes, R returns, J and K go on."""

    help_key = "case_money"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "办案补贴")
        self.found: QuarterList | None = None

    def build(self) -> Iterator[None]:
        offered = quarter_choices(self.desk.today(), QUARTERS_BACK)
        self._last = offered[1][0]
        self.quarter = slim(ChoiceField("", offered))
        self.quarter.set_value(self._last)
        self.quarter.changed.connect(self.refresh)
        self.head.filters(self.quarter)
        self.final = self.head.action("定稿", self._ask_final)
        self.pay = self.head.action("登记发放…", self._show_pay)
        self.gaps, self.confirm = Banner(), ConfirmLine()
        self.body.addWidget(self.gaps)
        self.body.addWidget(self.confirm)
        yield
        self.table = Table(COLUMNS, name="办案补贴", empty="这个季度没有归档的案件。")
        self.table.selected.connect(self._show)
        yield
        self.pane = DetailPane("选中一件，这里显示金额的理由")
        self.body.addLayout(
            columns((Card(pad=1).add(self.table, stretch=1), 1), (self.hold(self.pane), SIDE_WIDTH)), 1
        )
        for keys, run in (("J", self._down), ("K", self._up)):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    # hooks

    def refresh(self) -> None:
        self.ask(CaseQuarter(self.quarter.value() or self._last), self._fill)

    def open_with(self, **wanted: Any) -> None:
        if wanted.get("quarter"):
            self.quarter.set_value(str(wanted["quarter"]))

    def steps(self) -> Sequence[Action]:
        return (Action("通过", self._pass, "A"), Action("退回", self._show_return, "R"))

    # filling

    def _fill(self, found: QuarterList) -> None:
        self.found = found
        self.gaps.show_text(f"{found.incomplete}。", "due")
        self.gaps.setVisible(bool(found.incomplete))
        self.table.set_rows(found.lines)
        totals = {
            "number": "合计",
            **{key: yuan_text(fen) for key, (_, fen) in zip(_TOTALS, found.totals, strict=True)},
        }
        self.table.set_total(totals if found.lines else {})
        waiting = sum(line.outcome is CaseOutcome.waits for line in found.lines)
        unseen = sum(
            line.state is CasePayState.listed and line.outcome is CaseOutcome.pays for line in found.lines
        )
        parts = [
            f"{len(found.lines)} 件，{'已定稿' if found.is_final else '未定稿'}",
            f"{waiting} 件待办" if waiting else "",
            f"{unseen} 件待审核" if found.is_final and unseen else "",
        ]
        self.head.set_lead("，".join(filter(None, parts)), "due" if waiting or unseen else "")
        self.final.setVisible(not found.is_final and self.desk.may(Permission.DECIDE_CASE))
        self.pay.setVisible(found.is_final and self.desk.may(Permission.PAY))

    def _show(self, line: ListedLine | None) -> None:
        if line is None:
            self.pane.show_nothing()
            return
        self.pane.begin(line.number)
        tone, words = _state(line)
        tags = [
            Tag(words, tone),
            Tag(
                "计入任务" if line.is_counted else "不计入任务", State.INFO if line.is_counted else State.NONE
            ),
        ]
        if line.is_late:
            tags.append(Tag("补列", State.DUE))
        self.pane.add(row(*tags, None, spacing=8))
        self.pane.facts(
            ("惠民专项", f"{yuan_text(line.special_fen)} 元"),
            ("业务经费", f"{yuan_text(line.business_fen)} 元"),
            *((("项目资金", f"{yuan_text(line.project_fen)} 元"),) if line.project_fen else ()),
            ("收款", line.payee),
            ("质量等级", line.grade),
        )
        for reason in line.reasons:
            self.pane.add(label(reason, wraps=True))
        self.pane.add(Button("打开案件", partial(self.desk.go, "cases", case=line.case)))
        self.pane.end(*self._steps_for(line))

    def _steps_for(self, line: ListedLine) -> list[Button]:
        if not self._may_examine(line):
            return []
        found = [Button("通过", self._pass, keys="A"), Button("退回…", self._show_return, keys="R")]
        if line.state is CasePayState.paid:
            found = [Button("冲销…", partial(self._show_reverse, line))]
        return found

    def _may_examine(self, line: ListedLine | None) -> bool:
        return (
            line is not None
            and self.found is not None
            and self.found.is_final
            and line.outcome is CaseOutcome.pays
            and line.state is not CasePayState.reversed
            and self.desk.may(Permission.EXAMINE_CASE_PAY)
        )

    # steps

    def _down(self) -> None:
        self.table.step(1)

    def _up(self) -> None:
        self.table.step(-1)

    def _pass(self) -> None:
        line = self.table.current()
        if self._may_examine(line) and line.state is not CasePayState.paid:
            self.do(ExamineLine(self.quarter.value(), line.number, True), lambda _id: self._down())

    def _show_return(self) -> None:
        line = self.table.current()
        if self._may_examine(line) and line.state is not CasePayState.paid:
            form = ReturnForm(self.quarter.value(), line)
            self.fill_in(form, form.command, "已退回")

    def _show_reverse(self, line: ListedLine) -> None:
        form = CaseReverseForm(line)
        self.fill_in(form, form.command, "已冲销")

    def _show_pay(self) -> None:
        form = CasePayForm(self.desk, self.quarter.value())

        def paid(made: CasesPaid) -> None:
            self.side.close_form()
            self.done(f"已登记发放 {yuan_text(made.fen)} 元")
            if made.warnings:
                self.head.show_banner("；".join(made.warnings), "due")

        self.side.show_form(form, lambda: self.do(form.command(), paid, form=form.form))

    def _ask_final(self) -> None:
        quarter = self.quarter.value()
        self.confirm.ask(
            f"{quarter_words(quarter)}定稿以后，清单不再改动，以后的变化列入下一个季度。定稿吗？",
            "定稿",
            lambda _reason: self.do(
                SettleCases(quarter), lambda _found: self.done(f"{quarter_words(quarter)}已定稿")
            ),
        )


_TOTALS = ("special_fen", "business_fen", "project_fen")


PAGE = Page(
    "case_money",
    "办案补贴",
    "funds",
    CaseMoneyPage,
    group=1,
    order=4,
    permission=Permission.LOOK,
    levels=BUREAUS,
)

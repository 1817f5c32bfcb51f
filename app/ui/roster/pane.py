"""The pane that follows the selection: a duty with its problems and their one-click ends, a day, the month's list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from typing import Protocol

from PySide6.QtWidgets import QCheckBox

from app.dates import month_day_text, ranges_text
from app.services.roster.copy_last_month import Copied, EmptySeat
from app.services.roster.month_view import DutyState, Fix, RosterDay, RosterDuty, RosterProblem, Severity
from app.services.roster.propose_fill import FillProposal, SeatProposal
from app.ui.roster.calendar import hours_text, problem_state
from app.ui.widgets.button import DANGER, PRIMARY, Button, link
from app.ui.widgets.card import column, row
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.text import label
from app.values import ChangeKind

MOST_LISTED = 40
CHANGES = (ChangeKind.swap.value, ChangeKind.retime.value, ChangeKind.cancel.value)
"""What may be done to a published duty, as the buttons name it."""
_RANKS = {Severity.refuse: 0, Severity.fault: 1, Severity.warn: 2}
_SIGNS = {Severity.refuse: "×", Severity.fault: "×", Severity.warn: "!"}


class SeatActions(Protocol):
    """What the pane asks of the page."""

    def assign(self) -> None: ...

    def apply_fix(self, item: RosterDuty, fix: Fix) -> None: ...

    def change(self, item: RosterDuty, kind: str) -> None: ...

    def drop(self, item: RosterDuty) -> None: ...

    def go_to(self, problem: RosterProblem) -> None: ...


class RosterPane(DetailPane):
    """Shows a duty, a day without one, or a list."""

    def __init__(self, steps: SeatActions) -> None:
        super().__init__("选中一天，这里显示班次和问题")
        self._steps = steps

    def show_duty(self, item: RosterDuty, may_edit: bool) -> None:
        """A duty: what is wrong with it and what can be done."""
        duty = item.duty
        self.begin(f"{duty.on.month}月{duty.on.day}日 {duty.name} {hours_text(duty)}")
        for problem in item.problems:
            self._show_problem(item, problem, may_edit)
        if item.change is not None:
            change = item.change
            self._small(
                f"{change.kind}：{change.reason}（{change.changed_by} {month_day_text(change.changed_at)} {change.changed_at:%H:%M}）"
            )
        self.facts(("类型", duty.kind.value), ("状态", _state(item), _tone(item)))
        if duty.note:
            self._small(duty.note)
        self.end(*self._actions(item) if may_edit else ())

    def show_day(self, day: RosterDay, may_edit: bool, of_month: Sequence[RosterProblem] = ()) -> None:
        """A day: what is missing there and in the month as a whole, and the step that fills it."""
        title = f"{day.on.month}月{day.on.day}日"
        rest = (
            f" · {day.holiday}放假"
            if day.holiday and not day.is_workday
            else " · 调休上班"
            if day.mark == "班"
            else ""
        )
        self.begin(title + rest)
        for problem in (*day.problems, *of_month):
            self._say(problem)
        if not day.problems:
            self._small("这一天没有值班。")
        self.end(*([Button("安排值班", self._steps.assign, kind=PRIMARY, hint="空格")] if may_edit else []))

    def show_problems(self, problems: Sequence[RosterProblem]) -> None:
        """Everything wrong with the month, what refuses publication first; each line leads to its day."""
        refusals = sum(problem.is_refusal for problem in problems)
        if not problems:
            self.begin("检查完毕").add(label("✓ 没有发现问题", "strong", state="done")).end()
            return
        self.begin(f"{len(problems)} 处问题" + (f"，{refusals} 处不能发布" if refusals else "，都可照此发布"))
        for problem in sorted(problems, key=lambda one: _RANKS[one.severity])[:MOST_LISTED]:
            where = f"{problem.on.month}月{problem.on.day}日　" if problem.on else "本月　"
            self.add(row(link(where + problem.short, partial(self._steps.go_to, problem)), None))
            self.add(
                label(f"{problem.code} {problem.text}", "small", state=problem_state(problem), wraps=True)
            )
        self.end()

    def show_copied(self, copied: Copied, words: str = "已复制") -> None:
        """What the copy or the filling made, and each seat left empty with its reason."""
        kept = f"，原有 {copied.kept} 班未动" if copied.kept else ""
        self.begin(f"{words} {len(copied.made)} 班{kept}")
        self._show_empty(copied.empty)
        self.end()

    def show_proposal(
        self, found: FillProposal, first: str, accept: Callable[[tuple[SeatProposal, ...]], object]
    ) -> None:
        """Proposed seats by site, the site `first` before the others, ticked; accept(those left ticked).

        Seats without anybody follow with the reason.
        """
        self.begin("自动补齐").add(label(found.words, "small2", wraps=True))
        ticks: list[tuple[SeatProposal, QCheckBox]] = []
        by_site = sorted(found.seats, key=lambda seat: (seat.site != first, seat.site, seat.on))
        for (name, ranges), seats in groupby(by_site, key=lambda seat: (seat.site_name, seat.ranges)):
            self.add(label(f"{name}　{ranges_text(ranges).replace('-', '–')}", "label", wraps=True))
            group = [(seat, _tick(seat)) for seat in seats]
            ticks += group
            self.add(column(*(tick for _, tick in group), spacing=0))
        self._show_empty(found.empty)
        chosen = partial(_ticked, ticks)
        self.end(*([Button("采纳勾选的班次", lambda: accept(chosen()), kind=PRIMARY)] if ticks else []))

    def _show_empty(self, empty: Sequence[EmptySeat]) -> None:
        if empty:
            self.add(label(f"{len(empty)} 个班次没有排上：", "strong", state="due"))
        for seat in empty:
            self._small(f"{seat.on.month}月{seat.on.day}日 {seat.name} {seat.hours}：{seat.reason}")

    def _show_problem(self, item: RosterDuty, problem: RosterProblem, may_edit: bool) -> None:
        self._say(problem)
        steps = []
        if problem.fix is not None and may_edit:
            fix = problem.fix
            words = "改为 " + ranges_text(fix.ranges).replace("-", "–")
            steps.append(Button(words, lambda: self._steps.apply_fix(item, fix), kind=PRIMARY))
        if may_edit:
            steps.append(Button("换人", lambda: self._steps.change(item, ChangeKind.swap.value)))
        if steps and problem is item.problems[0]:
            self.add(row(*steps, None))

    def _say(self, problem: RosterProblem) -> None:
        self.add(label(f"{_SIGNS[problem.severity]} {problem.short}", "strong", state=problem_state(problem)))
        self._small(f"{problem.text}　{problem.code}")

    def _small(self, text: str) -> None:
        self.add(label(text, "small2", wraps=True))

    def _actions(self, item: RosterDuty) -> list[Button]:
        if item.state is DutyState.draft:
            if not item.is_mine:
                return []
            return [
                Button("修改", lambda: self._steps.change(item, "修改")),
                Button("删除", lambda: self._steps.drop(item), kind=DANGER),
            ]
        if item.state is DutyState.cancelled:
            return []
        return [Button(kind, partial(self._steps.change, item, kind)) for kind in CHANGES]


def _tick(seat: SeatProposal) -> QCheckBox:
    tick = QCheckBox(f"{seat.on.month}月{seat.on.day}日　{seat.name}")
    tick.setChecked(True)
    return tick


def _ticked(ticks: Sequence[tuple[SeatProposal, QCheckBox]]) -> tuple[SeatProposal, ...]:
    return tuple(seat for seat, tick in ticks if tick.isChecked())


def _state(item: RosterDuty) -> str:
    if item.state is DutyState.draft and not item.is_mine:
        return "其他单位的草稿"
    return f"{item.state} · 第 {item.duty.version} 版" if item.duty.version else item.state.value


def _tone(item: RosterDuty) -> str:
    return {DutyState.draft: "info", DutyState.cancelled: "none"}.get(item.state, "done")

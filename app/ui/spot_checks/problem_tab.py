"""The tab of problems: what waits to be mended, what waits for a second look, and the forms of both."""

from __future__ import annotations

from functools import partial
from typing import Any

from app.kernel.permissions import Permission
from app.services.supervision.problem_list import Problems, ProblemState, ProblemView
from app.services.supervision.record_problem import MendProblem, RecheckProblem, RecordProblem
from app.supervision_values import ProblemSource
from app.ui.page import PageView
from app.ui.spot_checks.inspection_tab import Sites
from app.ui.tab import Tab
from app.ui.theme import State
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import DateField, LineField, TextField
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.table_model import Column

WORDS = {ProblemState.open: "待整改", ProblemState.mended: "待复查", ProblemState.closed: "已销号"}


class ProblemTab(Tab):
    """Problems that nobody passed yet, by their due day."""

    def __init__(self, page: PageView, sites: Sites) -> None:
        super().__init__(page, _PROBLEMS, "问题", "没有等着整改的问题。已销号的在报表“督导问题台账”里。")
        self._sites = sites

    def load(self) -> None:
        self.page.ask(Problems(), self._fill, slot="problems")

    def show_detail(self, row: ProblemView) -> None:
        tone, words = _tag(row)
        self.detail.begin(f"{row.site_name}　{row.found_on}").facts(
            ("状态", words, tone),
            ("来源", row.source.value),
            ("责任人", row.owner),
            ("整改期限", f"{row.due_on}"),
            columns=1,
        )
        self.detail.note(row.text or "内容已依法删除")
        for step in row.steps:
            self.detail.note(f"{step.on} {step.kind.value}　{step.text}")
        self.detail.end(*self._actions(row))

    def new_item(self) -> None:
        desk = self.page.desk
        form = SideForm("登记问题", columns=2, keys="Ctrl Return", note="立整立改：写明谁改、哪天改完。")
        add = form.form.add
        add("site", ChoiceField("站点", list(self._sites()), is_required=True))
        add("source", ChoiceField("来源", [one.value for one in ProblemSource], is_required=True))
        add("owner", LineField("责任人", is_required=True))
        add("due_on", DateField("整改期限", today=desk.today, is_required=True))
        add("text", TextField("问题", is_required=True, rows=4), span=2)
        self.open_form(form, lambda said: RecordProblem(**_texts(said)), "已登记问题")

    def _actions(self, row: ProblemView) -> tuple[Button, ...]:
        desk = self.page.desk
        mend = Button("登记整改…", partial(self._mend, row), kind=PRIMARY)
        if row.state is ProblemState.open:
            return (mend,) if desk.may(Permission.SPOT_CHECK) else ()
        if not row.is_ours or not desk.may(Permission.DECIDE):
            return ()
        passed = Button("复查通过…", partial(self._recheck, row, True), kind=PRIMARY)
        return (passed, Button("未通过…", partial(self._recheck, row, False)))

    def _mend(self, row: ProblemView) -> None:
        form = SideForm("登记整改", keys="Ctrl Return", note="写明做了什么、有什么证据，如照片几张、文件号。")
        form.form.add("text", TextField("整改情况和证据", is_required=True, rows=5))
        self.open_form(form, lambda said: MendProblem(row.id, said["text"] or ""), "已登记整改，等待复查")

    def _recheck(self, row: ProblemView, is_passed: bool) -> None:
        form = SideForm("复查通过" if is_passed else "复查未通过", keys="Ctrl Return")
        form.form.add("text", TextField("复查情况", is_required=True, rows=4))
        words = "已复查，问题销号" if is_passed else "已登记，退回整改"
        self.open_form(form, lambda said: RecheckProblem(row.id, is_passed, said["text"] or ""), words)

    def _fill(self, found: tuple[ProblemView, ...]) -> None:
        self.table.set_rows(found)
        late = sum(one.is_late for one in found)
        awaited = sum(one.state is ProblemState.mended for one in found)
        parts = (
            f"{len(found) - awaited} 项待整改",
            f"{late} 项已超期" if late else "",
            f"{awaited} 项待复查" if awaited else "",
        )
        words = "，".join(filter(None, parts)) if found else "没有等着整改的问题"
        self.page.head.set_lead(words, "fault" if late else "")


def _texts(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value if value is not None else "" for name, value in said.items()}


def _tag(row: ProblemView) -> tuple[State, str]:
    if row.is_late:
        return State.FAULT, "已超期"
    return State.DUE if row.state is ProblemState.open else State.INFO, WORDS[row.state]


_PROBLEMS = (
    Column("due_on", "期限", 104, value=lambda row: f"{row.due_on}"),
    Column("text", "问题", 0, "strong", sub=lambda row: f"{row.site_name}　{row.source.value}"),
    Column("owner", "责任人", 104, yields=1),
    Column("state", "状态", 104, "tag", value=lambda row: _tag(row)[1], tag=_tag),
)

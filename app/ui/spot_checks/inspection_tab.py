"""The tab of inspections on site: what was found of each item, and the form that goes by the checklist."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.services.supervision.inspections import (
    Inspections,
    InspectionView,
    InspectionYear,
    RecordInspection,
)
from app.supervision_values import CheckMark, InspectionKind
from app.ui.desk import Desk
from app.ui.page import PageView
from app.ui.tab import Tab
from app.ui.theme import State
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import DateField, LineField, TextField
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.table_model import Column
from app.values import Month

Sites = Callable[[], Sequence[tuple[str, str]]]
MARK_TONES = {CheckMark.good: State.DONE, CheckMark.bad: State.FAULT, CheckMark.unseen: State.NONE}


class InspectionTab(Tab):
    """A year's inspections, the newest first."""

    def __init__(self, page: PageView, month: Callable[[], Month], sites: Sites) -> None:
        super().__init__(page, _INSPECTIONS, "实地检查", "这一年还没有实地检查。")
        self._month, self._sites = month, sites
        self._checklist: tuple[str, ...] = ()

    def load(self) -> None:
        self.page.ask(Inspections(self._month().year), self._fill, slot="inspections")

    def show_detail(self, row: InspectionView) -> None:
        self.detail.begin(f"{row.site_name}　{row.on}").facts(
            ("类别", row.kind.value),
            ("检查人", row.inspectors),
            *((item, mark.value, MARK_TONES[mark]) for item, mark in row.marks),
            columns=1,
        )
        if row.note:
            self.detail.note(row.note)
        self.detail.note(f"清单依据：{row.clause}")

    def new_item(self) -> None:
        form = InspectionForm(self.page.desk, self._sites(), self._checklist)
        self.open_form(form, form.command, "已登记检查，不符合的各项已列为问题")

    def _fill(self, found: InspectionYear) -> None:
        self._checklist = found.checklist
        self.table.set_rows(found.rows)
        quota = found.quota
        asked = f"，应在 {quota.by.month}月{quota.by.day}日前做完" if quota.missing else ""
        self.page.head.set_lead(f"{quota.words}{asked}", "due" if quota.missing else "")


class InspectionForm(SideForm):
    """One field for each item of the checklist, then who mends what is not in order."""

    def __init__(self, desk: Desk, sites: Sequence[tuple[str, str]], checklist: Sequence[str]) -> None:
        super().__init__(
            "登记实地检查",
            note="不符合的每一项列为一个问题，到期以前整改，再复查。",
            columns=2,
            keys="Ctrl Return",
        )
        self._checklist = checklist
        add = self.form.add
        add("site", ChoiceField("站点", list(sites), is_required=True))
        add("kind", ChoiceField("类别", [one.value for one in InspectionKind], is_required=True))
        add("on", DateField("日期", today=desk.today, is_required=True)).set_value(desk.today())
        add("inspectors", LineField("检查人", is_required=True))
        for item in checklist:
            add(item, ChoiceField(item, [one.value for one in CheckMark])).set_value(CheckMark.unseen.value)
        add("owner", LineField("整改责任人", hint="有不符合的项时填写"))
        add("due_on", DateField("整改期限", today=desk.today))
        add("note", TextField("情况说明", rows=2), span=2)

    def command(self, said: dict[str, Any]) -> RecordInspection:
        """The inspection as typed."""
        return RecordInspection(
            site=said["site"] or "",
            kind=said["kind"] or "",
            inspectors=said["inspectors"] or "",
            marks={item: said[item] for item in self._checklist if said[item]},
            on=said["on"],
            note=said["note"] or "",
            owner=said["owner"] or "",
            due_on=said["due_on"],
        )


def _result(row: InspectionView) -> str:
    return f"{len(row.bad)} 项不符合" if row.bad else "没有发现问题"


_INSPECTIONS = (
    Column("on", "日期", 104, value=lambda row: f"{row.on}"),
    Column("site_name", "站点", 0, "strong", sub=lambda row: row.inspectors),
    Column("kind", "类别", 92, value=lambda row: row.kind.value),
    Column(
        "result",
        "结果",
        128,
        "tag",
        value=_result,
        tag=lambda row: (State.FAULT if row.bad else State.DONE, _result(row)),
    ),
)

"""The forms of what citizens were promised: a new one, another day, its return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from app.desk_values import DEPARTMENTS, ErrandKind, ErrandResult
from app.services.outreach.errand_list import ErrandLine
from app.services.outreach.errands import BeginErrand, CloseErrand, PlanErrand
from app.ui.desk import Desk
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import DateField, TextField
from app.ui.widgets.person import PersonField, PersonHit, among
from app.ui.widgets.side_form import SideForm

USUAL_DAYS = timedelta(days=7)


class ErrandForm(SideForm):
    """Something promised about a record."""

    def __init__(
        self, desk: Desk, consultation: str, title: str, people: Sequence[PersonHit], *, kind: str = ""
    ) -> None:
        super().__init__(title, note="到期没有结果，“今日”会提醒。", columns=2, keys="Ctrl Return")
        self._consultation = consultation
        add = self.form.add
        add("kind", ChoiceField("事项", [one.value for one in ErrandKind], is_required=True))
        add("by", DateField("期限", today=desk.today, is_required=True))
        add("department", ChoiceField("转往部门", list(DEPARTMENTS), hint="转介、转送时选"), span=2)
        add("person_id", PersonField("承办人", among(list(people)), hint="谁去、谁答复"), span=2)
        add("matter", TextField("办什么", is_required=True, rows=3), span=2)
        self.form.set_values({"kind": kind or None, "by": desk.today() + USUAL_DAYS})

    def command(self) -> BeginErrand:
        """What the form promises."""
        values = self.form.values()
        return BeginErrand(
            consultation_id=self._consultation,
            kind=values["kind"] or "",
            by=values["by"],
            department=values["department"] or "",
            person_id=values["person_id"] or "",
            matter=values["matter"] or "",
        )


class PlanForm(SideForm):
    """Another day or another person."""

    def __init__(self, desk: Desk, row: ErrandLine, people: Sequence[PersonHit]) -> None:
        super().__init__(f"改期　{row.kind}", keys="Ctrl Return")
        self._id = row.id
        self.form.add("by", DateField("期限", today=desk.today, is_required=True)).set_value(row.by)
        hint = row.person or "谁去、谁答复"
        self.form.add("person_id", PersonField("承办人（不换的留空）", among(list(people)), hint=hint))

    def command(self) -> PlanErrand:
        """What the form plans."""
        values = self.form.values()
        return PlanErrand(self._id, values["by"], values["person_id"] or None)


class ClosingForm(SideForm):
    """The return of a department, or what came of a visit."""

    def __init__(self, desk: Desk, row: ErrandLine) -> None:
        super().__init__(f"办结　{row.kind}", note="没有办成、不用办的，写明情况。", keys="Ctrl Return")
        self._id = row.id
        self.form.add("result", ChoiceField("结果", [one.value for one in ErrandResult], is_required=True))
        self.form.add("on", DateField("办结日期", today=desk.today, is_required=True)).set_value(desk.today())
        self.form.add("answer", TextField("结果说明", rows=4))

    def command(self) -> CloseErrand:
        """What the form closes."""
        values = self.form.values()
        return CloseErrand(self._id, values["result"] or "", values["answer"] or "", values["on"])

"""The forms that take down a service beside a consultation and correct one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.desk_values import ActivityKind
from app.services.outreach.activities import ActivityLine
from app.services.outreach.record_activity import CorrectActivity, RecordActivity
from app.ui.attendance.forms import MomentForm
from app.ui.desk import Desk
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import LineField, NumberField, TextField
from app.ui.widgets.person import PersonField, PersonHit, among

_SAID = ("village", "place", "matter", "outcome", "document")


class ActivityForm(MomentForm):
    """A new service; visit: one of the same visit, whose time and place stand already."""

    def __init__(
        self,
        desk: Desk,
        sites: Sequence[tuple[str, str]],
        people: Sequence[PersonHit],
        *,
        visit: ActivityLine | None = None,
    ) -> None:
        note = "同一次外出的另一件，时间和地点已经填好。" if visit else "一次外出办几件事的，一件登记一条。"
        super().__init__(desk, "登记服务活动", note)
        self._visit = visit
        _add_fields(self, people, sites)
        if visit is not None:
            self.form.set_values({"on": visit.at.date(), "at": visit.at.time(), "site": visit.site})
            self.form.set_values({"village": visit.village, "place": visit.place})
        else:
            self.form.set_values({"site": desk.own_duty_site})

    def command(self) -> RecordActivity:
        """What the form records."""
        values = dict(self.form.values())
        return RecordActivity(
            at=self.moment(values),
            site=values.get("site") or "",
            person_id=values["person_id"] or "",
            kind=values["kind"] or "",
            reached=values["reached"] or 0,
            pages=values["pages"] or 0,
            number=values["number"],
            same_visit_as=self._visit.id if self._visit else "",
            **{name: values[name] or "" for name in _SAID},
        )


class CorrectionOfActivity(MomentForm):
    """Another version of a service, with its reason."""

    def __init__(self, desk: Desk, row: ActivityLine, people: Sequence[PersonHit]) -> None:
        super().__init__(desk, "更正服务活动", "原记录保留，更正的原因会一起显示。")
        self._row = row
        _add_fields(self, people)
        self.form.add("reason", TextField("更正的原因", is_required=True, rows=2), span=2)
        shown = {name: getattr(row, name) for name in (*_SAID, "reached", "pages", "number")}
        self.form.set_values({**shown, "kind": row.kind.value, "on": row.at.date(), "at": row.at.time()})
        person = next(
            (one for one in people if one.id == row.person_id), PersonHit(row.person_id, row.person)
        )
        self.form.set_values({"person_id": person})

    def command(self) -> CorrectActivity:
        """What the form corrects; what stands there already changes nothing."""
        values = dict(self.form.values())
        return CorrectActivity(
            id=self._row.id,
            at=self.moment(values).replace(second=self._row.at.second),
            person_id=values["person_id"],
            kind=values["kind"],
            reached=values["reached"] or 0,
            pages=values["pages"] or 0,
            number=values["number"],
            reason=values["reason"] or "",
            **{name: values[name] or "" for name in _SAID},
        )


def _add_fields(form: MomentForm, people: Sequence[PersonHit], sites: Sequence[tuple[str, str]] = ()) -> None:
    add: Any = form.form.add
    add("kind", ChoiceField("服务内容", [one.value for one in ActivityKind], is_required=True), span=2)
    form.add_moment(form.desk.now())
    if form.desk.is_bureau and sites:
        add("site", ChoiceField("站点", list(sites), is_required=True), span=2)
    add("village", LineField("村（社区）"))
    add("place", LineField("地点", hint="村委会、企业、集市"))
    add("reached", NumberField("惠及人数"))
    add("number", LineField("咨询编号", hint="由哪条咨询而来"))
    add("person_id", PersonField("服务人员", among(list(people)), hint="留空即当时值班的人"), span=2)
    add("matter", TextField("事由", rows=2), span=2)
    add("outcome", TextField("结果", rows=2), span=2)
    add("document", LineField("代书的文书", hint="如起诉状"))
    add("pages", NumberField("页数"))

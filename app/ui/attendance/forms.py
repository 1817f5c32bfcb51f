"""The forms beside the tables: a correction, a spot check, a complaint."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.kernel.permissions import Permission
from app.services.attendance.ask_correction import AskCorrection
from app.services.people.pool import PoolPerson
from app.services.sites.site_list import SiteView
from app.services.supervision.record_complaint import RecordComplaint
from app.services.supervision.record_spot_check import RecordSpotCheck
from app.ui.desk import Desk
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import DateField, LineField, TextField, TimeField
from app.ui.widgets.person import PersonField, PersonHit, among
from app.ui.widgets.side_form import SideForm
from app.values import SpotMethod, SpotResult, Verdict

JUSTIFIED = (("", "还没有认定"), ("是", "正当，不扣减"), ("否", "不正当，扣减"))


def hits(people: Sequence[PoolPerson]) -> list[PersonHit]:
    """The pool as a person field offers it."""
    return [
        PersonHit(
            one.id,
            one.name,
            "　".join(filter(None, (one.kind, one.organisation))),
            (one.licence, one.phone[-4:]),
        )
        for one in people
        if one.is_active
    ]


def site_choices(sites: Sequence[SiteView]) -> list[tuple[str, str]]:
    """The sites as a choice offers them."""
    return [(one.code, one.short_name or one.name) for one in sites]


class MomentForm(SideForm):
    """A form with a day and a time that make one moment."""

    def __init__(self, desk: Desk, title: str, note: str) -> None:
        super().__init__(title, note=note, columns=2)
        self.desk = desk

    def add_moment(self, at: datetime) -> None:
        """The two fields; the command's problem with `at` stands below the time."""
        day, time = (
            DateField("日期", today=self.desk.today, is_required=True),
            TimeField("时间", now=self.desk.now, is_required=True),
        )
        self.form.add("on", day)
        self.form.add("at", time)
        day.set_value(at.date())
        time.set_value(at.time())

    def moment(self, values: dict[str, Any]) -> datetime:
        """Naive local."""
        return datetime.combine(values.pop("on"), values.pop("at"))


class CorrectionForm(MomentForm):
    """补签 of one person at one site."""

    def __init__(
        self,
        desk: Desk,
        site: str,
        person: PersonHit | None,
        people: Sequence[PersonHit],
        *,
        at: datetime,
        direction: str = "out",
        row_id: str = "",
    ) -> None:
        super().__init__(desk, "补签", "原始记录保留不变；另一人审定同意后，补签的时间才计考勤。")
        self._site, self._row_id = site, row_id
        self.person = PersonField("人员", among(list(people)), is_required=True)
        self.form.add("person_id", self.person, span=2)
        self.form.add(
            "direction", ChoiceField("补哪一次", [("in", "签到"), ("out", "签退")], is_required=True), span=2
        )
        self.add_moment(at)
        self.form.add("reason", TextField("原因", is_required=True, rows=3), span=2)
        if person is not None:
            self.person.set_value(person)
        self.form.set_values({"direction": direction})

    def command(self) -> AskCorrection:
        """What the form asks for."""
        values = dict(self.form.values())
        return AskCorrection(
            self._site,
            values["person_id"] or "",
            values["direction"] or "",
            self.moment(values),
            values["reason"],
            self._row_id,
        )


class CheckForm(MomentForm):
    """登记抽查."""

    def __init__(
        self, desk: Desk, sites: Sequence[tuple[str, str]], site: str, people: Sequence[PersonHit]
    ) -> None:
        super().__init__(
            desk, "登记抽查", "脱岗：理由未认定前不扣减。不在岗、虚假值班：核实属实后才取消当天补贴。"
        )
        self.form.add("site", ChoiceField("站点", list(sites), is_required=True), span=2)
        self.form.add("person_id", PersonField("人员", among(list(people)), is_required=True), span=2)
        self.add_moment(desk.now())
        self.form.add("method", ChoiceField("方式", [one.value for one in SpotMethod], is_required=True))
        self.form.add("result", ChoiceField("结果", [one.value for one in SpotResult], is_required=True))
        self.form.add("reason", TextField("本人说明的理由", rows=2), span=2)
        if desk.may(Permission.DECIDE):
            self.form.add("is_justified", ChoiceField("脱岗理由", list(JUSTIFIED)))
            self.form.add("verdict", ChoiceField("核实", [one.value for one in Verdict]))
            self.form.set_values({"is_justified": "", "verdict": Verdict.pending.value})
        self.form.add("inspector", LineField("抽查人", hint="留空即本人；当时就认定的须是别人"), span=2)
        self.form.set_values({"site": site})

    def command(self) -> RecordSpotCheck:
        """What the form records."""
        values = dict(self.form.values())
        at = self.moment(values)
        return RecordSpotCheck(
            site=values["site"] or "",
            at=at,
            person_id=values["person_id"] or "",
            method=values["method"] or "",
            result=values["result"] or "",
            reason=values["reason"],
            is_justified={"是": True, "否": False}.get(values.get("is_justified") or ""),
            verdict=values.get("verdict") or Verdict.pending.value,
            inspector=values["inspector"],
        )


class ComplaintForm(MomentForm):
    """登记投诉."""

    def __init__(
        self, desk: Desk, sites: Sequence[tuple[str, str]], site: str, people: Sequence[PersonHit]
    ) -> None:
        super().__init__(desk, "登记投诉", "时间填被投诉的事发生的时间。由登记人以外的人核实，属实的才扣减。")
        self.form.add("site", ChoiceField("站点", list(sites), is_required=True), span=2)
        self.form.add("person_id", PersonField("被投诉人", among(list(people)), is_required=True), span=2)
        self.add_moment(desk.now())
        self.form.add("number", LineField("咨询编号", hint="涉及某条咨询时填写"))
        self.form.add("matter", TextField("事由", is_required=True, rows=3), span=2)
        self.form.set_values({"site": site})

    def command(self) -> RecordComplaint:
        """What the form records."""
        values = dict(self.form.values())
        at = self.moment(values)
        return RecordComplaint(
            values["site"] or "",
            at,
            values["person_id"] or "",
            values["matter"],
            values["number"],
        )

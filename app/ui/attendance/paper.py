"""Sign-ins on paper: the sheets that are printed beforehand, and what they say afterwards (Q05 Q06)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.services.attendance.paper_sheets import PrintBlankRegister, PrintSignSheet
from app.services.attendance.record_paper import RecordPaper
from app.ui.desk import Desk
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import DateField, LineField, TimeField
from app.ui.widgets.person import PersonField, PersonHit, among
from app.ui.widgets.side_form import SideForm

SIGN, REGISTER = "签到登记单", "咨询登记单"
REASONS = ("下乡，没有签到台", "集市，没有签到台", "法院、看守所，没有签到台", "停电", "签到台故障")


class PaperSignInForm(SideForm):
    """登记纸质签到: one line of a signed sheet."""

    def __init__(self, desk: Desk, site: str, people: Sequence[PersonHit], on: date) -> None:
        super().__init__(
            "登记纸质签到", note="照登记单填。来源记为“纸质登记”，没有时钟凭据，原件要存档。", columns=2
        )
        self._site = site
        add = self.form.add
        add("person_id", PersonField("人员", among(list(people)), is_required=True), span=2)
        add("on", DateField("日期", today=desk.today, is_required=True), span=2).set_value(on)
        add("in_at", TimeField("签到时间", now=desk.now))
        add("out_at", TimeField("签退时间", now=desk.now))
        add("confirmed_by", LineField("确认人", is_required=True, hint="在单子上签名确认的人"), span=2)
        add("reason", ChoiceField("为什么用纸质", list(REASONS), is_required=True), span=2)

    def command(self) -> RecordPaper:
        """What the sheet says."""
        values = self.form.values()

        def moment(name: str) -> datetime | None:
            return datetime.combine(values["on"], values[name]) if values[name] else None

        return RecordPaper(
            values["person_id"] or "",
            moment("in_at"),
            moment("out_at"),
            values["confirmed_by"] or "",
            values["reason"] or "",
            self._site,
        )


class SheetForm(SideForm):
    """Which paper to print, for a day or blank."""

    def __init__(self, desk: Desk, site: str) -> None:
        super().__init__(
            "打印纸质单", "打印…", note="带下乡用的：选日期，值班人员会填好。备停电用的：日期留空，打空白单。"
        )
        self._site = site
        self.form.add("what", ChoiceField("哪一种", [SIGN, REGISTER], is_required=True)).set_value(SIGN)
        self.form.add("on", DateField("日期", today=desk.today, hint="留空打空白单")).set_value(desk.today())

    def query(self) -> PrintSignSheet | PrintBlankRegister:
        """What is to be drawn."""
        values = self.form.values()
        kind = PrintSignSheet if values["what"] == SIGN else PrintBlankRegister
        return kind(self._site, values["on"])

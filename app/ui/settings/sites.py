"""The tab of sites: how often each sits duty and why, names, sites beyond the document's list."""

from __future__ import annotations

from app.kernel.permissions import Permission
from app.services.reading.sites import DUTY_SITES
from app.services.sites.add_site import AddSite
from app.services.sites.change_site import CloseSite, OpenSite, RenameSite
from app.services.sites.frequency import MOST_TIMES, SetFrequency
from app.services.sites.site_list import SiteList, SiteOffice, SiteView
from app.ui.page import PageView
from app.ui.tab import Tab
from app.ui.theme import State
from app.ui.widgets.button import DANGER, Button
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.fields import DateField, LineField, NumberField
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.table_model import Column
from app.values import SiteKind

OFFICE_TONES = {
    SiteOffice.own: State.INFO,
    SiteOffice.admitted: State.DONE,
    SiteOffice.invited: State.DUE,
    SiteOffice.paper: State.NONE,
}


class SitesTab(Tab):
    """The duty sites of this office and below."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _COLUMNS, "站点", "还没有站点")
        self.confirm = ConfirmLine()
        self.wanted = ""
        self._may = page.desk.may(Permission.MANAGE_SITES) and page.desk.is_bureau

    def load(self) -> None:
        self.page.ask(SiteList(include_closed=True), self._fill)

    def _fill(self, sites: tuple[SiteView, ...]) -> None:
        self.table.set_rows(sites)
        if self.wanted:
            self.table.select(next((one for one in sites if one.code == self.wanted), None))
            self.wanted = ""

    def show_detail(self, row: SiteView) -> None:
        self.confirm = ConfirmLine()
        facts = [
            ("代码", row.code),
            ("简称", row.short_name),
            ("类型", row.kind),
            ("值班频次", row.frequency),
        ]
        if row.frequency_from:
            facts += [("自", f"{row.frequency_from}"), ("理由", row.frequency_reason)]
        pane = self.detail.begin(row.name).add(self.confirm).facts(*facts)
        pane.facts(("接入", row.office, OFFICE_TONES[row.office]))
        if row.office is SiteOffice.paper:
            pane.note("该站点还没有接入自己的系统，由县局代为录入其排班、考勤和咨询。")
        pane.end(*(self._steps(row) if self._may else ()))

    def new_item(self) -> None:
        if self._may:
            form = SideForm(
                "新增站点", "新增", note="只用于方案之外的站点：新设乡镇、新建工作站。", keys="Ctrl Return"
            )
            form.form.add("kind", ChoiceField("类型", DUTY_SITES, is_required=True)).set_value(
                SiteKind.station.value
            )
            form.form.add(
                "code", LineField("代码", is_required=True, hint="工作站填 9 位区划代码", max_length=16)
            )
            form.form.add(
                "name", LineField("全称", is_required=True, hint="如 ××镇公共法律服务工作站", max_length=60)
            )
            form.form.add("short_name", LineField("简称", hint="乡镇名，可不填", max_length=20))
            self.open_form(form, lambda values: AddSite(**values), "已新增站点")

    def _steps(self, row: SiteView) -> list[Button]:
        if not row.is_active:
            return [Button("恢复", lambda: self._ask_open(row))]
        steps = [Button("更名", lambda: self._rename(row))]
        if row.kind == SiteKind.station.value:
            steps.insert(0, Button("设定频次", lambda: self._frequency(row)))
        if row.office is not SiteOffice.own:
            steps.append(Button("停办", lambda: self._ask_close(row), kind=DANGER))
        return steps

    def _frequency(self, row: SiteView) -> None:
        form = SideForm(
            f"{row.short_name} 的值班频次",
            "保存",
            keys="Ctrl Return",
            note="原则上每周一次。偏远站点可以减少，每月不少于一次；业务量大的可以增加。须写明理由。",
        )
        form.form.add("times_a_month", NumberField("每月次数", is_required=True, low=1, high=MOST_TIMES))
        form.form.add("valid_from", DateField("从哪天起", is_required=True, today=self.page.desk.today))
        form.form.add("reason", LineField("理由", is_required=True, max_length=60))
        form.form.set_values(
            {"times_a_month": row.times_a_month or None, "valid_from": self.page.desk.today().replace(day=1)}
        )
        self.open_form(form, lambda values: SetFrequency(site=row.code, **values), "已设定频次")

    def _rename(self, row: SiteView) -> None:
        form = SideForm(
            f"{row.short_name} 更名", "保存", note="已印发的值班表等仍用原名。", keys="Ctrl Return"
        )
        form.form.add("name", LineField("全称", is_required=True, max_length=60)).set_value(row.name)
        form.form.add("short_name", LineField("简称", max_length=20)).set_value(row.short_name)
        form.form.add("reason", LineField("理由", is_required=True, max_length=60))
        self.open_form(form, lambda values: RenameSite(site=row.code, **values), "已更名")

    def _ask_close(self, row: SiteView) -> None:
        self.confirm.ask(
            f"停办后“{row.short_name}”不再排班；已有记录都保留，可以恢复。",
            "停办",
            lambda reason: self.page.do(CloseSite(row.code, reason), lambda _: self._saved("已停办")),
            is_dangerous=True,
            needs_reason=True,
        )

    def _ask_open(self, row: SiteView) -> None:
        self.confirm.ask(
            f"恢复后“{row.short_name}”可以重新排班。",
            "恢复",
            lambda reason: self.page.do(OpenSite(row.code, reason), lambda _: self._saved("已恢复")),
            needs_reason=True,
        )


def _state(row: SiteView) -> tuple[str, str]:
    return (OFFICE_TONES[row.office], row.office) if row.is_active else ("none", "已停办")


_COLUMNS = (
    Column("code", "代码", 100),
    Column("name", "名称"),
    Column("frequency", "值班频次", 110),
    Column("state", "接入", 96, "tag", tag=_state),
)

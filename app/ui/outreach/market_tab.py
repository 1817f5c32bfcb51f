"""When people gather where: market days that mobile duties are drafted for (Q06)."""

from __future__ import annotations

from functools import partial
from typing import Any

from app.dates import date_text
from app.desk_values import MarketCycle
from app.kernel.permissions import Permission
from app.services.outreach.market_rules import (
    AddMarket,
    DraftMarkets,
    EndMarket,
    MarketLine,
    Markets,
)
from app.services.people.pool import Pool, PoolPerson
from app.services.roster.copy_last_month import Copied
from app.services.sites.site_list import SiteList, SiteView
from app.ui.attendance.forms import hits, site_choices
from app.ui.page import PageView
from app.ui.tab import Tab
from app.ui.widgets.button import Button
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import LineField
from app.ui.widgets.person import PersonField, among
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.table_model import Column
from app.values import Month


class MarketTab(Tab):
    """The points in use; the pane lists their next days."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _COLUMNS, "赶集日", "还没有登记赶集日。登记以后可以按日子排流动值班。")
        self.people: tuple[PoolPerson, ...] = ()
        self.sites: tuple[SiteView, ...] = ()

    def load(self) -> None:
        self.page.ask(Markets(Month.of(self.page.desk.today())), self.table.set_rows, slot="markets")
        self.page.ask(Pool(), self._keep_people, slot="market people")
        self.page.ask(SiteList(), self._keep_sites, slot="market sites")

    def show_detail(self, row: MarketLine) -> None:
        self.detail.begin(row.place).facts(("站点", row.site_name), ("日子", row.words), ("时段", row.hours))
        coming = [day for day in row.days if day.on >= self.page.desk.today()]
        self.detail.facts(*((date_text(day.on), "已排" if day.is_taken else "没有排班") for day in coming))
        may = self.page.desk.may(Permission.DRAFT_ROSTER)
        self.detail.end(
            *((Button("按赶集日排班…", partial(self._draft, row)),) if may else ()),
            *((Button("停用", partial(self._end, row)),) if may and row.is_mine else ()),
        )

    def new_item(self) -> None:
        form = SideForm(
            "登记赶集日", note="农历、公历写“逢三六九”或“5、15、25”，每周写“周二、周五”。", columns=2
        )
        add = form.form.add
        if self.page.desk.is_bureau:
            add("site", ChoiceField("站点", site_choices(self.sites), is_required=True), span=2)
        add("place", LineField("集市或场所", is_required=True, hint="如 城关大集"), span=2)
        add("cycle", ChoiceField("按什么算", [one.value for one in MarketCycle], is_required=True))
        add("days", LineField("日子", is_required=True, hint="逢三六九"))
        add("hours", LineField("时段", is_required=True), span=2).set_value("09:00-12:00")
        self.open_form(
            form,
            lambda said: AddMarket(
                said["place"], said["cycle"] or "", said["days"], said["hours"], said.get("site") or ""
            ),
            "已登记赶集日",
        )

    def _draft(self, row: MarketLine) -> None:
        form = SideForm(
            f"按赶集日排班　{row.place}", "排成草稿", note="排成草稿，发布以后才算数。已经排过的日子不动。"
        )
        month = Month.of(self.page.desk.today())
        months = [(str(one), f"{one.year}年{one.month}月") for one in (month, month.next())]
        form.form.add("month", ChoiceField("月份", months, is_required=True)).set_value(str(month.next()))
        form.form.add("person_id", PersonField("值班人员", among(hits(self.people)), is_required=True))

        def save() -> None:
            said = form.form.values()
            command = DraftMarkets(row.id, Month.parse(said["month"]), said["person_id"] or "")
            self.page.do(command, self._drafted, form=form.form)

        self.side.show_form(form, save)

    def _drafted(self, found: Copied) -> None:
        self.side.close_form()
        left = "；".join(f"{date_text(one.on)} {one.reason}" for one in found.empty)
        self.page.done(f"排了 {len(found.made)} 次草稿，请到排班里发布")
        if left:
            self.page.head.show_banner(f"没有排上：{left}", "due")
        self.load()

    def _end(self, row: MarketLine) -> None:
        self.page.do(EndMarket(row.id), lambda _id: self._saved("已停用"))

    def _keep_people(self, found: tuple[PoolPerson, ...]) -> None:
        self.people = found

    def _keep_sites(self, found: tuple[SiteView, ...]) -> None:
        self.sites = found


_COLUMNS: tuple[Any, ...] = (
    Column("place", "集市或场所", 0, "strong", sub=lambda row: row.site_name),
    Column("words", "日子", 190),
    Column("hours", "时段", 120),
    Column(
        "left", "没有排班", 92, "number", value=lambda row: sum(not day.is_taken for day in row.days) or None
    ),
)

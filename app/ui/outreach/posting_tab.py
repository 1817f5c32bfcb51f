"""What was put up or handed out where, and the cards to print (Q12, Q14)."""

from __future__ import annotations

from functools import partial
from typing import Any

from app.desk_values import PostingKind
from app.documents.drawn import DrawnPaper
from app.kernel.permissions import Permission
from app.services.outreach.postings import PostingLine, Postings, RecordPosting, TakeDown
from app.services.outreach.service_cards import ServiceCards
from app.services.sites.site_list import SiteList, SiteView
from app.ui.attendance.forms import site_choices
from app.ui.drawn import show_drawn
from app.ui.page import PageView
from app.ui.tab import Tab
from app.ui.widgets.button import Button
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.fields import DateField, LineField, NumberField
from app.ui.widgets.preview import Preview
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.table_model import Column


class PostingTab(Tab):
    """What hangs or lies out now, the oldest first."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _COLUMNS, "宣传张贴", "还没有登记张贴。发了服务卡、贴了海报，都记在这里。")
        self.sites: tuple[SiteView, ...] = ()
        self.preview: Preview | None = None

    def load(self) -> None:
        self.page.ask(Postings(), self.table.set_rows, slot="postings")
        self.page.ask(SiteList(), self._keep_sites, slot="posting sites")

    def show_detail(self, row: PostingLine) -> None:
        self.detail.begin(f"{row.kind}　{row.village}").facts(
            ("站点", row.site_name), ("张贴处", row.place), ("份数", f"{row.copies}"), ("日期", f"{row.on}")
        )
        may = row.is_mine and self.page.desk.may(Permission.RECORD_CONSULTATION)
        self.detail.end(*((Button("已取下", partial(self._take_down, row)),) if may else ()))

    def new_item(self) -> None:
        desk = self.page.desk
        form = SideForm("登记宣传张贴", note="换了新的值班表，把旧的按“已取下”。", columns=2)
        add = form.form.add
        if desk.is_bureau:
            add("site", ChoiceField("站点", site_choices(self.sites), is_required=True), span=2)
        add("kind", ChoiceField("内容", [one.value for one in PostingKind], is_required=True), span=2)
        add("village", LineField("村（社区）", is_required=True))
        add("place", LineField("张贴处", hint="如 村务公开栏"))
        add("copies", NumberField("份数", is_required=True, low=1)).set_value(1)
        add("on", DateField("日期", today=desk.today, is_required=True)).set_value(desk.today())
        self.open_form(
            form,
            lambda said: RecordPosting(
                kind=said["kind"] or "",
                village=said["village"],
                place=said["place"] or "",
                copies=said["copies"] or 0,
                on=said["on"],
                site=said.get("site") or "",
            ),
            "已登记张贴",
        )

    def print_cards(self) -> None:
        """A page of service cards of the office's own site."""

        def show(drawn: DrawnPaper) -> None:
            self.preview = show_drawn(self.page, drawn)

        self.page.ask(ServiceCards(self.page.desk.own_duty_site), show, slot="service cards")

    def _take_down(self, row: PostingLine) -> None:
        self.page.do(TakeDown(row.id), lambda _id: self._saved("已记为取下"))

    def _keep_sites(self, found: tuple[SiteView, ...]) -> None:
        self.sites = found


_COLUMNS: tuple[Any, ...] = (
    Column("on", "日期", 104, value=lambda row: f"{row.on}"),
    Column("kind", "内容", 140, "strong", value=lambda row: row.kind.value),
    Column("village", "村（社区）", 0, sub=lambda row: row.place),
    Column("copies", "份数", 72, "number"),
    Column("site_name", "站点", 104, yields=1),
)

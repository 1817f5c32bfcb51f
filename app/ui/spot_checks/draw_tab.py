"""The tab of a month's draw of spot checks: the hash, the frozen list, what was drawn, the seed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.kernel.permissions import Permission
from app.services.supervision.draw_spot_checks import (
    AnnounceSpotDraw,
    DrawnDuty,
    RevealSpotDraw,
    SpotDrawOf,
    SpotDrawView,
)
from app.ui.page import PageView
from app.ui.tab import Tab
from app.ui.theme import State
from app.ui.widgets.button import PRIMARY, Button
from app.ui.widgets.fields import NumberField
from app.ui.widgets.side_form import SideForm
from app.ui.widgets.table_model import Column
from app.values import Month


class SpotDrawTab(Tab):
    """What is drawn for those who may know it, and everything that recomputing it needs."""

    def __init__(self, page: PageView, month: Callable[[], Month]) -> None:
        super().__init__(page, _DRAWN, "抽查抽签", "还没有可以看的抽签结果。")
        self._month = month
        self._view: SpotDrawView | None = None

    def load(self) -> None:
        self.page.ask(SpotDrawOf(str(self._month())), self._fill, slot="spot draw")

    def show_detail(self, row: DrawnDuty) -> None:
        self._show_draw()

    def new_item(self) -> None:
        form = SideForm(
            f"{self._month().words}抽签",
            "公布指纹",
            keys="Ctrl Return",
            note="先公布种子的指纹，把还没开始的班次定为名单。月底再公布种子，谁都能重算。一个月一次。",
        )
        form.form.add("count", NumberField("抽几次", hint="留空照规定的次数，没有规定的抽 4 次"))
        month = str(self._month())
        self.open_form(form, lambda said: AnnounceSpotDraw(month, said["count"] or 0), "已公布指纹")

    def _fill(self, found: SpotDrawView) -> None:
        self._view = found
        self.table.set_rows(found.drawn)
        self.page.head.set_lead(_lead(found))
        self._show_draw()

    def _show_draw(self) -> None:
        found = self._view
        if found is None or self.side.form is not None:
            return
        if not found.digest:
            self.detail.show_nothing("这个月还没有公布指纹。")
            return
        self.detail.begin(f"{self._month().words}抽签").facts(
            ("公布", f"{found.announced_at:%m-%d %H:%M}"),
            ("名单", f"{len(found.candidates)} 个班次"),
            ("抽几次", f"{found.count}"),
            *((("种子", "和指纹相符" if found.is_proved else "和指纹不符"),) if found.seed else ()),
            columns=1,
        )
        self.detail.note(f"指纹（SHA-256，中间的空格不算）　{_grouped(found.digest)}")
        if found.seed:
            self.detail.note(f"种子（中间的空格不算）　{_grouped(found.seed)}")
        if found.gone:
            self.detail.note(f"排班后来没有了的 {len(found.gone)} 个班次不算，由后面的递补。")
        is_over = self.page.desk.today() > self._month().last_day
        may = (
            self.page.desk.may(Permission.DECIDE) and self.page.desk.is_bureau and is_over and not found.seed
        )
        self.detail.end(*((Button("公布种子", self._reveal, kind=PRIMARY),) if may else ()))

    def _reveal(self) -> None:
        def told(_view: Any) -> None:
            self.page.done("已公布种子，站点收到以后可以重算")
            self.load()

        self.page.do(RevealSpotDraw(str(self._month())), told)


def _grouped(text: str) -> str:
    """In eights, so that it breaks over lines and can be compared by eye."""
    return " ".join(text[start : start + 8] for start in range(0, len(text), 8))


def _lead(found: SpotDrawView) -> str:
    if not found.digest:
        return "先公布指纹，月底公布种子，谁都能重算"
    checked = sum(one.is_checked for one in found.drawn)
    if not found.drawn:
        return f"名单 {len(found.candidates)} 个班次，种子月底公布"
    return f"抽中 {len(found.drawn)} 次，已查 {checked} 次"


def _checked_tag(row: DrawnDuty) -> tuple[State, str]:
    return (State.DONE, "已查") if row.is_checked else (State.DUE, "待查")


_DRAWN = (
    Column("on", "日期", 104, value=lambda row: f"{row.on}"),
    Column("site_name", "站点", 0, "strong"),
    Column("hours", "时段", 216),
    Column("checked", "抽查", 92, "tag", value=lambda row: _checked_tag(row)[1], tag=_checked_tag),
)

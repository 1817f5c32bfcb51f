"""The tabs of registers: people whom aid looks after, figures of means, named lawyers and pairs."""

from __future__ import annotations

from functools import partial
from typing import Any

from app.case_values import FocusEnd, FocusKind, HandlerMark, StandardKind
from app.kernel.permissions import Permission
from app.services.cases.handler_marks import EndHandlerMark, HandlerMarks, MarkedHandler, SetHandlerMark
from app.services.cases.means_figures import MeansFigures, SetMeansFigure
from app.services.people.pool import Pool
from app.services.quality.focus_people import AddFocusPerson, FocusLine, FocusPeople, RemoveFocusPerson
from app.ui.erasing import erase_buttons
from app.ui.page import PageView
from app.ui.quality.forms import (
    focus_form,
    mark_form,
    means_form,
    removal_form,
)
from app.ui.tab import Tab
from app.ui.widgets.button import Button
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.table_model import Column
from app.values import yuan_text


class FocusTab(Tab):
    """The registers of people."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _FOCUS, "重点人员", "名册上还没有人。")

    def load(self) -> None:
        self.page.ask(FocusPeople(with_removed=True), self.table.set_rows, slot="focus")

    def show_detail(self, row: FocusLine) -> None:
        self.confirm = ConfirmLine()
        self.detail.begin(f"{row.kind}　{row.name}").add(self.confirm).facts(
            ("类别", row.category), ("卡号", row.card), ("证件", row.id_number), ("电话", row.phone),
            ("住址", row.address), ("列入", f"{row.since}"), ("移出", row.ended), ("站点", row.site_name),
        )  # fmt: skip
        self.detail.note(row.reason)
        may = row.is_mine and row.until is None and self.page.desk.may(Permission.RECORD_CASE)
        self.detail.end(
            *((Button("移出…", partial(self._remove, row)),) if may else ()),
            *(erase_buttons(self.page, self.confirm, "focus", row.id) if row.until else ()),
        )

    def new_item(self) -> None:
        self.open_form(
            focus_form(self.page.desk, ""),
            lambda said: AddFocusPerson(
                **{name: value or "" for name, value in said.items() if name not in ("kind", "since")},
                kind=FocusKind(said["kind"]),
                since=said["since"],
            ),
            "已列入名册",
        )

    def _remove(self, row: FocusLine) -> None:
        self.open_form(
            removal_form(self.page.desk, row.name),
            lambda said: RemoveFocusPerson(
                row.id, said["until"], FocusEnd(said["ended_by"]), said["reason"] or ""
            ),
            "已移出",
        )


class MeansTab(Tab):
    """The county's dated figures."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _MEANS, "经济困难标准", "还没有登记标准；没有登记的，由审查人员判断并写明。")

    def load(self) -> None:
        self.page.ask(MeansFigures(), self.table.set_rows, slot="means")

    def new_item(self) -> None:
        self.open_form(
            means_form(self.page.desk),
            lambda said: SetMeansFigure(
                StandardKind(said["kind"]), said["valid_from"], said["fen"], said["source"]
            ),
            "已登记标准",
        )

    def show_detail(self, row: Any) -> None:
        self.detail.begin(row.kind.value).facts(
            ("生效日", f"{row.valid_from}"), ("每人每月", f"{yuan_text(row.fen)} 元"), ("依据", row.source)
        ).end()


class MarksTab(Tab):
    """Named lawyers and pairs."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page, _MARKS, "名优律师和老带新", "名册里还没有人。")

    def load(self) -> None:
        self.page.ask(HandlerMarks(), self.table.set_rows, slot="marks")

    def new_item(self) -> None:
        self.page.ask(Pool(), self._show_form, slot="people")

    def show_detail(self, row: MarkedHandler) -> None:
        self.detail.begin(f"{row.kind}　{row.name}").facts(
            ("带教", row.mentor), ("自", f"{row.since}"), ("今年", f"{row.cases} 件")
        )
        may = self.page.desk.may(Permission.HANDLE_CASE)
        self.detail.end(*((Button("移出名册", partial(self._end, row)),) if may else ()))

    def _show_form(self, people: Any) -> None:
        choices = [(one.id, f"{one.name}　{one.organisation}") for one in people if not one.is_proposal]
        self.open_form(
            mark_form(self.page.desk, choices),
            lambda said: SetHandlerMark(
                HandlerMark(said["kind"]), said["person_id"], said["since"], said["mentor_id"] or ""
            ),
            "已列入名册",
        )

    def _end(self, row: MarkedHandler) -> None:
        self.page.do(EndHandlerMark(row.id, self.page.desk.today()), lambda _id: self._saved("已移出名册"))


_FOCUS = (
    Column("kind", "名册", 104, value=lambda row: row.kind.value),
    Column("name", "姓名", 92, "strong"),
    Column("category", "类别", 0, value=lambda row: "　".join(filter(None, (row.category, row.card)))),
    Column("since", "列入", 92, value=lambda row: f"{row.since}"),
    Column("ended", "移出", 140),
)
_MEANS = (
    Column("valid_from", "生效日", 104, value=lambda row: f"{row.valid_from}"),
    Column("kind", "标准", 0, "strong", value=lambda row: row.kind.value),
    Column("fen", "每人每月", 104, "number", value=lambda row: yuan_text(row.fen)),
    Column("source", "依据文件", 200),
)
_MARKS = (
    Column("kind", "类别", 104, value=lambda row: row.kind.value),
    Column("name", "姓名", 0, "strong", sub=lambda row: f"由{row.mentor}带" if row.mentor else ""),
    Column("since", "自何日起", 104, value=lambda row: f"{row.since}"),
    Column("cases", "今年件数", 104, value=lambda row: f"{row.cases}{'，不足 5 件' if row.is_short else ''}"),
)

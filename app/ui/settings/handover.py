"""Handing an account over: what is open is printed for both to check, then drafts and roles go to the successor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from app.services.office.backups import BackupFolder, Backups
from app.services.security.accounts import AccountView
from app.services.security.hand_over import AskHandover, HandOver, HandoverFacts
from app.services.today.today_desk import TodayDesk, TodayView
from app.ui.files import show_pdf
from app.ui.page import PageView
from app.ui.today.urgent_words import urgent_sentence, urgent_tag
from app.ui.widgets.button import Button
from app.ui.widgets.choice import ChoiceField, MultiChoiceField
from app.ui.widgets.side_form import SideForm

_NOTE = "先打印交接单，双方逐项核对签字；再点“交接并停用”。没有填完的表会转给接手的人，登记过的记录不变。"
_KEPT_OUTSIDE = (
    ("恢复码保管单", "信封封口完好，存放地点："),
    ("U 盘、钥匙、印章", "件数："),
    ("纸质登记簿、案卷", "册数："),
)


class HandingOver:
    """The steps of one hand-over; show(form, command, words) is how the tab opens a form."""

    def __init__(
        self,
        page: PageView,
        row: AccountView,
        show: Callable[[SideForm, Callable[[dict[str, Any]], Any], str], None],
    ) -> None:
        self._page, self._row, self._show = page, row, show
        self._facts: HandoverFacts | None = None
        self._form: SideForm | None = None

    def ask(self) -> None:
        """Ask what the account would leave behind, then show the form."""
        self._page.ask(AskHandover(self._row.name), self._open)

    def _open(self, facts: HandoverFacts) -> None:
        self._facts = facts
        lone = (
            f"只有这个账号担任：{'、'.join(facts.orphaned)}。请交给接手的人，否则没有人能做。"
            if facts.orphaned
            else ""
        )
        form = SideForm(
            f"{self._row.display_name} 交接", "交接并停用", note=f"{_NOTE}{lone}", keys="Ctrl Return"
        )
        form.form.add("taking", ChoiceField("接手的人", facts.candidates, is_required=True))
        form.form.add("roles", MultiChoiceField("交出的角色", list(facts.roles))).set_value(facts.orphaned)
        form.add_steps(Button("打印交接单…", self.print, icon="print"))
        self._form = form
        self._show(form, self._command, "已交接，原账号已停用")

    def _command(self, values: dict[str, Any]) -> HandOver:
        return HandOver(self._row.name, values["taking"], tuple(values["roles"]))

    def print(self) -> None:
        """The paper of what is open, as it stands now."""
        self._page.ask(TodayDesk(), self._with_backups)

    def _with_backups(self, today: TodayView) -> None:
        self._page.ask(Backups(), partial(self._print, today))

    def _print(self, today: TodayView, backups: BackupFolder) -> None:
        from app.documents.forms.handover import HandoverPaper

        facts, place = self._facts, self._page.desk.place
        if facts is None or self._form is None:
            return
        taking = dict(facts.candidates).get(self._form.form.values()["taking"], "")
        items = [(urgent_tag(one), urgent_sentence(one, place.site_name)) for one in today.urgent]
        items.append(("没有填完的表", f"{facts.drafts} 张，转给接手的人"))
        items.append(("担任的角色", "、".join(facts.roles)))
        last = f"最近一份 {backups.last.at:%Y-%m-%d %H:%M}" if backups.last.at else "还没有备份"
        items.append(("备份", f"{last}，在 {backups.folder}"))
        show_pdf(
            self._page,
            "handover",
            HandoverPaper(
                office=place.site_name,
                leaving=self._row.display_name,
                taking=taking,
                items=(*items, *_KEPT_OUTSIDE),
                made_at=self._page.desk.now(),
            ),
            "工作交接单.pdf",
        )

"""Closes a site's month: three checks, every line with its why, the report to the bureau."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.documents.forms.pay_statement import PayStatement
from app.kernel.permissions import Permission
from app.services.money.month_desk import MonthDesk, MonthDeskView
from app.services.money.month_pay import RUNNING
from app.services.money.pay_sheet import ExportPaySheet
from app.services.money.review_matrix import MatrixView, ReviewMatrix
from app.services.money.statement import StatementOf
from app.services.money.story import LineView
from app.services.money.submissions import MonthState
from app.services.money.submit_month import SubmitMonth, Submitted
from app.ui.desk import Desk
from app.ui.evidence import Where, of_day
from app.ui.files import save_sheet, show_pdf
from app.ui.month_choice import closing_month, month_text, parse_month
from app.ui.page import Action, Page, PageView
from app.ui.settlement.check_card import CheckCard
from app.ui.settlement.paper_replies import PaperReplies
from app.ui.story_pane import StoryPane, evidence_button
from app.ui.widgets.banner import Banner
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, columns, row
from app.ui.widgets.choice import ChoiceField
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.month import MonthPicker
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column, shown
from app.values import Level, Month

STATES = {
    MonthState.missing: ("due", "未上报"), MonthState.nil: ("info", "已零报，待审核"),
    MonthState.received: ("info", "已上报，待审核"), MonthState.in_review: ("info", "审核中"),
    MonthState.returned: ("fault", "被退回"), MonthState.passed: ("done", "审核通过"),
}  # fmt: skip


class SettlementPage(PageView):
    """A month of one site; a bureau chooses among the sites whose books it keeps."""

    help_key = "settlement"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "月结")
        self.found: MonthDeskView | None = None
        self._chosen = ""

    def build(self) -> Iterator[None]:
        self.month = MonthPicker(self.desk.today())
        self.month.set_value(closing_month(self.desk.today()))
        self.month.picked.connect(lambda *_: self.refresh())
        self.site = ChoiceField("", hint="站点名称或拼音首字母")
        if not self.desk.is_bureau:
            self.site.hide()
        self.site.changed.connect(self._site_picked)
        self.head.filters(self.month, self.site)
        self.export_button = self.head.action("导出发放表", self.export, icon="download")
        self.submit_button = self.head.primary("提交并导出上报包", self.submit, keys="Ctrl Return")
        yield
        self.validity, self.confirm = Banner(), ConfirmLine()
        self.replies = PaperReplies(self, self.confirm)
        self.body.addWidget(self.validity)
        self.body.addWidget(self.confirm)
        self.cards = tuple(CheckCard(self._mend) for _ in range(3))
        self.body.addLayout(columns(*((card, 1) for card in self.cards), spacing=12))
        yield
        self.table = Table(
            _COLUMNS,
            name="补贴明细",
            empty="这个月没有值班。确实没有安排值班的，请用“零报”上报。",
            first="零报",
            run=self.submit,
        )
        self.table.selected.connect(self._show_line)
        self.table.activated.connect(lambda _line: self._print_statement())
        self.pane = StoryPane("选中一行，这里说明每一元是怎么来的")
        self.body.addLayout(columns((Card(pad=1).add(self.table, stretch=1), 1), (self.pane, 372)), 1)

    # hooks

    def refresh(self) -> None:
        if self.desk.is_bureau:
            self.ask(ReviewMatrix(self._month_text(), 1), self._take_sites)
        self.replies.ask(self._month_text())
        self.ask(MonthDesk(self._month_text(), self._site()), self._fill)

    def open_with(self, **wanted: Any) -> None:
        self._chosen = str(wanted.get("site") or self._chosen)
        if wanted.get("month"):
            self.month.set_value(parse_month(str(wanted["month"])))
        self.refresh()

    def focus_first(self) -> None:
        self.table.setFocus()

    def print_item(self) -> None:
        self._print_statement()

    def save_item(self) -> None:
        self.submit()

    def go_back(self) -> bool:
        was_open = self.confirm.isVisible()
        self.confirm.close_line()
        return was_open

    def steps(self) -> list[Action]:
        return [Action("导出发放表", self.export), Action("打印本人明细单", self._print_statement, "Ctrl P")]

    # what was asked for

    def _take_sites(self, found: MatrixView) -> None:
        own = self.desk.own_duty_site
        kept = [(row.id, row.name) for row in found.rows if row.is_paper or row.id == own]
        self.site.set_choices(kept)
        self._show_site()

    def _show_site(self) -> None:
        """The chooser names the site whose lines stand below."""
        if self.found is not None and not self.site.line.isModified():
            self.site.set_value(self.found.site)

    def _fill(self, found: MonthDeskView) -> None:
        self.found = found
        self._show_site()
        self.head.set_title(f"{found.month.year}年{found.month.month}月月结")
        for card, check in zip(self.cards, found.checks, strict=True):
            card.show_check(check, found.site_name)
        total = {"name": f"合计　{found.capitals}", "net_fen": shown(found.total_fen, "money")}
        self.table.set_total(total if found.lines and found.pay.has_rates else {})
        self.table.hide_columns(() if found.pay.has_rates else _MONEY)
        self.export_button.set_text(f"导出{self._paper().removeprefix('补贴')}")
        self.table.set_rows(found.lines)
        self._show_state(found)
        self.validity.show_text(f"{found.pay.validity_note}。", "due")
        self.validity.setVisible(bool(found.pay.validity_note))
        self._show_line(self.table.current())

    def _show_state(self, found: MonthDeskView) -> None:
        green = sum(check.is_whole for check in found.checks)
        state, word = STATES[found.state.state]
        number = f"（第 {found.state.number} 版）" if found.state.number else ""
        rest = f" {len(found.checks) - green} 黄" if green < len(found.checks) else ""
        total = f" · 合计 {shown(found.total_fen, 'money')} 元" if found.lines and found.pay.has_rates else ""
        self.head.set_lead(
            f"三项检查：{green} 绿{rest} · {word}{number}{total}", state if state == "fault" else ""
        )
        if found.state.state is MonthState.returned:
            self.head.show_banner(
                f"司法局退回第 {found.state.number} 版：{found.state.reason}。改好后重新提交。", "fault"
            )
        elif found.state.earlier_words:
            self.head.show_banner(f"{found.state.earlier_words}。", "due")
        may = found.may_submit and self.desk.may(Permission.SUBMIT_MONTH)
        self.submit_button.setEnabled(may)
        own = found.site == self.desk.own_duty_site and not self.desk.is_bureau
        self.submit_button.set_text("零报" if found.is_empty else "提交并导出上报包" if own else "提交本月")

    def _show_line(self, line: LineView | None) -> None:
        if line is None or self.found is None:
            self.pane.show_nothing()
            return
        self.pane.show_line(
            line,
            self.found.pay.clauses,
            Button("明细单", self._print_statement, keys="Ctrl P", icon="print"),
            evidence_button(line, lambda: self._open_record(of_day(line))),
            open_record=self._open_record,
            has_pay=self.found.pay.has_rates,
        )
        if steps := self.replies.buttons(line):
            self.pane.add(row(*steps, None))

    def _open_record(self, where: Where) -> None:
        page, wanted = where
        self.desk.go(page, **wanted)

    # steps

    def submit(self) -> None:
        """Ask once more, naming what waits, then report."""
        found = self.found
        if found is None or not self.submit_button.isEnabled():
            return
        waits = f"还有 {len(found.exceptions)} 条待处理，将按现状上报。" if found.exceptions else ""
        what = (
            "零报：本月没有安排值班，也没有记录。"
            if found.is_empty
            else f"共 {len(found.lines)} 次值班。{waits}"
        )
        outside = f"{found.pay.outside}。" if found.pay.outside else ""
        self.confirm.ask(
            f"{found.site_name}{found.month.words}{what}{outside}上报后本月记录冻结，需要更正时请司法局退回。",
            "零报" if found.is_empty else "提交",
            lambda _: self.do(SubmitMonth(self._month_text(), found.is_empty, found.site), self._submitted),
        )

    def export(self) -> None:
        """Write the pay sheet to a file."""
        name = f"{self._paper()}-{self._month_text()}.xlsx"
        save_sheet(self, name, lambda out: ExportPaySheet(self._month_text(), out))

    def _paper(self) -> str:
        """What the month is written out as."""
        return "补贴发放表" if self.found is None or self.found.pay.has_rates else "值班台账"

    def _submitted(self, made: Submitted) -> None:
        self.done(f"{Month.parse(made.month).words}已上报，第 {made.number} 版")
        if not self.desk.is_bureau:
            self.desk.go("exchange")

    def _print_statement(self) -> None:
        line = self.table.current()
        if line is not None:
            self.ask(StatementOf(self._month_text(), line.person_id), self._draw_statement)

    def _draw_statement(self, data: PayStatement) -> None:
        show_pdf(self, "pay_statement", data, f"补贴明细单-{self._month_text()}.pdf")

    def _mend(self, page: str) -> None:
        first = date(*self.month.value(), 1)
        site = self.found.site if self.found is not None else ""
        of_page: dict[str, dict[str, Any]] = {
            "consultations": {"first": first, "is_faulty_only": True},
            "attendance": {"waiting": True},
        }
        self.desk.go(page, **{"on": first, "site": site, **of_page.get(page, {})})

    def _site_picked(self) -> None:
        if self.site.value() is not None:
            self._chosen = str(self.site.value())
            self.ask(MonthDesk(self._month_text(), self._site()), self._fill)

    def _site(self) -> str:
        return self._chosen if self.desk.is_bureau else ""

    def _month_text(self) -> str:
        return month_text(self.month.value())


def _status(line: LineView) -> tuple[str, str]:
    if not line.is_settled:
        return "info", line.origin.value
    if line.waits_for and not line.is_stored:
        return ("info", "未结束") if line.waits_for == RUNNING else ("due", "待补签")
    if line.is_public_servant or not line.net_fen:
        return "none", "不发放"
    return ("done", "已结算") if line.is_stored else ("info", "预计")


_MONEY = ("base_fen", "deducted_fen", "net_fen", "state")
_COLUMNS = (
    Column("on", "日期", 80, value=lambda line: f"{line.on.month}月{line.on.day}日"),
    Column(
        "name", "值班人员", value=lambda line: f"{line.name} · 公职" if line.is_public_servant else line.name
    ),
    Column("kind", "班次", 88, value=lambda line: line.kind.value, yields=2),
    Column("base_fen", "标准", 84, "money", value=lambda line: line.base_fen or None, yields=1),
    Column(
        "deducted_fen",
        "扣减",
        84,
        "money",
        value=lambda line: -line.deducted_fen or None,
        tone=lambda line: "fault" if line.deducted_fen else None,
    ),
    Column("net_fen", "实发（元）", 96, "money"),
    Column("state", "状态", 88, "tag", tag=_status),
)
PAGE = Page(
    "settlement",
    "月结",
    "settlement",
    SettlementPage,
    group=1,
    order=0,
    permission=Permission.LOOK,
    titles=((Level.station, "月结与补贴"),),
)

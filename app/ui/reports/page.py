"""Shows every report of the catalogue for a month, quarter or year, prints it and writes it to a file (Y02 Y22 P26)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from app.documents.paper import Printed
from app.documents.render_file import WrittenFile
from app.kernel.permissions import Permission
from app.services.cases.case_list import CasePage
from app.services.reports.export_report import ExportReport
from app.services.reports.print_report import PrintedReport, PrintReport
from app.services.reports.report import Report, reports
from app.services.reports.show_report import ReportView, ShowReport
from app.services.targets.case_indicators import CaseIndicators, IndicatorCases, IndicatorPage, IndicatorView
from app.services.targets.print_wall_chart import PrintWallChart
from app.services.targets.progress import TargetProgress, TargetsProgress
from app.ui.desk import Desk
from app.ui.files import KINDS
from app.ui.page import Action, Page, PageView
from app.ui.reports.indicator_bars import IndicatorBars, rows_table
from app.ui.reports.period import PeriodPicker
from app.ui.reports.sheet_table import sheet_table
from app.ui.reports.split_form import open_split
from app.ui.saving import save_as
from app.ui.theme import current
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, columns
from app.ui.widgets.pace import PaceBar
from app.ui.widgets.pending import PendingPart
from app.ui.widgets.slot import Slot
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column
from app.ui.widgets.text import label

TARGETS, INDICATORS = "targets", "indicators"
CONSULTATIONS = "consultations"
LIST_WIDTH, ROOM = 232, 884
MOST_NAMES = 3
_ORDER = (
    TARGETS, INDICATORS, "cases", "case-deadlines", "case-pay", "fund-use", "fund-ledger", "recipients",
    "pay", "consultations", "attendance", "spotchecks", "complaints", "roster", "people",
)  # fmt: skip


class ReportsPage(PageView):
    """The catalogue on the left, the chosen report as it stands now on the right."""

    help_key = "reports"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "任务与报表")
        self.view: ReportView | None = None

    def build(self) -> Iterator[None]:
        self.period = PeriodPicker(self.desk.today())
        self.period.picked.connect(self.refresh)
        self.head.filters(self.period)
        self.chart_button = self.head.action("任务挂图", self.print_chart, icon="print")
        self.chart_button.hide()
        self.split_button = self.head.action("分解任务…", self.split)
        self.split_button.hide()
        self.print_button = self.head.action("预览打印", self.print_item, keys="Ctrl P", icon="print")
        self.export_button = self.head.primary("导出…", self.export)
        yield
        self.catalogue = Table([Column("title", "报表")], name="报表", has_header=False)
        self.catalogue.set_rows(_catalogue(self.desk))
        self.catalogue.selected.connect(self._chosen)
        yield
        self.pace = PaceBar("免费法律咨询", "人次")
        self.no_target = label("方案没有给本单位定年度任务。", "muted")
        self.rest = label("", wraps=True)
        self.summary = Card().add(self.pace, self.no_target).add(self.rest)
        self.slot, self.notes = Slot(), label("", "small", wraps=True)
        self.slot.show_items(PendingPart())
        self.shown = Card(pad=1).add(self.slot, stretch=1)
        right = Card(pad=0, spacing=12)
        right.setProperty("role", "")
        right.add(self.summary).add(self.shown, stretch=1).add(self.notes)
        self.body.addLayout(columns((Card(pad=1).add(self.catalogue, stretch=1), LIST_WIDTH), (right, 1)), 1)
        self.summary.hide()
        self.catalogue.select(None)

    # hooks

    def refresh(self) -> None:
        report = self.report()
        if report is None:
            return
        self.head.clear_banner()
        self.desk.runner.ask(
            ShowReport(report.key, self.period.value()), self._fill, self._refused, owner=self
        )
        if report.key == TARGETS:
            self.ask(TargetsProgress(self.period.value()), self._show_pace)

    def open_with(self, **wanted: Any) -> None:
        if wanted.get("period"):
            self.period.set_value(str(wanted["period"]))
        if wanted.get("report"):
            self.catalogue.select(
                next((one for one in self.catalogue.rows() if one.key == wanted["report"]), None)
            )
        if wanted:
            self.refresh()

    def focus_first(self) -> None:
        self.catalogue.setFocus()

    def print_item(self) -> None:
        report = self.report()
        if report is not None:
            self.do(
                PrintReport(report.key, self.period.value()), self._preview, title="生成报表", is_long=True
            )

    def print_chart(self) -> None:
        """The year's tasks as the sheet that hangs on the wall."""
        self.do(PrintWallChart(self.period.value()), self._preview_chart, title="生成挂图", is_long=True)

    def split(self) -> None:
        """The year's consultations over the units below (Y26)."""
        year = int(self.period.value()[:4])
        open_split(
            self,
            year,
            CONSULTATIONS,
            lambda version: self.done(f"已分解，第 {version} 版，随下发的包送到各单位"),
        )

    def save_item(self) -> None:
        self.export()

    def steps(self) -> list[Action]:
        return [Action("导出报表", self.export), Action("打印报表", self.print_item, "Ctrl P")]

    # steps

    def report(self) -> Report | None:
        """The report chosen."""
        found: Report | None = self.catalogue.current()
        return found

    def export(self) -> None:
        """Write the report to a workbook or a PDF."""
        report, period = self.report(), self.period.value()
        if report is not None:
            save_as(
                self,
                self.file_name(),
                KINDS,
                lambda path, failed: self.desk.runner.do(
                    ExportReport(report.key, period, path),
                    self._written,
                    failed,
                    title="正在导出",
                    is_long=True,
                ),
            )

    def file_name(self, ending: str = ".xlsx") -> str:
        """The name offered: report, unit and period."""
        report = self.report()
        return (
            f"{report.title if report else '报表'}-{self.desk.place.site_name}-{self.period.value()}{ending}"
        )

    def _written(self, written: WrittenFile) -> None:
        self.done(f"已导出 {written.path.name}")
        if written.warning:
            self.head.show_banner(written.warning, "due")

    def _preview(self, printed: PrintedReport) -> None:
        from app.ui.widgets.preview import Preview

        if printed.warning:
            self.head.show_banner(printed.warning, "due")
        Preview(printed.pdf, printed.title, self.file_name(".pdf"), self).exec()

    def _preview_chart(self, printed: Printed) -> None:
        from app.ui.widgets.preview import Preview

        if printed.warning:
            self.head.show_banner(printed.warning, "due")
        name = f"任务挂图-{self.desk.place.site_name}-{self.period.value()}.pdf"
        Preview(printed.pdf, "任务挂图", name, self).exec()

    # indicators

    def _show_bars(self, page: IndicatorPage) -> None:
        """The bars in place of the table, while the report is still the one of indicators."""
        if self.view is not None and self.view.key == INDICATORS:
            self.bars = IndicatorBars(page, self._open_cases)
            self.slot.show_items(self.bars)

    def _open_cases(self, one: IndicatorView) -> None:
        self.ask(IndicatorCases(self.period.value(), one.key), partial(self._show_cases, one))

    def _show_cases(self, one: IndicatorView, page: CasePage) -> None:
        self.behind = rows_table(page.rows, one.title, lambda row: self.desk.go("cases", case=row.id))
        back = Button("返回指标", self.refresh, icon="left")
        words = label(f"{one.title}：{one.text}，{page.total} 件，双击打开案件", wraps=True)
        self.slot.show_items(back, words, self.behind)

    # what was asked for

    def _chosen(self, report: Report | None) -> None:
        if report is not None:
            self.period.allow(report.periods)
            self.refresh()

    def _fill(self, view: ReportView) -> None:
        self.view = view
        room = min(ROOM, round(self.shown.width() * 100 / current().scale))
        self.table = sheet_table(view.table, room)
        self.slot.show_items(self.table)
        self.notes.setText("\n".join(view.notes))
        self.notes.setVisible(bool(view.notes))
        self.summary.setVisible(view.key == TARGETS)
        self.chart_button.setVisible(view.key in (TARGETS, INDICATORS))
        may_split = self.desk.is_bureau and self.desk.may(Permission.REVIEW_MONTH)
        self.split_button.setVisible(view.key == TARGETS and may_split)
        if view.key == INDICATORS:
            self.ask(CaseIndicators(self.period.value()), self._show_bars)
        self.head.set_lead(_lead(view), "due" if view.missing else "")

    def _refused(self, error: Exception) -> None:
        failed = PendingPart()
        failed.fail(self._ask_again)
        self.slot.show_items(failed)
        self.view = None
        self.head.set_lead("")
        self.fail(error)

    def _show_pace(self, found: TargetProgress) -> None:
        total = found.total if found.units else None
        target = total.target if total else None
        self.pace.setVisible(bool(target))
        self.no_target.setVisible(not target)
        if total and target:
            self.pace.show_pace(total.so_far, target, total.pace)
        self.rest.setText("　".join(_rest(found)))
        self.rest.setVisible(bool(self.rest.text()))


def _catalogue(desk: Desk) -> list[Report]:
    """The reports this person may read, the targets first."""
    found = [one for one in reports().values() if one.permission is None or desk.may(one.permission)]
    return sorted(
        found, key=lambda one: (_ORDER.index(one.key) if one.key in _ORDER else len(_ORDER), one.key)
    )


def _rest(found: TargetProgress) -> Iterator[str]:
    """Satisfaction, and the office's own targets of other kinds with what is known of them."""
    if found.satisfaction_target is not None:
        rate = found.total.satisfaction.rate if found.units else None
        reached = "还没有评价" if rate is None else f"{rate:.1%}"
        yield f"满意率 ≥{found.satisfaction_target}%：{reached}"
    whole = [one for one in found.others if one.is_total] or found.others
    titles = {one.title for one in whole}
    apart = [one for one in found.others if not one.is_total and one.title not in titles]
    for one in (*whole, *apart):
        yield f"{one.title} {one.amount} {one.unit}：{one.done_words}"


def _lead(view: ReportView) -> str:
    """How many rows, from how many sites, and whose months are still open."""
    parts = [view.period, f"{len(view.table.texts)} 行"]
    if view.missing:
        names = "、".join(view.missing[:MOST_NAMES]) + ("等" if len(view.missing) > MOST_NAMES else "")
        whose = f"{len(view.missing)} 个未审核通过（{names}）" if view.units > 1 else "月报未审核通过"
        parts.append((f"{view.units} 个站点，" if view.units > 1 else "") + f"{whose}，汇总不完整")
    elif view.units:
        parts.append(f"{view.units} 个站点均已审核通过" if view.units > 1 else "月报已审核通过")
    if view.is_running:
        parts.append("本期未结束")
    return "，".join(parts)


PAGE = Page("reports", "任务与报表", "reports", ReportsPage, group=1, order=9, permission=Permission.REPORT)

"""收件: a county takes in what its stations bring; each bundle says what was checked, alarms stay until dismissed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from app.kernel.permissions import Permission
from app.services.exchange.desk import DeskView, ExchangeDesk
from app.services.exchange.history import IMPORT, BundleView, ExchangeHistory, HistoryPage
from app.services.exchange.kept_files import DiscardBundle
from app.services.exchange.outcome import BundleOutcome
from app.services.exchange.receive import ImportBundles
from app.services.office.journal import DismissAlarm, SecurityEventLine, SecurityEvents
from app.ui.desk import Desk
from app.ui.exchange.alarms import AlarmList
from app.ui.exchange.history_table import fill_bundle_pane, history_table
from app.ui.exchange.importing import ask_files, ask_folder, local_paths, summed_up
from app.ui.page import BUREAUS, Action, Page, PageView
from app.ui.widgets.card import Card, columns
from app.ui.widgets.confirm import ConfirmLine
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.tabs import Tabs

ALL, PARKED = "all", "parked"


class InboxPage(PageView):
    """Files and folders are chosen, dropped, or read from the inbox folder of the settings."""

    help_key = "inbox"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "收件")
        self.setAcceptDrops(True)

    def build(self) -> Iterator[None]:
        if self._inbox():
            self.head.action("读取收件文件夹", lambda: self.take((Path(self._inbox()),)), icon="inbox")
        self.discard = self.head.action("丢弃暂存的包…", self._ask_discard)
        self.discard.hide()
        self.head.action("选择文件夹…", lambda: self.take(ask_folder(self)), icon="folder")
        self.choose = self.head.primary("导入上报包…", lambda: self.take(ask_files(self)), keys="Ctrl O")
        self.alarms = AlarmList(self._dismiss, may_dismiss=self.desk.may(Permission.DISMISS_ALARM))
        self.body.addWidget(self.alarms)
        self.confirm = ConfirmLine()
        self.body.addWidget(self.confirm)
        yield
        self.tabs = Tabs()
        self.table = history_table(
            way=IMPORT,
            empty="还没有收到上报包。把 U 盘上的 .hmb 文件或整个文件夹拖到这里，或点“导入上报包”。",
            first="导入上报包…",
            run=lambda: self.take(ask_files(self)),
        )
        yield
        self.parked = history_table(way=IMPORT, empty="没有等待前包的上报包。")
        self.head.filters(self.tabs)
        self.tabs.add(ALL, "全部", lambda: self.table)
        self.tabs.add(PARKED, "待补前包", lambda: self.parked)
        yield
        self.pane = DetailPane("选中一个包，这里显示核对结果和校验码")
        for key, table in ((ALL, self.table), (PARKED, self.parked)):
            table.selected.connect(lambda row, key=key: self._show(key, row))
        self.tabs.shown.connect(
            lambda key: self._show(key, (self.table if key == ALL else self.parked).current())
        )
        self.tabs.show_tab(ALL)
        self.body.addLayout(
            columns((Card(pad=1).add(self.tabs.stack, stretch=1), 1), (self.pane, 372), least=540), 1
        )

    # hooks

    def refresh(self) -> None:
        self.ask(ExchangeDesk(), self._take_desk)
        self.ask(ExchangeHistory(way=IMPORT), self._take_history)
        self.ask(
            ExchangeHistory(way=IMPORT, parked_only=True),
            lambda page: self.parked.set_rows(page.rows),
            slot="parked",
        )
        if self.desk.may(Permission.DISMISS_ALARM):
            self.ask(SecurityEvents(open_alarms_only=True), self._take_alarms)

    def open_with(self, **wanted: Any) -> None:
        if wanted.get("file"):
            self.take((wanted["file"],))

    def focus_first(self) -> None:
        self.choose.setFocus()

    def steps(self) -> Sequence[Action]:
        return (
            Action("导入上报包", lambda: self.take(ask_files(self)), "Ctrl O"),
            Action("导入整个文件夹的上报包", lambda: self.take(ask_folder(self))),
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take(_dropped(event))

    # steps

    def take(self, paths: tuple[Path, ...]) -> None:
        """Take bundle files, and every bundle of a folder, in."""
        if paths:
            self.do(ImportBundles(paths), self._taken, title="正在导入上报包")

    def _taken(self, outcomes: tuple[BundleOutcome, ...]) -> None:
        text, state = summed_up(outcomes)
        self.head.show_banner(text, state)
        self.tabs.show_tab(ALL)
        self.table.view.setFocus()

    def _dismiss(self, alarm: SecurityEventLine, reason: str) -> None:
        self.do(DismissAlarm(alarm.id, reason), lambda _none: self.done("已处理，核查情况已留痕"))

    def _ask_discard(self) -> None:
        row = self.parked.current()
        if row is not None:
            self.confirm.ask(
                f"丢弃 {row.peer_name} 的暂存包 {row.file}：文件不再保留，收件记录保留。",
                "丢弃",
                lambda reason: self._discard(row, reason),
                is_dangerous=True,
                needs_reason=True,
            )

    def _discard(self, row: BundleView, reason: str) -> None:
        self.do(DiscardBundle(row.sha256, reason), lambda name: self.done(f"已丢弃暂存的包 {name}"))

    # answers

    def _take_desk(self, desk: DeskView) -> None:
        heard = sum(peer.heard_at is not None for peer in desk.admitted)
        parts = [f"{len(desk.admitted)} 个下级单位，{heard} 个来过上报包"]
        if desk.parked:
            parts.append(f"待补前包 {desk.parked} 个")
        if desk.alarms:
            parts.append(f"警报 {desk.alarms} 条未处理")
        self.head.set_lead("，".join(parts), "fault" if desk.alarms else "due" if desk.parked else "")
        self.tabs.set_title(PARKED, f"待补前包 {desk.parked}" if desk.parked else "待补前包")

    def _take_history(self, page: HistoryPage) -> None:
        self.table.set_rows(page.rows, self._more if page.has_more else None)
        if page.rows and not self.table.view.hasFocus():
            self.table.select(page.rows[0])

    def _more(self, offset: int, deliver: Any) -> None:
        self.ask(ExchangeHistory(offset, IMPORT), lambda page: deliver(page.rows), slot="more")

    def _take_alarms(self, events: tuple[SecurityEventLine, ...]) -> None:
        self.alarms.show_alarms(events)

    def _show(self, key: str, row: BundleView | None) -> None:
        if key == self.tabs.key:
            self.discard.setVisible(key == PARKED and row is not None)
            self.confirm.close_line()
            fill_bundle_pane(self.pane, row)

    def _inbox(self) -> str:
        return str(self.desk.settings.get("inbox_folder") or "")


def _dropped(event: QDropEvent) -> tuple[Path, ...]:
    return local_paths([url.toLocalFile() for url in event.mimeData().urls()])


PAGE = Page(
    "inbox",
    "收件",
    "inbox",
    InboxPage,
    group=0,
    order=1,
    permission=Permission.EXCHANGE,
    levels=BUREAUS,
)

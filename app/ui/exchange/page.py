"""收发: writes bundles to a stick and takes replies in; shows what is on its way, to whom, and what came back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.kernel.permissions import Permission
from app.services.exchange.desk import DeskView, ExchangeDesk
from app.services.exchange.export import ExportBundles, Exported
from app.services.exchange.faults_back import ReturnedEntries, ReturnedView
from app.services.exchange.history import ExchangeHistory, HistoryPage
from app.services.exchange.outcome import BundleOutcome
from app.services.exchange.receive import ImportBundles
from app.ui.desk import Desk
from app.ui.exchange.approval import ApproveForm
from app.ui.exchange.enrolment import AdmitForm, InviteForm, JoinForm
from app.ui.exchange.export_panel import ExportPanel
from app.ui.exchange.history_table import fill_bundle_pane, history_table
from app.ui.exchange.importing import ask_files, local_paths, summed_up
from app.ui.exchange.keys import KeysForm, OwnKey
from app.ui.exchange.peers_table import peers_table, show_peer
from app.ui.exchange.returned_table import returned_table, show_returned
from app.ui.page import Action, Page, PageView
from app.ui.status_words import exchange_head
from app.ui.widgets.button import Button
from app.ui.widgets.card import Card, columns
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.into_view import bring_into_view
from app.ui.widgets.tabs import Tabs

Form = TypeVar("Form", ExportPanel, InviteForm, AdmitForm, JoinForm, ApproveForm, KeysForm)
PEERS, HISTORY, RETURNED = "peers", "history", "returned"


class ExchangePage(PageView):
    """A station sends up and takes replies; a bureau sends replies down and brings stations in."""

    help_key = "exchange"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "收发")
        self.is_bureau = desk.is_bureau
        self.found: DeskView | None = None

    def build(self) -> Iterator[None]:
        self._build_head()
        yield
        self.pane = DetailPane("选中一行，这里显示详情")
        self.side = QStackedWidget()
        self.side.addWidget(self.pane)
        yield
        self._build_tables()
        yield
        self._build_body()

    def _build_head(self) -> None:
        desk = self.desk
        if not self.is_bureau:
            self.head.action("县里退回的", lambda: desk.go("returned"), icon="undo")
            self.head.action("导入回执包", self.choose_files, icon="upload")
        self.invite_button = self.join_button = None
        if self.is_bureau and desk.may(Permission.ENROL):
            self.invite_button = self.head.action("邀请下级", self.invite, icon="add")
            self.head.action("登记下级", self.admit, icon="check")
            self.join_button = self.head.action("加入上级", self.join, icon="upload")
            self.join_button.hide()
        self.approve_button = None
        if desk.may(Permission.ENROL):
            self.approve_button = self.head.action("认可换了密钥的单位", self.approve, icon="check")
            self.approve_button.hide()
        self.export_button = self.head.primary(
            "写全部回执" if self.is_bureau else "导出上报包", self.export, keys="Ctrl E"
        )

    # hooks

    def refresh(self) -> None:
        self.ask(ExchangeDesk(), self._take_desk)
        self.ask(ExchangeHistory(), self._take_history)
        self.ask(ReturnedEntries(), self._take_returned)

    def focus_first(self) -> None:
        self.export_button.setFocus()

    def open_with(self, **wanted: Any) -> None:
        if wanted.get("export"):
            self.export()
        if wanted.get("tab"):
            self.tabs.show_tab(wanted["tab"])
        file = wanted.get("file")
        if file is not None and local_paths([str(file)]):
            self.take((file,))
        elif file is not None and self.invite_button is not None:
            self.admit()
            self.admit_form.file.take(file)

    def steps(self) -> Sequence[Action]:
        words = "写全部回执到 U 盘" if self.is_bureau else "导出上报包到 U 盘"
        found = [Action(words, self.export, "Ctrl E")]
        if not self.is_bureau:
            found.append(Action("导入回执包", self.choose_files))
        if self.invite_button is not None:
            found += [Action("邀请下级单位", self.invite), Action("登记下级单位", self.admit)]
        if self.join_button is not None and self.found is not None and self.found.may_join:
            found.append(Action("加入上级司法局", self.join))
        if self.approve_button is not None and self.found is not None and self.found.announced:
            found.append(Action("认可换了密钥的单位", self.approve))
        if self.desk.may(Permission.ENROL):
            found.append(Action("更换或停用密钥", self.change_keys))
        return found

    def go_back(self) -> bool:
        if self.side.currentWidget() is self.pane:
            return False
        self._show_side(self.pane)
        return True

    # steps

    def export(self) -> None:
        """Ask where to write."""
        self._show_side(self.panel)
        if self.found is not None:
            self.panel.begin(self.found)
        else:
            self.ask(ExchangeDesk(), self._begin_export, slot="export")

    def choose_files(self) -> None:
        """Ask which files to take in."""
        self.take(ask_files(self))

    def take(self, paths: tuple[Path, ...]) -> None:
        """Take bundle files in."""
        if paths:
            self.do(ImportBundles(paths), self._taken, title="正在导入回执包")

    def invite(self) -> None:
        """Write an invitation."""
        self._show_side(self.invite_form)
        self.invite_form.begin()

    def admit(self) -> None:
        """Take an answer in."""
        self._show_side(self.admit_form)
        self.admit_form.begin()

    def join(self) -> None:
        """Answer the invitation of the bureau above."""
        self._show_side(self.join_form)
        self.join_form.begin()

    def approve(self) -> None:
        """Take a restored office's new key, by its fingerprint."""
        if self.found is not None:
            self._show_side(self.approve_form)
            self.approve_form.begin(self.found)

    def change_keys(self) -> None:
        """Order new keys, or stop another office's."""
        if self.found is not None:
            self._show_side(self.keys_form)
            self.keys_form.begin(self.found)

    # answers

    def _begin_export(self, found: DeskView) -> None:
        self._take_desk(found)
        self.panel.begin(found)
        bring_into_view(self.side)

    def _take_desk(self, found: DeskView) -> None:
        self.found = found
        text, state = exchange_head(found)
        self.head.set_lead(text, state)
        if self.approve_button is not None:
            self.approve_button.setVisible(bool(found.announced))
        if self.join_button is not None:
            self.join_button.setVisible(found.may_join)
        self.own_key.show_own(found)
        if self.is_bureau:
            self.peers.set_rows(found.peers)
        self.tabs.set_title(RETURNED, f"退回的记录 {found.returned}" if found.returned else "退回的记录")

    def _take_history(self, page: HistoryPage) -> None:
        self.history.set_rows(page.rows, self._more if page.has_more else None)

    def _more(self, offset: int, deliver: Any) -> None:
        self.ask(ExchangeHistory(offset), lambda page: deliver(page.rows), slot="more")

    def _take_returned(self, rows: tuple[ReturnedView, ...]) -> None:
        self.returned.set_rows(rows)

    def _write(self, folder: Path) -> None:
        self.head.clear_banner()
        self.desk.runner.do(
            ExportBundles(folder),
            self._written,
            lambda error: self.panel.show_fault(self.desk.say(error)),
            title="正在导出，写完会读回核对",
        )

    def _written(self, written: tuple[Exported, ...]) -> None:
        self.panel.show_done(written)
        missing = sum(not item.is_written for item in written)
        self.done(f"已写好，但有 {missing} 个单位没有导出" if missing else "已写好并读回核对，可以拔出")

    def _taken(self, outcomes: tuple[BundleOutcome, ...]) -> None:
        text, state = summed_up(outcomes)
        self.head.show_banner(text, state)
        self.tabs.show_tab(HISTORY)
        self._show_side(self.pane)

    # building

    @cached_property
    def panel(self) -> ExportPanel:
        """Where to write; made when first opened, as the forms are."""
        made = self._beside(ExportPanel())
        made.wanted.connect(self._write)
        return made

    @cached_property
    def invite_form(self) -> InviteForm:
        return self._beside(InviteForm(self))

    @cached_property
    def admit_form(self) -> AdmitForm:
        return self._beside(AdmitForm(self))

    @cached_property
    def join_form(self) -> JoinForm:
        return self._beside(JoinForm(self))

    @cached_property
    def approve_form(self) -> ApproveForm:
        return self._beside(ApproveForm(self))

    @cached_property
    def keys_form(self) -> KeysForm:
        return self._beside(KeysForm(self))

    def _beside(self, form: Form) -> Form:
        self.side.addWidget(form)
        form.left.connect(lambda: self._show_side(self.pane))
        return form

    def _build_tables(self) -> None:
        self.history = history_table(
            empty="还没有收发记录。月末在这里导出上报包，交给上级。", first="导出", run=self.export
        )
        self.returned = returned_table()
        self.history.selected.connect(lambda row: self._show(HISTORY, row))
        self.returned.selected.connect(lambda row: self._show(RETURNED, row))
        if self.is_bureau:
            self.peers = peers_table(self.invite)
            self.peers.selected.connect(lambda row: self._show(PEERS, row))

    def _build_body(self) -> None:
        self.tabs = Tabs()
        keys = [None, Button("更换密钥", self.change_keys, icon="lock")]
        self.head.filters(self.tabs, *(keys if self.desk.may(Permission.ENROL) else ()))
        if self.is_bureau:
            self.tabs.add(PEERS, "往来单位", lambda: self.peers)
        self.tabs.add(HISTORY, "收发记录", lambda: self.history)
        self.tabs.add(RETURNED, "退回的记录", lambda: self.returned)
        self.tabs.shown.connect(self._show_tab)
        self.tabs.show_tab(PEERS if self.is_bureau else HISTORY)
        self.own_key = OwnKey()
        self.body.addWidget(self.own_key)
        self.body.addLayout(
            columns((Card(pad=1).add(self.tabs.stack, stretch=1), 1), (self.side, 400), least=580), 1
        )

    def _show_side(self, part: QWidget) -> None:
        self.side.setCurrentWidget(part)
        if part is not self.pane:
            bring_into_view(self.side)

    def _show_tab(self, key: str) -> None:
        table = {HISTORY: self.history, RETURNED: self.returned}.get(key) or self.peers
        self._show(key, table.current())

    def _show(self, key: str, row: Any) -> None:
        """The pane follows the table in front."""
        if key != self.tabs.key:
            return
        if key == HISTORY:
            fill_bundle_pane(self.pane, row)
        elif key == PEERS:
            show_peer(self.pane, row, self.found)
        else:
            show_returned(self.pane, row)


PAGE = Page("exchange", "收发", "exchange", ExchangePage, group=1, order=8, permission=Permission.EXCHANGE)

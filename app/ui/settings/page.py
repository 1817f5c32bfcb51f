"""The settings page: the office's settings, the readings of the document, accounts, sites, records and alarms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.kernel.permissions import Permission
from app.services.office.journal import OpenAlarms
from app.ui.desk import Desk
from app.ui.page import Page
from app.ui.settings.accounts import AccountsTab
from app.ui.settings.backup import BackupTab
from app.ui.settings.options import OptionsTab
from app.ui.settings.records import JournalTab, SecurityTab
from app.ui.settings.sites import SitesTab
from app.ui.settings.update import UpdateTab
from app.ui.tabbed_page import TabbedPage
from app.ui.widgets.button import PRIMARY
from app.ui.widgets.tabs import Tabs

_NEW = {"accounts": "新增账号", "sites": "新增站点"}
_LEADS = {
    "office": "本单位的显示、安全、签到台、收发和备份",
    "pack": "文件没有写明之处本单位怎么读，改动影响结算，须有理由",
    "accounts": "谁能登录，能做什么",
    "sites": "站点、值班频次和接入情况",
    "backup": "电脑坏了，只有备份能把数据找回来",
    "update": "用 U 盘上的更新文件升级程序",
    "journal": "每一步操作都有记录，不能删改",
    "security": "登录失败、越权和警报",
}


class SettingsPage(TabbedPage):
    """Tabs; only those whose right the person has."""

    help_key = "settings"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "设置")

    def build(self) -> Iterator[None]:
        self.tabs = Tabs()
        self.tabs.add("office", "本单位", lambda: OptionsTab(self, is_pack=False))
        self.tabs.add("pack", "文件读法", lambda: OptionsTab(self, is_pack=True))
        if self.desk.may(Permission.MANAGE_ACCOUNTS):
            self.tabs.add("accounts", "账号", lambda: AccountsTab(self))
        self.tabs.add("sites", "站点", lambda: SitesTab(self))
        if self.desk.may(Permission.KEEP_OFFICE):
            self.tabs.add("backup", "备份与检查", lambda: BackupTab(self))
            self.tabs.add("update", "更新", lambda: UpdateTab(self))
        if self.desk.may(Permission.DISMISS_ALARM):
            self.tabs.add("journal", "操作记录", lambda: JournalTab(self))
            self.tabs.add("security", "安全事件", lambda: SecurityTab(self))
        self.new_button = self.head.action("新增", self.new_item, kind=PRIMARY, keys="Ctrl N")
        self.head.filters(self.tabs)
        self.body.addWidget(self.tabs.stack, 1)
        self.tabs.shown.connect(self._shown)
        yield
        self.tabs.show_tab("office")

    def refresh(self) -> None:
        super().refresh()
        self.ask(OpenAlarms(), self._count_alarms)

    def open_with(self, **wanted: Any) -> None:
        super().open_with(**wanted)
        tab = self.tab()
        if isinstance(tab, UpdateTab) and wanted.get("file"):
            tab.read(wanted["file"])
        if isinstance(tab, SitesTab) and wanted.get("site"):
            tab.wanted = str(wanted["site"])
            tab.load()

    def _shown(self, key: str) -> None:
        self.head.set_lead(_LEADS[key])
        self.head.clear_banner()
        may = self.desk.may(Permission.MANAGE_SITES) and self.desk.is_bureau
        self.new_button.setVisible(key == "accounts" or (key == "sites" and may))
        self.new_button.set_text(_NEW.get(key, "新增"))
        tab = self.tab()
        if tab is not None:
            tab.load()

    def _count_alarms(self, count: int) -> None:
        if "security" in self.tabs.names():
            self.tabs.set_title("security", f"安全事件（{count} 待处理）" if count else "安全事件")


PAGE = Page("settings", "设置", "settings", SettingsPage, group=2, order=1, permission=Permission.LOOK)

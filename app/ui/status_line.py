"""Keeps the window's edges up to date: receipts and backups below, who sits duty above, what waits in the navigation."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer

from app.services.exchange.desk import DeskView, ExchangeDesk
from app.services.office.last_backup import BackupAge, LastBackup
from app.services.today.today_desk import DayNote
from app.services.today.urgent_kinds import UrgentKind
from app.services.today.waiting import Waiting
from app.ui.begun_imports import BegunImports
from app.ui.by_itself import DailyBackup
from app.ui.freshness import Freshness
from app.ui.shell import Shell
from app.ui.status_words import exchange_words
from app.ui.today.urgent_steps import badges

EVERY_MS = 10 * 60_000


class StatusLine(QObject):
    """Asks anew when a table it was read from is touched, and every ten minutes; what goes on beside the work is told too."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._often = QTimer(self, interval=EVERY_MS)
        self._often.timeout.connect(self.refresh)
        self._often.start()
        self._fresh = Freshness(self, shell.desk.runner, self.refresh)
        self._fresh.show()
        self._begun = BegunImports(shell)
        DailyBackup(self, shell.desk.runner, shell.status.show_beside, self._not_backed_up)

    def refresh(self) -> None:
        """Ask for all of it."""
        runner = self._shell.desk.runner
        runner.ask(ExchangeDesk(), self._show_exchange, owner=self)
        runner.ask(LastBackup(), self._show_backup, owner=self)
        runner.ask(DayNote(), self._shell.set_day_note, owner=self)
        runner.ask(Waiting(), self._show_waiting, owner=self)

    def _show_exchange(self, desk: DeskView) -> None:
        self._shell.status.show_receipt(exchange_words(desk))

    def _show_waiting(self, counts: Mapping[UrgentKind, int]) -> None:
        self._shell.set_badges(badges(counts, is_bureau=self._shell.desk.is_bureau))

    def _not_backed_up(self, error: Exception) -> None:
        self._shell.toast(f"今天的自动备份没有做成：{self._shell.desk.say(error)}", "fault")

    def _show_backup(self, backup: BackupAge) -> None:
        if backup.at is None:
            self._shell.status.show_backup("还没有备份", "fault")
            return
        is_today = backup.at.date() == self._shell.desk.today()
        when = f"今天 {backup.at:%H:%M}" if is_today else f"{backup.at.month}月{backup.at.day}日"
        self._shell.status.show_backup(f"上次备份 {when}", "fault" if backup.is_old else "")

"""The backup of the day is made beside the work; what keeps it from being made is said once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.services.office.backups import Backups
from app.services.office.settings import ChangeSetting
from app.ui.by_itself import DailyBackup
from app.ui.status_line import StatusLine
from tests.exchange.offices import Place
from tests.exchange.pair import county
from tests.ui.exchange_windows import OpenShell, open_shell, settle

__all__ = ["county", "open_shell"]


def daily(line: StatusLine) -> DailyBackup:
    found = line.findChild(DailyBackup)
    assert isinstance(found, DailyBackup)
    return found


def test_the_window_backs_up_without_being_asked(qtbot: Any, county: Place, open_shell: OpenShell) -> None:
    shell = open_shell(county)
    shell.go("inbox")
    line = StatusLine(shell)
    daily(line).run()
    settle(qtbot, shell)
    files = county.ask(Backups()).files
    assert len(files) == 1 and shell.status.beside.text() == ""
    assert shell.status.backup.text().startswith("上次备份") and shell.progress.dialogs == {}


def test_a_folder_that_is_gone_is_said_once(
    qtbot: Any, county: Place, open_shell: OpenShell, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    county.do(ChangeSetting("backup_folder", str(tmp_path / "file" / "stick")))
    shell = open_shell(county)
    said: list[tuple[str, str]] = []
    shell.toast = lambda text, state="done": said.append((text, state))  # type: ignore[method-assign,assignment]
    shell.go("inbox")
    line = StatusLine(shell)
    for _ in range(2):
        daily(line).run()
        settle(qtbot, shell)
    assert [state for _, state in said] == ["fault"] and said[0][0].startswith("今天的自动备份没有做成：")

"""The tab of health and backups on a real office: checks, backups, another folder, a new recovery code; F1 at the start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel

from app.errors import Refused
from app.paths import DataDir
from app.services.security.accounts import AddAccount
from app.services.security.renew_recovery_code import RenewRecoveryCode
from app.ui.help.window import HelpWindow
from app.ui.look import Appearance
from app.ui.settings.backup import BackupTab
from app.ui.settings.page import SettingsPage
from app.ui.start.context import Start
from app.ui.start.window import StartWindow
from app.ui.widgets.code_groups import CodeGroups
from app.ui.widgets.preview import Preview
from app.values import Role
from tests.services.conftest import Desk, county, make_desk, station  # noqa: F401
from tests.ui.office_desk import Shown

Open = Callable[..., Shown]


@pytest.fixture
def shown(qtbot: Any) -> Iterator[Open]:
    """Opens the tab; its threads end before the office closes."""
    opened: list[Shown] = []

    def show(office: Desk, actor: Any = None) -> Shown:
        one = Shown(qtbot, office, SettingsPage, actor)
        opened.append(one)
        one.page.open_with(tab="backup")
        one.settle()
        return one

    yield show
    for one in opened:
        one.close()


def tab_of(one: Shown) -> BackupTab:
    tab = one.page.tab()  # type: ignore[attr-defined]
    assert isinstance(tab, BackupTab)
    return tab


def press(one: Shown, words: str) -> None:
    """Press the button of these words that can be seen."""
    QApplication.processEvents()
    found = [b for b in one.page.findChildren(QAbstractButton) if b.text() == words and b.isVisible()]
    assert found, words
    found[-1].click()
    one.settle()
    one.settle()


def words_of(widget: Any) -> str:
    QApplication.processEvents()
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def health(one: Shown) -> dict[str, bool]:
    return {item.key: item.is_good for item in tab_of(one).table.rows()}


def test_the_checks_say_what_wants_doing_and_a_backup_mends_it(shown: Open, county: Desk) -> None:
    one = shown(county)
    assert health(one)["database"] and not health(one)["backups"]
    assert tab_of(one).table.current().key == "backups" and "还没有备份" in words_of(tab_of(one).detail)
    press(one, "立即备份")
    assert all(health(one).values())
    [file] = tab_of(one).files.rows()
    assert file.age == "今天" and (county.office.data.backups / file.id).exists()
    assert one.toasts.said[-1].startswith("已备份并读回核对")
    assert "从备份恢复" in words_of(tab_of(one).detail)
    one.picture("backup")


def test_a_backup_goes_to_the_folder_that_is_chosen(
    shown: Open,
    county: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(stick))
    one = shown(county)
    press(one, "备份到…")
    assert len(list(stick.glob("*.hmbak"))) == 1 and tab_of(one).files.rows() == []
    assert "还没有备份" not in words_of(tab_of(one).detail)


def test_a_new_recovery_code_is_shown_once_and_printed(
    shown: Open,
    county: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[Preview] = []
    monkeypatch.setattr(Preview, "exec", lambda preview: seen.append(preview))
    one = shown(county)
    press(one, "更换恢复码…")
    form = tab_of(one).side.currentWidget()
    form.form.set_values({"code": "AAAA-BBBB"})  # type: ignore[attr-defined]
    one.page.save_item()
    one.settle()
    assert one.page.head.banner.words.text().startswith("E007") or "E007" in words_of(form)
    form.form.set_values({"code": county.recovery.lower()})  # type: ignore[attr-defined]
    one.page.save_item()
    one.settle()
    one.settle()
    [groups] = tab_of(one).findChildren(CodeGroups)
    one.page.refresh()
    one.settle()
    assert groups.isVisible()
    press(one, "打印保管单…")
    assert seen[0].paper.pdf.startswith(b"%PDF")
    press(one, "已打印或抄下")
    assert "最近一份" in words_of(tab_of(one).detail)
    with pytest.raises(Refused, match="E007"):
        county.do(RenewRecoveryCode(county.recovery))


def test_who_may_not_keep_the_office_does_not_see_the_tab(shown: Open, county: Desk) -> None:
    county.do(AddAccount("caiwu", "Caiwu-2022", (Role.cashier.value,), "申玉梅"))
    county.do(AddAccount("banshi", "Banshi-2022", (Role.clerk.value,), "柴秀英"))
    cashier, clerk = county.office.actor_of("caiwu"), county.office.actor_of("banshi")
    assert "backup" not in shown(county, cashier).page.tabs.names()  # type: ignore[attr-defined]
    one = shown(county, clerk)
    assert "更换恢复码…" not in [b.text() for b in tab_of(one).findChildren(QAbstractButton) if b.isVisible()]


def test_f1_before_the_login_opens_the_chapter_of_the_start(qtbot: Any, tmp_path: Path, county: Desk) -> None:
    window = StartWindow(Start(DataDir(tmp_path / "empty"), county.clock), Appearance())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_F1)
    found = window.findChild(HelpWindow)
    assert isinstance(found, HelpWindow) and found.key == "start"
    window.close()

"""The tab of updates on a real office and a small program: what a file brings, installed after a backup, and back again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton

from app.services.office.journal import Journal
from app.services.update import install_here, offer
from app.services.update.installation import Installation
from app.ui.settings.page import SettingsPage
from app.ui.settings.update import UpdateTab
from tests.services.conftest import Desk, county, make_desk  # noqa: F401
from tests.ui.office_desk import Shown
from tests.ui.test_backup_tab import press, words_of
from tests.update.small_program import FIRST, SECOND, Maker, contents, installed, started

Open = Callable[..., Shown]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """The program's folder, in the place of the one that runs."""
    made = installed(tmp_path / "program")
    for module in (offer, install_here):
        monkeypatch.setattr(module, "installation", lambda _base=None: made)
    return made


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maker:
    """Whose key the program trusts."""
    made = Maker(tmp_path / "maker")
    for module in (offer, install_here):
        monkeypatch.setattr(module, "release_keys", lambda: made.keys)
    return made


@pytest.fixture
def shown(qtbot: Any) -> Iterator[Open]:
    opened: list[Shown] = []

    def show(office: Desk, **wanted: Any) -> Shown:
        one = Shown(qtbot, office, SettingsPage)
        opened.append(one)
        one.page.open_with(tab="update", **wanted)
        one.settle()
        return one

    yield show
    for one in opened:
        one.close()


def tab_of(one: Shown) -> UpdateTab:
    tab = one.page.tab()  # type: ignore[attr-defined]
    assert isinstance(tab, UpdateTab)
    return tab


def test_a_file_is_read_installed_after_a_backup_and_gone_back_from(
    shown: Open,
    county: Desk,
    place: Installation,
    maker: Maker,
) -> None:
    one = shown(county, file=maker.update())
    told = words_of(tab_of(one).detail)
    assert f"更新到 {SECOND}" in told and "修正签到" in told and started(place) == FIRST
    press(one, "备份并安装")
    assert started(place) == SECOND and "现在重新打开" in _buttons(one)
    assert len(list(county.office.data.backups.glob("*.hmbak"))) == 1
    line = county.ask(Journal())[0]
    assert line.title == "更换程序版本" and f"{FIRST} → {SECOND}，备份 huimin-" in line.why
    rows = tab_of(one).table.rows()
    assert [(row.id, row.state) for row in rows] == [(SECOND, "现在用的"), (FIRST, "上一版")]
    tab_of(one).table.select(rows[1])
    press(one, "退回这一版…")
    press(one, "退回")
    assert started(place) == FIRST, words_of(one.page)


def _buttons(one: Shown) -> list[str]:
    return [b.text() for b in one.page.findChildren(QAbstractButton) if b.isVisible()]


def test_a_foreign_file_is_refused_and_nothing_is_backed_up(
    shown: Open,
    county: Desk,
    place: Installation,
    maker: Maker,
    tmp_path: Path,
) -> None:
    kept = contents(place.base)
    one = shown(county, file=Maker(tmp_path / "stranger").update())
    assert "E967" in words_of(one.page)
    assert "备份并安装" not in _buttons(one)
    assert contents(place.base) == kept and not county.office.data.backups.exists()


def test_a_program_that_was_not_installed_says_so(shown: Open, county: Desk) -> None:
    one = shown(county)
    assert "不是用安装包装的" in words_of(tab_of(one).detail)
    assert not tab_of(one).file.isEnabled()

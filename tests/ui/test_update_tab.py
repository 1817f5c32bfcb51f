"""The tab of updates on a real office and a small program: what a file brings, installed after a backup, and back again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton

from app import __version__
from app.services.office.journal import Journal
from app.services.office.settings import ChangeSetting
from app.services.update import hand_down, install_here, offer
from app.services.update.hand_down import HandDownUpdate
from app.services.update.installation import Installation
from app.ui.settings.page import SettingsPage
from app.ui.settings.update import UpdateTab
from tests.exchange.offices import JIEZHOU, Place, enrol, make_county
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


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    """A bureau and one of its stations."""
    bureau = make_county(tmp_path)
    station = enrol(bureau, tmp_path, JIEZHOU)
    yield bureau, station
    station.office.close()
    bureau.office.close()


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


def test_a_bureau_hands_down_what_is_for_another_system(
    shown: Open, county: Desk, place: Installation, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hand_down, "release_keys", lambda: maker.keys)
    one = shown(county, file=maker.update(system="windows"))
    assert "本机不装：E969" in words_of(tab_of(one).detail) and "备份并安装" not in _buttons(one)
    press(one, "下发给下级")
    assert f"已下发 {SECOND}（Windows" in words_of(one.page)
    press(one, "下发给下级")
    assert "E998" in words_of(one.page)


def test_a_station_is_offered_what_was_handed_down(
    shown: Open,
    pair: tuple[Place, Place],
    place: Installation,
    maker: Maker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bureau, station = pair
    monkeypatch.setattr(hand_down, "release_keys", lambda: maker.keys)
    bureau.do(HandDownUpdate(maker.update()))
    station.take(bureau.export()[0].file)
    one = shown(station)
    assert f"上级下发了 {SECOND}" in words_of(tab_of(one)) and "看看这个更新" not in _buttons(one)
    station.do(ChangeSetting("inbox_folder", str(bureau.stick)))
    tab_of(one).load()
    one.settle()
    if folder := os.environ.get("HUIMIN_SHOTS"):
        one.page.window().resize(1366, 698)
        one.settle()
        one.page.window().grab().save(f"{folder}/handed-update.png")
    press(one, "看看这个更新")
    press(one, "备份并安装")
    assert started(place) == SECOND


def test_a_bureau_sees_which_version_each_unit_uses(
    shown: Open, pair: tuple[Place, Place], maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau, station = pair
    monkeypatch.setattr(hand_down, "release_keys", lambda: maker.keys)
    bureau.take(*(one.file for one in station.export()))
    bureau.do(HandDownUpdate(maker.update()))
    one = shown(bureau)
    [row] = tab_of(one).below.rows()
    assert (row.version, row.waits_for) == (__version__, SECOND)
    assert not tab_of(one).below.isHidden()
    if folder := os.environ.get("HUIMIN_SHOTS"):
        one.page.window().resize(1366, 698)
        one.settle()
        one.page.window().grab().save(f"{folder}/programs-below.png")

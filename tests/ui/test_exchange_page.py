"""收发 on a real county and station: export to a stick, the code, replies, enrolment, what came back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.ui.exchange.bundle_words import state_word
from app.ui.exchange.drives import Drive, is_removable, size_words
from app.ui.exchange.export_panel import ExportPanel
from app.ui.exchange.importing import local_paths, summed_up
from tests.exchange.offices import JIEZHOU, LONGJU, Place
from tests.exchange.pair import TypePerson, county, station
from tests.ui.exchange_windows import OpenShell, open_shell, settle, shoot

__all__ = ["county", "open_shell", "station"]


def page_of(qtbot: Any, shell: Any) -> Any:
    shell.go("exchange")
    settle(qtbot, shell)
    return shell.view()


def test_a_station_exports_by_keyboard_and_hears_that_it_may_be_pulled(
    qtbot: Any, county: Place, station: Place, open_shell: OpenShell
) -> None:
    for name in ("孙丽", "秦岚"):
        station.do(TypePerson(name))
    shell = open_shell(station)
    page = page_of(qtbot, shell)
    assert page.head.lead.whole() == "待上报 2 条，其中 2 条未导出 · 还没有收到过回执"
    page.panel._find = lambda: [Drive(station.stick, "KINGSTON", 3_200_000_000)]
    shoot(shell, "exchange-station-empty")
    qtbot.keyClick(shell, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.side.currentWidget() is page.panel
    assert [button.text() for button in page.panel.buttons] == ["KINGSTON　剩余 3.0 GB"]
    assert page.panel.target() == station.stick
    shoot(shell, "exchange-station-export")
    page.panel.go.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    settle(qtbot, shell)
    [file] = station.stick.glob("*.hmb")
    [code] = [row.check_code for row in page.history.rows()]
    shown = [one.text for one in page.panel.findChildren(type(_figure()))]
    assert shown == [f"{code[:4]} {code[4:]}"]
    shoot(shell, "exchange-station-done")
    assert [(row.way, state_word(row)) for row in page.history.rows()] == [("导出", "已导出待回执")]
    county.take(file)
    page.take((Path(county.export()[0].file),))
    settle(qtbot, shell)
    assert page.head.banner.words.text() == "1 个包：1 个已接收（新增 23 条）。"
    assert [state_word(row) for row in page.history.rows()] == ["已接收", "已接收"]
    page.history.select(page.history.rows()[1])
    shoot(shell, "exchange-station-received")
    assert page.head.lead.whole().startswith("待上报 0 条 · 上次回执 5月10日")


def _figure() -> Any:
    from app.ui.widgets.figure import BigFigure

    return BigFigure()


def test_a_full_or_missing_stick_is_told_in_the_panel(
    qtbot: Any, station: Place, open_shell: OpenShell, tmp_path: Path
) -> None:
    shell = open_shell(station)
    page = page_of(qtbot, shell)
    page.export()
    page.panel._write()
    assert page.panel.banner.words.text() == "请先插入 U 盘或选择文件夹"
    page.panel.folder.set_value(tmp_path / "gone")
    page.panel._write()
    settle(qtbot, shell)
    assert page.panel.banner.words.text().startswith("E736 找不到文件夹“gone”")
    assert page.panel.go.isEnabled()
    assert page.history.rows() == []
    shoot(shell, "exchange-station-fault")


def test_esc_leaves_the_panel(qtbot: Any, station: Place, open_shell: OpenShell) -> None:
    page = page_of(qtbot, open_shell(station))
    page.export()
    assert page.go_back()
    assert page.side.currentWidget() is page.pane
    assert not page.go_back()


def test_a_county_invites_admits_and_writes_all_replies(
    qtbot: Any, county: Place, station: Place, open_shell: OpenShell, tmp_path: Path
) -> None:
    from app.paths import DataDir
    from app.services.exchange.enrol import enrol_office

    shell = open_shell(county)
    page = page_of(qtbot, shell)
    assert [peer.name for peer in page.peers.rows()] == ["盐湖区解州镇公共法律服务工作站"]
    page.invite()
    settle(qtbot, shell)
    page.invite_form.site.set_value(LONGJU)
    page.invite_form.out.set_value(tmp_path / "登记邀请.hme")
    page.invite_form.submit()
    settle(qtbot, shell)
    shoot(shell, "exchange-county-invited")
    office, _, step = enrol_office(
        DataDir(tmp_path / "longju"),
        tmp_path / "登记邀请.hme",
        tmp_path / "答复.hme",
        "admin",
        "Longju-2022",
        county.clock,
    )
    office.close()
    page.admit()
    page.admit_form.file.set_value(tmp_path / "答复.hme")
    page.admit_form._read()
    settle(qtbot, shell)
    page.admit_form.submit()
    assert "冒充" in page.admit_form.compared.fault()
    page.admit_form.compared.set_value(True)
    shoot(shell, "exchange-county-admit")
    page.admit_form.submit()
    settle(qtbot, shell)
    shoot(shell, "exchange-county-admitted")
    assert {peer.site: peer.state for peer in page.peers.rows()} == {JIEZHOU: "admitted", LONGJU: "admitted"}
    assert next(peer for peer in page.peers.rows() if peer.site == LONGJU).fingerprint == step.fingerprint
    page.export()
    page.panel.folder.set_value(county.stick)
    page.panel._choose(None)
    page.panel._write()
    settle(qtbot, shell)
    assert len(list(county.stick.glob("*.hmb"))) == 2
    shoot(shell, "exchange-county-done")
    page.go_back()
    page.peers.select(page.peers.rows()[0])
    shoot(shell, "exchange-county")


def test_a_wrong_answer_file_is_refused_in_a_sentence(
    qtbot: Any, county: Place, open_shell: OpenShell, tmp_path: Path
) -> None:
    shell = open_shell(county)
    page = page_of(qtbot, shell)
    (tmp_path / "x.hme").write_text("不是答复", "utf-8")
    page.admit()
    page.admit_form.file.set_value(tmp_path / "x.hme")
    page.admit_form._read()
    settle(qtbot, shell)
    assert page.head.banner.words.text().startswith("E7")


def test_a_returned_record_is_listed_with_its_reason(
    qtbot: Any, county: Place, station: Place, open_shell: OpenShell
) -> None:
    person = station.do(TypePerson("孙丽"))
    station.do(TypePerson(person_id=person, organisation="长" * 20_001))
    county.take(station.export()[0].file)
    station.take(county.export()[0].file)
    shell = open_shell(station)
    page = page_of(qtbot, shell)
    assert "1 条被退回" in page.head.lead.whole()
    page.tabs.show_tab("returned")
    [row] = page.returned.rows()
    assert (row.title, row.row_id) == ("人员", person)
    page.returned.select(row)
    shoot(shell, "exchange-station-returned")


def test_sticks_come_and_go_while_the_panel_is_open(qtbot: Any, tmp_path: Path) -> None:
    from app.services.exchange.desk import DeskView

    found: list[Drive] = []
    panel = ExportPanel(lambda: list(found))
    qtbot.addWidget(panel)
    panel.begin(DeskView(peers=(), waiting=0, parked=0, alarms=0))
    assert panel.target() is None
    found.append(Drive(tmp_path / "a", "A", 10))
    panel._look_for_sticks()
    assert panel.target() == tmp_path / "a"
    found.append(Drive(tmp_path / "b", "B", 10))
    panel._look_for_sticks()
    assert panel.target() == tmp_path / "a"
    panel.buttons[1].click()
    assert panel.target() == tmp_path / "b"
    found.pop()
    panel._look_for_sticks()
    assert panel.target() in (None, tmp_path / "a")


@pytest.mark.parametrize(
    ("size", "words"), [(900, "900 B"), (11 * 2**20, "11 MB"), (3_200_000_000, "3.0 GB")]
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert size_words(size) == words


def test_only_what_can_be_pulled_is_a_stick() -> None:
    assert is_removable(Path("/media/stick")) and is_removable(Path("/run/media/clerk/KINGSTON"))
    assert not is_removable(Path("/")) and not is_removable(Path("/var"))


def test_only_bundles_and_folders_are_taken_when_dropped(tmp_path: Path) -> None:
    bundle, other = tmp_path / "a.hmb", tmp_path / "b.txt"
    bundle.touch()
    other.touch()
    assert local_paths([str(bundle), str(other), str(tmp_path), ""]) == (bundle, tmp_path)
    assert summed_up(())[1] == "due"

"""收件 on a real county: several bundles at once, what was checked of each, parked ones, alarms until dismissed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from sqlalchemy.orm import Session

from app.models.records import SecurityEvent
from app.ui.exchange.bundle_words import check_facts, state_word
from tests.exchange.offices import LONGJU, Place, enrol, make_county
from tests.exchange.pair import TypePerson, county, station
from tests.exchange.test_exchange_round import _export_only_newest
from tests.ui.exchange_windows import OpenShell, open_shell, settle, shoot

__all__ = ["county", "open_shell", "station"]


def page_of(qtbot: Any, shell: Any) -> Any:
    shell.go("inbox")
    settle(qtbot, shell)
    return shell.view()


def take(qtbot: Any, shell: Any, page: Any, *files: Any) -> str:
    """Take files in; the banner's sentence."""
    page.take(tuple(Path(file) for file in files))
    settle(qtbot, shell)
    return str(page.head.banner.words.text())


def test_case_10_many_at_once_one_bad_each_with_its_outcome(
    qtbot: Any, county: Place, station: Place, open_shell: OpenShell, tmp_path: Path
) -> None:
    other = enrol(county, tmp_path, LONGJU)
    folder = tmp_path / "全县"
    folder.mkdir()
    for place, name in ((station, "孙丽"), (other, "秦岚")):
        place.do(TypePerson(name))
        place.stick = folder
        place.export()
    bad = folder / "00000000.hmb"
    bad.write_bytes(next(folder.glob("*.hmb")).read_bytes()[:500])
    other.office.close()
    shell = open_shell(county)
    page = page_of(qtbot, shell)
    shoot(shell, "inbox-empty")
    assert take(qtbot, shell, page, folder) == "3 个包：1 个未接收，2 个已接收（新增 2 条）。"
    rows = page.table.rows()
    assert sorted(state_word(row) for row in rows) == ["已接收", "已接收", "未接收"]
    [refused] = [row for row in rows if state_word(row) == "未接收"]
    assert refused.code == "E728"
    page.table.select(refused)
    shoot(shell, "inbox-refused")
    good = next(row for row in rows if state_word(row) == "已接收")
    page.table.select(good)
    assert [fact[:2] for fact in check_facts(good)] == [("签名", "有效"), ("序号", "连续")]
    assert good.content == "人员 1 条"
    shoot(shell, "inbox")


def test_case_01_again_is_nothing_new(
    qtbot: Any, county: Place, station: Place, open_shell: OpenShell
) -> None:
    station.do(TypePerson("孙丽"))
    file = station.export()[0].file
    county.take(file)
    shell = open_shell(county)
    page = page_of(qtbot, shell)
    assert take(qtbot, shell, page, file) == "1 个包：1 个无新内容。"


def test_case_04_a_parked_bundle_names_what_is_missing_and_leaves_when_the_gap_closes(
    qtbot: Any, county: Place, station: Place, open_shell: OpenShell
) -> None:
    station.do(TypePerson("甲"))
    first = _export_only_newest(station)
    station.do(TypePerson("乙"))
    second = _export_only_newest(station)
    shell = open_shell(county)
    page = page_of(qtbot, shell)
    assert "1 个待补前包" in take(qtbot, shell, page, second)
    page.tabs.show_tab("parked")
    [parked] = page.parked.rows()
    assert "第 1 条到第 1 条" in parked.text
    assert "待补前包 1 个" in page.head.lead.whole()
    shoot(shell, "inbox-parked")
    take(qtbot, shell, page, first)
    assert page.parked.rows() == []
    assert [state_word(row) for row in page.table.rows()] == ["已接收", "已接收"]


def test_a_parked_bundle_is_discarded_with_a_reason(
    qtbot: Any, county: Place, station: Place, open_shell: OpenShell
) -> None:
    station.do(TypePerson("甲"))
    _export_only_newest(station)
    station.do(TypePerson("乙"))
    shell = open_shell(county)
    page = page_of(qtbot, shell)
    take(qtbot, shell, page, _export_only_newest(station))
    assert not page.discard.isVisibleTo(page)
    page.tabs.show_tab("parked")
    page.parked.select(page.parked.rows()[0])
    assert page.discard.isVisibleTo(page)
    page.discard.click()
    page.confirm._do()
    assert page.confirm.reason().fault() == "请写明理由"
    page.confirm.reason().set_value("站点已重新导出")
    page.confirm._do()
    settle(qtbot, shell)
    assert page.parked.rows() == []
    assert [state_word(row) for row in page.table.rows()] == ["未接收"]
    assert not list(county.office.data.quarantine.glob("*.hmb"))


def test_an_alarm_stays_until_somebody_says_what_was_found(
    qtbot: Any, county: Place, station: Place, open_shell: OpenShell, tmp_path: Path
) -> None:
    stranger_county = make_county(tmp_path / "elsewhere")
    station.do(TypePerson("孙丽"))
    file = station.export()[0].file
    revoke_all(county)
    stranger_county.office.close()
    shell = open_shell(county)
    page = page_of(qtbot, shell)
    assert take(qtbot, shell, page, file).startswith("1 个包：1 个警报。E722")
    assert not page.alarms.isHidden()
    shoot(shell, "inbox-alarm")
    page.alarms.buttons[0].click()
    page.alarms.confirm._do()
    assert page.alarms.confirm.reason().fault() == "请写明理由"
    page.alarms.confirm.reason().set_value("电话核实：该站重装过电脑，已重新登记")
    shoot(shell, "inbox-dismiss")
    page.alarms.confirm._do()
    settle(qtbot, shell)
    assert page.alarms.isHidden()
    with Session(county.office.database.reader) as session:
        [event] = session.query(SecurityEvent).filter_by(is_alarm=True)
        assert event.dismissed_by == county.actor.account


def revoke_all(county: Place) -> None:
    """As after a station's computer was lost: its key no longer counts."""
    from sqlalchemy import text

    with county.office.database.writer.begin() as connection:
        connection.execute(text("UPDATE peer_key SET state = 'revoked'"))


def test_files_and_folders_are_taken_when_dropped(
    qtbot: Any, county: Place, station: Place, open_shell: OpenShell
) -> None:
    station.do(TypePerson("孙丽"))
    station.export()
    shell = open_shell(county)
    page = page_of(qtbot, shell)
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(station.stick))])
    page.dropEvent(
        QDropEvent(
            QPoint(5, 5).toPointF(),
            Qt.DropAction.CopyAction,
            dropped,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    settle(qtbot, shell)
    assert [state_word(row) for row in page.table.rows()] == ["已接收"]


def test_no_bundle_at_all_is_told(qtbot: Any, county: Place, open_shell: OpenShell, tmp_path: Path) -> None:
    shell = open_shell(county)
    page = page_of(qtbot, shell)
    empty = tmp_path / "空"
    empty.mkdir()
    assert "没有上报包（.hmb 文件）" in take(qtbot, shell, page, empty)
    (tmp_path / "x.hmb").write_text("x")
    assert take(qtbot, shell, page, tmp_path / "x.hmb").startswith("1 个包：1 个未接收。E701 ")


def test_the_list_names_files_and_reasons_and_greys_what_this_office_wrote_itself(
    qtbot: Any, county: Place, station: Place, open_shell: OpenShell, tmp_path: Path
) -> None:
    county.do(TypePerson("孙丽"))
    own = county.export()[0].file
    bad = tmp_path / "坏包.hmb"
    bad.write_bytes(b"not a bundle")
    shell = open_shell(county)
    page = page_of(qtbot, shell)
    take(qtbot, shell, page, own, bad)
    rows = {row.file: row for row in page.table.rows()}
    columns = {column.key: column for column in page.table.model.columns}
    assert {"发来单位", "文件", "状态"} <= set(page.table.shown().titles)
    mine, broken = rows[Path(own).name], rows["坏包.hmb"]
    assert mine.is_own and mine.peer == "140802" and columns["state"].text(mine) == "本单位写出"
    assert columns["file"].tone(mine) == "none" and columns["file"].tone(broken) is None
    assert broken.code in columns["peer_name"].sub(broken) and broken.text in columns["peer_name"].sub(broken)
    assert "本单位自己写出" in columns["peer_name"].sub(mine)
    shoot(shell, "inbox-own")

"""The page of imports on a real office: template, check, faults, import, skipping, undoing, dropped files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog

from app.services.importing.batches import ImportBatches
from app.services.importing.import_workbook import import_kinds
from app.services.people.add_person import AddPerson
from app.services.people.pool import Pool
from app.services.security.accounts import AddAccount
from app.ui.importing.page import ImportPage
from tests.services.conftest import Desk, county, make_desk, station  # noqa: F401
from tests.services.test_importing import row, sheet
from tests.ui.office_desk import Shown

Open = Callable[..., Shown]


@pytest.fixture
def shown(qtbot: Any) -> Iterator[Open]:
    """Opens the page; its threads end before the office closes."""
    opened: list[Shown] = []

    def show(office: Desk) -> Shown:
        opened.append(Shown(qtbot, office, ImportPage))
        return opened[-1]

    yield show
    for one in opened:
        one.close()


def page_of(one: Shown) -> ImportPage:
    assert isinstance(one.page, ImportPage)
    return one.page


def press(page: Any, words: str) -> None:
    """Press the button of these words that can be seen and pressed."""
    QApplication.processEvents()
    found = [
        b for b in page.findChildren(QAbstractButton) if b.text() == words and b.isVisible() and b.isEnabled()
    ]
    assert found, words
    found[-1].click()


def take(one: Shown, path: Path) -> None:
    page_of(one).check_view.take_file(path)
    one.settle()


def bad_sheet(folder: Path) -> Path:
    return sheet(folder / "人员.xlsx", [row("卫明", "1"), row("孙丽", "2", 人员类别="厨师")])


def names(office: Desk) -> list[str]:
    return [person.name for person in office.ask(Pool())]


def test_every_kind_is_offered_with_what_it_is_for(shown: Open, county: Desk) -> None:
    view = page_of(shown(county)).check_view
    assert {kind.key for kind in view.kinds.rows()} == set(import_kinds())
    page_of(shown(county)).open_with(kind="people")
    view.choose("complaints")
    assert view.kind.key == "complaints" and "被投诉人" in view.needs.text()


def test_a_template_is_saved(
    shown: Open, county: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = shown(county)
    target = tmp_path / "模板.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(target), ""))
    press(one.page, "下载模板…")
    one.settle()
    assert load_workbook(target).worksheets[0].cell(1, 1).value == "姓名"
    assert one.toasts.said[-1] == "模板已写到 模板.xlsx"


def test_p43_a_sheet_without_faults_is_checked_imported_and_undone(
    shown: Open, county: Desk, tmp_path: Path
) -> None:
    one = shown(county)
    view = page_of(one).check_view
    assert not view.import_button.isEnabled()
    take(one, sheet(tmp_path / "人员.xlsx", [row("卫明", "1")]))
    assert names(county) == [] and view.report is not None and not view.report.refused
    one.page.save_item()
    one.settle()
    assert names(county) == ["卫明"] and one.toasts.said[-1] == "已导入 1 行"
    assert not view.import_button.isEnabled()
    press(one.page, "撤销这次导入")
    one.settle()
    assert names(county) == [] and one.page.head.banner.isHidden()


def test_faults_are_listed_marked_and_nothing_is_stored(
    shown: Open,
    county: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []

    def note(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    one = shown(county)
    view = page_of(one).check_view
    take(one, bad_sheet(tmp_path))
    [fault] = view.faults.rows()
    assert (fault.row, fault.column) == (3, "人员类别") and fault.code in view.whole.text()
    assert not view.import_button.isEnabled()
    press(one.page, "打开标注的表格")
    assert Path(opened[0]).name == "人员-已标注.xlsx" and Path(opened[0]).exists()
    assert names(county) == []
    one.picture("import-faults")


def test_only_the_good_rows_are_imported_after_asking(shown: Open, county: Desk, tmp_path: Path) -> None:
    one = shown(county)
    take(one, bad_sheet(tmp_path))
    press(one.page, "跳过有误的行导入")
    assert page_of(one).check_view.confirm.isVisible() and names(county) == []
    assert one.page.go_back() and not one.page.go_back()
    press(one.page, "跳过有误的行导入")
    press(one.page, "导入 1 行")
    one.settle()
    assert names(county) == ["卫明"]


def test_another_kind_or_file_makes_the_check_void(shown: Open, county: Desk, tmp_path: Path) -> None:
    one = shown(county)
    view = page_of(one).check_view
    take(one, sheet(tmp_path / "人员.xlsx", [row("卫明", "1")]))
    view.choose("roster")
    assert view.report is None and not view.import_button.isEnabled()
    press(one.page, "先检查")
    one.settle()
    assert one.page.head.banner.words.text().startswith("E22")


@pytest.mark.parametrize("name", ["a.docx", "没有.xlsx", ""])
def test_what_cannot_be_imported_is_said_beneath_the_field(
    shown: Open, county: Desk, tmp_path: Path, name: str
) -> None:
    one = shown(county)
    view = page_of(one).check_view
    (tmp_path / "a.docx").write_text("x")
    view.file.set_value(tmp_path / name if name else None)
    press(one.page, "先检查")
    assert view.file.fault() and view.report is None


def test_a_file_dropped_on_the_page_is_checked(shown: Open, county: Desk, tmp_path: Path) -> None:
    one = shown(county)
    page = page_of(one)
    page.tabs.show_tab("history")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sheet(tmp_path / "人员.xlsx", [row("卫明", "1")])))])
    page.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    one.settle()
    assert page.tabs.key == "check"
    assert page.check_view.report is not None and page.check_view.report.accepted == 1


def test_imports_are_listed_and_undone_after_asking(shown: Open, county: Desk, tmp_path: Path) -> None:
    one = shown(county)
    page = page_of(one)
    take(one, sheet(tmp_path / "人员.xlsx", [row("卫明", "1")]))
    one.page.save_item()
    one.settle()
    one.settle()
    page.open_with(tab="history")
    assert not page.check_view.import_button.isVisible()
    [batch] = page.history.table.rows()
    assert (batch.file, batch.accepted) == ("人员.xlsx", 1)
    press(page, "撤销这次导入")
    press(page, "撤销")
    one.settle()
    one.settle()
    assert names(county) == [] and page.history.table.rows()[0].is_undone
    assert county.ask(ImportBatches())[0].is_undone


def test_only_sheets_that_the_person_may_record_are_offered(shown: Open, county: Desk) -> None:
    county.do(AddAccount("shenhe", "Secret-2022", ("审核员",), "郭晓东"))
    reviewer = replace(county, actor=county.office.actor_of("shenhe"))
    assert {kind.key for kind in page_of(shown(reviewer)).check_view.kinds.rows()} == {
        "spotchecks",
        "complaints",
        "standards",
    }


def test_what_was_set_aside_is_listed_beside_the_rows_that_can_be_stored(
    shown: Open, county: Desk, tmp_path: Path
) -> None:
    county.do(AddPerson(name="卫明", kind="律师", licence="1"))
    county.do(AddAccount("banshi", "Secret-2022", ("工作人员",), "柴秀英"))
    one = shown(replace(county, actor=county.office.actor_of("banshi")))
    headings = ["时间", "站点", "被投诉人", "咨询编号", "事由", "核实结果"]
    path = sheet(
        tmp_path / "投诉.xlsx", [["2022-05-10 08:00", "解州镇", "卫明", "", "态度生硬", "属实"]], headings
    )
    view = page_of(one).check_view
    view.choose("complaints")
    take(one, path)
    assert view.report is not None and view.report.accepted == 1
    assert [(fault.column, fault.code) for fault in view.faults.rows()] == [("核实结果", "E237")]
    assert view.import_button.isEnabled()
    one.picture("import-set-aside")

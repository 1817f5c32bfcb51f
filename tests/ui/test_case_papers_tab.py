"""The papers of a case in the window: the file as bound, forms put out, order, whole file and erasure, by keys alone (P36)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.case_values import CaseEventKind as Kind
from app.case_values import CaseState
from app.errors import Cancelled
from app.kernel.permissions import Actor, staff
from app.services.cases.attach_paper import AttachPaper
from app.services.cases.case_file import CaseFile, ExportCaseFile, FileView
from app.services.cases.case_forms import CaseForms, OfferedForm, likeliest_first
from app.ui.cases.issue_sheet import IssueSheet
from app.ui.cases.order_sheet import OrderSheet
from app.ui.cases.page import CasesPage
from app.ui.widgets.button import Button
from app.ui.widgets.preview import Preview
from app.ui.widgets.text import PlainLabel
from app.values import Role
from tests.services.case_desk import CLERK, HEAD, LAWYER, REVIEWER, CaseDesk, accountless
from tests.services.conftest import Desk, county, make_desk  # noqa: F401 - fixtures
from tests.services.test_case_papers import pdf_of
from tests.ui.office_desk import Shown

MARCH = date(2022, 3, 1)
LEADER = staff("leader", "leader", "分管领导", [Role.leader])
AUDITOR = staff("shen", "shen", "审核员", [Role.reviewer])


@pytest.fixture
def cases(county: Desk) -> CaseDesk:
    desk = CaseDesk(county)
    desk.today(date(2022, 3, 10))
    return desk


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Preview]]:
    """The previews opened meanwhile, at once closed by the person."""
    found: list[Preview] = []
    monkeypatch.setattr(Preview, "exec", lambda preview: found.append(preview))
    yield found
    for one in found:
        one.deleteLater()


def shown(qtbot: Any, cases: CaseDesk, actor: Actor) -> Shown:
    page = Shown(qtbot, cases.desk, CasesPage, accountless(actor))
    page.page.which.set_value("all")
    page.page.refresh()
    page.settle()
    page.page.activateWindow()
    page.page.detail.turn("papers")
    page.settle()
    return page


def attach(cases: CaseDesk, case: str, *papers: str) -> None:
    for paper in papers:
        command = AttachPaper(case=case, paper=paper, content=pdf_of(f"{paper}{len(paper)}"))
        cases.desk.do(command, accountless(CLERK))


def file_of(cases: CaseDesk, case: str) -> FileView:
    found: FileView = cases.desk.ask(CaseFile(case))
    return found


def buttons(page: Shown) -> list[str]:
    return [one.text() for one in page.page.detail.papers.stops() if isinstance(one, Button)]


def press(page: Shown, words: str) -> None:
    """Press a step of the tab as Tab and Enter do."""
    found = next(one for one in page.page.detail.papers.findChildren(Button) if one.text() == words)
    found.setFocus()
    page.qtbot.keyClick(found, Qt.Key.Key_Return)
    page.settle()


def words_of(part: QWidget) -> str:
    return "".join(one.text() for one in part.findChildren(PlainLabel))


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_the_tab_shows_the_file_as_bound_and_names_what_is_missing(
    qtbot: Any, cases: CaseDesk, seen: list[Preview]
) -> None:
    case = cases.granted(MARCH)
    attach(cases, case, "证据材料", "身份证明")
    page = shown(qtbot, cases, REVIEWER)
    tab = page.page.detail.papers
    assert [one.title for _, one in tab.list.rows()] == ["身份证明", "证据材料"]
    assert "给予法律援助决定书" in tab.file.missing
    page.picture("case-papers")
    tab.list.view.setFocus()
    qtbot.keyClick(tab.list.view, Qt.Key.Key_Return)
    page.settle()
    assert seen[-1].windowTitle() == "身份证明" and not seen[-1].print_button.isHidden()


def test_a_form_is_found_by_typing_looked_at_and_put_out_by_keys(
    qtbot: Any, cases: CaseDesk, seen: list[Preview]
) -> None:
    cases.granted(MARCH)
    page = shown(qtbot, cases, REVIEWER)
    press(page, "出具文书…")
    sheet = page.page.side.form
    assert isinstance(sheet, IssueSheet) and focused() is sheet.words.line
    first = sheet.list.rows()[0]
    assert first.is_missing and first.title == "给予法律援助决定书"
    page.picture("case-forms")
    qtbot.keyClicks(focused(), "jyfl")
    assert sheet.list.rows()[0].title == "给予法律援助决定书"
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    page.settle()
    assert seen[-1].print_button.parent() is None and page.page.side.form is sheet
    page.page.save_item()
    page.settle()
    assert page.page.side.form is None and "第1号" in page.toasts.said[-1]
    papers = page.page.detail.papers.file.papers
    assert [(one.form, one.number) for one in papers] == [(9, "　　援决字〔2022〕第1号")]
    page.picture("case-issued")
    assert focused().text() == "出具文书…"
    page.page.detail.papers.list.view.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    page.settle()
    assert "第1号" in seen[-1].windowTitle()


def test_what_is_printed_has_its_number_and_what_is_saved_lies_there(
    qtbot: Any, cases: CaseDesk, seen: list[Preview], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = cases.granted(MARCH)
    page = shown(qtbot, cases, REVIEWER)
    press(page, "出具文书…")
    page.page.side.form.print_button.click()
    page.settle()
    assert "第1号" in seen[-1].windowTitle() and page.page.side.form is None
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(tmp_path / "a.pdf"), "PDF"))
    press(page, "出具文书…")
    page.page.side.form.export_button.click()
    page.settle()
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF") and len(file_of(cases, case).papers) == 2


def test_papers_are_ordered_by_alt_and_arrows_and_left_by_esc(qtbot: Any, cases: CaseDesk) -> None:
    case = cases.granted(MARCH)
    attach(cases, case, "身份证明", "劳动合同", "判决书")
    page = shown(qtbot, cases, CLERK)
    before = [one.title for one in file_of(cases, case).papers]
    press(page, "排列…")
    sheet = page.page.side.form
    assert isinstance(sheet, OrderSheet) and focused() is sheet.list.view
    qtbot.keyClick(focused(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.page.go_back() and [one.title for one in file_of(cases, case).papers] == before
    press(page, "排列…")
    sheet = page.page.side.form
    for _ in range(2):
        qtbot.keyClick(focused(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(focused(), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    page.picture("case-order")
    page.page.save_item()
    page.settle()
    assert focused().text() == "排列…"
    wanted = [before[1], before[0], before[2]]
    assert [one.title for one in file_of(cases, case).papers] == wanted
    assert [one.title for _, one in page.page.detail.papers.list.rows()] == wanted


def test_the_whole_file_and_its_spine_are_written_where_the_person_says(
    qtbot: Any, cases: CaseDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = cases.granted(MARCH)
    attach(cases, case, "身份证明")
    page, names = shown(qtbot, cases, REVIEWER), list[str]()

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        names.append(name)
        return str(tmp_path / name), "PDF (*.pdf)"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    press(page, "导出全卷…")
    press(page, "脊背标签…")
    assert names == ["援字〔2022〕第1号-全卷.pdf", "援字〔2022〕第1号-脊背标签.pdf"]
    assert all((tmp_path / name).read_bytes().startswith(b"%PDF") for name in names)
    assert "1 份材料" in page.toasts.said[-2] and "卷内还缺" in page.page.head.banner.words.text()
    job = page.runner.do(ExportCaseFile(case, tmp_path / "b.pdf"), failed=names.append, is_long=True)  # type: ignore[arg-type]
    job.cancel()
    page.settle()
    assert isinstance(names[-1], Cancelled) and not (tmp_path / "b.pdf").exists()


def test_what_an_account_may_not_do_is_left_out(qtbot: Any, cases: CaseDesk) -> None:
    case = cases.granted(MARCH)
    attach(cases, case, "身份证明", "劳动合同")
    everything = ["添加材料…", "出具文书…", "排列…", "导出全卷…", "脊背标签…"]
    assert buttons(shown(qtbot, cases, REVIEWER)) == everything
    assert buttons(shown(qtbot, cases, HEAD)) == ["出具文书…", "导出全卷…", "脊背标签…"]
    assert buttons(shown(qtbot, cases, AUDITOR)) == ["导出全卷…", "脊背标签…"]
    leader = shown(qtbot, cases, LEADER)
    assert buttons(leader) == []
    offered: tuple[OfferedForm, ...] = cases.desk.ask(CaseForms(case), accountless(CLERK))
    assert {one.form for one in likeliest_first(offered)} == {1, 2, 4, 5, 23}


def test_every_form_that_a_case_offers_can_be_looked_at(
    qtbot: Any, cases: CaseDesk, seen: list[Preview]
) -> None:
    case = cases.granted(MARCH)
    cases.step(
        case, Kind.assigned, MARCH.replace(day=7), handler="卫明", firm="河东所", handler_kind="社会律师"
    )
    page = shown(qtbot, cases, REVIEWER)
    press(page, "出具文书…")
    sheet = page.page.side.form
    titles = [one.title for one in sheet.list.rows()]
    assert len(titles) >= 20 and titles.index("指派通知书") < titles.index("法律援助申请表") + 20
    for _ in titles:
        sheet.look.click()
        page.settle()
        sheet.list.step(1)
    assert [one.windowTitle() for one in seen] == titles


def test_a_missing_paper_is_named_before_archiving_and_wants_a_reason(qtbot: Any, cases: CaseDesk) -> None:
    case = cases.granted(MARCH)
    for kind, facts in (
        (Kind.assigned, LAWYER),
        (Kind.contracted, {}),
        (Kind.closed, {"result": "胜诉", "paper_on": "2022-03-09"}),
        (Kind.handed_in, {}),
    ):
        cases.step(case, kind, MARCH.replace(day=9), **facts)
    page = shown(qtbot, cases, HEAD)
    step = next(one for one in page.page.detail.case.next if one.kind is Kind.archived)
    page.page._take(page.page.detail.case, step)
    page.settle()
    form = page.page.side.form
    assert "卷内还缺：法律援助申请表" in words_of(form.form)
    form.form.set_values({"grade": "合格", "examiner": "赵验"})
    page.picture("case-archive")
    page.page.save_item()
    page.settle()
    assert form.form.fields["reason"].fault() == "请填写容缺归档的理由"
    form.form.set_values({"reason": "纸质卷宗齐全，扫描件后补"})
    page.page.save_item()
    page.settle()
    assert page.page.detail.case.row.state is CaseState.archived
    assert "归档时缺" in words_of(page.page.detail)


def test_tab_goes_from_the_cases_to_the_tabs_the_steps_and_the_papers_in_order(
    qtbot: Any, cases: CaseDesk
) -> None:
    case = cases.granted(MARCH)
    attach(cases, case, "身份证明", "劳动合同")
    page, met = shown(qtbot, cases, REVIEWER), list[str]()
    page.page.table.view.setFocus()
    for _ in range(16):
        qtbot.keyClick(focused(), Qt.Key.Key_Tab)
        found = focused()
        met.append(found.text() if isinstance(found, Button) else found.accessibleName())
    wanted = [
        *("人", "事项", "经济", "材料 2", "进展"),
        *("添加材料…", "出具文书…", "排列…", "卷内材料", "导出全卷…", "脊背标签…", "指派"),
    ]
    assert met[: len(wanted)] == wanted


def test_the_arrow_keys_turn_the_tabs_and_keep_the_focus(qtbot: Any, cases: CaseDesk) -> None:
    cases.granted(MARCH)
    page = shown(qtbot, cases, REVIEWER)
    page.page.detail.tabs.focus_tab()
    for key in ("progress", "people", "matter"):
        qtbot.keyClick(focused(), Qt.Key.Key_Right)
        page.settle()
        assert page.page.detail.tab == key and page.page.detail.tabs.isAncestorOf(focused())


def test_erasure_says_what_is_lost_wants_a_reason_and_an_enter_too_many_changes_nothing(
    qtbot: Any, cases: CaseDesk
) -> None:
    case = cases.register(MARCH, phone="13800006021")
    page = shown(qtbot, cases, LEADER)
    detail = page.page.detail
    detail.turn("people")
    next(one for one in detail.findChildren(Button) if one.text() == "依法删除个人信息…").click()
    page.settle()
    assert "E362" in page.page.head.banner.words.text()
    cases.intake(case, Kind.withdrawn, MARCH.replace(day=8), by="申请人")
    page.page.refresh()
    page.settle()
    assert detail.case.row.state is CaseState.withdrawn
    next(one for one in detail.findChildren(Button) if one.text() == "依法删除个人信息…").click()
    page.settle()
    assert not detail.confirm.isHidden() and "申请人" in detail.confirm.accessibleName()
    page.picture("case-erase")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert detail.confirm.reason().fault() and not detail.confirm.isHidden()
    detail.confirm.reason().set_value("本人申请")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    assert focused().text() == "不做"
    next(one for one in detail.confirm.findChildren(Button) if one.text() == "依法删除个人信息").click()
    page.settle()
    assert page.toasts.said[-1] == "已依法删除个人信息"
    assert page.page.table.rows()[0].applicant in ("", "—")

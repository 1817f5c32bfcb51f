"""The page of quality: every tab shows its rows, notes and reviews are entered by forms, the strip copies field by field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from app.case_values import FocusEnd, FocusKind, Grade, NoteKind, ReviewKind
from app.services.people.add_person import AddPerson
from app.services.quality.draw_files import FileDraw
from app.services.quality.focus_people import AddFocusPerson, RemoveFocusPerson
from app.services.quality.note_case import NoteCase
from app.services.quality.review_file import ReviewersFor, ReviewSheets
from app.ui.cases.page import CasesPage
from app.ui.erasing import ask_to_erase
from app.ui.quality.forms import NoteForm, ScoreForm
from app.ui.quality.page import QualityPage
from tests.services.case_desk import CLERK, EXAMINER, HEAD, REVIEWER, CaseDesk, accountless
from tests.services.conftest import Desk, county, make_desk  # noqa: F401 - fixtures
from tests.ui.office_desk import Shown


@pytest.fixture
def cases(county: Desk) -> CaseDesk:
    desk = CaseDesk(county)
    desk.today(date(2022, 6, 30))
    return desk


def shown(qtbot: Any, cases: CaseDesk, actor: Any, factory: Any = QualityPage) -> Shown:
    return Shown(qtbot, cases.desk, factory, accountless(actor))


def test_a07_a_note_is_entered_in_two_short_forms(qtbot: Any, cases: CaseDesk) -> None:
    case = cases.archived(date(2022, 5, 20))
    page = shown(qtbot, cases, CLERK)
    page.page.new_item()
    page.settle()
    tab = page.page.tab()
    tab.side.form.form.set_values({"case": cases.card(case).row.number, "kind": "受援人回访"})
    page.page.save_item()
    form = tab.side.form
    assert isinstance(form, NoteForm)
    happy = dict.fromkeys(("attitude", "contact", "rights", "outcome", "overall"), "满意")
    form.form.set_values(happy | {"who": "张秀兰", "by": "电话"})
    page.page.save_item()
    page.settle()
    assert [row.kind for row in tab.table.rows()] == [NoteKind.followed_up]
    page.picture("quality-notes")


def test_j10_a_complaint_is_answered_from_its_pane(qtbot: Any, cases: CaseDesk) -> None:
    case = cases.granted(date(2022, 6, 1))
    said = {"ground": "拖延懈怠", "by": "来电"}
    cases.desk.do(NoteCase(case=case, kind=NoteKind.complaint, who="张秀兰", text="没有联系", facts=said))
    page = shown(qtbot, cases, REVIEWER)
    page.page.tabs.show_tab("complaints")
    page.settle()
    tab = page.page.tab()
    tab._answer(tab.table.rows()[0], NoteKind.complaint_accepted)
    page.settle()
    page.page.save_item()
    page.settle()
    assert tab.table.rows()[0].state == "已受理"
    page.picture("quality-complaints")


def test_g12_a_draw_is_announced_and_a_drawn_file_is_scored(qtbot: Any, cases: CaseDesk) -> None:
    cases.desk.do(
        AddPerson(name="安宁", kind="律师", licence="114082010000001", organisation="条山律师事务所")
    )
    cases.archived(date(2022, 5, 20))
    page = shown(qtbot, cases, HEAD)
    page.page.tabs.show_tab("draw")
    page.settle()
    tab = page.page.tab()
    tab.announce()
    page.settle()
    assert cases.desk.ask(FileDraw("2022-Q2")).digest
    tab.show_detail(tab.table.rows()[0])
    tab._score(tab.table.rows()[0].number)
    page.settle()
    form = tab.side.form
    assert isinstance(form, ScoreForm)
    person = form.form.fields["reviewer_id"]
    [reviewer] = cases.desk.ask(ReviewersFor(cases.ids[0]))
    person.set_value(reviewer.person_id)
    form.form.set_values({"法律文书": 40, "结案和归档": 45, "grade": Grade.good.value})
    page.page.save_item()
    page.settle()
    [sheet] = cases.desk.ask(ReviewSheets())
    assert (sheet.kind, sheet.score, sheet.grade) == (ReviewKind.every_case, 85, Grade.good)
    page.picture("quality-draw")


def test_every_tab_opens_and_says_what_belongs_there(qtbot: Any, cases: CaseDesk) -> None:
    cases.archived(date(2022, 5, 20))
    page = shown(qtbot, cases, HEAD)
    for key in page.page.tabs.names():
        page.page.tabs.show_tab(key)
        page.settle()
        page.picture(f"quality-{key}")
    assert page.page.tabs.names() == (
        "notes", "complaints", "draw", "reviews", "province", "focus", "means", "marks", "firms",
    )  # fmt: skip


def test_a_firms_account_is_typed_and_confirmed_by_another(qtbot: Any, cases: CaseDesk) -> None:
    page = shown(qtbot, cases, CLERK)
    page.page.tabs.show_tab("firms")
    page.settle()
    page.page.new_item()
    tab = page.page.tab()
    typed = {"firm": "河东律师事务所", "bank_name": "工商银行", "bank_account": "1402020009200012345"}
    tab.side.form.form.set_values(typed | {"reason": "开户"})
    page.page.save_item()
    page.settle()
    page = shown(qtbot, cases, EXAMINER)
    page.page.tabs.show_tab("firms")
    page.settle()
    tab = page.page.tab()
    [row] = tab.table.rows()
    assert (row.account, row.state, row.is_mine) == ("****2345", "待复核", False)
    tab.show_detail(row)
    tab._confirm(row)
    tab.side.form.form.set_values({"account_end": "2345"})
    page.page.save_item()
    page.settle()
    assert tab.table.rows()[0].state == "已复核"
    page.picture("quality-firms-account")


def test_people_who_left_the_register_and_notes_are_erased_from_their_tabs(
    qtbot: Any, cases: CaseDesk
) -> None:
    one = cases.desk.do(AddFocusPerson(kind=FocusKind.focus, name="张秀兰", reason="低保户"))
    cases.desk.do(RemoveFocusPerson(one, date(2022, 6, 30), FocusEnd.moved))
    page = shown(qtbot, cases, cases.desk.actor)
    page.page.tabs.show_tab("focus")
    page.settle()
    tab = page.page.tab()
    tab.show_detail(tab.table.rows()[0])
    ask_to_erase(page.page, tab.confirm, "focus", one)
    page.settle()
    assert not tab.confirm.isHidden()


def test_a_figure_of_means_is_typed_in_its_tab(qtbot: Any, cases: CaseDesk) -> None:
    page = shown(qtbot, cases, HEAD)
    page.page.tabs.show_tab("means")
    page.settle()
    page.page.new_item()
    form = page.page.tab().side.form
    form.form.set_values(
        {"kind": "最低生活保障标准", "valid_from": date(2022, 1, 1), "fen": 60_000, "source": "民发1号"}
    )
    page.page.save_item()
    page.settle()
    assert [row.fen for row in page.page.tab().table.rows()] == [60_000]


def test_j04_somebody_joins_and_leaves_a_register(qtbot: Any, cases: CaseDesk) -> None:
    page = shown(qtbot, cases, CLERK)
    page.page.tabs.show_tab("focus")
    page.settle()
    page.page.new_item()
    tab = page.page.tab()
    tab.side.form.form.set_values({"kind": "重点对象", "name": "张秀兰", "reason": "低保户"})
    page.page.save_item()
    page.settle()
    tab._remove(tab.table.rows()[0])
    tab.side.form.form.set_values({"ended_by": "迁出"})
    page.page.save_item()
    page.settle()
    assert [row.ended for row in tab.table.rows()] == ["迁出"]


def test_y07_the_strip_copies_one_field_after_the_other(qtbot: Any, cases: CaseDesk) -> None:
    cases.archived(date(2022, 5, 20))
    page = shown(qtbot, cases, REVIEWER, CasesPage)
    page.page.which.set_value("all")
    page.page.refresh()
    page.settle()
    page.page.detail.tab = "matter"
    page.page._rekey(page.page.detail.case)
    page.settle()
    strip = page.page.strip
    strip.copy_next()
    assert QGuiApplication.clipboard().text() == "民事"
    strip.copy_next()
    assert QGuiApplication.clipboard().text() == "申请人1"
    strip.go_back()
    assert QGuiApplication.clipboard().text() == "民事"
    for _ in range(40):
        strip.copy_next()
    assert strip.at == len(strip._fields) - 1
    strip.close()
    assert QGuiApplication.clipboard().text() == "", "nothing personal stays behind"

"""The page of cases: what is due first, the next step under one key, forms from what a step must carry (Y07 Y13)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QToolTip

from app.case_values import CaseEventKind as Kind
from app.case_values import CaseKind, CasePayState, CaseState
from app.services.cases.choose_handler import AssignmentCandidates
from app.services.funds.set_standard import SetStandard
from app.services.people.add_person import AddPerson
from app.ui.case_money.forms import CasePayForm
from app.ui.case_money.page import CaseMoneyPage
from app.ui.cases.forms import ApplicationForm, StepForm
from app.ui.cases.page import CasesPage
from tests.services.case_desk import CASHIER, CLERK, EXAMINER, HEAD, LAWYER, REVIEWER, CaseDesk, accountless
from tests.services.conftest import Desk, county, make_desk  # noqa: F401 - fixtures
from tests.ui.office_desk import Shown

MARCH = date(2022, 3, 1)


@pytest.fixture
def cases(county: Desk) -> CaseDesk:
    desk = CaseDesk(county)
    desk.today(date(2022, 3, 10))
    return desk


def shown(qtbot: Any, cases: CaseDesk, actor: Any) -> Shown:
    return Shown(qtbot, cases.desk, CasesPage, accountless(actor))


def test_y13_the_clerk_registers_an_application_by_the_keyboard(qtbot: Any, cases: CaseDesk) -> None:
    page = shown(qtbot, cases, CLERK)
    page.page.new_item()
    page.settle()
    form = page.page.side.form
    assert isinstance(form, ApplicationForm)
    form.form.set_values({"applicant": "张秀兰", "kind": "民事", "matter": "劳动报酬", "groups": ["农民工"]})
    qtbot.keyClick(form.form.fields["matter"].line, Qt.Key.Key_Return)
    page.page.save_item()
    page.settle()
    row = page.page.table.current()
    assert (row.applicant, row.matter, row.state) == ("张**", "劳动报酬", CaseState.registered)
    assert page.page.side.form is None and "已登记" in page.toasts.said[-1]
    page.picture("cases-registered")


def test_the_next_step_asks_for_what_it_must_carry_and_says_what_is_missing(
    qtbot: Any, cases: CaseDesk
) -> None:
    case = cases.register(MARCH)
    cases.step(case, Kind.review_begun, MARCH, reviewer="李审查")
    page = shown(qtbot, cases, HEAD)
    step = page.page.detail.case.next[0]
    assert step.kind is Kind.granted
    page.page._take(page.page.detail.case, step)
    form = page.page.side.form
    assert isinstance(form, StepForm) and form.form.fields["ground"].value() == "援31"
    assert form.form.fields["ground"].line.text() == "援31　民事、行政事项"
    form.form.set_values({"head": "李审查", "means": "免核查"})
    page.page.save_item()
    page.settle()
    assert "E307" in form.form.fields["head"].refusal()
    form.form.set_values({"head": "王主任"})
    page.page.save_item()
    page.settle()
    assert page.page.detail.case.row.state is CaseState.granted
    assert page.page.detail.case.row.number == "援字〔2022〕第1号"
    page.picture("cases-granted")


def test_a_step_is_taken_back_with_its_reason(qtbot: Any, cases: CaseDesk) -> None:
    case = cases.register(MARCH)
    cases.step(case, Kind.review_begun, MARCH, reviewer="李审查")
    page = shown(qtbot, cases, REVIEWER)
    open_case = page.page.detail.case
    page.page._void(open_case, next(one for one in open_case.steps if one.kind is Kind.review_begun))
    form = page.page.side.form
    form.form.set_values({"reason": "录错了"})
    page.page.save_item()
    page.settle()
    assert page.page.detail.case.row.state is CaseState.registered


def test_every_tab_of_a_case_shows_its_part(qtbot: Any, cases: CaseDesk) -> None:
    cases.register(MARCH, summary="厂里欠了三个月工资", phone="13800006021", exemption="农民工讨薪")
    page = shown(qtbot, cases, CLERK)
    for key in ("people", "matter", "means", "papers", "progress"):
        page.page.detail.turn(key)
        page.settle()
        assert page.page.detail.tab == key
        page.picture(f"cases-{key}")


def test_a_consultation_opens_the_form_with_what_it_said(qtbot: Any, cases: CaseDesk) -> None:
    page = shown(qtbot, cases, CLERK)
    page.page.open_with(consultation="x")
    page.settle()
    form = page.page.side.form
    assert isinstance(form, ApplicationForm) and form.command().consultation_id == "x"
    assert "由咨询转来" in form.note.text()
    page.picture("cases-from-consultation")


def test_a_list_is_examined_and_paid_by_the_keyboard(qtbot: Any, cases: CaseDesk) -> None:
    cases.today(date(2022, 7, 20))
    cases.desk.do(SetStandard(date(2022, 1, 1), CaseKind.civil, None, 180000))
    cases.archived(date(2022, 5, 20))
    cases.archived(date(2022, 5, 20), grade="不合格")
    cases.final("2022-Q2")
    page = Shown(qtbot, cases.desk, CaseMoneyPage, accountless(EXAMINER))
    page.page.quarter.set_value("2022-Q2")
    page.page.refresh()
    page.settle()
    page.page.table.setFocus()
    qtbot.keyClick(page.page.table.view, Qt.Key.Key_A)
    page.settle()
    states = {line.number: line.state for line in page.page.table.rows()}
    assert sorted(states.values()) == [CasePayState.listed, CasePayState.examined]
    page.picture("case-money")
    form = CasePayForm(page.desk, "2022-Q2")
    form.form.set_values({"voucher": "V1", "fund": "业务经费"})
    assert cases.desk.do(form.command(), accountless(CASHIER)).fen == 80000


def test_y13_the_strip_stands_above_the_form_while_it_is_typed(qtbot: Any, cases: CaseDesk) -> None:
    page = shown(qtbot, cases, CLERK)
    page.page.new_item()
    page.settle()
    form = page.page.side.form
    assert isinstance(form, ApplicationForm) and form.strip.isHidden() and not form.household.isHidden()
    form.form.fields["household"].set_draft("李四 本人 五十")
    assert (
        "E804" not in form.form.fields["household"].own_fault() and form.form.fields["household"].own_fault()
    )
    form.form.fields["household"].set_draft("")
    form.form.set_values({"matter": "劳动报酬", "groups": ["农民工"]})
    form.form.changed.emit()
    qtbot.waitUntil(lambda: not form.strip.isHidden(), timeout=5000)
    assert form.strip.text().startswith("免核查：农民工讨薪（第42条") and form.household.isHidden()
    assert "程序的判断" in form.reasons.text()
    page.picture("cases-strip")


def test_j03_a_handler_is_chosen_from_the_pool_and_linked(qtbot: Any, cases: CaseDesk) -> None:
    cases.desk.do(
        AddPerson(name="卫明", kind="律师", licence="114082010000001", organisation="河东律师事务所")
    )
    case = cases.granted(MARCH)
    page = shown(qtbot, cases, REVIEWER)
    open_case = page.page.detail.case
    page.page._take(open_case, next(one for one in open_case.next if one.kind is Kind.assigned))
    page.settle()
    form = page.page.side.form
    assert isinstance(form, StepForm) and "is_public_servant" not in form.form.fields
    person = cases.desk.ask(AssignmentCandidates(case))[0].person_id
    form.form.set_values({"person": person, "how": "轮派", "on": date(2022, 3, 7)})
    page.picture("cases-assign")
    page.page.save_item()
    page.settle()
    assert page.page.detail.case.row.handler == "卫明"
    assert page.page.detail.case.row.firm == "河东律师事务所"


def test_the_rows_are_of_one_height_and_what_is_cut_is_told_by_the_pointer(
    qtbot: Any, cases: CaseDesk
) -> None:
    for firm in ("所", "山西省运城市盐湖区河东信义律师事务所第二分所"):
        cases.step(cases.granted(MARCH), Kind.assigned, MARCH.replace(day=7), **(LAWYER | {"firm": firm}))
    cases.register(MARCH, stage="")
    page = shown(qtbot, cases, REVIEWER)
    view = page.page.table.view
    assert len({view.rowHeight(row) for row in range(3)}) == 1
    at = next(row for row, one in enumerate(page.page.table.rows()) if "第二分所" in one.firm)
    index = view.model().index(at, 2)
    place = view.visualRect(index).center()
    told = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
    option = QStyleOptionViewItem()
    option.rect = view.visualRect(index)
    assert page.page.table.cells.helpEvent(told, view, option, index)
    assert "第二分所" in QToolTip.text()
    page.picture("cases-rows")
    QToolTip.hideText()

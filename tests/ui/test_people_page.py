"""The page of the duty pool, on a real office: find, enter, reveal, correct, disable, link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.organisation import Person
from app.models.records import JournalEntry
from app.services.people.add_person import AddPerson
from app.services.people.card import PersonCard
from app.services.people.disable_person import DisablePerson
from app.services.people.pool import Pool
from app.services.security.accounts import AddAccount
from app.ui.erasing import STEP
from app.ui.people.link_box import LinkBox
from app.ui.people.page import PeoplePage
from app.ui.people.person_form import PersonForm
from app.ui.people.small_forms import ConfirmPayeeForm
from app.ui.widgets.reveal import RevealLine
from tests.services.conftest import Desk, county, make_desk  # noqa: F401
from tests.ui.office_desk import Shown

LICENCE, OTHER_LICENCE, ID = "11408201010123456", "11408201211654321", "11010519491231002X"
Open = Callable[..., Shown]


@pytest.fixture
def shown(qtbot: Any, county: Desk) -> Iterator[Open]:
    """Opens the page; its threads end before the office closes."""
    opened: list[Shown] = []

    def show(actor: Any = None) -> Shown:
        opened.append(Shown(qtbot, county, PeoplePage, actor))
        return opened[-1]

    yield show
    for one in opened:
        one.close()


@pytest.fixture
def lawyer(county: Desk) -> str:
    county.do(AddPerson(name="曾秀英", kind="其他非公职", organisation="人民调解协会", phone="13935907777"))
    county.do(
        AddPerson(
            name="卫国强",
            kind="政法退休人员",
            is_public_servant=True,
            years_of_service=12,
            specialties=("信访",),
        )
    )
    return county.do(
        AddPerson(
            name="单晓明",
            kind="律师",
            organisation="河东律师事务所",
            licence=LICENCE,
            phone="13835901234",
            id_number=ID,
            specialties=("婚姻家庭", "劳动争议"),
            practice_since=2010,
            bank_name="农业银行盐湖支行",
            bank_account="6228480031234567894",
        )
    )


def press(page: Any, words: str) -> None:
    """Press the button of these words that can be seen."""
    found = [b for b in page.findChildren(QAbstractButton) if b.text() == words and b.isVisible()]
    assert found, words
    found[0].click()


def test_an_empty_pool_offers_the_first_step(shown: Open) -> None:
    one = shown()
    press(one.page, "登记第一名人员")
    assert isinstance(one.page.side.currentWidget(), PersonForm)
    one.picture("people-form")


def test_people_are_found_as_one_types(shown: Open, lawyer: str) -> None:
    one = shown()
    assert one.page.head.lead.whole() == "3 人，公职 1 人"
    one.qtbot.keyClicks(one.page.words.line, "sxm")
    one.qtbot.waitUntil(lambda: len(one.page.table.rows()) == 1, timeout=3000)
    one.settle()
    assert one.page.detail.card.id == lawyer
    one.picture("people")


def test_y08_entering_by_keyboard_alone_says_what_the_kind_asks_for(shown: Open, county: Desk) -> None:
    one = shown()
    one.page.new_item()
    form = one.page.side.currentWidget()
    fields = form.form.fields
    fields["name"].set_value("丁思源")
    one.qtbot.keyClick(fields["name"].line, Qt.Key.Key_Return)
    one.qtbot.keyClicks(fields["kind"].line, "zftx")
    one.qtbot.keyClick(fields["kind"].line, Qt.Key.Key_Return)
    assert "5年以上" in form.note.text()
    assert fields["years_of_service"].is_required
    fields["years_of_service"].set_value(3)
    one.page.save_item()
    one.settle()
    assert "E443" in fields["years_of_service"].fault()
    one.picture("people-fault")
    fields["years_of_service"].set_value(8)
    one.page.save_item()
    one.settle()
    assert [(p.name, p.kind) for p in county.ask(Pool())] == [("丁思源", "政法退休人员")]
    assert one.page.side.currentWidget() is one.page.detail
    assert one.page.detail.card.name == "丁思源"


def test_p38_same_papers_offer_to_open_the_existing_person(shown: Open, lawyer: str) -> None:
    one = shown()
    one.page.new_item()
    form = one.page.side.currentWidget()
    form.form.set_values({"name": "单小明", "kind": "律师", "licence": LICENCE})
    form.submit()
    one.settle()
    assert "单晓明" in form.form.fields["licence"].fault()
    press(one.page.head, "打开该人员")
    one.settle()
    one.qtbot.waitUntil(lambda: one.page.detail.card.id == lawyer, timeout=3000)


def test_least_rights_numbers_are_masked_until_a_reason_is_chosen(
    shown: Open, lawyer: str, county: Desk
) -> None:
    one = shown()
    one.page.open_with(person=lawyer)
    one.page.refresh()
    one.settle()
    one.settle()
    lines = one.page.detail.findChildren(RevealLine)
    phone = next(line for line in lines if "1234" in line.words.text())
    assert phone.words.text() == "138****1234"
    phone.open()
    phone.show_clear()
    assert phone.reason.fault()
    phone.reason.set_value("联系本人")
    phone.show_clear()
    one.settle()
    assert phone.words.text() == "13835901234"
    one.picture("people-revealed")
    with Session(county.office.database.reader) as session:
        entry = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
        assert (entry.command, entry.subjects) == ("Reveal", [f"person/{lawyer}/phone"])


def test_a_correction_leaves_masked_numbers_alone(shown: Open, lawyer: str, county: Desk) -> None:
    one = shown()
    one.page.open_with(person=lawyer)
    one.page.refresh()
    one.settle()
    one.settle()
    press(one.page.detail, "更正")
    form = one.page.side.currentWidget()
    form.form.set_values({"organisation": "解州律师事务所", "reason": "转所"})
    one.picture("people-correct")
    one.page.save_item()
    one.settle()
    found = next(p for p in county.ask(Pool("1234")) if p.id == lawyer)
    assert (found.organisation, found.id_number[-4:]) == ("解州律师事务所", "002X")


def test_disabling_names_what_happens_and_needs_a_reason(shown: Open, lawyer: str, county: Desk) -> None:
    one = shown()
    one.page.open_with(person=lawyer)
    one.page.refresh()
    one.settle()
    one.settle()
    press(one.page.detail, "停用")
    one.page.detail.confirm.reason().set_value("调离")
    one.picture("people-disable")
    one.page.detail.confirm._do()
    one.settle()
    one.settle()
    assert lawyer not in {p.id for p in county.ask(Pool())}
    assert one.toasts.said == ["已停用"]


def test_case_65_erasing_says_what_is_lost_needs_a_reason_and_stands_on_not_doing_it(
    shown: Open, lawyer: str, county: Desk
) -> None:
    one = shown()
    one.page.open_with(person=lawyer)
    one.settle()
    assert not has_step(one, STEP), "somebody in use is not offered it"
    county.do(DisablePerson(lawyer, "调离"))
    one.page.open_with(person=lawyer, is_closed=True)
    one.settle()
    one.settle()
    press(one.page.detail, STEP)
    one.settle()
    confirm = one.page.detail.confirm
    assert confirm.isVisible() and "永久删除：人员 1 条（姓名或名称" in confirm.accessibleName()
    confirm._do()
    one.settle()
    assert confirm.isVisible() and confirm.reason().fault(), "no reason, nothing done"
    confirm.reason().set_value("本人申请")
    one.qtbot.keyClick(confirm.reason().line, Qt.Key.Key_Return)
    assert confirm.isVisible() and confirm._no.hasFocus(), "one Enter too many changes nothing"
    confirm._do()
    one.settle()
    one.settle()
    assert one.toasts.said[-1] == "已依法删除个人信息"
    card = county.ask(PersonCard(lawyer))
    assert (card.name, card.erased_on) == ("", date(2022, 5, 10))
    one.picture("people-erased")
    assert not has_step(one, STEP) and not has_step(one, "启用")


def has_step(one: Shown, words: str) -> bool:
    return any(b.text() == words and b.isVisible() for b in one.page.findChildren(QAbstractButton))


def test_leave_takes_half_days_from_the_form(shown: Open, lawyer: str) -> None:
    one = shown()
    one.page.open_with(person=lawyer)
    one.page.refresh()
    one.settle()
    one.settle()
    press(one.page.detail, "请假")
    form = one.page.side.currentWidget()
    one.qtbot.keyClicks(form.form.fields["first"].line, "0512")
    form.form.set_values({"first_part": "下午", "reason": "看病"})
    one.picture("people-leave")
    form.submit()
    one.settle()
    one.settle()
    assert [(f"{x.starts_at:%m%d %H}", f"{x.ends_at:%m%d %H}") for x in one.page.detail.card.leaves] == [
        ("0512 12", "0513 00")
    ]
    one.picture("people-with-leave")


def test_p38_a_proposal_is_linked_from_its_card(shown: Open, lawyer: str, county: Desk) -> None:
    with Session(county.office.database.writer) as session, session.begin():
        session.add(
            Person(id="p1", name="单晓明", kind="律师", licence=LICENCE, writer="140802104", specialties=[])
        )
    one = shown()
    press(one.page.head, "去关联")
    one.settle()
    one.settle()
    box = one.page.detail.findChild(LinkBox)
    assert "执业证号相同" in box.words.text()
    assert not box.adopt_button.isEnabled()
    one.picture("people-link")
    box.link()
    one.settle()
    one.settle()
    assert {p.id for p in county.ask(Pool())} & {"p1"} == set()


def test_who_may_not_manage_people_sees_no_steps(shown: Open, lawyer: str, county: Desk) -> None:
    county.do(AddAccount("leader", "Leader-2022", ("局领导",)))
    one = shown(county.office.actor_of("leader"))
    words = {b.text() for b in one.page.findChildren(QAbstractButton) if b.isVisible()}
    assert not words & {"登记人员", "更正", "停用", "查看", "变更"}


def test_y29_a_second_person_confirms_the_account_from_the_pane(
    shown: Open, county: Desk, lawyer: str
) -> None:
    county.do(AddAccount("shenhe", "Secret-2022", ("审核员",), "郭晓东"))
    one = shown(county.office.actor_of("shenhe"))
    page = one.page
    page.table.select(next(row for row in page.table.rows() if row.id == lawyer))
    one.settle()
    assert page.detail.card.account_state == "待复核"
    one.picture("people-account-waits")
    press(page, "复核")
    form = page.side.currentWidget()
    assert isinstance(form, ConfirmPayeeForm)
    form.form.set_values({"account_end": "0000"})
    form.submit()
    one.settle()
    assert "E865" in form.form.fields["account_end"].fault()
    form.form.set_values({"account_end": "7894"})
    form.submit()
    one.settle()
    one.settle()
    card = county.ask(PersonCard(lawyer))
    assert (card.account_state, card.account_word) == ("已复核", "郭晓东 2022-05-10 复核")
    press_none(page, "变更")


def press_none(page: Any, words: str) -> None:
    """No button of these words can be seen."""
    assert not [b for b in page.findChildren(QAbstractButton) if b.text() == words and b.isVisible()]

"""The duty pool: entering, eligibility, correcting, disabling, finding, linking, leave."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.kernel.packs import load_pack
from app.models.organisation import Person, PersonLink, PersonPrivate
from app.models.records import ChangeEntry, JournalEntry, SecurityEvent
from app.rules.duty.eligibility import eligibility_problems
from app.services.people.add_person import AddPerson
from app.services.people.card import PersonCard
from app.services.people.correct_person import CorrectPerson
from app.services.people.disable_person import DisablePerson, EnablePerson
from app.services.people.leave import AFTERNOON, MORNING, AddLeave, CancelLeave, leave_times
from app.services.people.link_person import AdoptPerson, LinkPerson, UnlinkPerson
from app.services.people.payee import SetPayee
from app.services.people.pool import Pool
from app.services.people.suggestions import LinkSuggestions
from app.services.people.twins import FindTwin
from app.services.security.accounts import AddAccount
from app.services.security.reveal import Reveal
from tests.services.conftest import Desk

LICENCE, OTHER_LICENCE = "11408201010123456", "11408201211654321"
ID, OTHER_ID = "11010519491231002X", "440524188001010014"
PHONE, ACCOUNT = "13835901234", "6228480031234567894"
LAWYER = AddPerson(
    name="单晓明",
    kind="律师",
    organisation="河东律师事务所",
    licence=LICENCE,
    phone=PHONE,
    id_number=ID,
    specialties=("婚姻家庭", "劳动争议"),
    practice_since=2010,
    bank_name="农业银行盐湖支行",
    bank_account=ACCOUNT,
)


def proposal(county: Desk, name: str, licence: str = "", id_number: str = "") -> str:
    """A station's entry as it stands in the county's database after an exchange."""
    with Session(county.office.database.writer) as session, session.begin():
        row = Person(name=name, kind="律师", licence=licence, writer="140802104", specialties=[])
        session.add(row)
        session.flush()
        if id_number:
            session.add(PersonPrivate(id=row.id, id_number=id_number, writer="140802104"))
        return row.id


def test_y08_each_kind_has_its_condition_and_clause() -> None:
    pack = load_pack("yuncheng-2022")
    bad = {
        "E441": AddPerson(name="甲", kind="律师"), "E442": AddPerson(name="乙", kind="高校法律专业师生"),
        "E443": AddPerson(name="丙", kind="政法退休人员", years_of_service=4), "E444": AddPerson(name="丁", kind="放宽条件"),
        "E445": AddPerson(name="戊", kind="其他非公职", is_public_servant=True), "E440": AddPerson(name="己", kind="保安"),
    }  # fmt: skip
    for code, person in bad.items():
        problems = eligibility_problems(person, pack)
        assert [problem.code for problem in problems] == [code]
        assert code == "E440" or "运司通〔2022〕3号" in problems[0].message
    good = (
        AddPerson(name="甲", kind="律师", licence=LICENCE, is_public_servant=True), AddPerson(name="乙", kind="高校法律专业师生", qualification="A1"),
        AddPerson(name="丙", kind="政法退休人员", years_of_service=5), AddPerson(name="丁", kind="放宽条件", relaxed_approval="运司〔2022〕9号"),
        AddPerson(name="戊", kind="其他非公职"), AddPerson(name="己", kind="基层法律服务工作者", licence="晋0802"),
    )  # fmt: skip
    assert not any(eligibility_problems(person, pack) for person in good)


def test_y08_entering_somebody_unfit_is_refused_and_nothing_is_stored(county: Desk) -> None:
    with pytest.raises(Refused, match="E444") as refusal:
        county.do(AddPerson(name="田大力", kind="放宽条件", is_public_servant=True))
    assert [problem.code for problem in refusal.value.problems] == ["E444", "E445"]
    assert county.ask(Pool()) == ()


def test_y08_a_public_servant_may_be_entered(county: Desk) -> None:
    county.do(AddPerson(name="田大力", kind="律师", is_public_servant=True, licence=OTHER_LICENCE))
    assert [(one.is_public_servant, one.against) for one in county.ask(Pool())] == [(True, "")]


def test_p39_a_bad_identity_number_is_refused_and_other_papers_warn(county: Desk) -> None:
    for number, code in (("110105194912310021", "E203"), ("110105202912310016", "E20")):
        with pytest.raises(Refused, match=code):
            county.do(AddPerson(name="田大力", kind="其他非公职", id_number=number))
    declined = county.do(AddPerson(name="田大力", kind="其他非公职", id_number="拒绝提供"))
    assert county.ask(PersonCard(declined)).id_number == ""
    other = county.do(AddPerson(name="安小满", kind="其他非公职", id_number="h12345678"))
    assert any("其他证件" in warning for warning in county.ask(PersonCard(other)).warnings)


def test_least_rights_numbers_are_masked_everywhere(county: Desk) -> None:
    person = county.do(LAWYER)
    shown = repr(county.ask(Pool())) + repr(county.ask(PersonCard(person)))
    for secret in (PHONE, ID, ACCOUNT):
        assert secret not in shown
    assert "138****1234" in shown
    assert "****7894" in shown


def test_reveal_leaves_a_record_of_table_row_and_field(county: Desk) -> None:
    person = county.do(LAWYER)
    assert county.do(Reveal("person", person, "phone", "联系本人")) == PHONE
    assert county.do(Reveal("person_private", person, "id_number", "核对身份")) == ID
    with Session(county.office.database.reader) as session:
        rows = session.scalars(select(JournalEntry).where(JournalEntry.command == "Reveal")).all()
    assert [(row.subjects, row.why) for row in rows] == [
        ([f"person/{person}/phone"], "联系本人"),
        ([f"person_private/{person}/id_number"], "核对身份"),
    ]


def test_reveal_needs_its_right_a_reason_and_a_personal_field(county: Desk) -> None:
    person = county.do(LAWYER)
    county.do(AddAccount("clerk", "Clerk-2022", ("工作人员",)))
    county.do(AddAccount("cash", "Cash-2022", ("财务",)))
    clerk, cashier = county.office.actor_of("clerk"), county.office.actor_of("cash")
    assert county.do(Reveal("person", person, "phone", "回访"), clerk) == PHONE
    with pytest.raises(Refused, match="E001"):
        county.do(Reveal("person_private", person, "bank_account", "发放补贴"), clerk)
    assert county.do(Reveal("person_private", person, "bank_account", "发放补贴"), cashier) == ACCOUNT
    with pytest.raises(Refused, match="E001"):
        county.do(Reveal("person", person, "phone", "回访"), cashier)
    for bad in (Reveal("person", person, "phone", ""), Reveal("person", person, "phone", f"找{PHONE}")):
        with pytest.raises(Refused, match="E020"):
            county.do(bad)
    for table, field in (("person", "kind"), ("account", "name"), ("person", "nothing")):
        with pytest.raises(Refused, match="E021"):
            county.do(Reveal(table, person, field, "核对身份"))
    with pytest.raises(Refused, match="E022"):
        county.do(Reveal("person", "nobody", "phone", "核对身份"))
    with Session(county.office.database.reader) as session:
        assert (
            session.scalars(select(SecurityEvent.detail).where(SecurityEvent.kind == "refused")).all()
            == ["Reveal"] * 2
        )


def test_p38_same_papers_open_the_existing_person(county: Desk) -> None:
    person = county.do(LAWYER)
    for twin in (
        AddPerson(name="单小明", kind="律师", licence=LICENCE),
        AddPerson(name="单小明", kind="其他非公职", id_number=ID),
    ):
        with pytest.raises(Refused, match=r"E436.*单晓明"):
            county.do(twin)
    assert county.ask(FindTwin(id_number=ID)) == county.ask(FindTwin(LICENCE)) == person
    county.do(DisablePerson(person, "调离"))
    with pytest.raises(Refused, match=r"E436.*启用"):
        county.do(AddPerson(name="单晓明", kind="律师", licence=LICENCE))


def test_p38_a_namesake_is_allowed_with_a_warning(county: Desk) -> None:
    county.do(LAWYER)
    second = county.do(AddPerson(name="单晓明", kind="律师", licence=OTHER_LICENCE, id_number=OTHER_ID))
    assert any("同名" in warning for warning in county.ask(PersonCard(second)).warnings)


def test_a_correction_keeps_the_earlier_state_and_says_why(county: Desk) -> None:
    person = county.do(LAWYER)
    county.do(
        CorrectPerson(
            name="单晓铭",
            kind="律师",
            licence=LICENCE,
            person_id=person,
            reason="姓名录错",
            phone="13800001111",
        )
    )
    card = county.ask(PersonCard(person))
    assert (card.name, card.phone, card.id_number[-4:], card.organisation) == (
        "单晓铭",
        "138****1111",
        "002X",
        "",
    )
    assert [(change.command, change.why) for change in card.changes] == [
        ("CorrectPerson", "姓名录错"),
        ("AddPerson", ""),
    ]
    with Session(county.office.database.reader) as session:
        bodies = session.scalars(
            select(ChangeEntry.body).where(ChangeEntry.row_id == person, ChangeEntry.table == "person")
        )
        assert ["河东律师事务所" in body.decode() for body in bodies] == [True, False]
    with pytest.raises(Refused, match="E439"):
        county.do(CorrectPerson(name="单晓铭", kind="律师", licence=LICENCE, person_id=person))
    with pytest.raises(Refused, match="E441"):
        county.do(CorrectPerson(name="单晓铭", kind="律师", person_id=person, reason="证号收回"))


def test_disabled_people_stay_on_record_and_come_back_only_if_eligible(county: Desk) -> None:
    person = county.do(LAWYER)
    county.do(DisablePerson(person, "退出值班"))
    assert county.ask(Pool()) == ()
    assert [one.is_active for one in county.ask(Pool(include_inactive=True))] == [False]
    assert county.ask(PersonCard(person)).inactive_reason == "退出值班"
    county.do(EnablePerson(person))
    assert len(county.ask(Pool())) == 1


def test_people_are_found_by_name_initials_last_four_and_telephone(county: Desk) -> None:
    county.do(LAWYER)
    county.do(AddPerson(name="曾秀英", kind="其他非公职", organisation="调解协会", phone="13935907777"))
    for words in (
        "单晓",
        "sxm",
        "shanxiaoming",
        "1234",
        PHONE,
        "002X",
        "002x",
        LICENCE,
        "河东",
        "3456",
    ):
        assert [one.name for one in county.ask(Pool(words))] == ["单晓明"], words
    assert [one.name for one in county.ask(Pool("zxy"))] == ["曾秀英"]
    assert county.ask(Pool("9999")) == ()


def test_y29_an_account_is_not_changed_by_those_who_pay(county: Desk) -> None:
    person = county.do(LAWYER)
    for name, role in (("clerk", "工作人员"), ("cashier", "财务")):
        county.do(AddAccount(name, "Secret-2022", (role,)))
    clerk, cashier = county.office.actor_of("clerk"), county.office.actor_of("cashier")
    with pytest.raises(Refused, match="E001"):
        county.do(SetPayee(person, "建设银行", "123456789"), cashier)
    assert county.ask(PersonCard(person), clerk).bank_name == ""
    county.do(SetPayee(person, "建设银行", "6217 0003 4000 1111"), clerk)
    assert county.ask(PersonCard(person)).bank_account == "****1111"
    with pytest.raises(Refused, match="E437"):
        county.do(SetPayee(person, "建设银行", ""))


def test_leave_takes_half_days_and_is_cancelled_on_record(county: Desk) -> None:
    person = county.do(LAWYER)
    assert leave_times(date(2022, 5, 12), first_part=MORNING) == (
        datetime(2022, 5, 12),
        datetime(2022, 5, 12, 12),
    )
    starts, ends = leave_times(date(2022, 5, 12), date(2022, 5, 13), AFTERNOON, MORNING)
    assert (starts, ends) == (datetime(2022, 5, 12, 12), datetime(2022, 5, 13, 12))
    leave = county.do(AddLeave(person, starts, ends, "看病"))
    with pytest.raises(Refused, match="E448"):
        county.do(AddLeave(person, starts, ends))
    with pytest.raises(Refused, match="E447"):
        county.do(AddLeave(person, ends, starts))
    assert [one.reason for one in county.ask(PersonCard(person)).leaves] == ["看病"]
    county.do(CancelLeave(leave))
    assert county.ask(PersonCard(person)).leaves == ()
    with pytest.raises(Refused, match="E449"):
        county.do(CancelLeave(leave))


def test_p38_the_county_links_proposals_and_may_undo_it(county: Desk) -> None:
    person = county.do(LAWYER)
    by_licence = proposal(county, "单晓明", LICENCE)
    by_id = proposal(county, "单小明", id_number=ID)
    by_name = proposal(county, "单晓明", OTHER_LICENCE)
    alone = proposal(county, "卫国强", "11408201510999999")
    found = {one.id: (one.match, one.person_id) for one in county.ask(LinkSuggestions())}
    assert found == {
        by_licence: ("执业证号", person),
        by_id: ("身份证号", person),
        by_name: ("仅姓名", person),
        alone: ("", ""),
    }
    county.do(LinkPerson(by_licence, person))
    county.do(LinkPerson(by_id, person))
    with pytest.raises(Refused, match="E454"):
        county.do(LinkPerson(by_name, person))
    county.do(LinkPerson(by_name, person, "电话核实为同一人"))
    assert county.ask(PersonCard(person)).warnings == ()
    county.do(UnlinkPerson(by_name, "核实有误"))
    with Session(county.office.database.reader) as session:
        assert sorted(session.scalars(select(PersonLink.id))) == sorted([by_licence, by_id])
    adopted = county.do(AdoptPerson(alone))
    assert {one.id: one.is_proposal for one in county.ask(Pool())} == {
        person: False,
        adopted: False,
        by_name: True,
    }
    with pytest.raises(Refused, match="E452"):
        county.do(LinkPerson(alone, person, "误"))


def test_y03_a_station_proposes_and_cannot_link_or_change_the_countys(station: Desk) -> None:
    own = station.do(LAWYER)
    assert [one.is_proposal for one in station.ask(Pool())] == [True]
    with Session(station.office.database.writer) as session, session.begin():
        session.add(Person(id="p1", name="曾秀英", kind="其他非公职", writer="140802", specialties=[]))
    with pytest.raises(Refused, match="E903"):
        station.do(DisablePerson("p1", "误"))
    with pytest.raises(Refused, match="E451"):
        station.do(LinkPerson(own, "p1"))
    assert station.ask(LinkSuggestions()) == ()

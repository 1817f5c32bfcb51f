"""A lawful erasure takes one person's values from everywhere in the office, and nothing that money or the chain needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.clock import local_to_utc
from app.errors import Refused
from app.kernel.permissions import KIOSK, staff
from app.models.found import ALTERED, FoundRow
from app.models.records import SecurityEvent
from app.paths import DataDir
from app.services.attendance.decide import Decide
from app.services.consultations.card import ConsultationCard
from app.services.consultations.correct_consultation import CorrectConsultation
from app.services.consultations.register import Register
from app.services.drafts.keep_draft import Drafts, SaveDraft
from app.services.erasure.erase_personal_data import ErasePersonalData, ErasureScope
from app.services.kiosk.set_pin import SetPin
from app.services.money.confirm_payee import ConfirmPayee
from app.services.money.pay_month import PayMonth
from app.services.money.settle_final import SettleFinal
from app.services.office.back_up import BackUp
from app.services.office.health import Health
from app.services.office.office import Office
from app.services.office.restore import restore_backup
from app.services.people.disable_person import DisablePerson
from app.services.people.leave import AddLeave
from app.services.people.payee import SetPayee
from app.services.supervision.hear_person import RecordExplanation
from app.services.supervision.record_complaint import RecordComplaint
from app.values import Role
from tests.direct_rows import Write
from tests.services.conftest import Desk
from tests.services.consultation_desk import FULL, go_to, lawyer, on_duty, record
from tests.services.money_book import AFTER_MAY, CENTRE, SECOND, VERIFIER, Book, at, paid

ASKED = "本人书面申请删除"
NAME, PHONE = "李桂花", "13800006021"


def places_of(desk: Desk, words: str) -> set[str]:
    """Tables that hold the words anywhere."""
    with desk.office.database.reader.connect() as connection:
        names = (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        )
        return {
            name
            for name in names
            if any(
                words.encode() in value if isinstance(value, bytes) else words in str(value)
                for row in connection.execute(text(f'SELECT * FROM "{name}"'))
                for value in row
            )
        }


def found_by(desk: Desk, words: str) -> int:
    page = desk.ask(Register(first=date(2022, 5, 1), last=date(2022, 5, 31), words=words))
    return int(page.total)


def faults(desk: Desk) -> list[str]:
    ledger = {"chain", "received_chain", "rows", "received_rows", "journal", "guards"}
    return [f"{one.title}：{one.text}" for one in desk.ask(Health()) if one.key in ledger and not one.is_good]


def refusal(desk: Desk, kind: str, key: str, reason: str = ASKED) -> str:
    """The code; nothing was changed."""
    before = places_of(desk, NAME)
    with pytest.raises(Refused) as refused:
        desk.do(ErasePersonalData(kind, key, reason))
    assert places_of(desk, NAME) == before
    return refused.value.code


@pytest.fixture
def told(county: Desk) -> str:
    """A record that was corrected, found altered once, and lies in a draft; nobody is paid for its day."""
    go_to(county, "09:30")
    made = record(county, person_id=lawyer(county))
    county.do(CorrectConsultation(id=made.id, reason="补登", village="解州镇西街"))
    county.do(SaveDraft("consultation", {"client_name": NAME, "more": [{"phone": PHONE}]}))
    county.do(SaveDraft("person", {"name": "孙丽"}))
    county.office.do(Write(lambda session: _found(session, made.id)), county.actor)
    return str(made.id)


def _found(session: Any, row_id: str) -> None:
    event = SecurityEvent(at=local_to_utc(AFTER_MAY), kind="found_changes", actor="system", is_alarm=True)
    session.add(event)
    session.flush()
    session.add(
        FoundRow(
            event_id=event.id, table="consultation", row_id=row_id, kind=ALTERED,
            found={"client_name": NAME, "phone": PHONE, "channel": "来访"},
        )
    )  # fmt: skip


def test_case_65_nothing_of_a_citizen_is_left_and_all_that_counts_stays(county: Desk, told: str) -> None:
    assert places_of(county, NAME) >= {"consultation", "change_personal", "found_row", "draft"}
    assert found_by(county, NAME) == found_by(county, "6021") == 1
    before = county.ask(ConsultationCard(told))
    preview = county.ask(ErasureScope("consultation", told))
    assert [kind.title for kind in preview.kinds] == ["咨询"]
    assert {"咨询人", "联系电话", "住址", "咨询内容"} <= set(preview.kinds[0].items)
    assert places_of(county, NAME), "a preview takes nothing"
    assert county.do(ErasePersonalData("consultation", told, ASKED)) == preview
    for words in (NAME, PHONE, FULL["content"], "解州镇西街"):
        assert places_of(county, words) == set()
    assert found_by(county, NAME) == found_by(county, "6021") == found_by(county, "lgh") == 0
    after = county.ask(ConsultationCard(told))
    assert (after.client_name, after.content, after.versions[0].changes) == ("", "", ())
    assert (after.row.number, after.row.at, after.row.topics, after.row.missing) == (
        before.row.number, before.row.at, before.row.topics, before.row.missing,
    )  # fmt: skip
    assert set(county.ask(Drafts())) == {"person"}
    assert faults(county) == []


def test_case_65_the_journal_says_who_when_why_and_which_rows_and_nothing_personal(
    county: Desk, told: str
) -> None:
    county.do(ErasePersonalData("consultation", told, ASKED))
    with county.office.database.reader.connect() as connection:
        query = text("SELECT actor, why, subjects FROM journal WHERE command = 'ErasePersonalData'")
        [(actor, why, subjects)] = connection.execute(query).all()
    assert (actor, why) == (county.actor.account, ASKED)
    assert told in subjects


def test_a_reason_that_names_what_is_to_go_is_refused(county: Desk, told: str) -> None:
    assert refusal(county, "consultation", told, f"{NAME}本人申请") == "E889"
    assert refusal(county, "consultation", told, "  ") == "E887"


def test_what_is_gone_nobody_or_several_is_refused_in_a_sentence(county: Desk, told: str) -> None:
    assert refusal(county, "complaint", told) == "E880"
    assert refusal(county, "consultation", "9999") == "E881"
    assert refusal(county, "person", "无此人") == "E881"
    lawyer(county, "卫明", 2)
    assert refusal(county, "person", "卫明") == "E882"
    county.do(ErasePersonalData("consultation", told, ASKED))
    assert refusal(county, "consultation", told) == "E888"


@pytest.mark.parametrize("role", [Role.clerk, Role.reviewer, Role.cashier])
def test_only_administrator_and_leader_erase(county: Desk, told: str, role: Role) -> None:
    somebody = staff(county.actor.account, "x", "x", [role.value])
    for who in (KIOSK, _unlisted(somebody)):
        for request in (ErasePersonalData("consultation", told, ASKED), ErasureScope("consultation", told)):
            send = county.do if isinstance(request, ErasePersonalData) else county.ask
            with pytest.raises(Refused) as refused:
                send(request, who)
            assert refused.value.code == "E001"
    leader = _unlisted(staff(county.actor.account, "x", "x", [Role.leader.value]))
    county.do(ErasePersonalData("consultation", told, ASKED), leader)
    assert places_of(county, NAME) == set()


def _unlisted(actor: Any) -> Any:
    return replace(actor, is_account=False)


def test_a_record_waits_for_its_complaint_and_the_complaints_words_go_with_it(
    county: Desk, told: str
) -> None:
    number = county.ask(ConsultationCard(told)).row.number
    person = county.ask(ConsultationCard(told)).row.person_id
    complaint = county.do(
        RecordComplaint(
            site=CENTRE, at=at(10, "09:10"), person_id=person, number=number, matter=f"{NAME}说态度差"
        )
    )  # fmt: skip
    assert refusal(county, "consultation", told) == "E885"
    county.do(RecordExplanation(complaint, f"没有对{NAME}发火", "本人当面"))
    county.do(Decide(complaint, False, f"问过{NAME}，不属实"), VERIFIER)
    preview = county.ask(ErasureScope("consultation", told))
    assert [kind.title for kind in preview.kinds] == ["咨询", "投诉", "审定", "通知与说明"]
    county.do(ErasePersonalData("consultation", told, ASKED))
    assert places_of(county, NAME) == set() and faults(county) == []


def test_a_record_waits_until_its_month_is_settled_and_paid(county: Desk) -> None:
    book = Book(county)
    person = book.person("卫明")
    on_duty(county, (person, "08:30-12:00；14:00-18:30"))
    go_to(county, "09:30")
    made = record(county, person_id=person)
    go_to(county, "09:30", 11)
    book.row(10, "08:30", "18:30", CENTRE, "卫明")
    assert refusal(county, "consultation", made.id) == "E886"
    county.clock.go_to(AFTER_MAY)
    county.do(SettleFinal("2022-05"))
    assert refusal(county, "consultation", made.id) == "E886"
    paid(county, PayMonth("2022-05", date(2022, 6, 2), "凭证1"))
    county.do(ErasePersonalData("consultation", made.id, ASKED))
    assert places_of(county, NAME) == set() and faults(county) == []


@pytest.fixture
def gone(county: Desk) -> str:
    """Somebody with account, PIN and leave, who left the pool."""
    person = lawyer(county, "欧阳若兰")
    county.do(SetPayee(person, "农业银行盐湖支行", "6228480031234500017", "本人提供"))
    county.do(ConfirmPayee(person), SECOND)
    county.do(SetPin(person, "4826"))
    county.do(AddLeave(person, datetime(2022, 5, 20), datetime(2022, 5, 21), "欧阳若兰住院"))
    county.do(DisablePerson(person, "调离"))
    return person


def test_case_65_a_person_goes_with_account_pin_and_leave(county: Desk, gone: str) -> None:
    assert places_of(county, "6228480031234500017") >= {
        "person_private",
        "payee_confirmation",
        "change_personal",
    }
    preview = county.ask(ErasureScope("person", "欧阳若兰"))
    assert {kind.title for kind in preview.kinds} == {
        "人员", "人员收款信息", "请假", "收款账户变更", "收款账户复核",
    }  # fmt: skip
    county.do(ErasePersonalData("person", "欧阳若兰", ASKED))
    for words in ("欧阳若兰", "6228480031234500017"):
        assert places_of(county, words) == set()
    with county.office.database.reader.connect() as connection:
        pins = text("SELECT count(*) FROM kiosk_credential WHERE person_id = :id")
        assert connection.execute(pins, {"id": gone}).scalar() == 0
    assert faults(county) == []


def test_a_person_in_use_or_unpaid_is_kept(county: Desk) -> None:
    book = Book(county)
    book.worked(3, CENTRE, "张三")
    book.publish()
    person = book.people["张三"]
    assert refusal(county, "person", person) == "E884"
    county.do(DisablePerson(person, "调离"))
    assert refusal(county, "person", person) == "E886"
    complaint = county.do(RecordComplaint(site=CENTRE, at=at(3, "09:40"), person_id=person, matter="态度差"))
    assert refusal(county, "person", person) == "E885"
    county.do(Decide(complaint, False, "不属实"), VERIFIER)
    county.clock.go_to(AFTER_MAY)
    county.do(SettleFinal("2022-05"))
    assert refusal(county, "person", person) == "E886"
    paid(county, PayMonth("2022-05", date(2022, 6, 2), "凭证1"))
    county.do(ErasePersonalData("person", person, ASKED))
    assert places_of(county, "张三") == set()
    with county.office.database.reader.connect() as connection:
        assert connection.execute(text("SELECT sum(net_fen) FROM pay_line")).scalar() == 20000
    assert faults(county) == []


@pytest.mark.parametrize("table", ["payee_change", "payee_confirmation"])
def test_rows_of_an_account_may_be_emptied_and_nothing_else(county: Desk, gone: str, table: str) -> None:
    del gone
    other = {"payee_change": "changed_by", "payee_confirmation": "confirmed_by"}[table]
    personal = {"payee_change": "reason", "payee_confirmation": "bank_account"}[table]
    for change in (f"{other} = 'x'", f"{personal} = 'x'"):
        with (
            pytest.raises(Exception, match="kept as they are"),
            county.office.database.writer.begin() as connection,
        ):
            connection.execute(text(f"UPDATE {table} SET {change}"))
    with county.office.database.writer.begin() as connection:
        connection.execute(text(f"UPDATE {table} SET {personal} = NULL"))
        connection.execute(text("DELETE FROM pending"))


def test_an_account_row_added_past_the_program_hinders_no_command(county: Desk, gone: str) -> None:
    with county.office.database.writer.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO payee_change (id, writer, private_id, changed_by, changed_at) "
                "VALUES ('x1', '140802', :id, 'x', '2022-05-10T00:00:00.000000Z')"
            ),
            {"id": gone},
        )
    lawyer(county, "王五", 7)
    with county.office.database.reader.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM payee_change WHERE id = 'x1'")).scalar() == 0


@pytest.fixture
def brought_back(county: Desk, told: str, tmp_path: Path) -> Callable[[bool], Desk]:
    """Back up, erase, lose the database; the list beside it may be lost too."""
    kept = tmp_path / "kept.hmbk"
    kept.write_bytes(Path(county.do(BackUp()).file).read_bytes())
    county.do(ErasePersonalData("consultation", told, ASKED))
    listed = county.office.data.kept_out.read_bytes()
    assert NAME.encode() not in listed and told.encode() in listed

    def bring(has_list: bool) -> Desk:
        key = county.office.safe.key
        county.office.close()
        made = DataDir(tmp_path / f"back-{has_list}")
        restore_backup(made, kept)
        if has_list:
            made.kept_out.write_bytes(listed + b'{"erased": {"id"')
        office = Office(made, key, county.clock)
        return Desk(office, office.actor_of("admin"), county.clock, "")

    return bring


def test_case_65_a_restored_backup_brings_nobody_back(
    brought_back: Callable[[bool], Desk], told: str
) -> None:
    desk = brought_back(True)
    assert places_of(desk, NAME) == places_of(desk, PHONE) == set()
    assert faults(desk) == [] and found_by(desk, NAME) == 0
    with desk.office.database.reader.connect() as connection:
        assert connection.execute(text("SELECT tbl, row_id FROM erasure")).all() == [("consultation", told)]
    key, data = desk.office.safe.key, desk.office.data
    desk.office.close()
    again = Office(data, key, desk.clock)
    with again.database.reader.connect() as connection:
        replays = text("SELECT count(*) FROM journal WHERE command = 'ReplayErasures'")
        assert connection.execute(replays).scalar() == 1
    again.close()


def test_without_the_list_the_backup_holds_what_it_held(brought_back: Callable[[bool], Desk]) -> None:
    desk = brought_back(False)
    assert "consultation" in places_of(desk, NAME)
    desk.office.close()


def test_case_65_a_new_backup_holds_nothing_of_it(county: Desk, told: str, tmp_path: Path) -> None:
    county.do(ErasePersonalData("consultation", told, ASKED))
    county.clock.advance(timedelta(minutes=1))
    made, key = DataDir(tmp_path / "made"), county.office.safe.key
    restore_backup(made, Path(county.do(BackUp()).file))
    office = Office(made, key, county.clock)
    desk = Desk(office, office.actor_of("admin"), county.clock, "")
    assert places_of(desk, NAME) == set()
    office.close()

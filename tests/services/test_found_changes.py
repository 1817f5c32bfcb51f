"""What somebody with the file and a password changes outside the program: alarmed, set right, signed by nobody."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.canonical import decode
from app.errors import Refused
from app.models.engine import connect
from app.models.found import FoundRow
from app.models.pay import Submission
from app.models.records import SecurityEvent
from app.services.office.found_rows import DecideFound, FoundRows
from app.services.office.guards import LayGuards, wrong_guards
from app.services.office.journal import DismissAlarm, SecurityEvents
from app.services.office.office import Office
from app.services.people.add_person import AddPerson
from app.services.people.pool import Pool
from app.services.security.accounts import AddAccount
from tests.direct_rows import write_rows
from tests.journeys.cli_inside import Inside
from tests.services.conftest import COUNTY, Desk

PERSON = AddPerson(name="卫明", kind="律师", licence="11408201012345678")


def outside(desk: Desk, *statements: str) -> None:
    """Run statements as another program does that has the key."""
    with desk.office.database.writer.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def one_value(desk: Desk, statement: str):
    with desk.office.database.reader.connect() as connection:
        return connection.execute(text(statement)).scalar()


def found(desk: Desk) -> list[tuple[str, str, str]]:
    with Session(desk.office.database.reader) as session:
        return [(row.table, row.row_id, row.kind) for row in session.query(FoundRow).order_by(FoundRow.id)]


ADD = (
    "INSERT INTO person (id, writer, name, kind, is_public_servant, organisation, licence, qualification, specialties, "
    "relaxed_approval, badge_code, is_active, inactive_reason) VALUES ('forged', '140802', '贾某', '律师', 0, '', '', "
    "'', '[]', '', '', 1, '')"
)


def test_what_was_changed_outside_is_set_right_and_not_signed_by_the_next_command(county: Desk) -> None:
    kept, gone = (
        county.do(PERSON),
        county.do(AddPerson(name="安小满", kind="律师", licence="11408201012345679")),
    )
    before = one_value(county, "SELECT count(*) FROM change_entry")
    outside(
        county,
        f"UPDATE person SET organisation = '假所', name = '假名' WHERE id = '{kept}'",
        f"DELETE FROM person WHERE id = '{gone}'",
        ADD,
    )
    county.do(AddPerson(name="单晓明", kind="律师", licence="11408201012345670"))
    assert found(county) == [
        ("person", kept, "altered"),
        ("person", gone, "deleted"),
        ("person", "forged", "added"),
    ]
    assert {one.name for one in county.ask(Pool())} == {"卫明", "安小满", "单晓明"}
    assert one_value(county, f"SELECT organisation FROM person WHERE id = '{kept}'") == ""
    entries = one_value(county, "SELECT count(*) FROM change_entry")
    signed = one_value(
        county,
        f"SELECT count(*) FROM change_entry WHERE seq > 0 AND row_id IN ('{kept}', '{gone}', 'forged')",
    )
    assert (entries > before, signed) == (True, 2)
    with Session(county.office.database.reader) as session:
        event = session.query(SecurityEvent).filter_by(kind="found_changes").one()
        assert (event.is_alarm, event.actor) == (True, "system")
        assert event.detail == "人员被添加 1 条；人员被改动 1 条；人员被删除 1 条"
        assert session.query(FoundRow).filter_by(row_id="forged").one().found["name"] == "贾某"
    assert one_value(county, "SELECT count(*) FROM pending") == 0


def test_a_refused_command_leaves_the_alarm_standing(county: Desk) -> None:
    person = county.do(PERSON)
    outside(county, f"UPDATE person SET kind = '其他非公职' WHERE id = '{person}'")
    with pytest.raises(Refused, match="E436"):
        county.do(PERSON)
    assert found(county) == [("person", person, "altered")]
    assert one_value(county, f"SELECT kind FROM person WHERE id = '{person}'") == "律师"


def test_an_office_that_opens_sets_right_what_was_changed_while_it_was_closed(county: Desk) -> None:
    county.do(PERSON)
    outside(county, ADD, "INSERT INTO pending (tbl, row_id) VALUES ('x; DROP TABLE person', 'y')")
    data, key = county.office.data, county.office.safe.key
    county.office.close()
    county.office = Office(data, key, county.clock)
    assert found(county) == [("person", "forged", "added")]
    assert [one.name for one in county.ask(Pool())] == ["卫明"]
    assert "不认识的记录 1 条" in one_value(county, "SELECT detail FROM security_event ORDER BY id DESC")


def added(desk: Desk, *statements: str) -> list[int]:
    """Ids of what was found after rows were added outside."""
    outside(desk, *statements)
    desk.office._dispatcher.set_right()
    return [row.id for row in reversed(desk.ask(FoundRows())) if row.is_waiting]


def test_an_added_row_is_hidden_until_somebody_decides_and_kept_under_that_name(county: Desk) -> None:
    [found_id] = added(county, ADD)
    assert county.ask(Pool()) == ()
    alarm = next(one for one in county.ask(SecurityEvents()) if one.is_about_rows)
    assert (alarm.title, alarm.is_open) == ("库外改动", True)
    with pytest.raises(Refused, match="E058"):
        county.do(DismissAlarm(alarm.id, "已核实"))
    with pytest.raises(Refused, match="E054"):
        county.do(DecideFound((found_id,), True, " "))
    assert county.do(DecideFound((found_id,), True, "县局技术人员补录")) == 1
    assert [one.name for one in county.ask(Pool())] == ["贾某"]
    body = one_value(county, "SELECT body FROM change_entry WHERE row_id = 'forged'")
    assert decode(body)["by"] == county.actor.account and decode(body)["command"] == "DecideFound"
    assert one_value(county, "SELECT why FROM journal ORDER BY id DESC LIMIT 1") == "县局技术人员补录"
    with pytest.raises(Refused, match="E056"):
        county.do(DecideFound((found_id,), True, "再来"))
    county.do(DismissAlarm(alarm.id, "已核实"))
    [row] = county.ask(FoundRows(alarm.id))
    assert (row.title, row.words, row.state, row.decided_by) == ("人员", "被添加", "已采纳", "管理员")


def test_a_row_that_is_not_kept_stays_out_and_is_evidence(county: Desk) -> None:
    [found_id] = added(county, ADD)
    county.do(DecideFound((found_id,), False, "查不到来源"))
    assert county.ask(Pool()) == ()
    [row] = county.ask(FoundRows())
    assert row.state == "不采纳" and "人员类别：律师" in row.facts and "姓名或名称：（个人信息）" in row.facts
    assert "贾某" not in str(row)
    assert one_value(county, "SELECT count(*) FROM change_entry WHERE row_id = 'forged'") == 0


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        (
            "INSERT INTO payment (id, writer, month, person_id, fen, paid_on, voucher, reason_code, confirmation, item_id, made_by, made_at) "
            "VALUES ('forged', '140802', '2022-05', 'p', 1000000, '2022-05-10', '1', '', '', '', 'a', '2022-05-10T00:00:00.000000Z')",
            "E057",
        ),
        (ADD.replace("'律师', 0", "'律师', 7"), "E057"),
        (ADD.replace("'律师', 0", "'木匠', 0"), "E057"),
        (
            'INSERT INTO punch (id, writer, site, person_id, direction, at, "on", pair_id, origin, confirmed_by, mono, boot, '
            "grade, grade_reason) VALUES ('forged', '140802', '140802-01', 'p', 'in', '2022-04-10T01:00:00.000000Z', "
            "'2022-04-10', '', 'kiosk', '', 1, 'b', 'green', '')",
            "E110",
        ),
    ],
    ids=["payment", "value out of shape", "unknown word", "reported month"],
)
def test_what_no_door_would_take_is_not_taken_by_this_one(county: Desk, statement: str, code: str) -> None:
    write_rows(
        county.office,
        Submission(
            id="s1", writer="140802", site="140802-01", month="2022-04", number=1, counts={},
            submitted_at=county.clock.at, submitted_by="a",
        ),
    )  # fmt: skip
    [found_id] = added(county, statement)
    with pytest.raises(Refused, match=code):
        county.do(DecideFound((found_id,), True, "试试"))
    assert one_value(county, "SELECT count(*) FROM change_entry WHERE row_id = 'forged'") == 0
    assert county.do(DecideFound((found_id,), False, "伪造")) == 1


def test_who_may_not_handle_alarms_decides_nothing(county: Desk) -> None:
    [found_id] = added(county, ADD)
    county.do(AddAccount("clerk", "Clerk-2022"))
    clerk = county.office.actor_of("clerk")
    for request in (DecideFound((found_id,), True, "自己补的"),):
        with pytest.raises(Refused, match="E001"):
            county.do(request, clerk)
    with pytest.raises(Refused, match="E001"):
        county.ask(FoundRows(), clerk)


def test_a_row_whose_entry_was_altered_too_stays_and_is_said(county: Desk) -> None:
    person = county.do(PERSON)
    outside(
        county,
        "DROP TRIGGER keep_change_entry_update",
        f"UPDATE change_entry SET body = x'7b7d' WHERE row_id = '{person}'",
        f"UPDATE person SET organisation = '假所' WHERE id = '{person}'",
    )
    assert added(county) == []
    assert found(county) == [("person", person, "unsure")]
    assert one_value(county, f"SELECT organisation FROM person WHERE id = '{person}'") == "假所"


def test_the_command_line_lists_and_decides(county: Desk) -> None:
    outside(county, ADD, ADD.replace("'forged'", "'forged2'"))
    county.office.close()
    office = Inside(county.office.data.root, COUNTY.password)
    listed = office("found", "list").document
    assert [(row["row_id"], row["state"]) for row in listed] == [("forged2", "待决定"), ("forged", "待决定")]
    assert office("check", expect=1).err.startswith("E919")
    assert office("found", "keep", listed[1]["id"], "--reason", "补录").document["decided"] == 1
    office("found", "drop", listed[0]["id"], "--reason", "不明")
    assert [row["state"] for row in office("found", "list").document] == ["不采纳", "已采纳"]
    assert office("found", "drop", 99, "--reason", "x", expect=1).err.startswith("E056")


def test_an_open_window_hides_an_added_row_before_anybody_does_anything(county: Desk) -> None:
    heard = threading.Event()
    stop = county.office.hear_commits(lambda tables: heard.set() if "found_row" in tables else None)
    time.sleep(0.2)
    stranger = connect(county.office.data.database, county.office.safe.key)
    stranger.execute(ADD)
    stranger.close()
    assert heard.wait(10)
    stop()
    assert county.ask(Pool()) == () and found(county) == [("person", "forged", "added")]


def test_guards_are_laid_anew_on_record(county: Desk) -> None:
    outside(
        county,
        "DROP TRIGGER keep_payment_delete",
        "CREATE TRIGGER more AFTER INSERT ON punch BEGIN DELETE FROM pending; END",
    )
    wrong = ("keep_payment_delete（被拆除）", "more（被添加）")
    with pytest.raises(Refused, match="E054"):
        county.do(LayGuards(""))
    assert county.do(LayGuards("县局核查过")) == wrong
    assert county.do(LayGuards("再看一次")) == ()
    [event] = county.ask(SecurityEvents())
    assert (event.title, event.detail, event.is_open) == ("库内防护被动过，已重装", "；".join(wrong), True)
    with county.office.database.reader.connect() as connection:
        assert wrong_guards(connection) == ()
    person = county.do(PERSON)
    assert one_value(county, f"SELECT count(*) FROM change_entry WHERE row_id = '{person}'") == 1

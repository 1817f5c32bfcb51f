"""What somebody with the file and a password changes outside the program: alarmed, set right, signed by nobody."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models.found import FoundRow
from app.models.records import SecurityEvent
from app.services.office.office import Office
from app.services.people.add_person import AddPerson
from app.services.people.pool import Pool
from tests.services.conftest import Desk

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
    with pytest.raises(Exception, match="E436"):
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

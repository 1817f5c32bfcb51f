"""A new row is stored without a flush of the mapper, and is in every other way as if it had been flushed."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models.many_rows import store_row, values_of
from app.models.organisation import Person
from tests.bench.report import counted
from tests.services.conftest import Desk, county, make_desk

__all__ = ["county", "make_desk"]
ROW = text("SELECT * FROM person WHERE id = :id")


def person(**more: object) -> Person:
    return Person(name="欧阳若兰", kind="律师", organisation="星城律师事务所", writer="140802", **more)


def test_a_stored_row_is_what_a_flush_would_have_made_of_it(county: Desk) -> None:
    with Session(county.office.database.writer) as session:
        stored, flushed = person(phone=None), person(phone=None)
        store_row(session, stored)
        session.add(flushed)
        session.flush()
        one, other = (
            dict(session.execute(ROW, {"id": row.id}).mappings().one()) for row in (stored, flushed)
        )
        session.refresh(flushed)
        assert stored.id and stored.id != flushed.id and one | {"id": ""} == other | {"id": ""}
        assert values_of(stored) | {"id": ""} == values_of(flushed) | {"id": ""}
        session.rollback()


def test_a_stored_row_is_the_sessions_own_and_later_changes_are_written(county: Desk) -> None:
    with Session(county.office.database.writer) as session:
        row = person()
        store_row(session, row)
        with counted(county.office.database.writer) as sent:
            assert session.get(Person, row.id) is row and not session.dirty and values_of(row)
        assert not sent
        row.organisation = "云海律师事务所"
        session.flush()
        assert session.execute(ROW, {"id": row.id}).mappings().one()["organisation"] == "云海律师事务所"
        session.rollback()

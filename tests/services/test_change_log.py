"""The journal, the change log and its hash chain, on a real encrypted database."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.canonical import decode
from app.chain import GENESIS, verify_run
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.case_words import CASE_WORDS
from app.models.migrate import HEAD, revision
from app.models.organisation import Person
from app.models.records import ChangeEntry, ChangePersonal, JournalEntry, Stream
from app.models.schema import metadata, shared_classes, table, triggers
from app.models.search_words import WORDS
from app.models.travelling import personal_columns
from tests.services.conftest import Desk


class Store:
    """A row in any way there is: as an object, in bulk, or by plain SQL."""

    def __init__(self, way: str, name: str = "卫明"):
        self.way, self.name = way, name


@handles(Store, title="存入一行", permission=Permission.MANAGE_PEOPLE)
def store(work: Work, command: Store) -> None:
    """No way past the log."""
    if command.way == "object":
        work.add(Person(id="p1", name=command.name, kind="律师"))
    elif command.way == "change":
        work.mine(work.session.get_one(Person, "p1")).organisation = "明理律师事务所"
    elif command.way == "core":
        work.session.execute(table("person").update().values(phone="13900001111"))
    elif command.way == "sql":
        work.session.execute(text("UPDATE person SET kind = '其他非公职'"))
    elif command.way == "delete":
        work.session.execute(text("DELETE FROM person"))


def entries(desk: Desk) -> list[tuple[int, int, str, str]]:
    with Session(desk.office.database.reader) as session:
        rows = session.scalars(
            select(ChangeEntry).where(ChangeEntry.table == "person").order_by(ChangeEntry.seq)
        ).all()
        return [
            (row.version, body["base"], body["op"], body["command"])
            for row in rows
            if (body := decode(row.body))
        ]


def test_q02_every_way_of_writing_is_logged_once_with_versions(county: Desk) -> None:
    for way in ("object", "change", "core", "sql", "delete"):
        county.do(Store(way))
    assert entries(county) == [
        (1, 0, "put", "Store"),
        (2, 1, "put", "Store"),
        (3, 2, "put", "Store"),
        (4, 3, "put", "Store"),
        (5, 4, "void", "Store"),
    ]


def test_q02_the_chain_holds_and_heads_are_right(county: Desk) -> None:
    for way in ("object", "change", "core"):
        county.do(Store(way))
    assert_chains_hold(county)


def assert_chains_hold(desk: Desk) -> None:
    with Session(desk.office.database.reader) as session:
        for stream in session.scalars(select(Stream)):
            rows = session.scalars(
                select(ChangeEntry).where(ChangeEntry.stream == stream.id).order_by(ChangeEntry.seq)
            ).all()
            assert [row.seq for row in rows] == list(range(1, stream.seq + 1))
            assert verify_run(GENESIS, [(row.body, row.hash) for row in rows]) == stream.head


def test_personal_values_lie_beside_the_chain_and_may_be_erased(county: Desk) -> None:
    county.do(Store("object"))
    with Session(county.office.database.writer) as session, session.begin():
        entry = session.scalars(select(ChangeEntry).where(ChangeEntry.table == "person")).one()
        assert "卫明".encode() not in entry.body
        side = session.get_one(ChangePersonal, (entry.stream, entry.seq))
        assert decode(side.values) == {"name": "卫明"}
        session.delete(side)
    assert_chains_hold(county)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change_entry SET version = 9",
        "DELETE FROM change_entry",
        "INSERT OR REPLACE INTO change_entry SELECT * FROM change_entry",
        "UPDATE journal SET actor = 'x'",
        "DELETE FROM journal",
    ],
)
def test_log_and_journal_cannot_be_changed(county: Desk, statement: str) -> None:
    with (
        pytest.raises(DBAPIError, match="kept as they are"),
        county.office.database.writer.begin() as connection,
    ):
        connection.execute(text(statement))


def test_a_failed_command_leaves_nothing_but_its_refusal(county: Desk) -> None:
    county.do(Store("object"))
    with pytest.raises(DBAPIError):
        county.do(Store("object"))
    assert len(entries(county)) == 1
    with county.office.database.reader.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM pending")).scalar() == 0


def test_the_journal_holds_no_personal_value(county: Desk) -> None:
    county.do(Store("object", "欧阳若兰"))
    with Session(county.office.database.reader) as session:
        rows = session.execute(text("SELECT * FROM journal")).all()
        assert "欧阳若兰" not in str(rows)
        assert session.scalars(select(JournalEntry)).all()[-1].subjects == ["p1"]


def test_migrations_lead_to_exactly_the_tables_the_program_declares(county: Desk) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with county.office.database.writer.connect() as connection:
        assert revision(connection) == HEAD
        opts = {
            "compare_type": False,
            "include_name": lambda name, *_: not str(name).startswith((WORDS.name, CASE_WORDS.name)),
        }
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, metadata) == []
        laid = connection.execute(text("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")).scalar()
        assert laid == len(triggers())


def test_personal_columns_may_all_be_empty_so_that_they_can_be_erased() -> None:
    for name in shared_classes():
        for column in personal_columns(table(name)):
            assert table(name).columns[column].nullable, f"{name}.{column}"

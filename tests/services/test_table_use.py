"""Which tables a query read and a command wrote is taken from the statements themselves."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select, text

from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.organisation import Leave, Person, Site
from app.models.schema import metadata
from app.models.table_use import SCRATCH, tables_of
from app.services.people.add_person import AddPerson
from app.services.people.pool import Pool
from tests.services.conftest import Desk


@dataclass(frozen=True)
class Several:
    """Asks in three ways."""

    person: str


@answers(Several, permission=Permission.LOOK)
def several(look: Look, query: Several) -> int:
    """A join, a row by its id, words of one's own."""
    look.session.execute(select(Person.id).join(Leave, Leave.person_id == Person.id)).all()
    look.session.get(Site, "140802-01")
    return int(look.session.scalar(text("SELECT count(*) FROM punch")) or 0)


def test_a_query_notes_the_tables_of_joins_rows_and_plain_words(county: Desk) -> None:
    read: set[str] = set()
    county.office.ask(Several("x"), county.actor, read)
    assert {"person", "leave", "site", "punch"} <= read
    assert "consultation" not in read


def test_the_pool_reads_people(county: Desk) -> None:
    read: set[str] = set()
    county.office.ask(Pool("", False), county.actor, read)
    assert "person" in read and "punch" not in read


def test_a_command_tells_what_it_wrote(county: Desk) -> None:
    heard: list[frozenset[str]] = []
    stop = county.office.hear_commits(heard.append)
    county.do(AddPerson(name="卫明", kind="律师", organisation="河东律师事务所", licence="11408201910000001"))
    stop()
    assert len(heard) == 1
    assert {"person", "journal"} <= heard[0] and "duty" not in heard[0]


@pytest.mark.parametrize(
    ("statement", "read", "written"),
    [
        ("SELECT p.name FROM person AS p", {"person"}, set()),
        ('INSERT INTO "duty" (id) SELECT id FROM person', {"person", "duty"}, {"duty"}),
        ("UPDATE site SET name = ?", {"site"}, {"site"}),
        ("DELETE FROM punch WHERE id = 1", {"punch"}, {"punch"}),
        ("SELECT 1", set(), set()),
    ],
)
def test_tables_of_a_statement(statement: str, read: set[str], written: set[str]) -> None:
    assert tables_of(statement) == (read, written)


@pytest.mark.parametrize("name", sorted(set(metadata.tables) - SCRATCH))
def test_every_table_is_known(name: str) -> None:
    assert tables_of(f"SELECT * FROM {name}") == ({name}, set())

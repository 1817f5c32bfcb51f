"""Tables that never travel are kept sound by the database itself; travelling rows may dangle (case 62)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, inspect, text
from sqlalchemy.exc import IntegrityError

from app.models.schema import metadata, shared_classes
from tests.exchange.offices import Place, make_county

BROKEN = {
    "a second office": "INSERT INTO office SELECT 2, code, name, level, parent, pack, epoch, made_at, contract, escrow, machine "
    "FROM office",
    "a level nobody has": "UPDATE office SET level = '乡'",
    "no contract": "UPDATE office SET contract = 0",
    "an epoch before the first": "UPDATE office SET epoch = 0",
    "a draft of no account": "INSERT INTO draft VALUES ('nobody', 'form', '{}', '2022-05-10')",
    "a row of no import": "INSERT INTO import_row VALUES ('none', 'duty', 'd-1')",
    "a state of no key": "INSERT INTO peer_key VALUES ('k', '140802100', 1, 'child', 'lost', '', '', '', '', 1, NULL, '{}', 0, '')",
    "an epoch of ours before the first": "INSERT INTO own_epoch VALUES (0, '', '', 0, '{}')",
    "a receipt for no stream": "INSERT INTO acknowledgement VALUES ('none/1/up', '1408', 1, x'00', '', '2022-05-10')",
    "personal values of no entry": "INSERT INTO change_personal VALUES ('none/1/up', 1, x'00', x'00')",
    "an entry of no stream heard": "INSERT INTO received_entry VALUES ('none/1/up', 1, 'duty', 'd', 1, 1, x'00', x'00', '')",
    "an outcome of no import": "INSERT INTO received_bundle (file, sha256, bundle_id, sender, outcome, code, text, "
    "applied, check_code, summary, program, is_discarded, at) VALUES ('f', '', '', '', 'LOST', '', '', 0, '', '{}', '{}', 0, '2022-05-10')",
}


@pytest.mark.parametrize("statement", BROKEN.values(), ids=BROKEN.keys())
def test_the_database_refuses(tmp_path: Path, statement: str) -> None:
    county: Place = make_county(tmp_path)
    try:
        before = county.digest()
        with pytest.raises(IntegrityError), county.office.database.writer.begin() as connection:
            connection.execute(text(statement))
        assert county.digest() == before
    finally:
        county.office.close()


def test_case_62_no_travelling_table_refers_to_another_or_is_referred_to() -> None:
    shared = set(shared_classes())
    for table in metadata.tables.values():
        targets = {key.column.table.name for key in table.foreign_keys}
        assert not targets & shared and not (table.name in shared and targets), table.name


def test_no_travelling_table_checks_words_that_a_newer_program_may_send() -> None:
    for name in shared_classes():
        assert not [one for one in metadata.tables[name].constraints if isinstance(one, CheckConstraint)]


def test_the_migrations_lay_every_check_that_the_tables_declare(tmp_path: Path) -> None:
    county = make_county(tmp_path)
    with county.office.database.reader.connect() as connection:
        laid = {
            (name, check["name"]): check["sqltext"]
            for name in metadata.tables
            for check in inspect(connection).get_check_constraints(name)
        }
    county.office.close()
    declared = {
        (name, str(check.name)): str(check.sqltext)
        for name, table in metadata.tables.items()
        for check in table.constraints
        if isinstance(check, CheckConstraint)
    }
    assert laid == declared and len(laid) > 20

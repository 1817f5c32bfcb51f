"""An office's tables move to a PostgreSQL server and back by command: every row, or nothing and everything as it was."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from app.clock import SetClock, local_to_utc
from app.errors import Refused
from app.kernel import tables
from app.kernel.permissions import Actor
from app.models.moving import moved_tables, row_digest
from app.models.server_address import ServerAddress, read_address
from app.paths import DataDir
from app.services.cases.case_list import CaseList
from app.services.consultations.register import Register
from app.services.office.back_up import BackUp
from app.services.office.health import Health
from app.services.office.move import Move, Moved, move_office
from app.services.office.office import Office, open_office
from app.services.office.restore import restore_backup
from app.services.search.everything import FindAnything
from app.services.security.accounts import AddAccount, DisableAccount
from tests.journeys.cli_inside import Inside
from tests.killing import killed_at, needs_fork
from tests.server_offices import the_server
from tests.services.case_desk import CaseDesk
from tests.services.conftest import COUNTY, Desk
from tests.services.consultation_desk import CENTRE, go_to, lawyer, on_duty, record

FILE = Move(address=None)
JOURNAL_GROWS = {"journal", "office", "security_event", "setting"}
"""What the opening of an office, the backup before a move and the note after it add to."""


def server(typed: str = "") -> Move:
    """To a fresh database of the tests' own server."""
    address, password = read_address(typed or the_server().make_database())
    return Move(address=address, password=password)


@pytest.fixture
def desk(county: Desk) -> Desk:
    """A county with a consultation and a case."""
    on_duty(county, (lawyer(county), "09:00-13:00"))
    go_to(county, "09:30")
    record(county, client_name="欧阳若兰", content="工伤赔偿 A4 怎么算", site=CENTRE)
    CaseDesk(county).register(date(2022, 5, 10), applicant="申屠春")
    return county


def content(office: Office) -> dict[str, Any]:
    """Every table's rows as a digest."""
    with office.database.reader.connect() as connection:
        return {
            one.name: row_digest(connection, one) for one in moved_tables() if one.name not in JOURNAL_GROWS
        }


def moved(data: DataDir, to: Move) -> Moved:
    return move_office(data, COUNTY.admin, COUNTY.password, to, clock_of(data))


def clock_of(_data: DataDir) -> SetClock:
    return SetClock(local_to_utc(datetime(2022, 5, 10, 12)))


def opened(data: DataDir) -> tuple[Office, Actor]:
    return open_office(data, COUNTY.admin, COUNTY.password, clock_of(data))


def test_every_row_goes_to_the_server_and_comes_back(desk: Desk) -> None:
    data, before = desk.office.data, content(desk.office)
    desk.office.close()
    there = moved(data, server())
    assert there.rows > 50 and not data.database.exists() and Path(there.backup).exists()
    assert "Server-2022" not in data.server.read_text("utf-8")
    office, actor = opened(data)
    assert (office.database.writer.dialect.name, content(office)) == ("postgresql", before)
    assert [item.text for item in office.ask(Health(), actor) if not item.is_good] == []
    assert [one.kind for one in office.ask(FindAnything("若兰"), actor)] == ["咨询"]
    assert len(office.ask(Register(words="工伤赔偿"), actor).rows) == 1
    assert office.ask(CaseList(words="申屠"), actor).rows and office.ask(CaseList(words="stc"), actor).rows
    office.close()
    back = moved(data, FILE)
    assert back.place == "office.db" and not data.server.exists()
    office, actor = opened(data)
    assert (office.database.writer.dialect.name, content(office)) == ("sqlite", before)
    assert [item.text for item in office.ask(Health(), actor) if not item.is_good] == []
    assert office.ask(CaseList(words="申屠"), actor).rows
    office.close()


def test_an_index_over_some_rows_is_over_the_same_rows_on_the_server(desk: Desk) -> None:
    data, typed = desk.office.data, the_server().make_database()
    desk.office.close()
    moved(data, server(typed))
    with psycopg.connect(typed) as connection:
        laid = dict(connection.execute("SELECT indexname, indexdef FROM pg_indexes").fetchall())
    assert "UNIQUE" in laid["ux_case_line_base"] and "WHERE (is_base = 1)" in laid["ux_case_line_base"]
    assert "WHERE (length(body) > 2000000)" in laid["ix_change_entry_long"]


def test_after_the_way_back_nothing_is_left_on_the_server(desk: Desk) -> None:
    data, typed = desk.office.data, the_server().make_database()
    desk.office.close()
    moved(data, server(typed))
    moved(data, FILE)
    with psycopg.connect(typed) as connection:
        assert connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone() == (0,)
    moved(data, server(typed))


@pytest.mark.parametrize(("wrong", "code"), [
    ({"host": "/nowhere"}, "E987"), ({"host": "127.0.0.1", "port": 1}, "E987"), ({"user": "nobody"}, "E988"),
    ({"database": "nothing"}, "E987"),
])  # fmt: skip
def test_a_server_that_lets_nobody_in_leaves_the_office_as_it_was(
    desk: Desk, wrong: dict[str, Any], code: str
) -> None:
    right = server()
    assert right.address is not None
    address = ServerAddress(**{**vars(right.address), **wrong})
    desk.office.close()
    with pytest.raises(Refused, match=code) as refused:
        moved(desk.office.data, Move(address=address, password=right.password))
    assert "Server-2022" not in str(refused.value)
    opened(desk.office.data)[0].close()


def test_a_wrong_password_is_said_to_be_wrong(desk: Desk) -> None:
    desk.office.close()
    with pytest.raises(Refused, match="E988"):
        moved(desk.office.data, Move(address=server().address, password="wrong"))


def test_what_lies_in_the_database_already_is_never_overwritten(desk: Desk) -> None:
    typed = the_server().make_database()
    with psycopg.connect(typed, autocommit=True) as connection:
        connection.execute("CREATE TABLE ledger (n int)")
    desk.office.close()
    with pytest.raises(Refused, match="E992"):
        moved(desk.office.data, server(typed))
    with psycopg.connect(typed) as connection:
        assert connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone() == (1,)


def test_nobody_moves_an_office_that_somebody_else_has_open(desk: Desk) -> None:
    with pytest.raises(Refused, match="E994"):
        moved(desk.office.data, server())
    desk.do(AddAccount("clerk", "Secret-2022", ("工作人员",), "甲"))
    desk.office.close()
    with pytest.raises(Refused, match="E001"):
        move_office(desk.office.data, "clerk", "Secret-2022", server(), clock_of(desk.office.data))
    with pytest.raises(Refused, match="E993"):
        moved(desk.office.data, FILE)


@pytest.mark.parametrize("typed", [
    "", "sqlite:///x", "postgresql://host/db", "postgresql://u@host", "mysql://u@h/d", "postgresql://u@h:x/d",
    "postgresql://u@h/d?options=-c", "postgresql://u@h/d?password=x",
])  # fmt: skip
def test_only_the_address_of_a_postgresql_database_is_taken(typed: str) -> None:
    with pytest.raises(Refused, match="E986"):
        read_address(typed)


def test_an_address_is_read_as_it_is_shown() -> None:
    address, password = read_address("postgresql://huimin:p%40ss@db.local:5433/office?sslmode=verify-full")
    assert (
        password == "p@ss" and str(address) == "postgresql://huimin@db.local:5433/office?sslmode=verify-full"
    )
    assert read_address(str(address)) == (address, "")


def test_rows_that_arrive_otherwise_than_they_left_move_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.models.postgres import bulk

    data, copy_in = desk.office.data, bulk.copy_in
    before = content(desk.office)
    desk.office.close()

    def spoilt(connection: Any, name: str, columns: Any, rows: Any) -> int:
        return copy_in(connection, name, columns, list(rows)[: -1 if name == "person" else None])

    monkeypatch.setattr(bulk, "copy_in", spoilt)
    with pytest.raises(Refused, match="E995"):
        moved(data, server())
    office, _ = opened(data)
    assert content(office) == before and office.database.writer.dialect.name == "sqlite"
    office.close()


@needs_fork
def test_a_move_killed_anywhere_leaves_an_office_and_can_be_run_again(desk: Desk) -> None:
    data, typed = desk.office.data, the_server().make_database()
    before = content(desk.office)
    desk.office.close()

    def work() -> None:
        moved(data, server(typed))

    was_killed, tries = True, 0
    for step in (40, 300, 800, 1400, 2000, 2600):
        if data.server.exists():
            break
        was_killed, _ = killed_at(step, data.root, work)
        tries += was_killed
        office, _ = opened(data)
        assert content(office) == before
        office.close()
    assert tries >= 2
    if not data.server.exists():
        work()
    office, actor = opened(data)
    assert office.database.writer.dialect.name == "postgresql" and content(office) == before
    assert [item.text for item in office.ask(Health(), actor) if not item.is_good] == []
    office.close()


def test_the_key_changes_on_a_server_too(desk: Desk) -> None:
    data = desk.office.data
    desk.do(AddAccount("clerk", "Secret-2022", ("工作人员",), "甲"))
    desk.office.close()
    moved(data, server())
    office, actor = opened(data)
    old = office.safe.key
    office.do(DisableAccount("clerk"), actor)
    office.close()
    assert not tables.office_tables(data).fits(old)
    office, actor = opened(data)
    assert office.safe.key != old and office.ask(FindAnything("若兰"), actor)
    office.close()


def test_an_altered_address_tells_nobody_the_password(desk: Desk) -> None:
    data = desk.office.data
    desk.office.close()
    moved(data, server())
    data.server.write_text(data.server.read_text("utf-8").replace("office_", "0ffice_"), "utf-8")
    with pytest.raises(Refused, match="E902"):
        opened(data)
    data.server.write_text("{}", "utf-8")
    with pytest.raises(Refused, match="E990"):
        opened(data)


def test_a_backup_of_the_one_engine_is_restored_and_moved_to_the_other(desk: Desk, tmp_path: Path) -> None:
    data, before = desk.office.data, content(desk.office)
    desk.office.close()
    moved(data, server())
    office, actor = opened(data)
    written = Path(office.do(BackUp(tmp_path / "stick"), actor).value.file)
    office.close()
    other = DataDir(tmp_path / "other")
    assert restore_backup(other, written, COUNTY.password).is_opened
    office, actor = opened(other)
    kept = content(office)
    assert {name for name in before if kept[name] != before[name]} <= {"own_epoch"}
    assert office.ask(CaseList(words="申屠"), actor).rows and office.ask(FindAnything("若兰"), actor)
    office.close()
    moved(other, server())
    office, actor = opened(other)
    assert content(office) == kept and office.ask(CaseList(words="申屠"), actor).rows
    assert "备份" not in [item.title for item in office.ask(Health(), actor) if not item.is_good]
    office.close()


def test_what_somebody_changes_on_the_server_is_refused_or_set_right(desk: Desk) -> None:
    data, typed = desk.office.data, the_server().make_database()
    desk.office.close()
    moved(data, server(typed))
    with psycopg.connect(typed, autocommit=True) as outside:
        for statement in (
            "UPDATE change_entry SET seq = seq + 100", "DELETE FROM journal", "TRUNCATE journal",
            "TRUNCATE consultation CASCADE", "DELETE FROM consultation", "UPDATE legal_case SET applicant = '别人'",
        ):  # fmt: skip
            with pytest.raises(psycopg.IntegrityError, match="kept as they are"):
                outside.execute(statement)
        outside.execute("UPDATE person SET name = '冒名'")
    office, actor = opened(data)
    assert [item.key for item in office.ask(Health(), actor) if not item.is_good] == ["alarms"]
    with office.database.reader.connect() as connection:
        assert connection.execute(text("SELECT name FROM person")).scalars().all() == ["卫明"]
    office.close()
    with psycopg.connect(typed, autocommit=True) as outside:
        outside.execute("ALTER TABLE journal DISABLE TRIGGER keep_journal_delete")
        outside.execute("DROP TRIGGER keep_punch_delete ON punch")
    office, actor = opened(data)
    guards = next(item for item in office.ask(Health(), actor) if item.key == "guards")
    assert "keep_journal_delete（被改动）" in guards.text and "keep_punch_delete（被拆除）" in guards.text
    office.close()


def test_a_server_that_goes_away_is_said_so_and_the_next_try_succeeds(desk: Desk) -> None:
    data, typed = desk.office.data, the_server().make_database()
    desk.office.close()
    moved(data, server(typed))
    office, actor = opened(data)
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    office.ask(FindAnything("若兰"), actor)
    with psycopg.connect(typed, autocommit=True) as outside:
        outside.execute(end)
    assert office.ask(FindAnything("若兰"), actor)
    office.close()


def test_the_command_line_moves_an_office(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data, typed = desk.office.data, the_server().make_database()
    address, password = read_address(typed)
    desk.office.close()
    huimin = Inside(data.root, COUNTY.password)
    assert "E996" in huimin("office", "move", "--to", typed, expect=1).err
    assert "E015" in huimin("office", "move", "--to", address, expect=1).err
    secret = tmp_path / "secret.txt"
    secret.write_text(password, "utf-8")
    done = huimin("office", "move", "--to", address, "--server-password-file", secret)
    assert password not in done.out and data.server.exists()
    monkeypatch.setenv("HUIMIN_SERVER_PASSWORD", password)
    assert "E993" in huimin("office", "move", "--to", address, expect=1).err
    assert "连得上" in huimin("check").out
    huimin("office", "move", "--to", "sqlite")
    assert data.database.exists()

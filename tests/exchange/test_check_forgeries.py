"""What the check finds in a database that somebody changed with the key in hand: each kind of forgery by its name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.chain import GENESIS, entry_hash
from app.clock import SetClock, local_to_utc
from app.models.after_images import column_names
from app.models.engine import connect
from app.models.schema import trigger_names
from app.paths import DataDir
from app.services.money.pay_month import PayMonth
from app.services.office.health import Health
from app.services.office.office import Office
from tests.exchange.conftest import Copies
from tests.exchange.forging import Note
from tests.exchange.offices import Place
from tests.journeys.cli_inside import Inside
from tests.services.conftest import Desk
from tests.services.money_book import AFTER_MAY, CENTRE, Book, paid

LEDGER = {
    "chain",
    "countersigned",
    "received_chain",
    "rows",
    "received_rows",
    "journal",
    "guards",
    "found",
    "alarms",
}
Statement = str | Callable[[Any], None]


@dataclass(frozen=True)
class Closed:
    """A closed county's directory, and its key for whoever wants to change something."""

    root: Path
    key: bytes

    def run(self, *statements: Statement, is_guarded: bool = False) -> None:
        """Run statements with the triggers taken off and laid again, or under them."""
        with closing(connect(self.root / "office.db", self.key)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            laid = {} if is_guarded else trigger_names()
            for name in laid:
                connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                if callable(statement):
                    statement(connection)
                else:
                    connection.execute(statement)
                    assert connection.execute("SELECT changes()").fetchone()[0] or "TRIGGER" in statement
            for trigger in laid.values():
                connection.execute(trigger.sqlite)

    def bad(self) -> dict[str, str]:
        """What the check finds wrong with the records: key → words."""
        office = Office(DataDir(self.root), self.key, SetClock(local_to_utc(AFTER_MAY)))
        try:
            items = office.ask(Health(), office.actor_of("admin"))
        finally:
            office.close()
        return {item.key: item.text for item in items if item.key in LEDGER and not item.is_good}


@pytest.fixture(scope="module")
def month(copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Closed:
    """A county that settled and paid a month and took in what a station sent, with its receipt for what it got."""
    county, station, other = copies(tmp_path_factory.mktemp("month"))
    book = Book(Desk(county.office, county.actor, county.clock, ""))
    for day in (10, 11):
        book.worked(day, CENTRE)
    county.clock.at = station.clock.at = local_to_utc(AFTER_MAY)
    book.finish()
    paid(county, PayMonth("2022-05", AFTER_MAY.date(), "凭证1"))
    station.take(county.export("140802100")[0].file)
    for name in ("安小满", "单晓明"):
        station.do(Note(name))
    assert county.take(station.export()[0].file)[0].outcome == "APPLIED"
    for place in (county, station, other):
        place.office.close()
    return Closed(county.office.data.root, county.office.safe.key)


@pytest.fixture
def closed(month: Closed, tmp_path: Path) -> Closed:
    shutil.copytree(month.root, tmp_path / "county")
    return Closed(tmp_path / "county", month.key)


def copied(table: str, which: str) -> str:
    """Another row like one there is, but for its id."""
    names = ", ".join(f'"{name}"' for name in column_names(table) if name != "id")
    return f"INSERT INTO {table} (id, {names}) SELECT 'forged', {names} FROM {table} WHERE {which} LIMIT 1"


def rechained(old: str, new: str) -> Callable[[Any], None]:
    """One word changed throughout a stream and everything chained anew, its head too."""

    def rewrite(connection: Any) -> None:
        stream = connection.execute("SELECT id FROM stream WHERE audience = 'down'").fetchone()[0]
        head = GENESIS
        for seq, body in connection.execute(
            "SELECT seq, body FROM change_entry WHERE stream = ? ORDER BY seq", (stream,)
        ).fetchall():
            body = body.replace(old.encode(), new.encode())
            head = entry_hash(head, body)
            connection.execute(
                "UPDATE change_entry SET body = ?, hash = ? WHERE stream = ? AND seq = ?",
                (body, head, stream, seq),
            )
        connection.execute("UPDATE stream SET head = ? WHERE id = ?", (head, stream))

    return rewrite


OWN = "writer = '140802'"
LAST = "stream = '140802/1/down' AND seq = (SELECT max(seq) FROM change_entry WHERE stream = '140802/1/down')"
SHORTER = (
    "UPDATE stream SET seq = seq - 1, head = (SELECT hash FROM change_entry e WHERE e.stream = stream.id "
    "AND e.seq = stream.seq - 1) WHERE audience = 'down'"
)
FORGERIES: dict[str, tuple[tuple[Statement, ...], str, str]] = {
    "row altered": (
        (f"UPDATE person SET organisation = '假所' WHERE {OWN}",), "rows", "人员 .*（被改动）",
    ),
    "personal value altered": (
        (f"UPDATE person SET name = '假名' WHERE {OWN}",), "rows", "人员 .*（被改动）",
    ),
    "row added": ((copied("punch", OWN),), "rows", "forged（被添加）"),
    "row deleted": ((f"DELETE FROM duty WHERE {OWN}",), "rows", "值班 .*（被删除）"),
    "row given to another office": (
        (f"UPDATE duty SET writer = '140802100' WHERE {OWN}",), "received_rows", "值班 .*（被改动）",
    ),
    "received row altered": (
        ("UPDATE person SET organisation = '假所' WHERE writer = '140802100'",),
        "received_rows", "人员 .*（被改动）",
    ),
    "received row added": ((copied("person", "writer = '140802100'"),), "received_rows", "forged（被添加）"),
    "received row deleted": (
        ("DELETE FROM person WHERE writer = '140802100'",), "received_rows", "（被删除）",
    ),
    "pay line altered": (
        ("UPDATE pay_line SET net_fen = net_fen + 10000",), "rows", "补贴明细 .*（被改动）",
    ),
    "payment altered": (("UPDATE payment SET fen = fen * 2",), "rows", "发放 .*（被改动）"),
    "log entry altered": (
        ("UPDATE change_entry SET body = x'7b7d' WHERE stream = '140802/1/down' AND seq = 3",),
        "chain", "第 3 条起与前后不衔接",
    ),
    "log rewritten and chained anew": ((rechained("律师", "教师"),), "rows", "人员 .*（被改动）"),
    "log tail cut": ((f"DELETE FROM change_entry WHERE {LAST}",), "chain", "末尾被删去"),
    "log tail cut and its end with it": (
        (f"DELETE FROM change_entry WHERE {LAST}", SHORTER), "rows", "（被添加）",
    ),
    "side row altered": (
        ("UPDATE change_personal SET vals = x'7b7d' WHERE stream = '140802/1/down'",),
        "chain", "个人信息被改动",
    ),
    "received log altered": (
        ("UPDATE received_entry SET body = x'7b7d' WHERE seq = 2",), "received_chain", "第 2 条起",
    ),
    "received log cut": (
        ("DELETE FROM received_entry WHERE seq = 2",), "received_chain", "末尾被删去",
    ),
    "journal altered": (
        ("UPDATE journal SET actor = 'somebody' WHERE command = 'SettleFinal'",), "journal", "与流水第 .* 条不符",
    ),
    "reason in the journal altered": (
        ("UPDATE journal SET why = '另有理由' WHERE command = 'PayMonth'",), "journal", "第 .* 条被改动",
    ),
    "outcome in the journal altered": (
        ("UPDATE journal SET outcome = 'E001' WHERE id = 3",), "journal", "^第 3 条被改动。",
    ),
    "log rewritten that a partner had signed for": (
        (rechained("律师", "教师"),), "countersigned", "E744 .*签收的第 .* 条与本机现有的不同",
    ),
    "receipt altered to fit": (
        ("UPDATE acknowledgement SET seq = seq - 1, head = (SELECT hash FROM change_entry e "
         "WHERE e.stream = acknowledgement.stream AND e.seq = acknowledgement.seq - 1)",),
        "countersigned", "E745 .*不是它签的",
    ),
    "journal line deleted": (
        ("DELETE FROM journal WHERE id = 2",), "journal", "少了 1 条",
    ),
    "guard removed": (("DROP TRIGGER keep_payment_update",), "guards", "keep_payment_update（被拆除）"),
    "guard emptied": (
        ("DROP TRIGGER note_duty_update",
         "CREATE TRIGGER note_duty_update AFTER UPDATE ON duty BEGIN SELECT 1; END"),
        "guards", "note_duty_update（被改动）",
    ),
    "guard added": (
        ("CREATE TRIGGER more AFTER INSERT ON punch BEGIN DELETE FROM pending; END",), "guards", "more（被添加）",
    ),
    "row altered under the guards": (
        (f"UPDATE person SET organisation = '假所' WHERE {OWN}",), "alarms", "1 条未处理",
    ),
    "row added under the guards": ((copied("punch", OWN),), "found", "1 条库外添加的记录"),
}  # fmt: skip


def test_a_whole_office_has_nothing_to_find(closed: Closed) -> None:
    assert closed.bad() == {}


@pytest.mark.parametrize("name", FORGERIES)
def test_the_check_names_each_forgery(closed: Closed, name: str) -> None:
    statements, key, words = FORGERIES[name]
    closed.run(*statements, is_guarded="guard" in name)
    found = closed.bad()
    assert key in found and re.search(words, found[key]), found


AT_ONCE = (
    "row added",
    "received row altered",
    "log tail cut",
    "received log cut",
    "journal altered",
    "guard added",
)


def test_the_command_line_names_them_all(closed: Closed) -> None:
    for name in AT_ONCE:
        closed.run(*FORGERIES[name][0], is_guarded="guard" in name)
    closed.run(copied("duty", OWN), is_guarded=True)
    made = Inside(closed.root, "County-2022")("check", expect=1)
    found = {item["key"]: item["text"] for item in made.document["items"] if not item["is_good"]}
    for name in AT_ONCE:
        _, key, words = FORGERIES[name]
        assert re.search(words, found[key]), found
    assert "1 条库外添加的记录" in found["found"] and "E919" in made.err


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE pay_line SET net_fen = 0",
        "DELETE FROM pay_line",
        "INSERT OR REPLACE INTO payment SELECT * FROM (SELECT * FROM payment)",
        "UPDATE payment SET fen = 0",
        "UPDATE payment SET reason = '改过'",
        "DELETE FROM payment",
    ],
)
def test_p20_final_pay_lines_and_payments_stand(closed: Closed, statement: str) -> None:
    if "REPLACE" in statement:
        columns = ", ".join("fen * 2" if name == "fen" else f'"{name}"' for name in column_names("payment"))
        names = ", ".join(f'"{name}"' for name in column_names("payment"))
        statement = f"INSERT OR REPLACE INTO payment ({names}) SELECT {columns} FROM payment"
    with pytest.raises(Exception, match="kept as they are"):
        closed.run(statement, is_guarded=True)
    assert closed.bad() == {}


def test_a_received_row_taken_as_ones_own_goes_back_to_its_writer(three: tuple[Place, Place, Place]) -> None:
    county, station, _ = three
    person = station.do(Note("安小满"))
    county.take(station.export()[0].file)
    with county.office.database.writer.begin() as connection:
        connection.execute(
            text("UPDATE person SET writer = '140802', organisation = '假所' WHERE id = :id"), {"id": person}
        )
    county.office._dispatcher.set_right()
    with county.office.database.reader.connect() as connection:
        row = connection.execute(
            text("SELECT writer, organisation FROM person WHERE id = :id"), {"id": person}
        ).one()
        assert tuple(row) == (station.office.identity.code, "")
        assert connection.execute(text("SELECT kind FROM found_row")).scalars().all() == ["altered"]

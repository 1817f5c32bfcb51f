"""Several seats of one bureau work on one server at once: programs of their own that import, review, record and pay."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from app.clock import SetClock
from app.errors import Refused
from app.kernel.permissions import Actor
from app.models.journal_chain import altered_lines
from app.models.postgres.engine import WRITE_LOCK
from app.paths import DataDir
from app.services.attendance.exceptions_list import ExceptionsList
from app.services.exchange.receive import ImportBundles
from app.services.money.month_pay import ComputeSettlement
from app.services.money.pay_month import PayMonth
from app.services.money.review_month import ReviewMonth
from app.services.office.health import Health
from app.services.office.office import Office
from app.services.people.add_person import AddPerson
from app.services.people.pool import Pool
from app.values import Month
from tests.exchange.late_month import report_may
from tests.exchange.offices import JIEZHOU, Place
from tests.exchange.pair import TypePerson, county
from tests.exchange.test_exchange_sense import Three
from tests.killing import forked, needs_fork
from tests.server_offices import as_database
from tests.services.conftest import COUNTY, Desk, make_desk
from tests.services.money_book import AFTER_MAY, Book, ready_to_pay

__all__ = ["county", "make_desk"]
Seat = Callable[[Office, Actor], object]


def on_server(place: Place) -> str:
    """Its tables go to a server; it is open again afterwards. The database's address."""
    data, key = place.office.data, place.office.safe.key
    place.office.close()
    typed = as_database(data, key)
    place.office = Office(data, key, place.clock)
    return typed


def at_once(office: Office, actor: Actor, at: SetClock, *seats: Seat) -> list[int]:
    """Each seat a process of its own, all beginning together; their exit codes, 0 for done, 3 for refused."""
    data, key = office.data, office.safe.key
    start = data.root / "start"

    def sit(seat: Seat) -> None:
        own = Office(DataDir(data.root), key, SetClock(at.at))
        while not start.exists():
            time.sleep(0.01)
        try:
            seat(own, actor)
        except Refused:
            os._exit(3)
        finally:
            own.close()

    office.close()
    children = [forked(lambda seat=seat: sit(seat)) for seat in seats]
    time.sleep(1)
    start.touch()
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def is_sound(office: Office, actor: Actor) -> None:
    """One chain, one journal without a gap, and the check finds nothing."""
    with office.database.reader.connect() as connection:
        ids = connection.execute(text("SELECT id FROM journal ORDER BY id")).scalars().all()
        assert ids == list(range(1, len(ids) + 1)) and not list(altered_lines(connection))
    bad = {item.key: item.text for item in office.ask(Health(), actor) if not item.is_good}
    assert not bad.keys() - {"backups", "references"}, bad


@needs_fork
def test_case_48_two_seats_import_the_same_bundles_while_a_third_reviews(three: Three) -> None:
    county, station, other = report_may(three)
    on_server(county)
    files = []
    for place, count in ((station, 4), (other, 4)):
        for number in range(count):
            place.do(TypePerson(f"人员{number}"))
            files.append(Path(place.export()[0].file))

    def importing(office: Office, actor: Actor) -> None:
        office.do(ImportBundles(tuple(files)), actor)

    def reviewing(office: Office, actor: Actor) -> None:
        for number in range(6):
            office.do(
                AddPerson(name=f"新人{number}", kind="律师", licence=f"1140820110000{number:04d}"), actor
            )
            office.ask(ExceptionsList(Month(2022, 5)), actor)
        office.do(ReviewMonth(JIEZHOU, "2022-05", False, "请补考勤"), actor)

    done = at_once(county.office, county.actor, county.clock, importing, importing, reviewing)
    assert done == [0, 0, 0]
    office = Office(county.office.data, county.office.safe.key, county.clock)
    try:
        names = [row.name for row in office.ask(Pool(), county.actor)]
        assert (len(names), len(set(names))) == (14, 10) and {f"新人{n}" for n in range(6)} <= set(names)
        with office.database.reader.connect() as connection:
            applied = (
                "SELECT count(*), count(DISTINCT (stream, seq)) FROM received_entry WHERE tbl = 'person'"
            )
            assert tuple(connection.execute(text(applied)).one()) == (8, 8)
        is_sound(office, county.actor)
    finally:
        office.close()


@needs_fork
def test_y29_p20_two_seats_pay_one_month_at_once_and_nothing_is_paid_twice(
    make_desk: Callable[..., Desk],
) -> None:
    county = make_desk(COUNTY, "county")
    county.clock.go_to(AFTER_MAY)
    book = Book(county)
    for name in ("张三", "李四", "王五"):
        book.worked(2 + len(book.people), who=name)
    book.finish()
    ready_to_pay(county)
    due = county.ask(ComputeSettlement("2022-05")).total_fen
    place = Place(county.office, county.actor, county.clock, county.office.data.root)
    on_server(place)

    def paying(voucher: str) -> Seat:
        return lambda office, actor: office.do(PayMonth("2022-05", date(2022, 6, 2), voucher), actor)

    done = at_once(place.office, county.actor, county.clock, *(paying(f"记-{n}") for n in range(3)))
    office = county.office = Office(place.office.data, place.office.safe.key, county.clock)
    assert done == [0, 0, 0]
    with office.database.reader.connect() as connection:
        paid = connection.execute(
            text("SELECT sum(fen), count(*), count(DISTINCT voucher) FROM payment")
        ).one()
    assert tuple(paid) == (due, 3, 1)
    is_sound(office, county.actor)


@needs_fork
def test_seats_that_write_at_once_take_turns_and_number_without_a_gap(county: Place) -> None:
    on_server(county)

    def typing(seat: int) -> Seat:
        def type_all(office: Office, actor: Actor) -> None:
            for number in range(15):
                office.do(TypePerson(f"席位{seat}第{number}"), actor)

        return type_all

    assert at_once(county.office, county.actor, county.clock, *(typing(n) for n in range(3))) == [0, 0, 0]
    county.office = Office(county.office.data, county.office.safe.key, county.clock)
    with county.office.database.reader.connect() as connection:
        down = text(
            "SELECT count(*), max(seq) FROM change_entry WHERE stream LIKE '%/down' AND tbl = 'person'"
        )
        count, _ = connection.execute(down).one()
        assert count == 45
    is_sound(county.office, county.actor)


def test_a_page_hears_at_once_what_another_seat_saved_and_what_nobodys_program_did(county: Place) -> None:
    typed = on_server(county)
    other = Office(county.office.data, county.office.safe.key, county.clock)
    heard: list[tuple[float, frozenset[str]]] = []
    came = threading.Event()

    def hear(tables: frozenset[str]) -> None:
        heard.append((time.monotonic(), tables))
        came.set()

    stop = county.office.hear_commits(hear)
    time.sleep(0.5)
    try:
        other.do(TypePerson("邻席"), county.actor)
        saved = time.monotonic()
        assert came.wait(5) and heard[0][0] - saved < 0.5
        assert "person" in heard[0][1] and "punch" not in heard[0][1]
        with suppress(Refused):
            other.do(AddPerson(name="", kind="律师"), county.actor)
        heard.clear()
        came.clear()
        with psycopg.connect(typed, autocommit=True) as outside:
            outside.execute("UPDATE person SET name = '冒名' WHERE name = '邻席'")
        deadline = time.monotonic() + 5
        while not any("found_row" in tables for _, tables in heard) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert [row.name for row in county.ask(Pool())] == ["邻席"]
    finally:
        stop()
        other.close()


def test_case_48_a_seat_that_holds_the_lock_too_long_is_said_and_the_next_try_succeeds(
    county: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.models.postgres import engine

    monkeypatch.setattr(engine, "_WRITING", engine._WRITING.replace("lock_timeout=60000", "lock_timeout=200"))
    typed = on_server(county)
    with psycopg.connect(typed) as holder:
        holder.execute(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")
        with pytest.raises(Refused, match="E905"):
            county.do(TypePerson("等待"))
        assert county.ask(Pool()) == ()
    county.do(TypePerson("等待"))
    assert [row.name for row in county.ask(Pool())] == ["等待"]

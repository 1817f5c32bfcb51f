"""What is kept of a month beyond one request is what would be found anew, whoever changed what in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.errors import Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.engine import connect
from app.models.organisation import Person
from app.paths import DataDir
from app.services.attendance.exceptions_list import ExceptionsList
from app.services.money.month_desk import MonthDesk
from app.services.money.month_pay import ComputeSettlement, MonthPay
from app.services.money.settle_final import SettleFinal
from app.services.office.back_up import BackUp
from app.services.office.office import Office
from app.services.office.restore import restore_backup
from app.services.office.settings import ChangeSetting
from app.services.targets.site_figures import RefreshFigures
from app.values import Month
from tests.bench.report import counted
from tests.services.conftest import COUNTY, Desk
from tests.services.money_book import AFTER_MAY, Book

MAY = Month(2022, 5)
PUNCHES = "FROM punch"


@dataclass(frozen=True)
class CountPeople:
    """How many people there are, kept."""


@dataclass(frozen=True)
class NamePeople:
    """Rename everybody, count in between, and fail where asked."""

    fails: bool = False
    adds_after: bool = False


@answers(CountPeople, permission=Permission.LOOK)
def count_people(look: Look, query: CountPeople) -> int:
    return _count(look)


@handles(NamePeople, title="改名试验", permission=Permission.LOOK)
def name_people(work: Work, command: NamePeople) -> int:
    work.add(Person(name="试验", kind="律师", licence="1"))
    found = _count(work)
    assert _count(work) == found
    if command.adds_after:
        work.add(Person(name="试验", kind="律师", licence="2"))
    if command.fails:
        raise Refused("E921", "试验")
    return found


def _count(look: Look) -> int:
    return look.lasting(
        ("count",), lambda: int(look.session.scalar(text("SELECT count(*) FROM person")) or 0)
    )


def sent(desk: Desk, run: Callable[[], Any], words: str, about: str = "") -> int:
    """How many statements with these words were sent, with a parameter that begins so."""
    with counted(desk.office.database.reader) as read, counted(desk.office.database.writer) as written:
        run()
    return sum(
        words in statement and (not about or any(str(one).startswith(about) for one in values))
        for statement, values in (*read, *written)
    )


@pytest.fixture
def book(county: Desk) -> Book:
    """A month that is over: one duty sat late, one not sat at all."""
    made = Book(county)
    made.duty(2)
    made.row(2, "09:12", "13:00")
    made.duty(3)
    made.record(2, "09:30")
    made.publish()
    county.clock.go_to(AFTER_MAY)
    return made


@pytest.fixture
def other(book: Book) -> Iterator[Office]:
    """The office once more, as another process has it open."""
    office = book.desk.office
    with closing(Office(office.data, office.safe.key, book.desk.clock)) as opened:
        yield opened


def afresh(desk: Desk) -> tuple[Any, ...]:
    """What an office that keeps nothing yet finds."""
    with closing(Office(desk.office.data, desk.office.safe.key, desk.clock)) as opened:
        return tuple(opened.ask(query, desk.actor) for query in QUERIES)


QUERIES = (ComputeSettlement("2022-05"), ExceptionsList(MAY), MonthDesk("2022-05", "140802100"))


def asked(desk: Desk) -> tuple[Any, ...]:
    """The same of the one that keeps, asked twice alike."""
    first, again = (tuple(desk.ask(query) for query in QUERIES) for _ in range(2))
    assert first == again
    return first


def test_p19_a_settlement_asked_again_reads_nothing_and_is_what_another_process_finds(book: Book) -> None:
    desk = book.desk
    settled = desk.do(SettleFinal("2022-05"))
    assert sent(desk, lambda: desk.do(SettleFinal("2022-05")), PUNCHES) == 0
    assert desk.do(SettleFinal("2022-05")) == settled
    assert asked(desk) == afresh(desk)
    desk.do(RefreshFigures())
    assert sent(desk, lambda: desk.do(RefreshFigures()), PUNCHES, "2022-05") == 0


def test_another_process_adds_evidence_and_decides(book: Book, other: Office) -> None:
    desk = book.desk
    before = asked(desk)
    Book(Desk(other, desk.actor, desk.clock, ""), people=book.people).check(2, "10:00", verdict="属实")
    after = asked(desk)
    assert after != before and after == afresh(desk)


def test_a_setting_of_the_pack_changed_here_or_there_counts_at_once(book: Book, other: Office) -> None:
    desk = book.desk
    before = asked(desk)
    desk.do(ChangeSetting("pack.grace_minutes", "15", "县局规定"))
    here = asked(desk)
    assert here != before and here == afresh(desk)
    other.do(ChangeSetting("pack.grace_minutes", "0", "县局规定"), desk.actor)
    assert asked(desk) == afresh(desk) != here


def test_p11_a_clock_set_back_finds_the_month_as_it_was_then_and_forward_again_as_now(book: Book) -> None:
    desk = book.desk
    june = asked(desk)
    desk.clock.go_to(datetime(2022, 5, 3, 10, 0))
    may = asked(desk)
    assert may[1] != june[1] and may == afresh(desk)
    desk.clock.go_to(AFTER_MAY)
    assert asked(desk) == june


def test_a_month_is_worked_out_anew_until_a_day_after_its_end(book: Book) -> None:
    desk = book.desk
    for day, is_kept in ((1, False), (2, True)):
        desk.clock.go_to(datetime(2022, 6, day, 23, 0))
        asked(desk)
        assert (sent(desk, lambda: desk.ask(ComputeSettlement("2022-05")), PUNCHES) == 0) is is_kept


def test_a_restored_office_keeps_nothing_of_the_one_before(book: Book, tmp_path: Path) -> None:
    desk = book.desk
    before, file = asked(desk), Path(desk.do(BackUp()).file)
    book.check(2, "10:00", verdict="属实")
    assert asked(desk) != before
    data = DataDir(tmp_path / "restored")
    restore_backup(data, file, COUNTY.password)
    with closing(Office(data, desk.office.safe.key, desk.clock)) as opened:
        assert tuple(opened.ask(query, desk.actor) for query in QUERIES) == before


def test_what_is_changed_outside_the_program_is_seen_and_gone_once_set_right(book: Book) -> None:
    desk = book.desk
    before = asked(desk)
    with closing(connect(desk.office.data.database, desk.office.safe.key)) as outside:
        outside.execute("DELETE FROM duty")
    wrong = desk.ask(ComputeSettlement("2022-05"))
    assert isinstance(wrong, MonthPay) and not wrong.lines
    book.person("李四")  # the next command sets it right first
    assert asked(desk) == before


def test_a_command_that_fails_leaves_nothing_of_what_it_found(county: Desk) -> None:
    before = county.ask(CountPeople())
    with pytest.raises(Refused, match="试验"):
        county.do(NamePeople(fails=True))
    assert county.ask(CountPeople()) == before


def test_a_commands_own_finding_is_kept_only_where_it_changed_nothing_afterwards(county: Desk) -> None:
    found = county.do(NamePeople())
    assert sent(county, lambda: county.ask(CountPeople()), "FROM person") == 0
    assert county.ask(CountPeople()) == found
    assert county.do(NamePeople(adds_after=True)) == found + 1
    assert county.ask(CountPeople()) == found + 2
    county.do(ChangeSetting("idle_lock_minutes", "7", ""))
    assert sent(county, lambda: county.ask(CountPeople()), "FROM person") == 0


def test_what_is_kept_still_tells_a_page_which_tables_it_follows(county: Desk) -> None:
    county.ask(CountPeople())
    read: set[str] = set()
    county.office.ask(CountPeople(), county.actor, read)
    assert "person" in read

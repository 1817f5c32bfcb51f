"""A sheet is read and checked while others save: what they change meanwhile still counts, and they hardly wait."""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from app.clock import SetClock
from app.errors import Cancelled
from app.kernel.permissions import KIOSK, Actor
from app.models.changelog import noted_rows
from app.models.duties import Complaint, Duty, Punch, SpotCheck
from app.models.imports import ImportBatch
from app.models.records import ChangeEntry
from app.models.service_desk import Consultation
from app.paths import DataDir
from app.services.consultations.record_consultation import RecordConsultation
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.kind import ImportReport
from app.services.kiosk.sign_in import SignIn
from app.services.kiosk.sign_out import SignOut
from app.services.money.submit_month import SubmitMonth
from app.services.office.health import Health
from app.services.office.office import Office
from app.services.people.disable_person import DisablePerson
from tests.killing import forked, needs_fork
from tests.services.conftest import Desk
from tests.services.consultation_desk import FULL
from tests.services.kiosk_desk import CENTRE, PIN, KioskDesk

ATTENDANCE = ("站点", "姓名", "签到时间", "签退时间", "确认人")
CONSULTATIONS = ("编号", "时间", "站点", "值班人员", "咨询人", "拒绝提供证件", "咨询内容")
MANY = 20_000
MOST_SECONDS = 5
"""How long a save may wait for an import."""


def table_file(path: Path, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    """A sheet as CSV, which costs little to write."""
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([headings, *rows])
    return path


def times(count: int, name: str = "卫明") -> list[tuple[str, ...]]:
    """So many sign-ins with their sign-outs of one person, one a day, two thousand days back."""
    days = (date(2016, 1, 4) + timedelta(days=number) for number in range(count))
    return [(CENTRE, name, f"{day} 08:05", f"{day} 11:40", "李四") for day in days]


def count(office: Office, table: type[Any]) -> int:
    with Session(office.database.reader) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def logged(office: Office, table: type[Any]) -> list[str]:
    """The ids of a table's rows as the log has them, one an entry; none may wait for it."""
    with Session(office.database.reader) as session:
        assert noted_rows(session.connection()) == []
        entries = select(ChangeEntry.row_id).where(ChangeEntry.table == table.__tablename__)
        return list(session.scalars(entries.order_by(ChangeEntry.stream, ChangeEntry.seq)))


@dataclass
class Meanwhile:
    """Progress that calls something once, at the first row that is checked; notes every step's words."""

    act: Callable[[], None]
    steps: list[str] = field(default_factory=list)

    def step(self, done: int, total: int, words: str) -> None:
        if not self.steps:
            self.act()
        self.steps.append(words)

    @property
    def checked(self) -> int:
        """How many rows were checked, each as often as it was."""
        return sum(step.startswith("核对") for step in self.steps)


class Other:
    """A second process with the office open, which does one thing when it is told and says when it is done.

    It begins before the office is opened here, for a process that is forked later would inherit its files.
    """

    def __init__(self, desk: Desk, *commands: tuple[Any, Actor]) -> None:
        self.root, self.key, self.clock = desk.office.data.root, desk.office.safe.key, desk.clock
        desk.office.close()
        self._told, tell = os.pipe()
        done, self._say = os.pipe()
        self._tell, self._done = tell, done
        self.child = forked(lambda: self._work(commands))
        desk.office = self.open()

    def open(self) -> Office:
        """The office in this process."""
        return Office(DataDir(self.root), self.key, SetClock(self.clock.at, self.clock.mono))

    def go(self) -> None:
        """Let it do its thing; returns once it is done."""
        os.write(self._tell, b"x")
        assert os.read(self._done, 1) == b"x"
        assert os.waitpid(self.child, 0)[1] == 0

    def _work(self, commands: Sequence[tuple[Any, Actor]]) -> None:
        office = self.open()
        os.read(self._told, 1)
        for command, actor in commands:
            office.do(command, actor)
        office.close()
        os.write(self._say, b"x")


@pytest.fixture
def kiosk(county: Desk) -> Iterator[KioskDesk]:
    """Two people of the centre, one of whom has duty on 10 May."""
    desk = KioskDesk(county)
    desk.duty(10)
    desk.person("孙丽")
    desk.publish()
    desk.at(10, "08:55")
    yield desk
    desk.desk.office.close()


def take(desk: Desk, kind: str, path: Path, meanwhile: Meanwhile | None = None, **more: bool) -> ImportReport:
    report: ImportReport = desk.office.do(ImportWorkbook(kind, path, **more), desk.actor, meanwhile).value
    return report


@needs_fork
def test_somebody_disabled_between_reading_and_storing_is_refused(kiosk: KioskDesk, tmp_path: Path) -> None:
    desk = kiosk.desk
    path = table_file(tmp_path / "a.csv", ATTENDANCE, [*times(2), *times(1, "孙丽")])
    other = Other(desk, (DisablePerson(kiosk.people["孙丽"], "调离"), desk.actor))
    report = take(desk, "attendance", path, meanwhile := Meanwhile(other.go))
    assert [(fault.row, fault.code) for fault in report.refused] == [(4, "E430")]
    assert not report.is_stored and count(desk.office, Punch) == 0
    assert meanwhile.checked == 6, "every row is checked again, in the transaction that stores"
    assert (take(desk, "attendance", path, skip_bad=True).accepted, count(desk.office, Punch)) == (2, 4)


@needs_fork
def test_y05_a_month_reported_between_reading_and_storing_is_refused(
    kiosk: KioskDesk, tmp_path: Path
) -> None:
    desk = kiosk.desk
    kiosk.at(31, "20:00")
    path = table_file(tmp_path / "a.csv", ATTENDANCE, [(CENTRE, "卫明", "2022-04-11 08:05", "", "")])
    other = Other(desk, (SubmitMonth("2022-04", is_nil=True), desk.actor))
    report = take(desk, "attendance", path, Meanwhile(other.go))
    assert [fault.code for fault in report.refused] == ["E110"]
    assert count(desk.office, Punch) == 0


@needs_fork
def test_what_changes_elsewhere_meanwhile_lets_no_row_be_checked_again(
    kiosk: KioskDesk, tmp_path: Path
) -> None:
    desk = kiosk.desk
    path = table_file(tmp_path / "a.csv", ATTENDANCE, times(40))
    other = Other(desk, (SignIn(kiosk.people["卫明"], PIN), KIOSK))
    report = take(desk, "attendance", path, meanwhile := Meanwhile(other.go))
    assert (report.accepted, meanwhile.checked) == (40, 40)
    assert count(desk.office, Punch) == 81


@needs_fork
def test_p29_numbers_given_meanwhile_are_not_given_twice(kiosk: KioskDesk, tmp_path: Path) -> None:
    desk = kiosk.desk
    rows = [("", f"2022-05-0{day} 09:10", CENTRE, "卫明", "李某", "是", "离婚") for day in (2, 3)]
    other = Other(desk, (RecordConsultation(**FULL, person_id=kiosk.people["卫明"]), desk.actor))
    path = table_file(tmp_path / "a.csv", CONSULTATIONS, rows)
    assert take(desk, "consultations", path, Meanwhile(other.go)).accepted == 2
    with Session(desk.office.database.reader) as session:
        assert sorted(session.scalars(select(Consultation.serial))) == [1, 2, 3]


def test_an_import_stopped_while_it_stores_leaves_nothing(kiosk: KioskDesk, tmp_path: Path) -> None:
    desk = kiosk.desk

    class Stop:
        def step(self, done: int, total: int, words: str) -> None:
            if words == "保存":
                raise Cancelled

    with pytest.raises(Cancelled) as stop:
        desk.office.do(
            ImportWorkbook("attendance", table_file(tmp_path / "a.csv", ATTENDANCE, times(3))),
            desk.actor,
            Stop(),
        )
    assert not stop.value.is_part_done
    assert count(desk.office, Punch) == count(desk.office, ImportBatch) == 0


@needs_fork
def test_a_kiosk_hardly_waits_while_many_rows_come_in(kiosk: KioskDesk, tmp_path: Path) -> None:
    desk = kiosk.desk
    path = table_file(
        tmp_path / "a.csv", ATTENDANCE, [row for name in ("卫明", "孙丽") for row in _back(MANY // 2, name)]
    )
    waits = tmp_path / "waits"
    taps = _Taps(desk, kiosk.people["卫明"], waits)
    held = Open(desk.office)
    report = take(desk, "attendance", path)
    taps.end()
    assert report.accepted == MANY
    spent = [float(line) for line in waits.read_text().split()]
    assert len(spent) > 2, "it went on signing in and out"
    assert held.processor <= MOST_SECONDS
    assert max(spent) <= max(MOST_SECONDS, held.longest + 1), "nobody waits but for the one transaction"
    assert count(desk.office, Punch) == 2 * MANY + len(spent)
    bad = {item.key for item in desk.ask(Health()) if not item.is_good}
    assert not bad & {"database", "chain", "rows", "journal", "guards", "found"}


class Open:
    """How long the longest transaction that writes was open, in seconds and in seconds of this process's work."""

    def __init__(self, office: Office) -> None:
        self.longest = self.processor = 0.0
        self._began = self._worked = 0.0
        event.listen(office.database.writer, "begin", self._begin)
        event.listen(office.database.writer.pool, "checkin", self._end)

    def _begin(self, _connection: Any) -> None:
        self._began, self._worked = time.monotonic(), time.process_time()

    def _end(self, *_: Any) -> None:
        if self._began:
            self.longest = max(self.longest, time.monotonic() - self._began)
            self.processor = max(self.processor, time.process_time() - self._worked)
            self._began = 0.0


class _Taps(Other):
    """A kiosk in a process of its own: signs in and out again and again and writes down how long each took."""

    def __init__(self, desk: Desk, person: str, waits: Path) -> None:
        self.person, self.waits = person, waits
        super().__init__(desk)
        os.read(self._done, 1)

    def end(self) -> None:
        """Returns once it has stopped."""
        os.write(self._tell, b"x")
        assert os.waitpid(self.child, 0)[1] == 0

    def _work(self, commands: Sequence[tuple[Any, Actor]]) -> None:
        office = self.open()
        clock = office.clock
        assert isinstance(clock, SetClock)
        os.set_blocking(self._told, False)
        os.write(self._say, b"x")
        with self.waits.open("w") as out:
            while not self._is_told():
                for tap in (SignIn(self.person, PIN, "临时"), SignOut(self.person, PIN)):
                    clock.advance(timedelta(minutes=2))
                    began = time.monotonic()
                    office.do(tap, KIOSK)
                    out.write(f"{time.monotonic() - began}\n")
                    time.sleep(0.1)
        office.close()

    def _is_told(self) -> bool:
        try:
            return bool(os.read(self._told, 1))
        except BlockingIOError:
            return False


def _back(many: int, name: str) -> list[tuple[str, ...]]:
    """So many turns of a person, eight a day, long past."""
    days = (date(2015, 1, 1) + timedelta(days=number // 8) for number in range(many))
    hours = (8 + number % 8 for number in range(many))
    return [
        (CENTRE, name, f"{day} {hour:02}:05", f"{day} {hour:02}:40", "李四")
        for day, hour in zip(days, hours, strict=True)
    ]


SHEETS: dict[str, tuple[tuple[str, ...], Callable[[int], tuple[str, ...]], float]] = {
    "attendance": (ATTENDANCE, lambda number: times(number + 1)[number], 0.2),
    "consultations": (
        CONSULTATIONS,
        lambda number: (str(number + 1), f"2021-03-01 {number // 60:02}:{number % 60:02}", CENTRE, "卫明", "李某", "是", "问"),
        0.1,
    ),
    "spotchecks": (
        ("时间", "站点", "姓名", "方式", "结果"),
        lambda number: (f"2021-03-01 {number // 60:02}:{number % 60:02}", CENTRE, "卫明", "电话", "在岗"),
        0.1,
    ),
    "complaints": (
        ("时间", "站点", "被投诉人", "事由"),
        lambda number: (f"2021-03-01 {number // 60:02}:{number % 60:02}", CENTRE, "卫明", "态度生硬"),
        0.1,
    ),
    "roster": (
        ("日期", "站点", "时段", "姓名", "值班类型"),
        lambda number: (str(date(2023, 1, 1) + timedelta(days=number)), CENTRE, "09:00-13:00", "卫明", "中心值班"),
        1.1,
    ),
    "people": (
        ("姓名", "人员类别", "所属机构", "执业证号"),
        lambda number: (f"新人{number}", "律师", "某所", f"1140820{number:010d}"),
        3.1,
    ),
}  # fmt: skip
"""Kind → headings, the row of a number, and how many statements a further row may cost (a further month a few)."""
TABLES = {
    "attendance": (Punch, 2), "consultations": (Consultation, 1), "spotchecks": (SpotCheck, 1), "complaints": (Complaint, 1),
    "roster": (Duty, 1),
}  # fmt: skip


@pytest.mark.parametrize("kind", SHEETS)
def test_further_rows_cost_hardly_a_statement(kiosk: KioskDesk, tmp_path: Path, kind: str) -> None:
    desk, (headings, row, most) = kiosk.desk, SHEETS[kind]
    asked: list[str] = []
    for engine in (desk.office.database.writer, desk.office.database.reader):
        event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_: asked.append(statement))
    found = []
    for first, last in ((0, 20), (20, 240)):
        path = table_file(tmp_path / "a.csv", headings, [row(number) for number in range(first, last)])
        asked.clear()
        assert take(desk, kind, path).accepted == last - first
        found.append(len(asked))
    assert (found[1] - found[0]) / 200 <= most, found


@pytest.mark.parametrize("kind", TABLES)
def test_a_row_that_stands_twice_in_a_sheet_is_stored_once(
    kiosk: KioskDesk, tmp_path: Path, kind: str
) -> None:
    desk, (headings, row, _), (table, each) = kiosk.desk, SHEETS[kind], TABLES[kind]
    before = logged(desk.office, table)
    path = table_file(tmp_path / "a.csv", headings, [row(1), row(2), row(1)])
    report = take(desk, kind, path)
    assert (report.accepted, report.unchanged) == (2, 1)
    made = logged(desk.office, table)[len(before) :]
    assert len(made) == len(set(made)) == 2 * each
    report = take(desk, kind, path)
    assert (report.accepted, report.unchanged) == (0, 3)
    assert len(logged(desk.office, table)) == len(before) + 2 * each


def test_a_refused_row_leaves_nothing_for_the_next_to_find(kiosk: KioskDesk, tmp_path: Path) -> None:
    headings = ("姓名", "人员类别", "所属机构", "执业证号", "身份证号")
    rows = [
        ("赵强", "律师", "某所", "11408202110000001", "140800195003072040"),
        ("钱强", "律师", "某所", "11408202110000002", "140800195003072040"),
        ("钱强", "律师", "某所", "11408202110000002", ""),
    ]
    path = table_file(tmp_path / "a.csv", headings, rows)
    report = take(kiosk.desk, "people", path, skip_bad=True)
    assert (report.accepted, [one.row for one in report.refused]) == (2, [3])


def test_a_lone_sign_in_is_completed_by_a_later_row_of_its_sheet(kiosk: KioskDesk, tmp_path: Path) -> None:
    rows = [
        (CENTRE, "卫明", "2022-05-02 08:05", "", ""),
        (CENTRE, "卫明", "2022-05-02 08:05", "2022-05-02 11:40", ""),
        (CENTRE, "卫明", "2022-05-02 08:05", "2022-05-02 11:40", ""),
        (CENTRE, "卫明", "2022-05-02 08:05", "2022-05-02 11:50", ""),
    ]
    path = table_file(tmp_path / "a.csv", ATTENDANCE, rows)
    report = take(kiosk.desk, "attendance", path, skip_bad=True)
    assert (report.accepted, report.unchanged, [one.code for one in report.refused]) == (2, 1, ["E131"])
    with Session(kiosk.desk.office.database.reader) as session:
        pairs = {punch.pair_id for punch in session.scalars(select(Punch)) if punch.direction == "out"}
        ins = {punch.id for punch in session.scalars(select(Punch)) if punch.direction == "in"}
    assert pairs == ins and len(ins) == 1

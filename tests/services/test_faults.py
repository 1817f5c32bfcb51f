"""Faults of disk, file, clock and lock, made for real: each has its own true sentence, and nothing is changed by it."""

from __future__ import annotations

import errno
import os
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.errors import Cancelled, Refused
from app.models import engine
from app.models.engine import connect, open_database
from app.paths import DataDir
from app.services.consultations.register import Register
from app.services.exchange.desk import ExchangeDesk
from app.services.exchange.unfinished import UnfinishedFiles
from app.services.office.back_up import BackUp
from app.services.office.health import Health
from app.services.office.office import Office, open_office
from app.services.office.set_up import make_office
from app.services.office.settings import ChangeSetting, Settings
from app.services.people.add_person import AddPerson
from app.services.people.pool import Pool
from app.services.sites.site_list import SiteTree
from app.services.today.today_desk import TodayDesk
from app.ui.errors import Diagnostics, say
from app.ui.runner import Job, JobProgress
from tests.services.conftest import COUNTY, Desk

PERSON = AddPerson(name="卫明", kind="律师", licence="1")


def refusal(work: Callable[[], Any]) -> Refused:
    with pytest.raises(Refused) as refused:
        work()
    return refused.value


def test_p36_case_43_a_full_disk_is_said_to_be_full_and_the_next_try_succeeds(county: Desk) -> None:
    with county.office.database.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    found = refusal(
        lambda: county.do(AddPerson(name="卫明", kind="律师", licence="1", organisation="所" * 100_000))
    )
    assert found.code == "E906" and "磁盘已满" in found.message
    with county.office.database.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 4294967294")
    county.do(PERSON)


def test_case_43_a_file_that_may_not_grow_is_said_so(county: Desk, tmp_path: Path) -> None:
    """The limit of a process on its files stands for a medium that takes no more."""
    files = [county.office.data.database, county.office.data.root / "office.db-wal"]
    largest = max(file.stat().st_size for file in files)
    with grown_no_more(largest + 64 * 1024):
        found = refusal(lambda: county.do(replace(PERSON, organisation="所" * 1_000_000)))
        assert found.code in ("E906", "E940")
    with grown_no_more(files[0].stat().st_size // 2):
        assert refusal(lambda: county.do(BackUp(tmp_path / "stick"))).code in ("E906", "E940")
    assert list((tmp_path / "stick").iterdir()) == []
    county.do(PERSON)


@contextmanager
def grown_no_more(size: int) -> Iterator[None]:
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)


def test_case_67_a_damaged_page_is_said_and_a_backup_offered(
    county: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    county.do(PERSON)
    data, key = county.office.data, county.office.safe.key
    county.office.close()
    damage(data.database, key, "person")
    office = Office(data, key, county.clock)
    found = refusal(lambda: office.ask(Pool(), county.actor))
    assert found.code == "E939" and "数据库文件损坏" in found.message and "请从备份恢复" in found.message
    assert refusal(lambda: office.do(PERSON, county.actor)).code == "E939"
    assert refusal(lambda: office.do(BackUp(), county.actor)).code in ("E939", "E914")
    [item] = [item for item in office.ask(Health(), county.actor) if item.key == "database"]
    assert not item.is_good and item.text == "损坏，请用备份恢复"
    office.close()
    assert capfd.readouterr().err == ""


def damage(file: Path, key: bytes, table: str) -> None:
    """Flip a bit in the middle of a table's first page."""
    connection = connect(file, key)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    connection.close()
    with file.open("r+b") as raw:
        raw.seek((page - 1) * 4096 + 2000)
        [byte] = raw.read(1)
        raw.seek(-1, os.SEEK_CUR)
        raw.write(bytes([byte ^ 1]))


def test_case_67_a_wrong_key_is_said_and_the_engine_says_nothing_itself(
    county: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    found = refusal(lambda: open_database(county.office.data.database, b"\1" * 32))
    assert found.code == "E902"
    assert capfd.readouterr().err == ""


def test_case_48_a_lock_held_too_long_is_said_and_the_next_try_succeeds(
    county: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 100)
    data, key = county.office.data, county.office.safe.key
    county.office.close()
    office, holder = Office(data, key, county.clock), connect(data.database, key)
    holder.execute("BEGIN IMMEDIATE")
    found = refusal(lambda: office.do(PERSON, county.actor))
    assert found.code == "E905" and "被另一个程序占用" in found.message
    assert refusal(lambda: open_office(data, "admin", COUNTY.password, county.clock)).code == "E905"
    holder.rollback()
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.close()
    office.do(PERSON, county.actor)
    office.close()


def test_a_database_that_something_keeps_shut_is_told_apart_from_a_damaged_one(
    county: Desk, tmp_path: Path
) -> None:
    county.office.close()
    found = refusal(lambda: open_database(tmp_path / "gone" / "office.db", county.office.safe.key))
    assert found.code == "E920" and "没有读写权限" in found.message


def test_a_torn_list_of_begun_exports_stops_no_export_and_names_nothing_else(tmp_path: Path) -> None:
    stick, files = tmp_path / "stick", UnfinishedFiles(tmp_path)
    stick.mkdir()
    mine, other = stick / "0a1b2c3d.hmb.part", tmp_path / "other.part"
    for path in (mine, other):
        path.write_bytes(b"begun")
    (tmp_path / "exports-begun.txt").write_bytes(b"\xff\xfe\x00../other\n0a1b2c3d.hmb\n5e6f")
    files.clear(stick)
    assert not mine.exists() and other.exists()
    files.note("00000001.hmb")
    assert (tmp_path / "exports-begun.txt").read_text("ascii").split() == ["0a1b2c3d.hmb", "00000001.hmb"]


class Stopping:
    """Cancel pressed at a step, counted from 0."""

    def __init__(self, at: int):
        self._left = at
        self.job = Job(lambda _progress: None)
        self._progress = JobProgress(self.job, lambda _job: None)

    def step(self, done: int, total: int, words: str) -> None:
        if not self._left:
            self.job.cancel()
        self._left -= 1
        self._progress.step(done, total, words)


def test_case_49_cancel_after_the_backup_was_made_says_that_it_was_made(county: Desk) -> None:
    made = county.office.do(BackUp(), county.actor, Stopping(2)).value
    assert Path(made.file).exists()


def test_case_49_cancel_before_anything_was_done_says_so(county: Desk) -> None:
    with pytest.raises(Cancelled) as stop:
        county.office.do(BackUp(), county.actor, Stopping(1))
    assert say(stop.value).text == "已取消，什么也没有改变"
    assert list(county.office.data.backups.iterdir()) == []


@pytest.mark.parametrize("year", [1969, 2250])
def test_case_50_at_an_impossible_time_nothing_is_written_and_everything_can_be_read(
    county: Desk, tmp_path: Path, year: int
) -> None:
    county.clock.at = datetime(year, 6, 1, 1, 0, tzinfo=UTC)
    for command in (PERSON, BackUp(), ChangeSetting("backup_keep", "3")):
        found = refusal(lambda command=command: county.do(command))
        assert found.code == "E942" and f"时钟是 {year} 年" in found.message
    for query in (Health(), TodayDesk(), Pool(), ExchangeDesk(), Register(), SiteTree(), Settings()):
        county.ask(query)
    office, _ = open_office(county.office.data, COUNTY.admin, COUNTY.password, county.clock)
    office.close()
    assert refusal(lambda: make_office(DataDir(tmp_path / "new"), COUNTY, county.clock)).code == "E942"
    assert not (tmp_path / "new").exists()


def test_case_50_a_clock_at_1980_only_flags(county: Desk) -> None:
    county.clock.at = datetime(1980, 1, 1, tzinfo=UTC)
    county.do(PERSON)


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "E590"), (errno.EDQUOT, "E590"), (errno.EIO, "E594")]
)
def test_case_47_a_fault_of_the_medium_is_no_unforeseen_one(number: int, code: str) -> None:
    assert say(OSError(number, "fsync")).code == code


def test_a_fault_that_cannot_even_be_noted_down_still_has_its_sentence(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("unexpected .* RuntimeError")
    (tmp_path / "diagnostics").write_bytes(b"a file where the folder should be")
    said = say(RuntimeError("x"), Diagnostics(tmp_path / "diagnostics"))
    assert said.code == "E999" and "详情" not in said.text


def test_a_backup_that_finds_no_room_says_how_much_it_needs(
    county: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    found = refusal(lambda: county.do(BackUp(tmp_path)))
    assert found.code == "E502" and "需要" in found.message
    assert not list(tmp_path.glob("huimin-*"))

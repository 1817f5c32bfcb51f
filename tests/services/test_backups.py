"""Backups: listed with their age, only this office's own, and the reminder when there is none for long."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from app.services.office.back_up import BackUp
from app.services.office.backups import Backups
from app.services.office.health import Health
from app.services.office.settings import ChangeSetting
from app.services.today.today_desk import TodayDesk
from app.services.today.urgent_kinds import BackupDue
from tests.services.conftest import Desk


def wait(desk: Desk, days: int) -> None:
    desk.clock.advance(timedelta(days=days))


def reminders(desk: Desk) -> list[BackupDue]:
    return [one.subject for one in desk.ask(TodayDesk()).urgent if isinstance(one.subject, BackupDue)]


def test_backups_are_listed_newest_first_with_their_age(county: Desk) -> None:
    assert county.ask(Backups()).files == ()
    county.do(BackUp())
    wait(county, 3)
    county.do(BackUp())
    found = county.ask(Backups())
    assert [(one.days, one.age) for one in found.files] == [(0, "今天"), (3, "3 天前")]
    assert found.is_there and not found.is_chosen and found.last.at == found.files[0].at
    assert all(one.size > 0 for one in found.files)


def test_a_shared_folder_keeps_the_backups_of_other_offices(county: Desk, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    other = shared / "huimin-140802100-20220101-090000.hmbak"
    other.write_bytes(b"other")
    county.do(ChangeSetting("backup_folder", str(shared)))
    county.do(ChangeSetting("backup_keep", "1"))
    for _ in range(2):
        county.do(BackUp())
        wait(county, 1)
    found = county.ask(Backups())
    assert found.is_chosen and len(found.files) == 1
    assert other.exists()


def test_a_folder_that_is_gone_is_said(county: Desk, tmp_path: Path) -> None:
    county.do(ChangeSetting("backup_folder", str(tmp_path / "stick")))
    found = county.ask(Backups())
    assert not found.is_there and found.files == ()


def test_today_reminds_of_a_backup_that_is_due_and_of_none_ever(county: Desk) -> None:
    assert reminders(county) == []
    wait(county, 7)
    assert reminders(county) == [BackupDue(7, is_first=True)]
    county.do(BackUp())
    assert reminders(county) == []
    wait(county, 8)
    assert reminders(county) == [BackupDue(8, is_first=False)]


def test_the_health_names_streams_in_words(county: Desk) -> None:
    titles = [item.title for item in county.ask(Health()) if item.key == "chain"]
    assert titles and not [title for title in titles if any(c.isascii() and c.isalpha() for c in title)]

"""The delay after wrong passwords: neither the clock nor a power cut gets round it, and a wrong clock does not lock for years."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.clock import Instant
from app.kernel.logins import FREE_TRIES, LoginAttempt, LoginFile

NOON = Instant(datetime(2022, 5, 10, 4, tzinfo=UTC), 1_000_000, "boot-1")


def after(start: Instant, seconds: int, *, wall: timedelta | None = None, boot: str = "") -> Instant:
    """A later instant; wall: what the clock was set by besides."""
    return Instant(
        start.at + timedelta(seconds=seconds) + (wall or timedelta()),
        start.mono + seconds * 1000,
        boot or start.boot,
    )


@pytest.fixture
def logins(tmp_path: Path) -> LoginFile:
    file = LoginFile(tmp_path / "logins.jsonl")
    for _ in range(FREE_TRIES):
        file.append(LoginAttempt.made(NOON, "管理员", "failed"))
    return file


@pytest.mark.parametrize("days", [-3650, -1, 1, 3650])
def test_setting_the_clock_changes_nothing_within_a_boot(logins: LoginFile, days: int) -> None:
    assert logins.seconds_locked("管理员", after(NOON, 10, wall=timedelta(days=days))) == 20
    assert logins.seconds_locked("管理员", after(NOON, 31, wall=timedelta(days=days))) == 0


def test_a_clock_that_was_years_ahead_does_not_lock_for_years(logins: LoginFile) -> None:
    first = replace(NOON, at=NOON.at - timedelta(days=3650), boot="boot-2", mono=5_000)
    assert logins.seconds_locked("管理员", first) == 30
    logins.append(LoginAttempt.made(first, "管理员", "locked"))
    assert logins.seconds_locked("管理员", after(first, 20)) == 10
    assert logins.seconds_locked("管理员", after(first, 30)) == 0


def test_the_end_that_is_said_is_the_end_also_after_a_restart(logins: LoginFile) -> None:
    for now in (NOON, after(NOON, 12), after(NOON, 12, boot="boot-2")):
        assert "已锁定到 12:00:30，" in str(logins.lock("管理员", now))
    assert logins.lock("管理员", after(NOON, 30, boot="boot-2")) is None


def test_a_clock_set_back_over_a_restart_lets_the_login_window_wait_no_longer_than_it_says(
    logins: LoginFile,
) -> None:
    first = replace(NOON, at=NOON.at - timedelta(days=3650), boot="boot-2", mono=5_000)
    for second in (0, 1, 29):
        logins.begin_waiting("管理员", after(first, second))
        assert "已锁定到 12:00:30，" in str(logins.lock("管理员", after(first, second)))
    assert logins.lock("管理员", after(first, 30)) is None
    assert [one.outcome for one in logins.attempts()] == ["failed"] * FREE_TRIES + ["waiting"]


def test_a_line_torn_by_a_power_cut_spoils_neither_the_login_nor_the_next_line(
    tmp_path: Path, logins: LoginFile
) -> None:
    path = tmp_path / "logins.jsonl"
    whole = path.read_bytes()
    torn = whole[: whole.rindex("管".encode()) + 1]
    path.write_bytes(torn)
    assert len(logins.attempts()) == FREE_TRIES - 1
    logins.append(LoginAttempt.made(NOON, "管理员", "failed"))
    assert logins.seconds_locked("管理员", after(NOON, 0)) == 30

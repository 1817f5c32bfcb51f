"""The one source of time and randomness, so that every instant can be judged and tested."""

from __future__ import annotations

import secrets
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import uuid_utils

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Instant:
    """One reading of the clock.

    at: UTC, aware. mono: whole milliseconds since boot, sleep included. boot: the boot's id.
    """

    at: datetime
    mono: int
    boot: str


class Clock(Protocol):
    """What the program asks of time: wall, monotonic and boot readings, and random bytes."""

    def now(self) -> Instant: ...

    def random(self, size: int) -> bytes: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> Instant:
        return Instant(datetime.now(UTC), _boot_milliseconds(), _boot_id())

    def random(self, size: int) -> bytes:
        return secrets.token_bytes(size)


@dataclass
class SetClock:
    """A clock somebody sets: for the demo's month, for restores and for tests."""

    at: datetime
    mono: int = 1_000_000
    boot: str = "boot-1"

    def now(self) -> Instant:
        return Instant(self.at, self.mono, self.boot)

    def random(self, size: int) -> bytes:
        return secrets.token_bytes(size)

    def advance(self, step: timedelta) -> None:
        """Wall and monotonic time go on together."""
        self.at += step
        self.mono += int(step.total_seconds() * 1000)

    def go_to(self, local: datetime) -> None:
        """Set to a naive local time of the office's zone; monotonic time follows when it goes forward."""
        target = local_to_utc(local)
        if target > self.at:
            self.advance(target - self.at)
        else:
            self.at = target


def local(at: datetime) -> datetime:
    """UTC instant → naive local time of the office's zone."""
    return at.astimezone(OFFICE_ZONE).replace(tzinfo=None)


def local_to_utc(when: datetime) -> datetime:
    """Naive local time of the office's zone → UTC instant."""
    return when.replace(tzinfo=OFFICE_ZONE).astimezone(UTC)


def local_date(at: datetime) -> date:
    """The office's calendar date of a UTC instant."""
    return local(at).date()


def new_id() -> str:
    """A fresh row id (UUIDv7 text): unique, never an order."""
    return str(uuid_utils.uuid7())


def _boot_milliseconds() -> int:
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.GetTickCount64.restype = ctypes.c_ulonglong
        return int(ctypes.windll.kernel32.GetTickCount64())
    return time.monotonic_ns() // 1_000_000


@cache
def _boot_id() -> str:
    source = Path("/proc/sys/kernel/random/boot_id")
    if source.exists():
        return source.read_text("ascii").strip()[:8]
    if sys.platform == "win32":
        return _windows_boot()
    return f"up-{_boot_milliseconds() // 86_400_000}"


def _windows_boot() -> str:
    """Windows counts its boots; the count does not move with the wall clock, which a derived start time would.

    Where the count is missing all boots look alike, and monotonic time running backwards shows the reboot.
    """
    import winreg

    path = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path) as key:  # type: ignore[attr-defined]
            return f"boot-{winreg.QueryValueEx(key, 'BootId')[0]}"  # type: ignore[attr-defined]
    except FileNotFoundError:
        return "boot"

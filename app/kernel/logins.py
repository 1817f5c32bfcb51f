"""Failed logins before the database opens: an append-only file, the growing delay it imposes, one guess at a time."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.clock import Instant, local
from app.dates import until_text
from app.errors import Refused
from app.kernel.slots import busy, write_private
from app.private_files import private
from app.turns import own_turn

FREE_TRIES = 5
FIRST_DELAY_SECONDS = 30
LONGEST_DELAY_SECONDS = 3600
PATIENCE_SECONDS = 60.0
BEGUN, MISSING = "begun", "missing"
"""Outcomes of the first line: written when the office was made, or when the file was found to be gone or empty."""

WAITING = "waiting"
"""No attempt: somebody began to wait for the end of a delay in this boot."""


@dataclass(frozen=True)
class LoginAttempt:
    """One attempt; name is "" when no account of that name exists, for a password may have been typed there."""

    at: datetime
    name: str
    outcome: str
    """failed, locked or done; of a line that is no attempt: begun, missing, waiting, rekeyed or altered"""
    mono: int = 0
    boot: str = ""
    """As in app.clock.Instant: within one boot a delay is measured past every setting of the clock."""

    @classmethod
    def made(cls, now: Instant, name: str, outcome: str) -> LoginAttempt:
        """An attempt at this instant."""
        return cls(now.at, name, outcome, now.mono, now.boot)


class LoginFile:
    """The side file of attempts; lines are only ever appended."""

    def __init__(self, path: Path):
        self._path = path

    def begin(self, now: Instant) -> None:
        """The first line of a new or restored office, so that a file that is gone or empty is known to have been there."""
        write_private(self._path, _line(LoginAttempt.made(now, "", BEGUN)))

    @contextmanager
    def one_guess(self, now: Instant) -> Iterator[None]:
        """One guess at a time, whatever number of programs try: each sees those before it. Raises Refused E017.

        A file that is gone or empty is begun anew with a line that means the longest delay for every name.
        """
        with own_turn(self._path.with_suffix(".lock"), busy(), PATIENCE_SECONDS):
            if not self._path.exists() or not self._path.stat().st_size:
                write_private(self._path, _line(LoginAttempt.made(now, "", MISSING)))
            yield

    def attempts(self) -> list[LoginAttempt]:
        """Every attempt on file, oldest first; a line torn by a power cut is passed over."""
        if not self._path.exists():
            return []
        found = []
        for line in self._path.read_bytes().decode("utf-8", "replace").splitlines():
            attempt = _parse(line)
            if attempt:
                found.append(attempt)
        return found

    def append(self, attempt: LoginAttempt) -> None:
        """Write one attempt down, synced."""
        with open(self._path, "ab+", opener=private) as out:
            out.seek(max(0, out.seek(0, os.SEEK_END) - 1))
            is_torn = out.read(1) not in (b"", b"\n")
            out.write((b"\n" if is_torn else b"") + _line(attempt))
            out.flush()
            os.fsync(out.fileno())

    def seconds_locked(self, name: str, now: Instant) -> int:
        """How many seconds the delay of a login name still lasts; 0 for none."""
        return max(self._seconds(name, now))

    def lock(self, name: str, now: Instant) -> Refused | None:
        """The refusal (E003) while the delay of a login name lasts, with the time of day when it ends."""
        failed, missing = self._seconds(name, now)
        if missing > failed:
            until = lock_ends(missing, now)
            return Refused(
                "E003", f"登录记录文件不见了，可能有人试过密码，已锁定到 {until}，到时再试，并告诉管理员。"
            )
        if not failed:
            return None
        return Refused("E003", f"密码连续输错，账号已锁定到 {lock_ends(failed, now)}，到时再试。")

    def begin_waiting(self, name: str, now: Instant) -> None:
        """Note the first look at a delay since a restart; if the clock was set back, the wait counts from here."""
        is_noted = any(one.boot == now.boot for one in self.attempts() if one.name == name)
        if not is_noted and self.seconds_locked(name, now):
            self.append(LoginAttempt.made(now, name, WAITING))

    def refuse_if_locked(self, name: str, now: Instant) -> None:
        """Raises Refused E003 while the delay after repeated failures lasts."""
        refusal = self.lock(name, now)
        if refusal is not None:
            self.append(LoginAttempt.made(now, name, "locked"))
            raise refusal

    def _seconds(self, name: str, now: Instant) -> tuple[int, int]:
        """Seconds left of the delay after failures, and of that after the file was gone."""
        attempts = self.attempts()
        return seconds_left([a for a in attempts if a.name == name], now), _seconds_missing(attempts, now)


def first_mark(attempts: Sequence[LoginAttempt]) -> str:
    """By what a file of attempts is known again: its first line never changes."""
    return hashlib.sha256(_line(attempts[0])).hexdigest()[:16] if attempts else ""


def _seconds_missing(attempts: Sequence[LoginAttempt], now: Instant) -> int:
    """Seconds that are left of the delay after the file was found to be gone, for every name; 0 for none."""
    if not attempts or attempts[0].outcome != MISSING:
        return 0
    return max(0, math.ceil(LONGEST_DELAY_SECONDS - _seconds_since(attempts, now)))


def lock_ends(seconds: int, now: Instant) -> str:
    """The time of day when so many seconds from now are over: 09:00:30, 明天 00:10:05."""
    end = now.at + timedelta(seconds=seconds)
    if end.microsecond:
        end = end.replace(microsecond=0) + timedelta(seconds=1)
    return until_text(local(end), local(now.at))


def seconds_left(attempts: Sequence[LoginAttempt], now: Instant) -> int:
    """Seconds until the next try is allowed after the failures since the last success; 0 for at once."""
    since: list[LoginAttempt] = []
    for attempt in attempts:
        since = [] if attempt.outcome == "done" else [*since, attempt]
    failures = [place for place, attempt in enumerate(since) if attempt.outcome == "failed"]
    if len(failures) < FREE_TRIES:
        return 0
    delay: int = min(FIRST_DELAY_SECONDS * 2 ** (len(failures) - FREE_TRIES), LONGEST_DELAY_SECONDS)
    return max(0, math.ceil(delay - _seconds_since(since[failures[-1] :], now)))


def _seconds_since(last: Sequence[LoginAttempt], now: Instant) -> float:
    """Seconds since the first of the attempts.

    Within one boot the clock may be set as one likes. After a restart the wall clock counts; if it stands before the
    attempt (it was wrong then, or was set back), the wait counts from the first try since the restart.
    """
    if last[0].boot == now.boot:
        return (now.mono - last[0].mono) / 1000
    passed = (now.at - last[0].at).total_seconds()
    if passed >= 0:
        return passed
    return next(((now.mono - one.mono) / 1000 for one in last if one.boot == now.boot), 0.0)


def tries_left(attempts: Sequence[LoginAttempt]) -> int:
    """How many wrong passwords are still free of delay."""
    failures = 0
    for attempt in attempts:
        failures = 0 if attempt.outcome == "done" else failures + (attempt.outcome == "failed")
    return max(0, FREE_TRIES - failures)


def _line(attempt: LoginAttempt) -> bytes:
    fields = {
        "at": attempt.at.isoformat(),
        "name": attempt.name,
        "outcome": attempt.outcome,
        "mono": attempt.mono,
        "boot": attempt.boot,
    }
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def _parse(line: str) -> LoginAttempt | None:
    try:
        row = json.loads(line)
        return LoginAttempt(
            datetime.fromisoformat(row["at"]), row["name"], row["outcome"], row["mono"], row["boot"]
        )
    except (ValueError, KeyError, TypeError):
        return None

"""Failed logins before the database opens: an append-only file and the growing delay it imposes."""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.errors import Refused

FREE_TRIES = 5
FIRST_DELAY_SECONDS = 30
LONGEST_DELAY_SECONDS = 3600


@dataclass(frozen=True)
class LoginAttempt:
    """One attempt; name is "" when no account of that name exists, for a password may have been typed there."""

    at: datetime
    name: str
    outcome: str
    """failed, locked or done"""


class LoginFile:
    """The side file of attempts; lines are only ever appended."""

    def __init__(self, path: Path):
        self._path = path

    def attempts(self) -> list[LoginAttempt]:
        """Every attempt on file, oldest first; a line torn by a power cut is passed over."""
        if not self._path.exists():
            return []
        found = []
        for line in self._path.read_text("utf-8").splitlines():
            attempt = _parse(line)
            if attempt:
                found.append(attempt)
        return found

    def append(self, attempt: LoginAttempt) -> None:
        """Write one attempt down, synced."""
        line = json.dumps({"at": attempt.at.isoformat(), "name": attempt.name, "outcome": attempt.outcome},
                          ensure_ascii=False)
        with self._path.open("a", encoding="utf-8") as out:
            out.write(line + "\n")
            out.flush()
            os.fsync(out.fileno())

    def seconds_locked(self, name: str, now: datetime) -> int:
        """How many seconds the delay of a login name still lasts; 0 for none."""
        until = locked_until([a for a in self.attempts() if a.name == name])
        return math.ceil((until - now).total_seconds()) if until and now < until else 0

    def refuse_if_locked(self, name: str, now: datetime) -> None:
        """Raises Refused E003 while the delay after repeated failures lasts."""
        seconds = self.seconds_locked(name, now)
        if seconds:
            self.append(LoginAttempt(now, name, "locked"))
            raise Refused("E003", f"密码连续输错，账号已暂时锁定，请 {seconds} 秒后再试。")


def locked_until(attempts: list[LoginAttempt]) -> datetime | None:
    """When the next try is allowed after the failures since the last success; None if at once."""
    failures: list[LoginAttempt] = []
    for attempt in attempts:
        if attempt.outcome == "done":
            failures = []
        elif attempt.outcome == "failed":
            failures.append(attempt)
    if len(failures) < FREE_TRIES:
        return None
    delay = min(FIRST_DELAY_SECONDS * 2 ** (len(failures) - FREE_TRIES), LONGEST_DELAY_SECONDS)
    return failures[-1].at + timedelta(seconds=delay)


def tries_left(attempts: list[LoginAttempt]) -> int:
    """How many wrong passwords are still free of delay."""
    failures = 0
    for attempt in attempts:
        failures = 0 if attempt.outcome == "done" else failures + (attempt.outcome == "failed")
    return max(0, FREE_TRIES - failures)


def _parse(line: str) -> LoginAttempt | None:
    try:
        row = json.loads(line)
        return LoginAttempt(datetime.fromisoformat(row["at"]), row["name"], row["outcome"])
    except (ValueError, KeyError, TypeError):
        return None

"""Takes what the login file noted before the database opened into the security events, each line once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.kernel.logins import BEGUN, LoginAttempt, first_mark
from app.models.organisation import SettingRow
from app.models.records import SecurityEvent

MARK = "logins.merged"
_EVENTS = {
    "failed": ("login_failed", False),
    "locked": ("login_locked", False),
    "missing": ("logins_missing", True),
    "altered": ("slot_altered", True),
    "rekeyed": ("rekeyed", False),
}
"""Outcome → kind of event, and whether somebody must look into it."""


def merge_attempts(session: Session, attempts: Sequence[LoginAttempt]) -> None:
    """Those not merged yet; a file with fewer lines than before is an alarm, another file in its place an event."""
    mark = session.get(SettingRow, MARK) or SettingRow(name=MARK, value="0")
    merged, _, known = mark.value.partition("|")
    first, done = first_mark(attempts), int(merged)
    is_same = known in ("", first)
    if is_same and len(attempts) < done:
        _add(session, attempts[-1], "logins_shorter", is_alarm=True)
    if not is_same and attempts[0].outcome == BEGUN:
        _add(session, attempts[0], "logins_new", is_alarm=False)
    for attempt in attempts[done if is_same else 0 :]:
        if attempt.outcome in _EVENTS:
            kind, is_alarm = _EVENTS[attempt.outcome]
            _add(session, attempt, kind, is_alarm=is_alarm)
    mark.value = f"{len(attempts)}|{first}"
    session.add(mark)


def _add(session: Session, attempt: LoginAttempt, kind: str, *, is_alarm: bool) -> None:
    session.add(SecurityEvent(at=attempt.at, kind=kind, actor=attempt.name, is_alarm=is_alarm))

"""Stamps a punch with the instant of the tap, and knows a double tap when it sees one (P5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import bindparam, select

from app.clock import Instant
from app.kernel.setting_values import setting_value
from app.kernel.work import Look, Work
from app.models.bare_rows import is_among
from app.models.duties import Punch
from app.values import Origin

LONGEST_WAIT_MS = 10 * 60 * 1000
"""A save may wait behind an import; a tap older than this is no tap any more."""

_LAST = (
    select(Punch)
    .where(
        Punch.site == bindparam("site"),
        Punch.direction == bindparam("direction"),
        is_among(Punch.person_id, "people"),
        Punch.origin == Origin.kiosk.value,
    )
    .order_by(Punch.at.desc(), Punch.id.desc())
    .limit(1)
)
"""Made once, for a sign-in waits for it."""


def tap_instant(work: Work, tapped: Instant | None) -> Instant:
    """The instant of the tap if it can be one of just now, else the instant of the save."""
    if tapped is None or tapped.boot != work.now.boot:
        return work.now
    return tapped if 0 <= work.now.mono - tapped.mono <= LONGEST_WAIT_MS else work.now


def last_punch(look: Look, ids: Sequence[str], direction: str) -> Punch | None:
    """The newest event of a direction at this site's kiosk; ids: those one person was written under."""
    asked = {"site": look.office.own_site, "direction": direction, "people": list(ids)}
    return look.session.scalars(_LAST, asked).first()


def is_same_tap(look: Look, stamp: Instant, punch: Punch | None) -> bool:
    """Whether an event lies within the double-tap seconds, by the monotonic clock where it can be asked."""
    if punch is None:
        return False
    apart = abs(stamp.mono - punch.mono) / 1000 if punch.boot == stamp.boot else _wall_apart(stamp, punch)
    return apart <= int(setting_value(look, "kiosk_double_tap_seconds"))


def _wall_apart(stamp: Instant, punch: Punch) -> float:
    return abs((stamp.at - punch.at) / timedelta(seconds=1))

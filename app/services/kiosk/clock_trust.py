"""Grades how far the clock can be trusted at a punch: wall time against monotonic time and earlier records (P9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from app.clock import Instant, local
from app.dates import duration_text, month_day_text
from app.kernel.work import Look
from app.models.bare_rows import bare_columns, bare_rows
from app.models.duties import Punch
from app.services.reading.incoming import parents_last_word
from app.values import Origin

LOOK_BACK_ROWS = 100
LOOK_BACK_MS = 24 * 3600 * 1000
TOLERANCE_MS = 5000
DRIFT_PER_MS = 0.0002
"""Clocks of cheap machines go apart by up to 200 millionths."""

OTHER_CLOCK = timedelta(minutes=10)
"""How far another office's clock may be from ours before that proves anything."""


@dataclass(frozen=True)
class Trust:
    """green: agrees with what was recorded. grey: the computer restarted since. amber: doubtful. red: was set."""

    grade: str
    reason: str = ""


GREEN = Trust("green")
_LAST_INSTANTS = "SELECT at, mono, boot FROM journal ORDER BY id DESC LIMIT ?"
_PUNCH = bare_columns(Punch)
_LAST_BOOT = (
    select(_PUNCH.boot)
    .where(_PUNCH.origin == Origin.kiosk.value, _PUNCH.writer == bindparam("office"))
    .order_by(_PUNCH.on.desc(), _PUNCH.at.desc())
    .limit(1)
)
"""Made once, for a sign-in waits for it."""


def trust(look: Look, stamp: Instant, pair: Punch | None = None) -> Trust:
    """The grade of an instant; pair: the sign-in that a sign-out closes."""
    known = _known(look)
    return (
        _backwards(stamp, pair)
        or _jumped(stamp, known, pair)
        or _before_last_boot(stamp, known)
        or _before_parent(look, stamp)
        or _restarted(look, stamp, known, pair)
        or GREEN
    )


def _known(look: Look) -> list[Instant]:
    """The latest recorded instants, newest first; the order is the journal's, never a clock's."""
    rows = look.session.connection().exec_driver_sql(_LAST_INSTANTS, (LOOK_BACK_ROWS,))
    return [Instant(datetime.fromisoformat(at), mono, boot) for at, mono, boot in rows]


def _backwards(stamp: Instant, pair: Punch | None) -> Trust | None:
    if pair is not None and stamp.at < pair.at:
        return Trust("red", "签退早于签到，电脑时钟被拨回")
    return None


def _jumped(stamp: Instant, known: Sequence[Instant], pair: Punch | None) -> Trust | None:
    """Within one boot wall and monotonic time go on together; what departs was set by hand."""
    same = [one for one in known if one.boot == stamp.boot and 0 <= stamp.mono - one.mono <= LOOK_BACK_MS]
    if pair is not None and pair.boot == stamp.boot:
        same.append(Instant(pair.at, pair.mono, pair.boot))
    for one in same:
        span = abs(stamp.mono - one.mono)
        moved = (stamp.at - one.at) / timedelta(milliseconds=1) - (stamp.mono - one.mono)
        if abs(moved) > TOLERANCE_MS + span * DRIFT_PER_MS:
            way = "拨快" if moved > 0 else "拨慢"
            return Trust(
                "red", f"时钟被改动：{_told(one.at)} 以后被{way} {duration_text(round(abs(moved) / 1000))}"
            )
    return None


def _before_last_boot(stamp: Instant, known: Sequence[Instant]) -> Trust | None:
    last = next((one for one in known if one.boot != stamp.boot), None)
    if last is not None and stamp.at < last.at:
        return Trust("red", f"时钟被改动：早于重启前 {_told(last.at)} 的记录")
    return None


def _before_parent(look: Look, stamp: Instant) -> Trust | None:
    """The bureau's last bundle was made before it arrived, so that no later punch can be older than it."""
    made = parents_last_word(look)
    if made is None or stamp.at >= made:
        return None
    return Trust("red" if made - stamp.at > OTHER_CLOCK else "amber", f"早于上级 {_told(made)} 发来的回执")


def _restarted(look: Look, stamp: Instant, known: Sequence[Instant], pair: Punch | None) -> Trust | None:
    last = pair.boot if pair else bare_rows(look.session, _LAST_BOOT, {"office": look.office.code}).scalar()
    before = last if last is not None else (known[0].boot if known else stamp.boot)
    return Trust("grey", "上次打卡后电脑重启过，时钟无法核对") if before != stamp.boot else None


def _told(at: datetime) -> str:
    return f"{month_day_text(local(at))} {local(at):%H:%M}"

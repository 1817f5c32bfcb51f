"""Refuses to record anything at a time that no clock can rightly show, so that nothing unreadable is ever sent."""

from __future__ import annotations

from app.bundle.limits import FIRST_YEAR, LAST_YEAR
from app.clock import Instant
from app.errors import Refused


def refuse_wrong_clock(now: Instant) -> None:
    """Raises Refused E942 for a year outside those that a bundle may state; a merely wrong clock only flags rows."""
    if not FIRST_YEAR <= now.at.year < LAST_YEAR:
        raise Refused(
            "E942",
            f"这台电脑的时钟是 {now.at.year} 年，没有保存任何数据。请先把电脑的日期和时间校准，再做一次。",
        )

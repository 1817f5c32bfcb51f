"""Says how good a month's roster is: the duties it still lacks, and how evenly hours fall on people (Y03, Y09)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from app.rules.duty.duty_view import DutyView

HOUR = 3600


@dataclass(frozen=True)
class RosterQuality:
    """lacking: duties not given to anybody. average, most, least: seconds rostered a person; busiest: their name."""

    lacking: int
    people: int = 0
    average: int = 0
    most: int = 0
    least: int = 0
    busiest: str = ""

    @property
    def words(self) -> str:
        """缺 2 班 · 人均 9.3 小时，最多 12（王建国），最少 8."""
        lack = f"缺 {self.lacking} 班" if self.lacking else "各班都已排上"
        if not self.people:
            return lack
        if self.people == 1:
            return f"{lack} · 只有{self.busiest}一人，{_hours(self.most)} 小时"
        if self.most == self.least:
            return f"{lack} · 每人 {_hours(self.most)} 小时"
        return (
            f"{lack} · 人均 {_hours(self.average)} 小时，最多 {_hours(self.most)}（{self.busiest}），"
            f"最少 {_hours(self.least)}"
        )


def roster_quality(duties: Iterable[DutyView], lacking: int) -> RosterQuality:
    """Of the duties planned in a month."""
    loads: dict[str, int] = defaultdict(int)
    names = {}
    for duty in duties:
        loads[duty.person_id] += duty.seconds
        names[duty.person_id] = duty.name
    if not loads:
        return RosterQuality(lacking)
    busiest = max(sorted(loads), key=lambda person: loads[person])
    return RosterQuality(
        lacking,
        len(loads),
        sum(loads.values()) // len(loads),
        loads[busiest],
        min(loads.values()),
        names[busiest],
    )


def _hours(seconds: int) -> str:
    return f"{seconds / HOUR:.1f}".removesuffix(".0")

"""Knows which days are worked in China, adjusted Saturdays and Sundays included (P17; 全国年节及纪念日放假办法)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from app.errors import Refused

_DAY = timedelta(days=1)
_SUBSTITUTED = "休息日"
_COMPENSATED = "（补假）"


@dataclass(frozen=True)
class YearDays:
    """The festival arrangement of one year.

    off: each day off by the arrangement with its festival's name. working: weekend days that are worked.
    is_published: whether the State Council's notice is known; otherwise only the days fixed by law are in `off`.
    """

    year: int
    off: Mapping[date, str]
    working: frozenset[date]
    is_published: bool = True
    source: str = ""


@dataclass(frozen=True)
class WorkCalendar:
    """Working days by the shipped library, overridden by the year files an office imported."""

    imported: Mapping[int, YearDays] = field(default_factory=dict)

    def with_year(self, days: YearDays) -> WorkCalendar:
        """The same calendar with one year replaced."""
        return WorkCalendar({**self.imported, days.year: days})

    def year(self, year: int) -> YearDays:
        """The arrangement of a year; where none is known, weekdays less the festivals fixed by law."""
        return self.imported.get(year) or _library_year(year)

    def is_published(self, year: int) -> bool:
        """Whether the year's arrangement is known from a notice or an imported file."""
        return self.year(year).is_published

    def warnings(self, years: Iterable[int]) -> tuple[str, ...]:
        """One Chinese sentence for each year whose arrangement is not known."""
        return tuple(
            f"{year}年放假安排未公布，暂按周一至周五为工作日计算；公布后请导入该年年历文件"
            for year in sorted(set(years))
            if not self.is_published(year)
        )

    def is_workday(self, day: date) -> bool:
        """Whether offices work on the day (Y09: statutory holidays and adjusted working days count)."""
        days = self.year(day.year)
        if day in days.working:
            return True
        return day.weekday() < 5 and day not in days.off

    def is_statutory_day_off(self, day: date) -> bool:
        """Whether the day is 法定休假日: a festival day off or a weekend that is not worked (民法典 203)."""
        return not self.is_workday(day)

    def is_adjusted_workday(self, day: date) -> bool:
        """Whether the day is a weekend day that is worked (调休上班)."""
        return day in self.year(day.year).working

    def holiday_name(self, day: date) -> str:
        """The festival whose arrangement gives the day off (劳动节), else ""."""
        return self.year(day.year).off.get(day, "")

    def workdays(self, first: date, last: date) -> tuple[date, ...]:
        """The working days from first to last, both included."""
        span = (first + _DAY * step for step in range((last - first).days + 1))
        return tuple(day for day in span if self.is_workday(day))

    def next_workday(self, day: date) -> date:
        """The day itself when worked, else the next one that is."""
        while not self.is_workday(day):
            day += _DAY
        return day

    def roll_forward(self, start: date, days: int) -> date:
        """The last day of a term of calendar days: start excluded, a day off at its end moves on (民法典 201, 203)."""
        return self.next_workday(start + _DAY * days)

    def after_workdays(self, start: date, days: int) -> date:
        """The last day of a term of working days (工作日), the start day excluded."""
        day = start
        for _ in range(days):
            day = self.next_workday(day + _DAY)
        return day


def read_year_file(path: Path) -> YearDays:
    """Read an arrangement from a year file.

    JSON: {"year": 2027, "off": {"2027-01-01": "元旦"}, "working": ["2027-01-10"], "source": "…"}.
    CSV: columns 日期 类型 名称, 类型 being 休 or 班. Raises Refused E971 when it is neither or spans years.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        days = _from_json(text) if path.suffix.lower() == ".json" else _from_csv(text)
        _check(days)
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as fault:
        raise Refused(
            "E971", f"年历文件“{path.name}”无法读取，须为一年的放假与调休日期（JSON 或 CSV）"
        ) from fault
    return days


def _from_json(text: str) -> YearDays:
    found = json.loads(text)
    off = {date.fromisoformat(day): str(name) for day, name in found["off"].items()}
    working = frozenset(date.fromisoformat(day) for day in found["working"])
    return YearDays(int(found["year"]), off, working, source=str(found.get("source", "")))


def _from_csv(text: str) -> YearDays:
    rows = [
        (date.fromisoformat(r["日期"].strip()), r["类型"].strip(), r.get("名称") or "")
        for r in _csv_rows(text)
    ]
    if not rows or {kind for _, kind, _ in rows} - {"休", "班"}:
        raise ValueError("类型")
    off = {day: name.strip() or "放假" for day, kind, name in rows if kind == "休"}
    return YearDays(rows[0][0].year, off, frozenset(day for day, kind, _ in rows if kind == "班"))


def _csv_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def _check(days: YearDays) -> None:
    named = {*days.off, *days.working}
    if not days.off or {day.year for day in named} != {days.year} or days.working & days.off.keys():
        raise ValueError("年份")


@cache
def _library_year(year: int) -> YearDays:
    import holidays

    found = holidays.country_holidays("CN", years=year, language="zh_CN")
    names = {day: found[day] for day in found}
    working = frozenset(day for day in found.weekend_workdays if day.year == year)
    if not working and not any(name.startswith(_SUBSTITUTED) for name in names.values()):
        fixed = {day: name for day, name in names.items() if _COMPENSATED not in name}
        return YearDays(year, fixed, frozenset(), is_published=False)
    return YearDays(year, {day: _festival(day, names) for day in names}, working)


def _festival(day: date, names: Mapping[date, str]) -> str:
    """The festival a day off belongs to: its own name, or that of the nearest festival around it."""
    if not names[day].startswith(_SUBSTITUTED):
        return names[day].removesuffix(_COMPENSATED)
    near = [other for other, name in names.items() if not name.startswith(_SUBSTITUTED)]
    return names[min(near, key=lambda other: abs(other - day))].removesuffix(_COMPENSATED)

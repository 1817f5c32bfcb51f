"""The words and small values that every floor shares, so that they are spelt in one place."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import TypeVar

from app.errors import Refused


class PersonKind(StrEnum):
    """Kinds of duty personnel (Y08, 运司通〔2022〕3号 四（一）3)."""

    lawyer = "律师"
    legal_worker = "基层法律服务工作者"
    retired_official = "政法退休人员"
    law_scholar = "高校法律专业师生"
    other_lay = "其他非公职"
    relaxed = "放宽条件"


class DutyKind(StrEnum):
    """What a duty is; court duty is the criminal 值班律师 and never Y's money (A11)."""

    centre = "中心值班"
    station = "站点值班"
    outreach = "下乡"
    mobile = "流动站点"
    court = "值班律师"


class SpotResult(StrEnum):
    """What a roll-call check found (Y23)."""

    present = "在岗"
    absent = "脱岗"
    not_on_site = "不在岗"
    sham = "虚假值班"


class SpotMethod(StrEnum):
    """How a roll-call check was made (Q03)."""

    system = "系统"
    telephone = "电话"
    on_site = "实地"


class Verdict(StrEnum):
    """Whether evidence was verified (经核实)."""

    confirmed = "属实"
    unfounded = "不属实"
    pending = "待核实"


class AuditResult(StrEnum):
    """The audit of a consultation record (Q13)."""

    passed = "合格"
    incomplete = "缺项"
    irregular = "不规范"


class Rating(StrEnum):
    """The client's rating (Y06)."""

    satisfied = "满意"
    fairly_satisfied = "基本满意"
    dissatisfied = "不满意"


class RatingChannel(StrEnum):
    """How a rating reached the office: told to the clerk, tapped at the kiosk, or asked for in a follow-up (Y06)."""

    desk = "现场"
    kiosk = "签到台"
    follow_up = "回访"


class SiteKind(StrEnum):
    """The kind of a duty site; it decides base pay and D4."""

    city_centre = "市中心"
    county_centre = "县中心"
    station = "工作站"


class PlaceKind(StrEnum):
    """What a unit of the tree is: a bureau, or a duty site of one of the kinds of SiteKind."""

    bureau = "司法局"
    city_centre = SiteKind.city_centre.value
    county_centre = SiteKind.county_centre.value
    station = SiteKind.station.value


class Level(StrEnum):
    """The level of a unit in the tree (Y01)."""

    city = "市"
    county = "县"
    station = "站"


class Sex(StrEnum):
    """As on the identity card."""

    male = "男"
    female = "女"


class Origin(StrEnum):
    """Where an attendance row came from: the kiosk, a workbook, or paper that somebody confirmed."""

    kiosk = "kiosk"
    imported = "import"
    paper = "paper"


class Direction(StrEnum):
    """Whether an attendance event is a sign-in or a sign-out."""

    sign_in = "in"
    sign_out = "out"


class ClockGrade(StrEnum):
    """Trust in the clock that stamped an attendance event, from nothing to say to worst."""

    green = "green"
    grey = "grey"
    amber = "amber"
    red = "red"


class ChangeKind(StrEnum):
    """What happens to a published duty (Y22a)."""

    cancel = "取消"
    swap = "换人"
    retime = "改时"


class LineOrigin(StrEnum):
    """What made a stored pay line."""

    settled = "结算"
    evidence = "补证调整"
    decision = "局里调整"
    reversal = "冲销"


class Role(StrEnum):
    """An account's role."""

    administrator = "管理员"
    clerk = "工作人员"
    reviewer = "审核员"
    cashier = "财务"
    leader = "局领导"
    aid_reviewer = "援助审查"
    aid_head = "援助负责人"


Word = TypeVar("Word", bound=StrEnum)


def known(words: type[Word], text: str | None) -> Word | None:
    """The word that a stored text is, or None for one that this program cannot tell apart (case 53)."""
    found = _by_value(words).get(text) if isinstance(text, str) else None
    return found if isinstance(found, words) else None


@cache
def _by_value(words: type[StrEnum]) -> dict[str, StrEnum]:
    return {word.value: word for word in words}


_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})))?", re.ASCII)


class DeliveryState(StrEnum):
    """How far one record has got on its way to the office it is for."""

    waiting = "未导出"
    sent = "已导出待回执"
    received = "已接收"
    returned = "退回"


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month of the office's zone."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1900 <= self.year <= 9998):
            raise Refused("E921", f"没有“{self.year}-{self.month:02d}”这个月份，请写成 2022-05 的样子")

    @classmethod
    def parse(cls, text: str) -> Month:
        """`2022-05` → Month; anything else is refused with E921."""
        found = _MONTH.fullmatch(text.strip())
        if not found:
            raise Refused("E921", f"月份“{text}”看不懂，请写成 2022-05 的样子")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a date lies in."""
        return _month(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def words(self) -> str:
        """2022年5月, as sentences name it; `str` is the form of codes and fields (2022-05)."""
        return f"{self.year}年{self.month}月"

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def previous(self) -> Month:
        return Month.of(self.first_day - timedelta(days=1))

    def next(self) -> Month:
        return Month.of(self.last_day + timedelta(days=1))

    def days(self) -> tuple[date, ...]:
        """Every date of the month, in order."""
        return tuple(date(self.year, self.month, day) for day in range(1, self.last_day.day + 1))

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@cache
def _month(year: int, month: int) -> Month:
    """Made once: whoever goes through the rows of a sheet or a year asks for the same few again and again."""
    return Month(year, month)


@dataclass(frozen=True)
class Period:
    """A year, quarter or month as reports take it; both ends belong to it."""

    text: str
    start: date
    end: date

    @classmethod
    def parse(cls, text: str) -> Period:
        """`2022` `2022-Q2` `2022-05` → start and end dates; anything else is refused with E922."""
        found = _PERIOD.fullmatch(text.strip())
        if not found:
            raise Refused("E922", f"期间“{text}”看不懂，请写成 2022、2022-Q2 或 2022-05 的样子")
        year, quarter, month = int(found[1]), found[2], found[3]
        if month:
            first = last = Month(year, int(month))
        elif quarter:
            first, last = Month(year, int(quarter) * 3 - 2), Month(year, int(quarter) * 3)
        else:
            first, last = Month(year, 1), Month(year, 12)
        return cls(text.strip(), first.first_day, last.last_day)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def months(self) -> tuple[Month, ...]:
        """The months of the period, in order."""
        found = [Month.of(self.start)]
        while found[-1].last_day < self.end:
            found.append(found[-1].next())
        return tuple(found)


def yuan_text(fen: int) -> str:
    """分 → yuan as windows, paper and the command line write it: 130000 → `1,300.00`, -5 → `−0.05`."""
    sign = "−" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def number_text(value: int) -> str:
    """A whole number in groups of three: 12345 → `12,345`, -5 → `−5`."""
    return f"{value:,}".replace("-", "−")

"""Draws small random months as ledger rows, full of the cases that pay rules disagree about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.oracle.pay_oracle import Row

MONTH = "2022-05"
SITES: list[Row] = [
    {"站点": "140802-01", "类型": "县中心"},
    {"站点": "1408-01", "类型": "市中心"},
    {"站点": "140802100", "类型": "工作站"},
    {"站点": "140802101", "类型": "工作站"},
]
CENTRE, CITY, FIRST, SECOND = (site["站点"] for site in SITES)
DAYS = ("2022-05-05", "2022-05-06", "2022-05-07", "2022-05-31")

# Each plan is one person's day: (site, ranges, kind) in order of time, never overlapping.
PLANS: list[list[tuple[str, str, str]]] = [
    [(CENTRE, "08:00-12:00；14:30-18:30", "中心值班")],
    [(CITY, "08:30-12:00；14:30-19:00", "中心值班")],
    [(CENTRE, "08:00-12:00", "中心值班"), (CENTRE, "14:00-18:00", "中心值班")],
    [(CENTRE, "08:00-12:00", "中心值班"), (CENTRE, "12:00-16:00", "中心值班")],
    [(CENTRE, "08:00-12:00", "中心值班"), (CITY, "14:30-18:30", "中心值班")],
    [(CENTRE, "08:30-12:00；14:30-18:00", "中心值班")],
    [(FIRST, "09:00-13:00", "站点值班")],
    [(SECOND, "08:30-11:30；14:30-17:00", "站点值班")],
    [(FIRST, "09:00-12:30", "站点值班")],
    [(FIRST, "08:00-12:00", "站点值班"), (SECOND, "14:00-18:00", "站点值班")],
    [(FIRST, "08:00-12:00", "站点值班"), (FIRST, "14:00-18:00", "站点值班")],
    [(FIRST, "08:00-12:00", "站点值班"), (FIRST, "12:00-16:00", "站点值班")],
    [(FIRST, "08:30-12:00", "站点值班"), (FIRST, "14:30-17:30", "下乡")],
    [(SECOND, "08:00-10:00", "下乡"), (SECOND, "14:00-17:00", "站点值班")],
    [(FIRST, "08:30-12:30", "站点值班"), (SECOND, "14:00-17:00", "下乡")],
    [(FIRST, "08:30-12:30", "下乡")],
    [(SECOND, "07:00-11:00", "流动站点")],
    [(SECOND, "07:00-11:00", "流动站点"), (SECOND, "13:30-17:30", "站点值班")],
    [(FIRST, "09:00-13:00", "值班律师")],
    [(CENTRE, "08:00-12:00", "中心值班"), (FIRST, "14:00-18:00", "站点值班")],
]
REQUIRED = (
    "咨询人",
    "联系电话",
    "人群类别",
    "咨询方式",
    "事项类别",
    "咨询内容",
    "答复意见",
    "处理方式",
    "证件号",
)
COME = (0, 0, 0, -1, -600, -7199, -7201, 1, 59, 61, 600, 3600)
LEAVE = (0, 0, 0, 1, 300, 3000, -1, -60, -1800)


@dataclass
class LedgerMonth:
    """A month as ledger rows under the workbooks' headings."""

    people: list[Row]
    month: str = MONTH
    sites: list[Row] = field(default_factory=lambda: list(SITES))
    roster: list[Row] = field(default_factory=list)
    attendance: list[Row] = field(default_factory=list)
    spotchecks: list[Row] = field(default_factory=list)
    consultations: list[Row] = field(default_factory=list)
    complaints: list[Row] = field(default_factory=list)

    def ledgers(self) -> dict[str, Any]:
        """The arguments of the oracle."""
        return dict(vars(self))


@st.composite
def ledger_months(draw: st.DrawFn) -> LedgerMonth:
    """A month of one to three people over up to four days."""
    author = _Author(lambda choices: draw(st.sampled_from(choices)))
    return author.month()


class _Author:
    def __init__(self, pick: Callable[[Sequence[Any]], Any]) -> None:
        self._pick = pick
        self._serial = 0

    def month(self) -> LedgerMonth:
        count = self._pick((1, 2, 3))
        people = [
            {"姓名": "甲乙丙"[place], "是否公职": self._pick(("否", "否", "否", "是")), "执业证号": ""}
            for place in range(count)
        ]
        found = LedgerMonth(people)
        for person in people:
            is_often_absent = self._pick((False, False, True))
            for on in DAYS[: self._pick((1, 2, 4))]:
                self._day(found, person["姓名"], on, is_often_absent)
        return found

    def _day(self, month: LedgerMonth, name: str, on: str, is_often_absent: bool) -> None:
        for site, hours, kind in self._pick(PLANS):
            month.roster.append({"日期": on, "站点": site, "时段": hours, "姓名": name, "值班类型": kind})
            ranges = _ranges(on, hours)
            self._attendance(month, name, site, ranges)
            if kind != "值班律师":
                self._checks(month, name, site, ranges, is_often_absent)
            self._records(month, name, site, ranges)
            self._complaint(month, name, site, ranges)

    def _attendance(self, month: LedgerMonth, name: str, site: str, ranges: _Ranges) -> None:
        if len(ranges) > 1 and self._pick((False, False, True)):
            for begin, end in ranges:
                month.attendance.append(
                    {"站点": site, "姓名": name, "签到时间": _text(begin), "签退时间": _text(end)}
                )
        elif self._pick((True,) * 6 + (False,)):
            come = ranges[0][0] + timedelta(seconds=self._pick(COME))
            left = ranges[-1][1] + timedelta(seconds=self._pick(LEAVE))
            if self._pick((False,) * 14 + (True,)):
                come, left = ranges[-1][1], ranges[-1][1] + timedelta(hours=1)
            out = "" if self._pick((True,) + (False,) * 8) else _text(left)
            month.attendance.append({"站点": site, "姓名": name, "签到时间": _text(come), "签退时间": out})
        if self._pick((False,) * 11 + (True,)):
            late = ranges[-1][1] + timedelta(hours=3)
            month.attendance.append(
                {
                    "站点": site,
                    "姓名": name,
                    "签到时间": _text(late),
                    "签退时间": _text(late + timedelta(hours=1)),
                }
            )

    def _checks(
        self, month: LedgerMonth, name: str, site: str, ranges: _Ranges, is_often_absent: bool
    ) -> None:
        for at in self._moments(ranges, self._pick((0, 0, 1, 2))):
            result = self._pick(("在岗", "脱岗", "脱岗", "不在岗", "虚假值班"))
            month.spotchecks.append(
                {
                    "时间": _text(at),
                    "站点": site,
                    "姓名": name,
                    "结果": result,
                    "是否正当": self._pick(("是", "否", "否", "")) if result == "脱岗" else "",
                    "核实": ""
                    if result in ("在岗", "脱岗")
                    else self._pick(("属实", "不属实", "待核实", "")),
                }
            )
        if is_often_absent:
            at = ranges[0][0] + timedelta(minutes=30)
            row = {"时间": _text(at), "站点": site, "姓名": name, "结果": "脱岗"}
            month.spotchecks.append({**row, "是否正当": "否", "核实": ""})

    def _moments(self, ranges: _Ranges, count: int) -> list[datetime]:
        """Inside, at both edges, in the break or outside."""
        begin, end = ranges[0][0], ranges[-1][1]
        choices = [
            begin,
            begin - timedelta(seconds=1),
            begin + timedelta(minutes=61),
            ranges[0][1] - timedelta(seconds=1),
            ranges[0][1],
            ranges[-1][0],
            end - timedelta(seconds=1),
            end,
            end + timedelta(minutes=7),
        ]
        return [self._pick(choices) for _ in range(count)]

    def _records(self, month: LedgerMonth, name: str, site: str, ranges: _Ranges) -> None:
        for at in self._moments(ranges, self._pick((0, 1, 1, 2, 3))):
            self._serial += 1
            row = {"编号": f"{self._serial:04d}", "时间": _text(at), "站点": site, "值班人员": name}
            row |= dict.fromkeys(REQUIRED, "有") | {"拒绝提供证件": self._pick(("否", "否", "是"))}
            row["满意度"] = self._pick(("满意", "基本满意", "不满意", ""))
            row["审核结果"] = self._pick(("合格", "合格", "缺项", "不规范", ""))
            if self._pick((False, False, True)):
                row[self._pick(REQUIRED)] = self._pick(("", " "))
            month.consultations.append(row)
            if self._pick((False, True)):
                verdict = self._pick(("属实", "属实", "不属实", "待核实"))
                month.complaints.append(_complaint_row(row["时间"], site, name, row["编号"], verdict))

    def _complaint(self, month: LedgerMonth, name: str, site: str, ranges: _Ranges) -> None:
        """A complaint without number, or with one that no consultation has."""
        if not self._pick((False, False, False, True)):
            return
        inside, outside = ranges[0][0] + timedelta(minutes=5), ranges[-1][1] + timedelta(minutes=9)
        at = self._pick((ranges[0][0], inside, outside))
        verdict = self._pick(("属实", "属实", "待核实"))
        number = self._pick(("", "", "无此号"))
        month.complaints.append(_complaint_row(_text(at), site, name, number, verdict))


_Ranges = list[tuple[datetime, datetime]]


def _ranges(on: str, hours: str) -> _Ranges:
    return [_range(on, part) for part in hours.split("；")]


def _range(on: str, part: str) -> tuple[datetime, datetime]:
    begin, end = (datetime.fromisoformat(f"{on} {side}") for side in part.split("-"))
    return begin, end


def _text(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _complaint_row(at: str, site: str, name: str, number: str, verdict: str) -> Row:
    return {"时间": at, "站点": site, "被投诉人": name, "咨询编号": number, "核实结果": verdict}

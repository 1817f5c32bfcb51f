"""Recomputes a month's duty pay straight from the written rules, sharing no code with the program.

Everything is plain rows under the Chinese headings of the workbooks. It is slow and naive on purpose.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

Row = dict[str, str]

DEFAULTS: dict[str, Any] = {
    "grace_minutes": 0,
    "late_and_early": "each",
    "same_matter_once": True,
    "centre_pay_fen": 20_000,
    "station_pay_fen": 30_000,
    "outreach_pay_fen": 30_000,
}
REQUIRED = (
    "时间",
    "咨询人",
    "联系电话",
    "人群类别",
    "咨询方式",
    "事项类别",
    "咨询内容",
    "答复意见",
    "处理方式",
)


def pay_of_month(
    month: str,
    sites: list[Row],
    people: list[Row],
    roster: list[Row],
    attendance: list[Row],
    spotchecks: list[Row],
    consultations: list[Row],
    complaints: list[Row],
    settings: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """What each person is paid for a month `YYYY-MM`, in 分.

    sites: 站点 类型 (市中心 县中心 工作站). Attendance is as it stands after approved corrections. Answers
    {"net_fen": {name, or licence where names are alike: fen}, "total_fen", "lines": [one for each unit]}.
    """
    rules = {**DEFAULTS, **(settings or {})}
    who = _Who(people)
    kinds = {site["站点"]: site["类型"] for site in sites}
    duties = [_duty(row, who) for row in roster if row["日期"].startswith(month)]
    _match_attendance(duties, attendance, who)
    _judge_punctuality(duties, rules)
    _judge_records(duties, consultations, who)
    _judge_complaints(duties, consultations, complaints, who, rules)
    sham_days = _judge_checks(duties, spotchecks, who)
    absences: dict[str, int] = {}
    for duty in duties:
        absences[duty["who"]] = absences.get(duty["who"], 0) + duty["D4"]
    lines = []
    for unit in _units(duties):
        lines.append(_line(unit, kinds, who, absences, sham_days, rules))
    net: dict[str, int] = dict.fromkeys(who.keys, 0)
    for line in lines:
        net[line["who"]] += line["net_fen"]
    return {"net_fen": net, "total_fen": sum(net.values()), "lines": lines}


class _Who:
    """Names people: by 姓名, and by 执业证号 where two share a name."""

    def __init__(self, people: list[Row]) -> None:
        names = [row["姓名"] for row in people]
        self._shared = {name for name in names if names.count(name) > 1}
        self.keys = [self.key(row) for row in people]
        self._public = {self.key(row) for row in people if row["是否公职"] == "是"}

    def key(self, row: Row, heading: str = "姓名") -> str:
        name = row[heading]
        return row["执业证号"] if name in self._shared else name

    def is_public(self, key: str) -> bool:
        return key in self._public


def moment(text: str) -> datetime:
    """`YYYY-MM-DD HH:MM[:SS]` → naive local time."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S" if text.count(":") == 2 else "%Y-%m-%d %H:%M")


def _duty(row: Row, who: _Who) -> dict[str, Any]:
    ranges = []
    for part in row["时段"].split("；"):
        begin, end = part.split("-")
        ranges.append((moment(f"{row['日期']} {begin}"), moment(f"{row['日期']} {end}")))
    return {
        "who": who.key(row),
        "site": row["站点"],
        "on": row["日期"],
        "kind": row["值班类型"],
        "ranges": ranges,
        "start": ranges[0][0],
        "end": ranges[-1][1],
        "in": None,
        "out": None,
        "lefts": [],
        "D1": 0,
        "D2": 0,
        "D3": 0,
        "D4": 0,
    }


def _match_attendance(duties: list[dict[str, Any]], rows: list[Row], who: _Who) -> None:
    """A row serves one duty: same person, site and date, sign-in within [start − 120 min, end), nearest start.

    Several rows may serve one duty, of somebody who leaves at noon and returns: the duty begins with the first
    sign-in and ends with the last sign-out; it is open while the last sign-in has no sign-out.
    Two sign-ins at one instant are one event.
    """
    for row in sorted(rows, key=lambda row: (moment(row["签到时间"]), row["签退时间"] != "")):
        came = moment(row["签到时间"])
        open_to_it = []
        for duty in duties:
            is_same = (duty["who"], duty["site"]) == (who.key(row), row["站点"])
            is_same = is_same and duty["on"] == row["签到时间"][:10]
            is_in_window = duty["start"] - timedelta(minutes=120) <= came < duty["end"]
            if is_same and is_in_window:
                open_to_it.append((abs(came - duty["start"]), duty["start"], duty))
        if open_to_it:
            duty = min(open_to_it, key=lambda found: found[:2])[2]
            left = moment(row["签退时间"]) if row["签退时间"] else None
            duty["lefts"].append(left)
            duty["in"] = duty["in"] or came
            duty["out"] = max(time for time in duty["lefts"] if time) if left else None


def _judge_punctuality(duties: list[dict[str, Any]], rules: dict[str, Any]) -> None:
    """D2: sign-in after start + grace, sign-out before end − grace; seconds count."""
    grace = timedelta(minutes=rules["grace_minutes"])
    for duty in duties:
        is_late = duty["in"] is not None and duty["in"] > duty["start"] + grace
        is_early = duty["out"] is not None and duty["out"] < duty["end"] - grace
        if rules["late_and_early"] == "each":
            duty["D2"] = int(is_late) + int(is_early)
        else:
            duty["D2"] = int(is_late or is_early)


def _duty_of_record(duties: list[dict[str, Any]], row: Row, who: _Who) -> dict[str, Any] | None:
    """The adviser's duty at the site on the local date, the nearest in time."""
    at = moment(row["时间"])
    found = []
    for duty in duties:
        if (duty["who"], duty["site"], duty["on"]) == (
            who.key(row, "值班人员"),
            row["站点"],
            row["时间"][:10],
        ):
            away = max(duty["start"] - at, at - duty["end"], timedelta())
            found.append((away, duty["start"], duty))
    return min(found, key=lambda one: one[:2])[2] if found else None


def _is_faulty(row: Row) -> bool:
    """A required item is missing, or an audit found the record 不规范."""
    if any(not row[item].strip() for item in REQUIRED):
        return True
    if not row["证件号"].strip() and row["拒绝提供证件"] != "是":
        return True
    return row["审核结果"] == "不规范"


def _judge_records(duties: list[dict[str, Any]], consultations: list[Row], who: _Who) -> None:
    """D1: once a faulty record."""
    for row in consultations:
        duty = _duty_of_record(duties, row, who)
        if duty is not None and _is_faulty(row):
            duty["D1"] += 1


def _judge_complaints(
    duties: list[dict[str, Any]],
    consultations: list[Row],
    complaints: list[Row],
    who: _Who,
    rules: dict[str, Any],
) -> None:
    """D3: 不满意 or a complaint, only when a complaint row says 属实; about one consultation they are one."""
    numbered: dict[tuple[str, str], int] = {}
    for row in complaints:
        if row["核实结果"] != "属实":
            continue
        if row["咨询编号"]:
            about = (row["站点"], row["咨询编号"])
            numbered[about] = numbered.get(about, 0) + 1
            continue
        at = moment(row["时间"])
        for duty in duties:
            is_same = (duty["who"], duty["site"]) == (who.key(row, "被投诉人"), row["站点"])
            if is_same and _is_inside(duty, at):
                duty["D3"] += 1
    for row in consultations:
        count = numbered.get((row["站点"], row["编号"]), 0)
        duty = _duty_of_record(duties, row, who)
        if count == 0 or duty is None:
            continue
        if rules["same_matter_once"]:
            duty["D3"] += 1
        else:
            duty["D3"] += count + (1 if row["满意度"] == "不满意" else 0)


def _is_inside(duty: dict[str, Any], at: datetime) -> bool:
    return any(begin <= at < end for begin, end in duty["ranges"])


def _judge_checks(duties: list[dict[str, Any]], spotchecks: list[Row], who: _Who) -> set[tuple[str, str]]:
    """D4 of each duty; the (person, date) pairs of D5. A check belongs to the duty whose ranges contain it."""
    sham_days = set()
    for row in spotchecks:
        at = moment(row["时间"])
        for duty in duties:
            is_same = (duty["who"], duty["site"]) == (who.key(row), row["站点"])
            if not is_same or not _is_inside(duty, at):
                continue
            if row["结果"] == "脱岗" and row["是否正当"] == "否":
                duty["D4"] += 1
            if row["结果"] in ("不在岗", "虚假值班") and row["核实"] == "属实":
                sham_days.add((duty["who"], duty["on"]))
    return sham_days


def _units(duties: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Person-days at a centre; 站点值班 with 下乡 of one person, site and day; every other duty by itself."""
    units: list[list[dict[str, Any]]] = []
    grouped: dict[tuple[str, str, str, str], list[dict[str, Any]]] = {}
    for duty in sorted(duties, key=lambda duty: duty["start"]):
        key = (duty["who"], duty["site"], duty["on"])
        if duty["kind"] == "中心值班":
            grouped.setdefault((*key, "中心"), []).append(duty)
        elif duty["kind"] in ("站点值班", "下乡"):
            grouped.setdefault((*key, "站点"), []).append(duty)
        else:
            units.append([duty])
    for key, members in grouped.items():
        kinds = {duty["kind"] for duty in members}
        if key[3] == "中心" or len(kinds) == 2:
            units.append(members)
        else:
            units.extend([duty] for duty in members)
    return units


def _line(
    unit: list[dict[str, Any]],
    kinds: dict[str, str],
    who: _Who,
    absences: dict[str, int],
    sham_days: set[tuple[str, str]],
    rules: dict[str, Any],
) -> dict[str, Any]:
    """What one unit pays: public → D4M → D5 → not payable → max(0, base − D1 … D4)."""
    first = unit[0]
    duty_kinds = {duty["kind"] for duty in unit}
    is_centre = "中心值班" in duty_kinds
    assert not is_centre or kinds[first["site"]] in ("县中心", "市中心")
    base = _base(duty_kinds, rules)
    fen = {
        "D1": 1_000 * sum(duty["D1"] for duty in unit),
        "D2": 5_000 * sum(duty["D2"] for duty in unit),
        "D3": 5_000 * sum(duty["D3"] for duty in unit),
        "D4": (10_000 if is_centre else 15_000) * sum(duty["D4"] for duty in unit),
    }
    is_payable = any(duty["in"] is not None and duty["out"] is not None for duty in unit)
    if who.is_public(first["who"]):
        net, reason = 0, "公职人员"
    elif absences[first["who"]] >= 3:
        net, reason = 0, "D4M"
    elif (first["who"], first["on"]) in sham_days:
        net, reason = 0, "D5"
    elif base is None or not is_payable:
        net, reason = 0, "不可计发"
    else:
        net, reason = max(0, base - sum(fen.values())), "计发"
    return {
        "who": first["who"],
        "site": first["site"],
        "on": first["on"],
        "kinds": sorted(duty_kinds),
        "base_fen": base,
        "deductions_fen": fen,
        "net_fen": net,
        "reason": reason,
    }


def _base(duty_kinds: set[str], rules: dict[str, Any]) -> int | None:
    """Centre 200 a person-day; station 300 a session; outreach and mobile as the station; court duty none."""
    if "值班律师" in duty_kinds:
        return None
    if "中心值班" in duty_kinds:
        return int(rules["centre_pay_fen"])
    if "站点值班" in duty_kinds:
        return int(rules["station_pay_fen"])
    return int(rules["outreach_pay_fen"])

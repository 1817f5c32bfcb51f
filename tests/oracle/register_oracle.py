"""Says from the lines of a register alone what a quarter's list pays; shares no code with the program."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.oracle.case_oracle import CaseOracle

Line = dict[str, str]
GROUPS = ("农民工", "农民", "残疾人", "老年人", "未成年人", "妇女", "困难职工", "军人军属")
GOOD_GROUNDS = ("援29", "援31", "援32", "省9", "省10")
TRIALS = ("一审", "二审", "再审")
PROGRAMME = (date(2022, 1, 1), date(2022, 12, 31), 100000)
FIRST_APPROVAL = "2021-10-01"


def unmet(line: Line) -> list[str]:
    """The conditions of Y12 that a line does not meet, by key, in the programme's order."""
    said = line.get
    closed = said("结案日") or ""
    held = {
        "group": any(group in GROUPS for group in re.split("[、；]", said("人群类别") or "")),
        "approved": (said("批准日") or "") >= FIRST_APPROVAL,
        "closed": "2022-01-01" <= closed <= "2022-12-31",
        "form": said("案件类型") == "刑事" or (said("案件类型") == "民事" and said("诉讼或非诉讼") == "诉讼"),
        "ground": _ground(line),
        "entered": bool(said("省系统编号")) and bool(said("录入日期")),
    }
    return [key for key, is_met in held.items() if not is_met]


def _ground(line: Line) -> bool:
    ground, stage = line.get("法律依据"), line.get("诉讼阶段")
    if ground == "援25-1":
        return stage in TRIALS
    if ground == "援25-2":
        return stage in ("二审", "再审") or (stage == "一审" and line.get("程序") == "普通")
    return ground in GOOD_GROUNDS


def settled(
    lines: Iterable[Line], table: list[dict[str, Any]], target: int, quarter: tuple[int, int]
) -> dict[str, dict[str, Any]]:
    """案号 → what `case settle --json` says of it, for every line that the quarter lists."""
    by_number = {line["案号"]: line for line in lines}
    cases = {number: _case(line) for number, line in by_number.items()}
    oracle = CaseOracle(
        [PROGRAMME], table, {2022: target}, {"terminated": 0, "series": 100, "project": 100000}, cases
    )
    return {line["case"]: _told(line, by_number[line["case"]]) for line in oracle.lines(quarter)}


def _told(line: dict[str, Any], said: Line) -> dict[str, Any]:
    keys = unmet(said)
    waits = line["outcome"] == "waits"
    return {
        "counted": not keys,
        "unmet": keys,
        "outcome": line["outcome"],
        "place": line["place"],
        "fund": line["fund"],
        "grade": said.get("质量等级") or "",
        **{f"{name}_fen": 0 if waits else line[name] for name in ("special", "business", "project")},
    }


def _case(line: Line) -> dict[str, Any]:
    year, number = re.fullmatch(r"\D*(\d{4})\D*(\d+)\D*", line["案号"]).groups()  # type: ignore[union-attr]
    return {
        "id": line["案号"],
        "number_year": int(year),
        "number": int(number),
        "kind": line["案件类型"],
        "form": line.get("诉讼或非诉讼") or "",
        "stage": line.get("诉讼阶段") or None,
        "closed": _day(line.get("结案日")),
        "archived": _day(line.get("归档日")),
        "grade": line.get("质量等级") or None,
        "fund": line.get("资金来源") or "",
        "lacks": unmet(line),
        "handler": "机构工作人员" if line.get("承办人类别") == "法律援助机构工作人员" else "律师",
        "terminated": False,
        "merged": False,
        "group": False,
        "travel": 0,
        "cut": 0,
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

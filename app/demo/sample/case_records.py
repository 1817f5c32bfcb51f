"""The invented cases as plain rows: the older register as a sheet, and what happens to a case day by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.case_values import CaseEventKind
from app.rules.cases.facts import FactValue

Row = dict[str, str]


@dataclass(frozen=True)
class SampleStep:
    """What happens to a case on a day. at_station: its intake point writes it, else the agency. reason: its own."""

    on: date
    kind: CaseEventKind
    facts: Mapping[str, FactValue]
    at_station: bool = False
    reason: str = ""


@dataclass(frozen=True)
class SampleCase:
    """An invented case: the application's items by their names in RegisterCase, then its steps in order.

    story names it for the summary.
    """

    story: str
    on: date
    said: Mapping[str, Any]
    steps: tuple[SampleStep, ...]
    at_station: bool = False
    reason: str = ""


@dataclass(frozen=True)
class SampleCases:
    """The older register and the cases that come while the demonstration goes on, with standards and funds.

    late_entries: lines of the register as they are once their entry in the provincial system is made. last_day: the
    day on which the stories end.
    """

    register: tuple[Row, ...]
    late_entries: tuple[Row, ...]
    standards: tuple[Row, ...]
    funds: tuple[Row, ...]
    cases: tuple[SampleCase, ...]
    last_day: date

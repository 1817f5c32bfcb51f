"""The pieces of a policy pack, each of which names the clause it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.values import Level, PersonKind, SiteKind

FigureValue = int | str | bool | date

BUREAU = "司法局"
"""The kind of a bureau in the tree: a unit with targets but without a desk; its centre is the desk."""

SECTIONS = {
    "tree": "机构",
    "rates": "值班补贴",
    "roster": "值班排班",
    "supervision": "监督抽查",
    "reports": "报送",
    "targets": "任务指标",
    "cases": "案件补贴",
    "case_window": "案件计入范围",
    "funds": "资金",
    "ratios": "比例",
    "thresholds": "条件与门槛",
    "deadlines": "法定期限",
    "staffing": "人员与律所",
}
CONSULTATIONS, CASES, RECIPIENTS, OTHER_MATTERS = "consultations", "cases", "recipients", "other_matters"
TARGET_KINDS = {CONSULTATIONS: "咨询", CASES: "案件", RECIPIENTS: "受援人", OTHER_MATTERS: "其他事项"}
CALENDAR_KINDS = {
    "month": "某月",
    "monthly": "每月",
    "quarterly": "每季度",
    "yearly": "每年",
    "after_quarter": "季度结束后",
    "after_event": "某事之后",
    "by_date": "某日之前",
    "span": "期间",
    "festival": "节日",
}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number, date or word the document fixes; money is 分.

    name: `section.name`. id: the requirement it serves (`Y17`). valid_from/valid_to: where the figure's own validity
    differs from the pack's.
    """

    value: FigureValue
    unit: str
    clause: str
    name: str = ""
    title: str = ""
    section: str = ""
    id: str = ""
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the figure's own validity covers a date."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True)
class Item:
    """One entry of a list; is_extra: added by this program, not in the document."""

    value: str
    clause: str
    note: str = ""
    is_extra: bool = False


@dataclass(frozen=True, kw_only=True)
class NamedList:
    """A list the document names: groups, matters, required items, a checklist.

    valid_from/valid_to: where the list's own validity differs from the pack's.
    """

    name: str
    title: str
    clause: str
    id: str
    items: tuple[Item, ...]
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the list's own validity covers a date."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(item.value for item in self.items)


@dataclass(frozen=True, kw_only=True)
class PersonnelRule:
    """A kind of duty personnel and what makes somebody one (Y08)."""

    kind: PersonKind
    condition: str
    clause: str
    min_years: int = 0
    needs_licence: bool = False
    needs_qualification: bool = False
    needs_approval: bool = False
    must_be_lay: bool = False


@dataclass(frozen=True, kw_only=True)
class CalendarRule:
    """A date the document sets (Y20 Y21 Y22 Q11 J11 J12); kind is one of CALENDAR_KINDS.

    days count 日 after the quarter or event; festival is `MM-DD`, `农历MM-DD` or words.
    """

    name: str
    title: str
    kind: str
    clause: str
    id: str = ""
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    days: int | None = None
    event: str = ""
    on: date | None = None
    ends_on: date | None = None
    festival: str = ""
    covers: str = ""
    note: str = ""


MEASURE_TURNS = {"": "一次", "monthly": "每月", "quarterly": "每季度"}


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A line of the document's action plan (Q15); due is its own words, owner its 责任部门.

    doers: the levels of the offices that do it. by: the day its words come to, None for 全年 or a turn. every: one of
    MEASURE_TURNS. standard and evidence: what is to be reached and kept, in short.
    """

    number: str
    title: str
    owner: str
    due: str
    clause: str
    doers: tuple[Level, ...]
    standard: str
    evidence: str
    by: date | None = None
    every: str = ""


@dataclass(frozen=True)
class AgentRule:
    """A place whose legal aid another bureau does for it (代办, A08)."""

    zone: str
    place: str
    place_code: str
    agent: str
    agent_name: str
    clause: str
    id: str = ""


@dataclass(frozen=True)
class Target:
    """A unit's target of a year; kind: consultations, cases, recipients or other_matters."""

    site: str
    year: int
    kind: str
    amount: int
    clause: str
    unit: str = ""
    name: str = ""


@dataclass(frozen=True)
class Subtotal:
    """A stated sum over some of a table's units."""

    title: str
    total: int
    sites: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TargetTable:
    """One target table of the document with its stated total.

    discrepancy: what to say where the document's own parts do not add up to its total; "" where they do.
    """

    kind: str
    title: str
    year: int
    unit: str
    clause: str
    total: int
    parts: tuple[Target, ...]
    subtotals: tuple[Subtotal, ...] = ()
    id: str = ""
    discrepancy: str = ""


@dataclass(frozen=True)
class PackSite:
    """A unit of the tree (Y01 Q21); kind: a SiteKind's word, or BUREAU."""

    code: str
    name: str
    kind: str
    parent: str
    level: Level
    short_name: str

    @property
    def duty_kind(self) -> SiteKind | None:
        """The kind of its desk; None for a bureau."""
        return None if self.kind == BUREAU else SiteKind(self.kind)

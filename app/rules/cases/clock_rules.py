"""The table of the periods that the law, the measures and the office's settings put on a case."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import fields as fields_of
from datetime import date
from enum import StrEnum

from app.case_values import CaseKind
from app.rules.policy.pack import Pack


class ClockUnit(StrEnum):
    """What a period is counted in: 日 are calendar days, hours never move to another day."""

    days = "日"
    workdays = "工作日"
    hours = "小时"


@dataclass(frozen=True, kw_only=True)
class ClockSettings:
    """What the office may set of the clocks; the defaults are the reading taken.

    roll_over: a period of days that ends on a day off moves to the next working day (民法典 203). *_workdays count 工作日,
    *_days calendar days. contract_workdays holds for assignments before 2023-09-01.
    """

    roll_over: bool = True
    contract_workdays: int = 5
    objection_days: int = 15
    closing_file_days: int = 30
    file_review_days: int = 30
    replacement_workdays: int = 5
    termination_notice_days: int = 3
    complaint_accept_workdays: int = 5
    complaint_close_days: int = 45
    county_report_days: int = 15
    city_report_days: int = 20


@dataclass(frozen=True, kw_only=True)
class ClockRule:
    """One period. length: in its unit, or setting: the field of ClockSettings that says it.

    start, end: what it runs from and to. kinds: of which cases, () for all. is_window: the time somebody has for what
    he need not do; when it is over nothing is overdue.
    """

    key: str
    title: str
    clause: str
    start: str
    unit: ClockUnit = ClockUnit.days
    length: int = 0
    setting: str = ""
    valid_from: date = date.min
    valid_to: date = date.max
    kinds: tuple[CaseKind, ...] = ()
    is_window: bool = False

    def length_under(self, settings: ClockSettings) -> int:
        """The length in its unit."""
        return int(getattr(settings, self.setting)) if self.setting else self.length


LAW = date(2022, 1, 1)
"""The day from which the Legal Aid Law holds."""
BEFORE_LAW = date(2021, 12, 31)
ORDER_148 = date(2023, 9, 1)
BEFORE_ORDER_148 = date(2023, 8, 31)
NOT_CRIMINAL = (CaseKind.civil, CaseKind.administrative, CaseKind.state_compensation)
OLD_MEASURES = "2012办理程序规定"
UNVERIFIED = "司法部令第148号（条款待核）"
WORK = ClockUnit.workdays
Y21 = "运司通〔2022〕3号 五（二）报告"

CLOCKS: tuple[ClockRule, ...] = (
    ClockRule(
        key="review", title="审查决定", clause="法律援助法43", start="收到申请", length=7, valid_from=LAW
    ),
    ClockRule(
        key="review",
        title="审查决定",
        clause=OLD_MEASURES,
        start="收到申请",
        length=7,
        unit=WORK,
        valid_to=BEFORE_LAW,
    ),
    ClockRule(key="assign", title="指派", clause="法律援助法43", start="决定给予", length=3, valid_from=LAW),
    ClockRule(
        key="assign",
        title="指派",
        clause=OLD_MEASURES,
        start="决定给予",
        length=7,
        unit=WORK,
        valid_to=BEFORE_LAW,
        kinds=NOT_CRIMINAL,
    ),
    ClockRule(
        key="assign",
        title="指派",
        clause=OLD_MEASURES,
        start="决定给予",
        length=3,
        unit=WORK,
        valid_to=BEFORE_LAW,
        kinds=(CaseKind.criminal,),
    ),
    ClockRule(
        key="notified",
        title="指派并回复办案机关",
        clause="法律援助法36",
        start="收到通知",
        length=3,
        valid_from=LAW,
    ),
    ClockRule(
        key="forward",
        title="转交申请",
        clause="法律援助法39",
        start="收到在押人员申请",
        length=24,
        unit=ClockUnit.hours,
        valid_from=LAW,
    ),
    ClockRule(
        key="contract",
        title="签订委托协议",
        clause="令148号27",
        start="指派",
        length=5,
        valid_from=ORDER_148,
    ),
    ClockRule(
        key="contract",
        title="签订委托协议",
        clause=UNVERIFIED,
        start="指派",
        setting="contract_workdays",
        unit=WORK,
        valid_to=BEFORE_ORDER_148,
    ),
    ClockRule(
        key="objection_window",
        title="提出异议",
        clause=UNVERIFIED,
        start="送达不予决定",
        setting="objection_days",
        is_window=True,
    ),
    ClockRule(
        key="objection", title="审查异议", clause="法律援助法49", start="收到异议", length=5, valid_from=LAW
    ),
    ClockRule(key="closing_file", title="交卷", clause=UNVERIFIED, start="结案", setting="closing_file_days"),
    ClockRule(
        key="file_review", title="审卷归档", clause=UNVERIFIED, start="收到案卷", setting="file_review_days"
    ),
    ClockRule(
        key="replacement",
        title="答复更换申请",
        clause=UNVERIFIED,
        start="申请更换",
        setting="replacement_workdays",
        unit=WORK,
    ),
    ClockRule(
        key="termination_notice",
        title="送出终止决定",
        clause=UNVERIFIED,
        start="决定终止",
        setting="termination_notice_days",
    ),
    ClockRule(
        key="complaint_accept",
        title="决定是否受理投诉",
        clause=UNVERIFIED,
        start="收到投诉",
        setting="complaint_accept_workdays",
        unit=WORK,
    ),
    ClockRule(
        key="complaint_close",
        title="办结投诉",
        clause=UNVERIFIED,
        start="受理投诉",
        setting="complaint_close_days",
    ),
    ClockRule(
        key="quarterly_list",
        title="报送案件信息",
        clause=Y21,
        start="季度结束",
        setting="county_report_days",
    ),
    ClockRule(
        key="county_fund_use",
        title="报送专项资金使用情况",
        clause=Y21,
        start="季度结束",
        setting="county_report_days",
    ),
    ClockRule(
        key="city_fund_use",
        title="汇总专项资金使用情况并备案",
        clause=Y21,
        start="季度结束",
        setting="city_report_days",
    ),
)


def clock_rule(key: str, start: date, kind: CaseKind | None = None) -> ClockRule | None:
    """The rule valid on the day a period starts; None where none was."""
    found = (rule for rule in CLOCKS if rule.key == key and rule.valid_from <= start <= rule.valid_to)
    return next((rule for rule in found if not rule.kinds or kind in rule.kinds), None)


def clock_settings(pack: Pack) -> ClockSettings:
    """The office's settings under its pack: its open readings and the days its document sets for reports (Y21)."""
    names = {one.name for one in fields_of(ClockSettings)}
    read = {name: setting.value for name, setting in pack.settings.items() if name in names}
    days = {rule.name: rule.days for rule in pack.calendar if rule.days is not None}
    read |= {
        f"{level}_report_days": days[f"{level}_fund_report"]
        for level in ("county", "city")
        if f"{level}_fund_report" in days
    }
    return ClockSettings(**read)  # type: ignore[arg-type]

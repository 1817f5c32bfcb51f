"""Why a line is zero or flagged, in sentences a duty lawyer can check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.dates import time_text
from app.rules.duty.facts import AttendanceFact, DutyFact
from app.rules.duty.gather import DutyEvidence
from app.rules.pay.pending import pending_of
from app.rules.pay.units import Unit, is_special, shortfall
from app.rules.pay.wording import cited, span
from app.rules.policy.duty_rates import DutyRates, RuleSettings
from app.values import AuditResult, Origin

COUNTED = "同日已计"
RUNNING = "值班尚未结束"
UNSIGNED = "未签退，待补签"
"""Why a duty pays nothing yet, though it still may."""


def is_over(duty: DutyFact, as_of: datetime | None, settings: RuleSettings) -> bool:
    """The duty's end plus grace has passed, so that an absence can be spoken of (P11)."""
    return as_of is None or duty.end + settings.grace < as_of


def own_reasons(item: DutyEvidence, settings: RuleSettings, as_of: datetime | None) -> tuple[str, ...]:
    """The state of one duty: not signed in or out, its origin, what still waits."""
    return (*_state(item, settings, as_of), *_origins(item), *_completed(item), *_waiting(item))


def counted_note(lead: DutyEvidence) -> str:
    """`同日已计（见 09:00 的值班）`."""
    return f"{COUNTED}（见 {time_text(lead.duty.start)} 的值班）"


def merged_note(unit: Unit) -> str:
    """Says that several duties are paid once; "" for one."""
    return f"同日 {len(unit.items)} 个值班合并计 1 次" if len(unit.items) > 1 else ""


def short_note(unit: Unit, rates: DutyRates) -> str:
    """Says that the rostered time is below the minimum (Y09), to the second; "" where it is not."""
    found = shortfall(unit, rates)
    if found is None:
        return ""
    text = f"时长不足：排班 {span(found[0])}，应不少于 {span(found[1])}"
    return cited(text, rates, "minimum") + ("，特殊情况已确认" if is_special(unit) else "")


def held_words(row: AttendanceFact) -> str:
    """Why times that cannot be pay nothing."""
    what = "签退早于签到" if row.is_backwards else "签到到签退超过 16 小时"
    return f"{what}，不予认可，不发放" if row.judged is False else f"{what}，待审定，暂不发放"


def hardly_words(item: DutyEvidence) -> str:
    """Says how little of a duty was attended."""
    attended = item.attended.time_within(item.duty) if item.attended else timedelta()
    return f"值班时段内在岗 {span(attended)}，不足排班时间的一半"


def _state(item: DutyEvidence, settings: RuleSettings, as_of: datetime | None) -> Iterator[str]:
    attended = item.attended
    if item.is_temporary:
        yield "临时值班，已批准"
    if attended is not None and attended.is_held:
        yield from (held_words(row) for row in attended.rows if row.is_implausible and row.judged is not True)
    elif item.is_attended:
        if item.is_hardly_attended:
            yield hardly_words(item)
    elif not is_over(item.duty, as_of, settings):
        yield RUNNING
    else:
        yield "未签到" if attended is None else UNSIGNED


def _origins(item: DutyEvidence) -> Iterator[str]:
    for row in item.attended.rows if item.attended else ():
        if row.origin == Origin.paper:
            yield f"考勤据纸质登记，确认人 {row.confirmed_by}" if row.confirmed_by else "考勤据纸质登记"
        elif row.origin == Origin.imported:
            yield "考勤由表格导入"


def _completed(item: DutyEvidence) -> Iterator[str]:
    for record in item.records:
        if record.audit is AuditResult.incomplete and not record.missing:
            yield f"第 {record.number} 号曾审核为缺项，现已补齐，不扣"


def _waiting(item: DutyEvidence) -> Iterator[str]:
    yield from (text for _, text in pending_of(item))

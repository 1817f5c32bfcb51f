"""Reminds of what the programme document asks of rosters: working days, hours, frequency, publication (Y04, Y09)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from app.dates import duration_text, ranges_text
from app.rules.duty.duty_view import DutyView
from app.rules.duty.gather import DutyEvidence
from app.rules.pay.units import Unit, units_of
from app.rules.pay.wording import day_text
from app.rules.roster.facts import Fix, RosterFacts, RosterProblem, Severity
from app.values import DutyKind, SiteKind

_DESK = {SiteKind.station: DutyKind.station}
_DESK_KINDS = (DutyKind.centre, DutyKind.station)


def rule_problems(facts: RosterFacts) -> Iterator[RosterProblem]:
    """Reminders; none of them refuses publication, since times may change in special circumstances (Y09)."""
    if facts.site.kind is SiteKind.station:
        yield from _too_seldom(facts)
    else:
        yield from _uncovered_workdays(facts)
    yield from _days_off(facts)
    yield from _short_hours(facts)
    yield from _wrong_kinds(facts)
    yield from _published_late(facts)
    for text in facts.calendar.warnings([facts.month.year]):
        yield _of_month(facts, "E417", text + "。", "年历未公布")


def _uncovered_workdays(facts: RosterFacts) -> Iterator[RosterProblem]:
    """Every working day at the centre, adjusted weekends included, holidays not (P17)."""
    if not facts.rules.centre_every_workday:
        return
    clause = facts.clause("centre_every_workday")
    covered = {duty.on for duty in facts.duties if duty.kind is not DutyKind.court}
    if not covered:
        text = f"{facts.site.name}{facts.month.month}月未排班，每个工作日都应安排值班（{clause}）。"
        yield _of_month(facts, "E411", text, "未排班", clause)
        return
    for on in facts.calendar.workdays(facts.month.first_day, facts.month.last_day):
        if on not in covered:
            worked = "（调休上班）" if facts.calendar.is_adjusted_workday(on) else ""
            text = f"{day_text(on)}{worked}是工作日，{facts.site.name}没有安排值班（{clause}）。"
            yield _of_day(facts, on, "E411", text, "工作日未排班", clause)


def _too_seldom(facts: RosterFacts) -> Iterator[RosterProblem]:
    """Weekly in principle, or as the county set for this station; never below once a month."""
    days = {duty.on for duty in facts.duties if duty.kind is not DutyKind.court}
    least = facts.rules.station_min_per_month
    if least and len(days) < least:
        clause = facts.clause("station_min_per_month")
        done = "未排班" if not days else f"只排 {len(days)} 次"
        text = f"{facts.site.name} {facts.month.month} 月{done}，低于每月 {least} 次（{clause}）。"
        yield _of_month(facts, "E410", text, "低于每月次数", clause)
    elif facts.frequency:
        yield from _below_set_frequency(facts, len(days))
    elif facts.rules.station_per_week:
        yield from _weeks_without(facts, facts.rules.station_per_week)


def _below_set_frequency(facts: RosterFacts, count: int) -> Iterator[RosterProblem]:
    wanted = facts.frequency
    if wanted and count < wanted.times_a_month:
        text = (
            f"{facts.site.name}由县（市、区）定为每月 {wanted.times_a_month} 次（{wanted.reason}），"
            f"{facts.month.month} 月只排 {count} 次。"
        )
        yield _of_month(facts, "E414", text, "低于核定次数", facts.clause("station_per_week"))


def _weeks_without(facts: RosterFacts, times: int) -> Iterator[RosterProblem]:
    """Weeks belong to the month of their Thursday; one without any working day asks for nothing."""
    clause = facts.clause("station_per_week")
    days = {duty.on for duty in (*facts.duties, *facts.around) if duty.kind is not DutyKind.court}
    monday = facts.month.first_day - timedelta(days=facts.month.first_day.weekday())
    while monday <= facts.month.last_day:
        week = [monday + timedelta(days=step) for step in range(7)]
        worked = [on for on in week if facts.calendar.is_workday(on)]
        if week[3] in facts.month and worked and len(days.intersection(week)) < times:
            done = len(days.intersection(week))
            text = (
                f"{day_text(week[0])}至{day_text(week[6])}这一周{facts.site.name}排班 {done} 次，原则上每周 {times} 次"
                f"（{clause}）；确需减少的，请县（市、区）核定频次并写明理由。"
            )
            inside = [on for on in worked if on in facts.month]
            yield _of_day(facts, inside[0] if inside else week[3], "E418", text, "本周未排班", clause)
        monday += timedelta(days=7)


def _days_off(facts: RosterFacts) -> Iterator[RosterProblem]:
    for duty in facts.duties:
        if duty.kind in _DESK_KINDS and facts.calendar.is_statutory_day_off(duty.on):
            festival = facts.calendar.holiday_name(duty.on)
            why = f"放假（{festival}）" if festival else "是休息日"
            text = f"{day_text(duty.on)}{why}，{duty.name}的值班请核对是否确需安排。"
            yield _of_duty(duty, "E412", text, "休息日值班", facts.clause("centre_every_workday"))


def _short_hours(facts: RosterFacts) -> Iterator[RosterProblem]:
    """Rostered seconds of what is paid as one, against the hours asked for (P8)."""
    by_id = {duty.id: duty for duty in facts.duties}
    for unit in units_of(DutyEvidence(duty.fact(), facts.site) for duty in facts.duties):
        least, figure = _least_hours(facts, unit)
        rostered = int(unit.rostered.total_seconds())
        if least is None or rostered >= least * 3600:
            continue
        last = by_id[unit.items[-1].duty.id]
        clause = facts.clause(figure)
        who = "中心每次值班" if figure == "centre_min_hours" else "乡镇（街道）工作站每次值班"
        text = (
            f"{last.name} {day_text(last.on)}排班 {duration_text(rostered)}，{who}不少于 {least} 小时（{clause}）；"
            "特殊情况确需缩短的，可照此发布。"
        )
        yield _of_duty(
            last, "E413", text, f"不足 {least} 小时", clause, _longer(last, least * 3600 - rostered)
        )


def _least_hours(facts: RosterFacts, unit: Unit) -> tuple[int | None, str]:
    if unit.is_court:
        return None, ""
    if unit.is_outreach_alone or facts.site.kind is SiteKind.station:
        return facts.rules.station_min_hours, "station_min_hours"
    return facts.rules.centre_min_hours, "centre_min_hours"


def _longer(duty: DutyView, seconds: int) -> Fix | None:
    """The duty ending later by so much, where the day is long enough."""
    start, end = duty.ranges[-1]
    later = datetime.combine(duty.on, end) + timedelta(seconds=seconds)
    if later.date() != duty.on:
        return None
    ranges = (*duty.ranges[:-1], (start, later.time()))
    return Fix(f"改为 {ranges_text(ranges)}", ranges)


def _wrong_kinds(facts: RosterFacts) -> Iterator[RosterProblem]:
    desk = _DESK.get(facts.site.kind, DutyKind.centre)
    for duty in facts.duties:
        if duty.kind in _DESK_KINDS and duty.kind is not desk:
            text = (
                f"{day_text(duty.on)} {duty.name}的值班类型是“{duty.kind}”，{facts.site.name}应为“{desk}”。"
            )
            yield _of_duty(duty, "E415", text, "类型不符")


def _published_late(facts: RosterFacts) -> Iterator[RosterProblem]:
    """Publishing now would come after duties began (Y04)."""
    begun = [duty for duty in facts.duties if duty.is_draft and duty.starts_at <= facts.now]
    if not begun or not facts.rules.is_published_ahead:
        return
    clause = facts.clause("published_ahead")
    if facts.month.last_day < facts.now.date():
        text = f"{facts.month.month} 月已过，现在发布将注明“补录”（值班应提前公示，{clause}）。"
    else:
        text = f"有 {len(begun)} 次值班已经开始，现在发布将注明“晚于开班发布”（值班应提前公示，{clause}）。"
    yield _of_month(facts, "E416", text, "晚于开班", clause)


def _of_month(facts: RosterFacts, code: str, text: str, short: str, clause: str = "") -> RosterProblem:
    return RosterProblem(
        code=code, text=_tidy(text), short=short, severity=Severity.warn, site=facts.site.code, clause=clause
    )


def _of_day(
    facts: RosterFacts, on: date, code: str, text: str, short: str, clause: str = ""
) -> RosterProblem:
    return RosterProblem(
        code=code,
        text=_tidy(text),
        short=short,
        severity=Severity.warn,
        site=facts.site.code,
        on=on,
        clause=clause,
    )


def _of_duty(
    duty: DutyView, code: str, text: str, short: str, clause: str = "", fix: Fix | None = None
) -> RosterProblem:
    return RosterProblem(
        code=code,
        text=_tidy(text),
        short=short,
        severity=Severity.warn,
        site=duty.site,
        duty_id=duty.id,
        on=duty.on,
        clause=clause,
        fix=fix,
    )


def _tidy(text: str) -> str:
    """Without the brackets of a clause the document does not have."""
    return text.replace("（）", "").replace("，）", "）")

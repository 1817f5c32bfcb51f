"""What a month's facts leave for somebody to decide (P7, P9, P11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from app.dates import time_text
from app.rules.duty.facts import (
    CLOCK_RED,
    AttendanceFact,
    ComplaintFact,
    ConsultationFact,
    DutyFact,
    MonthFacts,
    SpotCheckFact,
)
from app.rules.duty.gather import DutyEvidence, Gathered
from app.rules.pay.lines import ExceptionKind, PayException
from app.rules.pay.payment import PayContext
from app.rules.pay.pending import pending_of
from app.rules.pay.reasons import hardly_words, held_words, is_over, short_note
from app.rules.pay.units import Unit, is_special, shortfall
from app.rules.pay.wording import day_text, hours_of, moment
from app.rules.policy.duty_rates import RuleSettings

Found = tuple[ExceptionKind, date, str, str, str, str]
"""kind, date, site, person's id, sentence, subject."""


def exceptions_of(
    facts: MonthFacts, gathered: Gathered, units: Iterable[Unit], context: PayContext
) -> tuple[PayException, ...]:
    """Every exception of the month, by date, site, person and kind."""
    names = {person.id: person.name for person in facts.people}
    sites = {site.code: site.name for site in facts.sites}
    found = [
        *(one for item in gathered.duties for one in _of_duty(item, context.settings, facts)),
        *_of_rosters(units, context),
        *_of_rows(gathered.unscheduled),
        *_left_over(gathered),
        *_namesakes(facts, gathered),
        *_senseless(facts),
        *_late(facts),
    ]
    return tuple(_named(one, names, sites) for one in sorted(set(found), key=_order))


def _order(one: Found) -> tuple[date, str, str, str, str]:
    return (one[1], one[2], one[3], one[0].value, one[5])


def _named(one: Found, names: Mapping[str, str], sites: Mapping[str, str]) -> PayException:
    kind, on, site, person, text, subject = one
    return PayException(
        kind=kind,
        on=on,
        site=site,
        site_name=sites.get(site, site),
        person_id=person,
        name=names.get(person, ""),
        what=text,
        subject=subject,
    )


def _of_duty(item: DutyEvidence, settings: RuleSettings, facts: MonthFacts) -> Iterator[Found]:
    duty, attended = item.duty, item.attended
    place = (duty.on, duty.site, duty.person_id)
    when = f"{day_text(duty.on)} {hours_of(duty)} 的值班"
    if attended is not None and attended.is_clock_doubtful:
        yield (ExceptionKind.clock, *place, f"{when}打卡时电脑时钟被改动，请核对时间", duty.id)
    yield from _implausible(item, when)
    if is_over(duty, facts.as_of, settings):
        if attended is None:
            yield (ExceptionKind.no_sign_in, *place, f"{when}没有签到", duty.id)
        elif attended.out_at is None and not attended.is_clock_wrong:
            text = f"{when}已于 {time_text(attended.in_at)} 签到，没有签退，补签批准前不发放"
            yield (ExceptionKind.no_sign_out, *place, text, duty.id)
    for subject, text in pending_of(item):
        yield (ExceptionKind.pending, *place, text, subject)


def _implausible(item: DutyEvidence, when: str) -> Iterator[Found]:
    """Times that cannot be, and time that is too little, until somebody gave a word."""
    duty, rows = item.duty, item.attended.rows if item.attended else ()
    place = (duty.on, duty.site, duty.person_id)
    for row in rows:
        if row.is_implausible and row.judged is None:
            text = f"{when}{held_words(row)}：{_times(row)}"
            yield (ExceptionKind.implausible, *place, text, row.id)
    waits = [row for row in rows if row.judged is None]
    if waits and item.is_hardly_attended:
        yield (ExceptionKind.implausible, *place, f"{when}{hardly_words(item)}，已按规定计发", waits[0].id)


def _times(row: AttendanceFact) -> str:
    came, left = (moment(at) if at else "无" for at in (row.in_at, row.out_at))
    return f"签到 {came}，签退 {left}"


def _of_rosters(units: Iterable[Unit], context: PayContext) -> Iterator[Found]:
    if context.rates is None:
        return
    for unit in units:
        if shortfall(unit, context.rates) and not is_special(unit):
            text = f"{day_text(unit.on)} {short_note(unit, context.rates)}"
            yield (
                ExceptionKind.short_roster,
                unit.on,
                unit.site,
                unit.person_id,
                text,
                unit.items[0].duty.id,
            )


def _of_rows(rows: Iterable[AttendanceFact]) -> Iterator[Found]:
    for row in rows:
        place = (row.on, row.site, row.person_id)
        if row.in_at is None:
            text = f"{moment(row.out_at) if row.out_at else day_text(row.on)} 只有签退，没有签到"
            yield (ExceptionKind.unscheduled, *place, text, row.id)
        elif not row.is_unscheduled_approved:
            text = f"{moment(row.in_at)} 签到，对不上已公布的值班（临时值班）"
            yield (ExceptionKind.unscheduled, *place, text, row.id)
        if row.is_implausible and row.judged is None:
            yield (ExceptionKind.implausible, *place, f"{held_words(row)}：{_times(row)}", row.id)
        elif row.clock_grade == CLOCK_RED and row.in_at:
            yield (
                ExceptionKind.clock,
                *place,
                f"{moment(row.in_at)} 的打卡时电脑时钟被改动，请核对时间",
                row.id,
            )


def _left_over(gathered: Gathered) -> Iterator[Found]:
    for record in gathered.records_left:
        text = f"第 {record.number} 号咨询（{moment(record.at)}）找不到值班人员当日的值班"
        yield (ExceptionKind.no_record_duty, *_place(record), text, record.id)
    for check in gathered.checks_left:
        text = f"{moment(check.at)} 的抽查（{check.result.value}）待匹配，没有对应的值班"
        yield (ExceptionKind.pending, *_place(check), text, check.id)
    for complaint in gathered.complaints_left:
        text = f"{moment(complaint.at)} 的投诉待归属，没有对应的值班，不扣款"
        yield (ExceptionKind.pending, *_place(complaint), text, complaint.id)


def _senseless(facts: MonthFacts) -> Iterator[Found]:
    for row in facts.senseless:
        text = f"{day_text(row.on)} 有一条“{row.what}”内容不合理（时段、时间或取值不对），无法计算，没有计入，请登记单位更正"
        yield (ExceptionKind.pending, row.on, row.site, row.person_id, text, row.id)


def _late(facts: MonthFacts) -> Iterator[Found]:
    for row in facts.late:
        text = f"{day_text(row.on)} 的更改在月报以后才写来：{row.what}，尚未计入，请决定是否采用"
        yield (ExceptionKind.late_change, row.on, row.site, row.person_id, text, row.id)


def _place(evidence: ConsultationFact | SpotCheckFact | ComplaintFact) -> tuple[date, str, str]:
    return (evidence.at.date(), evidence.site, evidence.person_id)


def _namesakes(facts: MonthFacts, gathered: Gathered) -> Iterator[Found]:
    seen: dict[str, tuple[date, str]] = {}
    duties = [item.duty for item in gathered.duties]
    facts_on_days: tuple[DutyFact | AttendanceFact, ...] = (*duties, *gathered.unscheduled)
    for fact in facts_on_days:
        if fact.person_id in facts.unlinked_namesakes:
            place = (fact.on, fact.site)
            seen[fact.person_id] = min(seen.get(fact.person_id, place), place)
    for person, (on, site) in seen.items():
        text = "与他人同名，尚未按执业证号或身份证号确认是否同一人"
        yield (ExceptionKind.same_name, on, site, person, text, person)

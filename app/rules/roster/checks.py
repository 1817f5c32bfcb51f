"""Finds what is wrong with a month's roster; overlap, leave and eligibility refuse publication (P1, P13, P15, Y08)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import combinations

from app.dates import TimeRange, duration_text, time_text
from app.rules.duty.duty_view import DutyView
from app.rules.pay.wording import day_text
from app.rules.roster.facts import RosterFacts, RosterProblem, Severity, Sitter
from app.rules.roster.rule_checks import rule_problems

BLOCKING = ("E471", "E472", "E473", "E474")
"""Codes that refuse publication of a draft and refuse a change of a published duty."""


def find_problems(facts: RosterFacts) -> tuple[RosterProblem, ...]:
    """Everything wrong with the site's month: the month as a whole first, then by date."""
    found = [
        *overlap_problems(facts),
        *leave_problems(facts),
        *fitness_problems(facts),
        *rule_problems(facts),
    ]
    return tuple(
        sorted(
            found,
            key=lambda problem: (problem.on or date.min, problem.severity is Severity.warn, problem.code),
        )
    )


def overlap_seconds(first: Sequence[TimeRange], second: Sequence[TimeRange]) -> int:
    """Seconds that two sets of time ranges of one day share; ranges that only touch share none (P1, P15)."""
    shared = 0
    for start, end in first:
        for other_start, other_end in second:
            begin, stop = max(start, other_start), min(end, other_end)
            if begin < stop:
                shared += _seconds(stop) - _seconds(begin)
    return shared


def overlapping_pairs(duties: Iterable[DutyView]) -> Iterator[tuple[DutyView, DutyView, int]]:
    """Pairs of duties of one person that share time, with the shared seconds; at any sites."""
    days: dict[tuple[str, date], list[DutyView]] = defaultdict(list)
    for duty in duties:
        days[duty.person_id, duty.on].append(duty)
    for group in days.values():
        for first, second in combinations(group, 2):
            shared = overlap_seconds(first.ranges, second.ranges)
            if shared:
                yield first, second, shared


def overlap_problems(facts: RosterFacts) -> Iterator[RosterProblem]:
    """One person in two places at once, or twice in one (P1)."""
    for first, second, shared in overlapping_pairs((*facts.duties, *facts.elsewhere)):
        for duty, other in ((first, second), (second, first)):
            if duty.site == facts.site.code:
                yield _overlap(facts, duty, other, shared)


def leave_problems(facts: RosterFacts) -> Iterator[RosterProblem]:
    """Duties inside a leave; only the minutes that overlap count, so a free afternoon stays free (P13, P15)."""
    leaves = defaultdict(list)
    for absence in facts.absences:
        leaves[absence.person_id].append(absence)
    for duty in facts.duties:
        missed = [
            (max(begin, leave.starts_at), min(end, leave.ends_at))
            for leave in leaves[duty.person_id]
            for begin, end in duty.spans
            if max(begin, leave.starts_at) < min(end, leave.ends_at)
        ]
        if missed:
            yield _on_leave(duty, missed)


def fitness_problems(facts: RosterFacts) -> Iterator[RosterProblem]:
    """People who left the pool or whom the document does not admit (Y08), checked again on assigning."""
    for duty in facts.duties:
        sitter = facts.sitters.get(duty.person_id)
        if sitter is None:
            continue
        if not sitter.is_active:
            yield _problem(duty, "E474", f"{_whose(duty)}已停用{_because(sitter)}，请换人。", "人员已停用")
        for reason in sitter.unfit:
            yield _problem(duty, "E473", f"{duty.name}不具备值班条件：{reason}", "不具备条件")


def _overlap(facts: RosterFacts, duty: DutyView, other: DutyView, shared: int) -> RosterProblem:
    place = "本站点" if other.site == duty.site else facts.site_names.get(other.site, other.site)
    text = (
        f"{_whose(duty)} {duty.hours} 与{place} {other.hours} 的值班重叠 {duration_text(shared)}，"
        "请改时间或换人。"
    )
    severity = Severity.refuse if duty.is_draft or other.is_draft else Severity.fault
    return _problem(duty, "E471", text, "时间重叠", severity)


def _on_leave(duty: DutyView, missed: Sequence[tuple[datetime, datetime]]) -> RosterProblem:
    hours = "、".join(f"{time_text(begin)}-{time_text(end)}" for begin, end in missed)
    if duty.is_draft:
        return _problem(duty, "E472", f"{_whose(duty)} {hours} 请假，请换人或改时间。", "请假")
    return _problem(
        duty, "E472", f"{_whose(duty)} {hours} 请假，已发布的这一班无人值班，请换人或取消。", "请假无人"
    )


def _problem(
    duty: DutyView, code: str, text: str, short: str, severity: Severity | None = None
) -> RosterProblem:
    grade = severity or (Severity.refuse if duty.is_draft else Severity.fault)
    return RosterProblem(
        code=code, text=text, short=short, severity=grade, site=duty.site, duty_id=duty.id, on=duty.on
    )


def _whose(duty: DutyView) -> str:
    return f"{duty.name} {day_text(duty.on)}"


def _because(sitter: Sitter) -> str:
    return f"（{sitter.inactive_reason}）" if sitter.inactive_reason else ""


def _seconds(moment: object) -> int:
    hour, minute, second = (getattr(moment, part) for part in ("hour", "minute", "second"))
    return int(hour * 3600 + minute * 60 + second)

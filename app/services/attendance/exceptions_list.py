"""Lists what waits for somebody in a month, with what approving and refusing would mean (P7, P9, P11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy import select

from app.clock import local
from app.dates import month_day_text, time_text
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.duties import Complaint, Correction, Decision, SpotCheck
from app.models.service_desk import Consultation
from app.models.travelling import understood
from app.rules.duty.facts import CLOCK_RED, MonthFacts
from app.rules.duty.matching import index_duties, match_attendance
from app.rules.pay.lines import ExceptionKind as ExceptionKind
from app.rules.pay.lines import PayException
from app.services.attendance.freeze import SETTLED, frozen_state
from app.services.reading.accounts import pay_accounts
from app.services.reading.attendance import attendance_rows
from app.services.reading.duties import duty_facts
from app.services.reading.names import names_of, site_names
from app.services.reading.people import person_links
from app.services.reading.rulings import in_parts, rulings
from app.services.reading.settled import kept_of_month, settled_now
from app.services.reading.voids import not_voided
from app.values import Month, SpotResult, Verdict

TITLES = {
    ExceptionKind.no_sign_in: "未签到", ExceptionKind.no_sign_out: "缺签退", ExceptionKind.unscheduled: "临时值班",
    ExceptionKind.short_roster: "时长不足", ExceptionKind.same_name: "同名待认", ExceptionKind.clock: "时钟待核", ExceptionKind.implausible: "工时存疑",
    ExceptionKind.no_record_duty: "咨询无值班", ExceptionKind.pending: "待审定",
    ExceptionKind.late_change: "迟到更改",
    ExceptionKind.payee: "账户待复核",
}  # fmt: skip


class Judgement(Enum):
    """A question that somebody answers with yes or no."""

    punch = "punch"
    clock = "clock"
    implausible = "implausible"
    late_change = "late_change"
    duty = "duty"
    absence = "absence"
    sham = "sham"
    complaint = "complaint"
    correction = "correction"


MEANINGS = {
    Judgement.punch: ("认可为临时值班，计入考勤", "不认可，不计入考勤"),
    Judgement.clock: ("认可打卡时间", "不认可打卡时间，须另行补签"),
    Judgement.implausible: ("认可这次出勤，照常计发", "不认可，已扣住的不发放，须另行补签"),
    Judgement.late_change: ("采用这处更改，按更改后的计算", "不采用，仍按上报时的计算"),
    Judgement.duty: ("确认特殊情况，照常发放", "不认可特殊情况"),
    Judgement.absence: ("理由不正当，按脱岗扣减", "理由正当，不扣减"),
    Judgement.sham: ("属实，取消当天补贴并拟通报", "不属实，不扣减"),
    Judgement.complaint: ("属实，按不满意扣减", "不属实，不扣减"),
    Judgement.correction: ("按补签的时间计考勤", "补签无效，仍按原签到签退记录"),
}
"""What approving and refusing would mean, in the window and on the command line."""

CLOSED_WITH_MONTH = frozenset({
    ExceptionKind.no_sign_in, ExceptionKind.no_sign_out, ExceptionKind.no_record_duty,
})  # fmt: skip
"""What only another record would settle: a month that is finally settled takes none (P24)."""

SHAMS = (SpotResult.not_on_site.value, SpotResult.sham.value)
SETTLED_BY_WORD = {
    ExceptionKind.unscheduled: Judgement.punch,
    ExceptionKind.clock: Judgement.clock,
    ExceptionKind.implausible: Judgement.implausible,
    ExceptionKind.short_roster: Judgement.duty,
}
"""Kinds that no longer wait once somebody decided, whichever way."""

_QUESTIONS = {**SETTLED_BY_WORD, ExceptionKind.late_change: Judgement.late_change}

HINTS = {
    ExceptionKind.no_sign_in: "可登记补签，另一人审定后才计考勤",
    ExceptionKind.no_sign_out: "请登记补签退，另一人审定后才发放",
    ExceptionKind.same_name: "请在“人员”里按执业证号或身份证号确认",
    ExceptionKind.no_record_duty: "请核对值班人员或补录排班，否则不计缺项",
    ExceptionKind.payee: "请由登记人以外的人在“人员”里复核，复核前不能发放",
}  # fmt: skip


@dataclass(frozen=True)
class ExceptionsList:
    """What waits in a month; site "" is every site this office holds."""

    month: Month
    site: str = ""


@dataclass(frozen=True, kw_only=True)
class ExceptionItem:
    """One thing that waits. id: what `decide` takes; what: the sentence without person and site; judgement: the
    question it is, None where it is no question of approving; hint: what else settles it."""

    id: str
    kind: ExceptionKind
    on: date
    site: str
    site_name: str
    person_id: str
    name: str
    what: str
    judgement: Judgement | None = None
    hint: str = ""

    @property
    def title(self) -> str:
        """The kind in Chinese."""
        return TITLES[self.kind]

    @property
    def text(self) -> str:
        """The whole sentence."""
        return f"{self.name}（{self.site_name}）{self.what}"

    @property
    def may_decide(self) -> bool:
        """Whether it is settled by approving or refusing."""
        return self.judgement is not None

    @property
    def approve(self) -> str:
        """What approving would mean, "" where it is no question of approving."""
        return MEANINGS[self.judgement][0] if self.judgement else ""

    @property
    def refuse(self) -> str:
        """What refusing would mean."""
        return MEANINGS[self.judgement][1] if self.judgement else ""


@answers(ExceptionsList, permission=Permission.LOOK)
def exceptions_list(look: Look, query: ExceptionsList) -> tuple[ExceptionItem, ...]:
    """By date, site, person and kind; what was decided, or can no longer be settled, does not wait.

    The one count of a month: the navigation's badge, this list, the month's check and the city's figures rest on it.
    """
    key = ("exceptions", query.month, query.site)
    return kept_of_month(look, query.month, key, lambda: _listed(look, query))


def _listed(look: Look, query: ExceptionsList) -> tuple[ExceptionItem, ...]:
    facts, settled = settled_now(look, query.month, query.site or None)
    sites = site_names(look)
    items = [
        *_of_settlement(look, settled.exceptions, query),
        *_corrections(look, query, sites),
        *_payees(look, facts, sites),
    ]
    if frozen_state(look, look.office.own_site, query.month) == SETTLED:
        items = [item for item in items if item.kind not in CLOSED_WITH_MONTH]
    return tuple(sorted(items, key=lambda item: (item.on, item.site, item.name, item.kind.value, item.id)))


def _of_settlement(
    look: Look, found: Iterable[PayException], query: ExceptionsList
) -> Iterator[ExceptionItem]:
    clocks = _doubtful_punches(look, query)
    placed = [(_subject(one, clocks), one) for one in found]
    decided = _decided(look, {subject for subject, _ in placed})
    judged = _judgements(look, {one.subject for _, one in placed if one.kind is ExceptionKind.pending})
    for subject, one in placed:
        if one.kind in SETTLED_BY_WORD and subject in decided:
            continue
        is_evidence = one.kind is ExceptionKind.pending
        yield ExceptionItem(
            id=subject,
            kind=one.kind,
            on=one.on,
            site=one.site,
            site_name=one.site_name,
            person_id=one.person_id,
            name=one.name,
            what=one.what,
            judgement=judged.get(subject) if is_evidence else _QUESTIONS.get(one.kind),
            hint=HINTS.get(one.kind, ""),
        )


def _subject(one: PayException, clocks: dict[str, str]) -> str:
    """A doubted clock is the punch's affair, so that the word is given about the punch and not the duty."""
    return clocks.get(one.subject, one.subject) if one.kind is ExceptionKind.clock else one.subject


def _decided(look: Look, ids: set[str]) -> set[str]:
    found: set[str] = set()
    for part in in_parts(ids):
        found.update(look.session.scalars(select(Decision.subject_id).where(Decision.subject_id.in_(part))))
    return found


def _doubtful_punches(look: Look, query: ExceptionsList) -> dict[str, str]:
    """Duty id → the attendance row whose times are doubted."""
    first, last, site = query.month.first_day, query.month.last_day, query.site or None
    rows = [row.fact() for row in attendance_rows(look, first, last, site)]
    match = match_attendance(index_duties(duty_facts(look, first, last, site)), rows, look.pack.rule_settings)
    return {
        duty: row.id
        for duty, attended in match.served.items()
        for row in attended.rows
        if row.clock_grade == CLOCK_RED
    }


def _judgements(look: Look, ids: set[str]) -> dict[str, Judgement]:
    """Evidence id → which judgement it waits for; evidence that only waits for its duty has none."""
    found: dict[str, Judgement] = {}
    for part in in_parts(ids):
        for check in look.session.scalars(
            select(SpotCheck).where(SpotCheck.id.in_(part), not_voided(SpotCheck))
        ):
            if check.result == SpotResult.absent.value and check.is_justified is None:
                found[check.id] = Judgement.absence
            elif check.result in SHAMS and check.verdict == Verdict.pending.value:
                found[check.id] = Judgement.sham
        for complaint in look.session.scalars(
            select(Complaint).where(Complaint.id.in_(part), not_voided(Complaint))
        ):
            if complaint.verdict == Verdict.pending.value:
                found[complaint.id] = Judgement.complaint
        for record in look.session.scalars(select(Consultation.id).where(Consultation.id.in_(part))):
            found[record] = Judgement.complaint
    decided = _decided(look, set(found))
    return {one: key for one, key in found.items() if one not in decided}


def _payees(look: Look, facts: MonthFacts, sites: dict[str, str]) -> Iterator[ExceptionItem]:
    """People of the month whose account no second person confirmed, on their last duty; where this office pays."""
    if not look.office.is_bureau:
        return
    linked = person_links(look)
    last: dict[str, tuple[date, str]] = {}
    for duty in facts.duties:
        person = linked.get(duty.person_id, duty.person_id)
        last[person] = max(last.get(person, (date.min, "")), (duty.on, duty.site))
    awaited = [person for person, one in pay_accounts(look, last).items() if one.is_awaited]
    names = names_of(look, set(awaited))
    for person in awaited:
        on, site = last[person]
        yield ExceptionItem(
            id=person,
            kind=ExceptionKind.payee,
            on=on,
            site=site,
            site_name=sites.get(site, site),
            person_id=person,
            name=names[person],
            what="收款账户待复核",
            hint=HINTS[ExceptionKind.payee],
        )


def _corrections(look: Look, query: ExceptionsList, sites: dict[str, str]) -> Iterator[ExceptionItem]:
    """Corrections nobody decided yet."""
    asked = select(Correction).where(Correction.on.between(query.month.first_day, query.month.last_day))
    asked = asked.where(Correction.site == query.site) if query.site else asked
    rows = understood(look.session.scalars(asked))
    ruled, linked = rulings(look, "correction", (row.id for row in rows)), person_links(look)
    names = names_of(look, {linked.get(row.person_id, row.person_id) for row in rows})
    for row in rows:
        if row.id in ruled:
            continue
        person, at = linked.get(row.person_id, row.person_id), local(row.at)
        what = "补签到" if row.direction == "in" else "补签退"
        what = f"{what} {month_day_text(at)} {time_text(at)}，原因：{row.reason or ''}"
        yield ExceptionItem(
            id=row.id,
            kind=ExceptionKind.pending,
            on=row.on,
            site=row.site,
            site_name=sites.get(row.site, row.site),
            person_id=person,
            name=names[person],
            what=what,
            judgement=Judgement.correction,
        )

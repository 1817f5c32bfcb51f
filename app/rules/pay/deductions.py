"""The deductions D1 to D4 of a person-day or session (Y17 (1)–(4))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.dates import time_text
from app.rules.duty.facts import ComplaintFact, ConsultationFact, SpotCheckFact
from app.rules.duty.gather import DutyEvidence
from app.rules.duty.lateness import earliness, lateness
from app.rules.pay.lines import Cause, Deduction
from app.rules.pay.wording import moment, span
from app.rules.policy.duty_rates import DutyRates, RuleSettings
from app.values import AuditResult, DutyKind, Rating, SiteKind, SpotResult, Verdict

LACKING = "缺项"
"""How the detail of a D1 begins that rests on missing items, judged when the month is finally settled."""


def deductions_of(
    items: Sequence[DutyEvidence], rates: DutyRates, settings: RuleSettings
) -> tuple[Deduction, ...]:
    """D1 to D4 of the duties that make one unit, in the order of the rules; nought is left out."""
    found = (
        faulty_records(items, rates, settings),
        late_and_early(items, rates, settings),
        dissatisfaction(items, rates, settings),
        absences(items, rates),
    )
    return tuple(deduction for deduction in found if deduction.count)


def is_faulty(record: ConsultationFact) -> bool:
    """Lacking a required item, or found 不规范 by an audit."""
    return bool(record.missing) or record.audit is AuditResult.irregular


def faulty_records(items: Iterable[DutyEvidence], rates: DutyRates, settings: RuleSettings) -> Deduction:
    """D1: once a faulty record, or once a duty by the setting record_unit."""
    by_duty = [faulty for item in items if (faulty := [r for r in item.records if is_faulty(r)])]
    records = [record for group in by_duty for record in group]
    count = len(by_duty) if settings.record_unit == "duty" else len(records)
    return Deduction(
        "D1",
        rates.clause("D1"),
        count,
        count * rates.d1_fen,
        tuple(record.id for record in records),
        tuple(Cause(_fault_text(record)) for record in records),
        tuple(_faults_in_brief(records)),
    )


def late_and_early(items: Iterable[DutyEvidence], rates: DutyRates, settings: RuleSettings) -> Deduction:
    """D2: each lateness and each early leaving, or one a duty by the setting late_and_early."""
    count, evidence, found, brief = 0, [], [], []
    for item in items:
        causes = tuple(_late_causes(item, settings))
        if item.attended is None or not causes:
            continue
        count += 1 if settings.late_and_early == "once" else len(causes)
        evidence += [row.id for row in item.attended.rows]
        found += [full for full, _ in causes]
        brief += [short for _, short in causes]
    return Deduction(
        "D2", rates.clause("D2"), count, count * rates.d2_fen, tuple(evidence), tuple(found), tuple(brief)
    )


def dissatisfaction(items: Iterable[DutyEvidence], rates: DutyRates, settings: RuleSettings) -> Deduction:
    """D3: verified complaints and verified 不满意; about one consultation once, by the setting same_matter_once."""
    items = tuple(items)
    verified = [c for item in items for c in item.complaints if c.verdict is Verdict.confirmed]
    named = {complaint.consultation_id for complaint in verified}
    rated = [r for item in items for r in item.records if r.id in named and r.rating is Rating.dissatisfied]
    matters = {complaint.consultation_id or complaint.id for complaint in verified}
    count = len(matters) if settings.same_matter_once else len(verified) + len(rated)
    return Deduction(
        "D3",
        rates.clause("D3"),
        count,
        count * rates.d3_fen,
        tuple(c.id for c in verified) + tuple(r.id for r in rated),
        tuple(_complaint_cause(c, items) for c in verified),
    )


def absences(items: Iterable[DutyEvidence], rates: DutyRates) -> Deduction:
    """D4: each 脱岗 at a spot check whose reason was judged not good; outreach and mobile as the station."""
    found = [(item, check) for item in items for check in item.checks if is_absence(check)]
    return Deduction(
        "D4",
        rates.clause("D4"),
        len(found),
        sum(absence_fen(item, rates) for item, _ in found),
        tuple(check.id for _, check in found),
        tuple(Cause("点名抽查脱岗，无正当理由", moment(check.at)) for _, check in found),
        tuple(f"脱岗（{time_text(check.at)} 抽查）" for _, check in found),
    )


def is_absence(check: SpotCheckFact) -> bool:
    """脱岗 with 是否正当 = 否; not yet judged costs nothing."""
    return check.result is SpotResult.absent and check.is_justified is False


def absence_fen(item: DutyEvidence, rates: DutyRates) -> int:
    """What one D4 costs on this duty, 分."""
    return rates.d4_fen[absence_kind(item)]


def absence_kind(item: DutyEvidence) -> SiteKind:
    """The kind of site whose rule an absence from this duty follows; outreach and mobile as the station."""
    is_out = item.duty.kind in (DutyKind.outreach, DutyKind.mobile)
    return SiteKind.station if is_out else item.site.kind


def _fault_text(record: ConsultationFact) -> str:
    if record.missing:
        return f"{LACKING}：第 {record.number} 号缺{'、'.join(record.missing)}"
    return f"不规范：第 {record.number} 号经审核不规范"


def _faults_in_brief(records: Iterable[ConsultationFact]) -> Iterator[str]:
    records = tuple(records)
    for word, is_lacking in ((LACKING, True), ("不规范", False)):
        numbers = [record.number for record in records if bool(record.missing) is is_lacking]
        if numbers:
            yield f"{word}（第 {'、'.join(numbers)} 号）"


def _late_causes(item: DutyEvidence, settings: RuleSettings) -> Iterator[tuple[Cause, str]]:
    """(cause, short sentence) of a lateness and of an early leaving."""
    if item.attended is None:
        return
    duty, attended = item.duty, item.attended
    if late := lateness(duty, attended, settings):
        came = time_text(attended.in_at)
        yield (
            Cause(f"迟到 {span(late)}", f"应到 {time_text(duty.start)}，签到 {came}"),
            f"迟到 {span(late)}（签到 {came}）",
        )
    if attended.out_at and (early := earliness(duty, attended, settings)):
        left = time_text(attended.out_at)
        yield (
            Cause(f"早退 {span(early)}", f"应退 {time_text(duty.end)}，签退 {left}"),
            f"早退 {span(early)}（签退 {left}）",
        )


def _complaint_cause(complaint: ComplaintFact, items: Iterable[DutyEvidence]) -> Cause:
    records = {record.id: record for item in items for record in item.records}
    record = records.get(complaint.consultation_id or "")
    if record is None:
        return Cause("投诉经核实属实", moment(complaint.at))
    word = "评价“不满意”" if record.rating is Rating.dissatisfied else "投诉"
    return Cause(f"{word}经核实属实", f"第 {record.number} 号", record.number)

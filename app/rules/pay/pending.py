"""Evidence that nobody has judged yet: it costs nothing and waits (Y17 经核实, 无正当理由)."""

from __future__ import annotations

from collections.abc import Iterator

from app.rules.duty.facts import ComplaintFact, ConsultationFact, SpotCheckFact
from app.rules.duty.gather import DutyEvidence
from app.rules.pay.wording import moment
from app.values import Rating, SpotResult, Verdict

_JUDGED = (Verdict.confirmed, Verdict.unfounded)


def pending_of(item: DutyEvidence) -> Iterator[tuple[str, str]]:
    """(id, sentence) of each piece of a duty's evidence that waits for a judgement."""
    for check in item.checks:
        if text := pending_check(check):
            yield check.id, text
    for complaint in item.complaints:
        if complaint.verdict not in _JUDGED:
            yield complaint.id, pending_complaint(complaint)
    named = {complaint.consultation_id for complaint in item.complaints}
    for record in item.records:
        if record.rating is Rating.dissatisfied and record.id not in named:
            yield record.id, _pending_rating(record)


def pending_check(check: SpotCheckFact) -> str:
    """The sentence of a check that is not judged; "" where nothing waits."""
    if check.result is SpotResult.absent:
        waits = check.is_justified is None
        return f"{moment(check.at)} 抽查脱岗，理由是否正当待认定，暂不扣款" if waits else ""
    waits = check.result is not SpotResult.present and check.verdict not in _JUDGED
    return f"{moment(check.at)} 抽查{check.result.value}，待核实，暂不扣款" if waits else ""


def pending_complaint(complaint: ComplaintFact) -> str:
    """The sentence of a complaint that is not verified."""
    return f"{moment(complaint.at)} 的投诉待核实，暂不扣款"


def _pending_rating(record: ConsultationFact) -> str:
    return f"第 {record.number} 号评价“不满意”，待核实，暂不扣款"

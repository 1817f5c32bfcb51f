"""Cases handled for zones that have no office of their own, with what they cost, since the zones make it good (A08)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import func, select

from app.documents.sheet import Row, SheetColumn
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.funds import CasePaymentItem, StoredCaseAdjustment, StoredCaseLine
from app.rules.cases.facts import CaseStanding
from app.rules.funds.case_counts import approved_cases, archived_cases, closed_cases
from app.rules.policy.parts import AgentRule
from app.services.cases.year_cases import year_cases
from app.services.reading.rulings import in_parts
from app.services.reports.report import Report
from app.values import Period

COLUMNS = (
    SheetColumn("zone", "来源地", width=9),
    SheetColumn("agent", "代办单位", width=8),
    SheetColumn("approved", "批准", "number", 4, total=True),
    SheetColumn("closed", "办结", "number", 4, total=True),
    SheetColumn("archived", "归档", "number", 4, total=True),
    SheetColumn("paid", "已付补贴", "money", 6, total=True),
    SheetColumn("clause", "依据", width=8, medium="file"),
)


def rows(look: Look, period: Period) -> Iterator[Row]:
    """By zone: the document's places first, in its order, then others as they were written on cases."""
    cases = [one for one in year_cases(look, period) if one.facts.is_agent]
    by_origin: dict[str, list[CaseStanding]] = defaultdict(list)
    for one in cases:
        by_origin[one.facts.origin].append(one)
    for rule in look.pack.agents:
        own = [case for origin in list(by_origin) if _is_of(rule, origin) for case in by_origin.pop(origin)]
        yield _row(look, period, f"{rule.zone}{rule.place}", rule.agent_name, rule.clause, own)
    for origin in sorted(by_origin):
        yield _row(look, period, origin, look.office.name, "", by_origin[origin])


def _is_of(rule: AgentRule, origin: str) -> bool:
    return rule.place in origin or origin == rule.zone


def _row(look: Look, period: Period, zone: str, agent: str, clause: str, cases: list[CaseStanding]) -> Row:
    return (
        zone,
        agent,
        len(approved_cases(cases, period)),
        len(closed_cases(cases, period)),
        len(archived_cases(cases, period)),
        _paid(look, [one.case for one in cases]),
        clause,
    )


def _paid(look: Look, cases: list[str]) -> int:
    """What was paid for them so far, adjustments included, 分."""
    paid = 0
    for part in in_parts(cases):
        lines = select(StoredCaseLine.id).where(StoredCaseLine.case_id.in_(part))
        changes = select(StoredCaseAdjustment.id).where(StoredCaseAdjustment.case_id.in_(part))
        items = select(func.sum(CasePaymentItem.fen)).where(
            CasePaymentItem.line_id.in_(lines) | CasePaymentItem.line_id.in_(changes)
        )
        paid += look.session.scalar(items) or 0
    return paid


REPORT = Report(
    key="agent-zones",
    title="代办案件与补偿",
    columns=COLUMNS,
    rows=rows,
    permission=Permission.REPORT,
    needs_approval=False,
    notes=("案件的“代办来源地”登记在申请上；已付补贴含调整和冲销，供来源地补偿时核对。",),
)

"""The one table of what may happen to a case: from which state to which, what it must carry, by whom, by which clause."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.case_values import CaseEventKind as Kind
from app.case_values import CaseGround
from app.rules.cases.event_facts import (
    APPLICANT,
    CASE_FACTS,
    EXTRAS,
    FIRST_GROUNDS,
    GRADE,
    HANDLER,
    LATE_FACTS,
    MEANS,
    REFUSAL_REASONS,
    TERMINATION_GROUNDS,
    FactRule,
    FactShape,
    day,
    flag,
    listing,
    optional,
    text,
    word,
)
from app.rules.cases.event_rule import CLOSING, HANDLED, OPEN, UNDECIDED, EventRule, S, stay, to

_SIGNED = (text("reviewer", "审查人"), text("head", "负责人"))
_NUMBER = text("number", "案号")
_PAPERS = listing("papers", "材料", needed=False)
_DONE = (text("text", "经过"), _PAPERS)
_GIVEN_AWAY = (text("to", "转往"), text("order", "文号", needed=False), text("why", "事由"))
_SETTING = "司法部令第148号（条款待核）"

_TABLE = (
    EventRule(
        kind=Kind.registered,
        begins=S.registered,
        moves={},
        clause="法律援助法43",
        facts=(*APPLICANT, *CASE_FACTS),
        at_station=True,
    ),
    EventRule(
        kind=Kind.notified_once,
        moves=to(S.awaiting_papers, S.registered, S.under_review),
        clause="法律援助法43",
        facts=(
            listing("missing", "所缺材料"),
            day("due_on", "补齐期限"),
            text("raised_by_supplement", "补来的材料引出的新问题", needed=False),
        ),
        at_station=True,
    ),
    EventRule(
        kind=Kind.supplemented,
        moves={
            **stay((S.under_review, *HANDLED, *CLOSING, S.terminated)),
            **to(S.under_review, S.awaiting_papers),
        },
        clause="法律援助法43",
        facts=(_PAPERS,),
        at_station=True,
    ),
    EventRule(
        kind=Kind.lapsed, moves=to(S.lapsed, S.awaiting_papers), clause="法律援助法43", by_delegate=True
    ),
    EventRule(
        kind=Kind.withdrawn,
        moves=to(S.withdrawn, *UNDECIDED),
        clause=_SETTING,
        facts=(text("by", "何人撤回"),),
        at_station=True,
    ),
    EventRule(
        kind=Kind.accepted_incomplete,
        moves=to(S.under_review, S.registered),
        clause="赣司〔2021〕7号 三（二）",
        facts=(listing("missing", "后补材料"), day("due_on", "后补期限")),
        by_delegate=True,
    ),
    EventRule(
        kind=Kind.review_begun,
        moves=to(S.under_review, S.registered),
        clause="法律援助法43",
        facts=(text("reviewer", "审查人"),),
        by_delegate=True,
    ),
    EventRule(
        kind=Kind.granted,
        moves={**to(S.granted, S.under_review), **stay((S.assigned, S.in_hand, *CLOSING))},
        clause="法律援助法43",
        facts=(
            _NUMBER,
            word("ground", "法律依据", CaseGround),
            word("means", "经济困难审查", MEANS),
            text("exemption", "免核查情形", needed=False),
            *_SIGNED,
        ),
        by_delegate=True,
        needs_second=True,
    ),
    EventRule(
        kind=Kind.refused,
        moves={**to(S.refused, S.under_review), **to(S.terminated, S.assigned, S.in_hand, *CLOSING)},
        clause="法律援助法43",
        facts=(
            word("refusal", "不予理由", REFUSAL_REASONS),
            text("why", "理由说明"),
            text("how_to_object", "如何提出异议"),
            *_SIGNED,
            *LATE_FACTS,
        ),
        by_delegate=True,
        needs_second=True,
    ),
    EventRule(
        kind=Kind.granted_first,
        begins=S.assigned,
        moves=to(S.assigned, S.registered, S.under_review),
        clause="法律援助法44",
        facts=(
            word("first_ground", "先行提供情形", FIRST_GROUNDS),
            day("formalities_due", "补办手续期限"),
            _NUMBER,
            text("head", "负责人"),
            *HANDLER,
            *optional((*APPLICANT, *CASE_FACTS)),
        ),
    ),
    EventRule(
        kind=Kind.objected,
        moves=stay((S.refused, S.terminated)),
        clause="法律援助法49",
        facts=(text("why", "异议理由"),),
    ),
    EventRule(
        kind=Kind.objection_dismissed,
        moves=stay((S.refused, S.terminated)),
        clause="法律援助法49",
        facts=(text("why", "审查意见"),),
    ),
    EventRule(
        kind=Kind.objection_upheld,
        moves={**to(S.under_review, S.refused), **to(S.in_hand, S.terminated)},
        clause="法律援助法49",
        facts=(text("why", "审查意见"),),
    ),
    EventRule(
        kind=Kind.notified_defence,
        begins=S.granted,
        moves={},
        clause="法律援助法36",
        facts=(
            text("organ", "通知机关"),
            text("letter_number", "通知文号"),
            _NUMBER,
            *optional((*APPLICANT, *CASE_FACTS)),
        ),
    ),
    EventRule(
        kind=Kind.assigned,
        moves={**to(S.assigned, S.granted, S.assigned), **stay((S.in_hand,))},
        clause="法律援助法43",
        facts=(
            *HANDLER,
            text("refusal_before", "前一人拒绝或者拖延", needed=False),
            flag("is_joint", "与前一人共同承办"),
            day("replied_on", "回复办案机关日期", needed=False),
        ),
    ),
    EventRule(
        kind=Kind.reassigned,
        moves=to(S.assigned, S.assigned, S.in_hand),
        clause="法律援助法55",
        facts=(
            *HANDLER,
            text("why", "更换理由"),
            text("refusal_before", "前一人拒绝或者拖延", needed=False),
            day("requested_on", "申请更换日期", needed=False),
        ),
    ),
    EventRule(
        kind=Kind.contracted,
        moves=to(S.in_hand, S.assigned),
        clause="令148号27",
        facts=(text("delay", "逾期签约的原因", needed=False),),
    ),
    EventRule(kind=Kind.met, moves=stay((S.in_hand,)), clause=_SETTING, facts=_DONE),
    EventRule(kind=Kind.interviewed, moves=stay((S.in_hand,)), clause=_SETTING, facts=_DONE),
    EventRule(kind=Kind.files_read, moves=stay((S.in_hand,)), clause=_SETTING, facts=_DONE),
    EventRule(kind=Kind.heard, moves=stay((S.in_hand,)), clause=_SETTING, facts=_DONE),
    EventRule(kind=Kind.progress_told, moves=stay((S.in_hand,)), clause="法律援助法46", facts=_DONE),
    EventRule(kind=Kind.observed, moves=stay((S.in_hand,)), clause="法律援助法59", facts=_DONE),
    EventRule(
        kind=Kind.terminated,
        moves=to(S.terminated, *HANDLED),
        clause="法律援助法48",
        facts=(word("termination", "终止情形", TERMINATION_GROUNDS), *LATE_FACTS[1:], text("head", "负责人")),
    ),
    EventRule(
        kind=Kind.merged,
        moves=to(S.merged, *OPEN),
        clause="本程序读法",
        facts=(text("survivor", "并入哪一案"),),
    ),
    EventRule(
        kind=Kind.closed,
        moves=to(S.closed, S.in_hand),
        clause=_SETTING,
        facts=(
            day("paper_on", "收到结案文书日期", needed=False),
            day("settled_on", "和解、调解协议日期", needed=False),
            day("performed_on", "开始履行日期", needed=False),
            text("result", "办理结果"),
            FactRule("recovered_fen", "挽回损失", FactShape.money, False),
        ),
    ),
    EventRule(
        kind=Kind.handed_in,
        moves=to(S.file_examined, S.closed, S.terminated),
        clause=_SETTING,
        facts=(flag("is_complete", "目录齐全"), listing("missing", "所缺材料", needed=False)),
    ),
    EventRule(
        kind=Kind.handed_back,
        moves=to(S.closed, S.file_examined),
        clause=_SETTING,
        facts=(listing("missing", "所缺材料"),),
    ),
    EventRule(
        kind=Kind.archived,
        moves=to(S.archived, S.file_examined),
        clause=_SETTING,
        facts=(
            GRADE,
            text("examiner", "核验人"),
            listing("shares", "补贴分配（姓名=百分比）", needed=False),
            *EXTRAS,
        ),
        needs_second=True,
    ),
    EventRule(
        kind=Kind.reviewed,
        moves=stay((S.archived,)),
        clause="法律援助法57",
        facts=(
            listing("reviewers", "评查人"),
            FactRule("score", "得分", FactShape.number, False),
            GRADE,
        ),
        needs_second=True,
    ),
    *(
        EventRule(kind=kind, moves=to(S.transferred, *OPEN), clause=clause, facts=_GIVEN_AWAY)
        for kind, clause in (
            (Kind.transferred, "法律援助法38"),
            (Kind.agent_for, "庆司通〔2023〕8号 六（五）"),
            (Kind.moved, "法律援助法38"),
        )
    ),
    EventRule(
        kind=Kind.corrected,
        moves=stay(tuple(state for state in S if state is not S.transferred)),
        clause="本程序读法",
        facts=optional((*CASE_FACTS, *LATE_FACTS)),
        at_station=True,
        needs_reason=True,
    ),
    EventRule(
        kind=Kind.entered,
        moves=stay(S),
        clause="运司通〔2022〕3号 四（二）4（3）",
        facts=(text("entered_number", "省系统编号"), day("entered_on", "录入日期")),
    ),
    EventRule(kind=Kind.voided, moves=stay(S), clause="本程序读法", at_station=True, needs_reason=True),
)

EVENTS: Mapping[Kind, EventRule] = MappingProxyType({rule.kind: rule for rule in _TABLE})
"""Kind → its rule, for every kind."""


def fact_rules(kind: Kind) -> tuple[FactRule, ...]:
    """What an event of the kind may carry, in the order forms ask for it."""
    return EVENTS[kind].facts


def beginnings() -> tuple[Kind, ...]:
    """The kinds a case can begin with."""
    return tuple(kind for kind, rule in EVENTS.items() if rule.begins)

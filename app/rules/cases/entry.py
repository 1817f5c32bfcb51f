"""Judges an event before it is written: what the rules refuse locally, and what may happen next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from app.case_values import CaseEventKind as Kind
from app.case_values import CaseState as S
from app.errors import Problem
from app.rules.cases.closing import closing_fault
from app.rules.cases.event_facts import FactRule, fault_of, is_blank, text_said, texts_said
from app.rules.cases.event_rule import EventRule
from app.rules.cases.events import EVENTS, beginnings
from app.rules.cases.facts import CaseEvent, CaseStanding
from app.rules.cases.fold import fold_case
from app.rules.cases.guards import state_fault


class CaseDesk(StrEnum):
    """Who writes an event: an intake point, one to which the county delegated approval (G11), or the agency."""

    intake = "受理点"
    delegate = "受委托审批的受理点"
    agency = "法律援助机构"


_USUAL: dict[S, tuple[Kind, ...]] = {
    S.registered: (Kind.review_begun, Kind.notified_once, Kind.accepted_incomplete, Kind.granted_first),
    S.awaiting_papers: (Kind.supplemented, Kind.lapsed, Kind.withdrawn),
    S.under_review: (Kind.granted, Kind.refused, Kind.notified_once, Kind.granted_first),
    S.refused: (Kind.objected, Kind.objection_dismissed, Kind.objection_upheld),
    S.granted: (Kind.assigned, Kind.entered, Kind.terminated),
    S.assigned: (Kind.contracted, Kind.reassigned, Kind.entered, Kind.granted, Kind.terminated),
    S.in_hand: (
        *(Kind.heard, Kind.closed, Kind.interviewed, Kind.met, Kind.files_read, Kind.progress_told),
        *(Kind.entered, Kind.observed, Kind.granted, Kind.reassigned, Kind.terminated),
    ),
    S.terminated: (Kind.handed_in, Kind.objected, Kind.objection_dismissed, Kind.objection_upheld),
    S.closed: (Kind.handed_in, Kind.entered, Kind.granted),
    S.file_examined: (Kind.archived, Kind.handed_back, Kind.entered, Kind.granted),
    S.archived: (Kind.reviewed, Kind.entered),
}


def next_kinds(standing: CaseStanding | None, desk: CaseDesk = CaseDesk.agency) -> tuple[Kind, ...]:
    """What may happen next, the likeliest first; of no case yet, what one can begin with.

    A kind offered may still be refused for what it carries: 逾期 before the day is over, say.
    """
    if standing is None:
        return tuple(kind for kind in beginnings() if may_write(kind, desk))
    usual = _USUAL.get(standing.state, ())
    ordered = (*usual, *(kind for kind in Kind if kind not in usual))
    return tuple(kind for kind in ordered if may_write(kind, desk) and not state_fault(standing, kind)[0])


def may_write(kind: Kind, desk: CaseDesk) -> bool:
    """Whether a desk writes events of the kind."""
    rule = EVENTS[kind]
    if desk is CaseDesk.agency:
        return rule.at_agency
    return rule.at_station or (rule.by_delegate and desk is CaseDesk.delegate)


def desk_problems(kind: Kind, desk: CaseDesk, name: str = "kind") -> Iterator[Problem]:
    """E301 where the desk does not write events of the kind, hence takes none back either; name: what said so."""
    if not may_write(kind, desk):
        yield Problem(name, f"{desk}不登记“{kind}”，请转给法律援助机构办理", "E301")


def turn_after(standing: CaseStanding, kind: Kind, on: date) -> int:
    """The turn of a new event: one higher than the day's last where a step of that day repeats or goes back."""
    of_day = [event for event in standing.events if event.on == on]
    last = max(((event.turn, EVENTS[event.kind].rank) for event in of_day), default=None)
    if last is None:
        return 0
    return last[0] if EVENTS[kind].rank > last[1] else last[0] + 1


def entry_problems(
    standing: CaseStanding | None,
    event: CaseEvent,
    desk: CaseDesk = CaseDesk.agency,
    *,
    today: date | None = None,
) -> tuple[Problem, ...]:
    """Why an event may not be written here, each with its clause; () where nothing stands against it.

    standing None: the event begins a case. today None: days to come are not looked for. Codes E301 this desk does not
    write it, E302 a fact is missing, E303 is misshapen or E304 unknown, E305 reason missing, E306 day to come, E307
    second person, E308 conflict of interest, E309 结案日, E310 does not fit here, E311 a later event would fit no longer.
    """
    rule = EVENTS[event.kind]
    found = [*desk_problems(event.kind, desk), *_of_facts(standing, event, rule)]
    if rule.needs_reason and not event.reason.strip():
        found.append(Problem("reason", f"“{event.kind}”须写明原因（{rule.clause}），请填写原因", "E305"))
    if today and event.on > today:
        found.append(Problem("on", f"日期 {event.on} 还没有到，请核对", "E306"))
    if not event.is_derived:
        found += _second_person(standing, event)
    if standing is not None:
        found += _conflicts(standing, event)
        found += _closing(standing, event)
    if any(one.code == "E303" for one in found):
        return tuple(found)
    return (*found, *_out_of_order(standing, event))


def _of_facts(standing: CaseStanding | None, event: CaseEvent, rule: EventRule) -> Iterator[Problem]:
    known = {fact.name: fact for fact in rule.facts}
    for fact in rule.facts:
        value = event.facts.get(fact.name)
        if is_blank(value) and _is_wanted(fact, standing, event):
            yield Problem(fact.name, f"“{event.kind}”须写明“{fact.title}”（{rule.clause}），请填写", "E302")
        elif wrong := fault_of(fact, value):
            yield Problem(fact.name, f"“{event.kind}”的“{fact.title}”{wrong}（{rule.clause}）", "E303")
    for name in event.facts:
        if name not in known:
            titles = "、".join(f"{fact.title}（{name}）" for name, fact in known.items())
            yield Problem(name, f"“{event.kind}”没有“{name}”这一项，可填：{titles or '无'}", "E304")
    if event.kind is Kind.corrected and all(is_blank(value) for value in event.facts.values()):
        yield Problem("facts", "“补正”须写明补正哪一项，请填写补正后的内容", "E302")


def _is_wanted(fact: FactRule, standing: CaseStanding | None, event: CaseEvent) -> bool:
    """Whether the fact must be said here: a representative only for an organisation, papers only for a notice, …"""
    if event.is_derived:
        return False
    if fact.name == "representative":
        return event.facts.get("is_organisation") is True
    if fact.name == "number" and standing is not None and standing.number:
        return False
    if fact.name == "papers" and event.kind is Kind.supplemented:
        return True
    if standing is None and fact.name in ("applicant", "matter"):
        return True
    return fact.is_required or (standing is None and fact.name == "kind" and _is_application(event))


def _is_application(event: CaseEvent) -> bool:
    """Whether somebody applied; what an organ's notice begins is criminal without saying so."""
    return event.kind is not Kind.notified_defence


def _second_person(standing: CaseStanding | None, event: CaseEvent) -> Iterator[Problem]:
    """Two people sign a decision; who examines or reviews a file did not handle the case."""
    clause = EVENTS[event.kind].clause
    facts = event.facts
    if event.kind in (Kind.granted, Kind.refused):
        head = text_said(facts, "head")
        if head and head == text_said(facts, "reviewer"):
            yield Problem("head", f"审查人和负责人应是两个人，不能都是{head}（{clause}）", "E307")
    handlers = {one.name for one in standing.handlers} if standing else set()
    judges = (*texts_said(facts, "reviewers"), text_said(facts, "examiner"))
    for name in judges:
        if name and name in handlers:
            yield Problem("examiner", f"{name}承办过这一案，不能核验、评查（{clause}），请换人", "E307")


def _conflicts(standing: CaseStanding, event: CaseEvent) -> Iterator[Problem]:
    firm = text_said(event.facts, "firm")
    if firm and firm in standing.facts.opposing_firms:
        yield Problem("firm", f"{firm}是对方的代理单位，应当回避，请指派其他单位", "E308")


def _closing(standing: CaseStanding, event: CaseEvent) -> Iterator[Problem]:
    if event.kind is Kind.closed and not event.is_derived and (wrong := closing_fault(standing, event)):
        yield Problem("on", f"结案日期有误：{wrong}（{EVENTS[event.kind].clause}）", "E309")


def _out_of_order(standing: CaseStanding | None, event: CaseEvent) -> Iterator[Problem]:
    """What the whole case says with the event in its place: it must fit, and nothing later may come loose."""
    if standing is None:
        if event.kind not in beginnings():
            yield Problem("kind", f"案件不能由“{event.kind}”开始，请先登记申请或者通知", "E310")
        return
    before = {one.event.id for one in standing.misfits}
    for one in fold_case((*standing.all_events, event), site=standing.site).misfits:
        if one.event.id == event.id:
            yield Problem("kind", f"这一步现在不能登记：{one.text}（{one.clause}）", "E310")
        elif one.event.id not in before:
            yield Problem(
                "on",
                f"登记以后，{one.event.on} 的“{one.event.kind}”就不合了：{one.text}，请先作废那一步",
                "E311",
            )

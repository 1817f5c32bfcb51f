"""Says why an event does not fit where it falls: its state, what went before it, and the shape of what it carries."""

from __future__ import annotations

from collections.abc import Callable

from app.case_values import CaseEventKind as Kind
from app.case_values import CaseState
from app.rules.cases.event_facts import fault_of, is_blank
from app.rules.cases.events import EVENTS
from app.rules.cases.facts import CaseEvent, CaseStanding


def state_fault(standing: CaseStanding, kind: Kind) -> tuple[str, str]:
    """(sentence, clause) why a kind of event cannot come next; ("", "") where it may."""
    rule = EVENTS[kind]
    if standing.state not in rule.moves:
        return _out_of_place(standing, kind), rule.clause
    check = _BY_STATE.get(kind)
    return (found, rule.clause) if check and (found := check(standing)) else ("", "")


def event_fault(standing: CaseStanding, event: CaseEvent) -> tuple[str, str]:
    """(sentence, clause) why this event does not fit the standing before it; ("", "") where it fits."""
    found = state_fault(standing, event.kind)
    if found[0]:
        return found
    rule = EVENTS[event.kind]
    for fact in rule.facts:
        if wrong := fault_of(fact, event.facts.get(fact.name)):
            return f"“{event.kind}”的“{fact.title}”{wrong}", rule.clause
    check = _BY_EVENT.get(event.kind)
    return (text, rule.clause) if check and (text := check(standing, event)) else ("", "")


def _out_of_place(standing: CaseStanding, kind: Kind) -> str:
    rule = EVENTS[kind]
    if not rule.moves:
        return f"案件已经登记，不能再有一次“{kind}”"
    wanted = "、".join(state for state in CaseState if state in rule.moves)
    return f"案件处在“{standing.state}”，不能“{kind}”；须处在：{wanted}"


def _no_papers_due(standing: CaseStanding) -> str:
    if standing.state is CaseState.awaiting_papers or standing.owed_papers:
        return ""
    return "没有待补的材料，不用“补齐”"


def _decided_before(standing: CaseStanding) -> str:
    if standing.state is CaseState.under_review or standing.is_provisional:
        return ""
    return "这一案已经作出决定，不能再决定一次"


def _objected_before(standing: CaseStanding) -> str:
    return "前一次异议还没有审查决定，不能再登记一次" if standing.objected_on else ""


def _no_objection(standing: CaseStanding) -> str:
    return "" if standing.objected_on else "没有待审查的异议，请先登记“异议”"


def _not_ready_for_archive(standing: CaseStanding) -> str:
    if standing.owed_papers:
        return f"容缺后补的材料还没有补齐（{'、'.join(standing.owed_papers)}），不能归档"
    return "先行提供的手续还没有补办，不能归档" if standing.is_provisional else ""


def _is_not_late_yet(standing: CaseStanding, event: CaseEvent) -> str:
    if standing.notice_due and event.on <= standing.notice_due:
        return f"补齐期限是 {standing.notice_due}，过了这一天才算逾期"
    return ""


def _second_notice(standing: CaseStanding, event: CaseEvent) -> str:
    if standing.notices and is_blank(event.facts.get("raised_by_supplement")):
        return "已经一次性告知过；再次告知只限补来的材料引出的新问题，请写明"
    return ""


def _not_joint(standing: CaseStanding, event: CaseEvent) -> str:
    if standing.state is CaseState.granted or event.facts.get("is_joint") is True:
        return ""
    return "已经指派；换人请用“更换”，增加共同承办人请注明“与前一人共同承办”"


def _unnumbered(standing: CaseStanding, event: CaseEvent) -> str:
    if standing.number and event.facts.get("number") not in (None, "", standing.number):
        return f"这一案已有案号 {standing.number}，不能另编一号"
    return ""


def _marks_wrong(standing: CaseStanding, event: CaseEvent) -> str:
    shares = event.facts.get("shares")
    return shares_fault(standing, shares) if isinstance(shares, tuple) and shares else ""


def shares_fault(standing: CaseStanding, shares: tuple[str, ...]) -> str:
    """What is wrong with typed shares (`姓名=60`): each of a handler of the case, together 100."""
    typed = [one.partition("=") for one in shares]
    names, known = [name for name, _, _ in typed], {one.name for one in standing.handlers}
    if len(set(names)) < len(names) or not set(names) <= known:
        return f"补贴分配的人应是这一案的承办人，一人一项：{'、'.join(sorted(known))}"
    digits = [percent for _, _, percent in typed]
    if not all(one.isascii() and one.isdigit() for one in digits) or sum(map(int, digits)) != 100:
        return "补贴分配应写成“姓名=百分比”，合计 100"
    return ""


_BY_STATE: dict[Kind, Callable[[CaseStanding], str]] = {
    Kind.supplemented: _no_papers_due,
    Kind.granted: _decided_before,
    Kind.refused: _decided_before,
    Kind.objected: _objected_before,
    Kind.objection_dismissed: _no_objection,
    Kind.objection_upheld: _no_objection,
    Kind.archived: _not_ready_for_archive,
}
_BY_EVENT: dict[Kind, Callable[[CaseStanding, CaseEvent], str]] = {
    Kind.lapsed: _is_not_late_yet,
    Kind.notified_once: _second_notice,
    Kind.assigned: _not_joint,
    Kind.granted: _unnumbered,
    Kind.archived: _marks_wrong,
}

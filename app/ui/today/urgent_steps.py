"""Says how each kind of thing that waits is shown: its tone, the step that settles it, and on which page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from app.services.today.urgent_kinds import UrgentKind
from app.ui.theme import State


class UrgentStep(NamedTuple):
    """How a kind is shown: its tone, the words of the step, the page on which it is settled."""

    tone: State
    step: str
    page: str


SHOWN = {
    UrgentKind.sign_out: UrgentStep(State.FAULT, "补签", "attendance"),
    UrgentKind.more_sign_outs: UrgentStep(State.FAULT, "补签", "attendance"),
    UrgentKind.returned: UrgentStep(State.FAULT, "修改", "settlement"),
    UrgentKind.sent_back: UrgentStep(State.FAULT, "去改正", "returned"),
    UrgentKind.alarms: UrgentStep(State.FAULT, "查看", "settings"),
    UrgentKind.report_late: UrgentStep(State.FAULT, "去提交", "settlement"),
    UrgentKind.report_soon: UrgentStep(State.DUE, "去提交", "settlement"),
    UrgentKind.cases_late: UrgentStep(State.FAULT, "去办理", "cases"),
    UrgentKind.cases_soon: UrgentStep(State.DUE, "去办理", "cases"),
    UrgentKind.cases_lost: UrgentStep(State.DUE, "去处理", "cases"),
    UrgentKind.case_list_late: UrgentStep(State.FAULT, "去定稿", "case_money"),
    UrgentKind.case_list: UrgentStep(State.DUE, "去定稿", "case_money"),
    UrgentKind.disputes: UrgentStep(State.DUE, "去答复", "pay"),
    UrgentKind.batches: UrgentStep(State.DUE, "去办理", "pay"),
    UrgentKind.decisions: UrgentStep(State.DUE, "去审定", "attendance"),
    UrgentKind.explanations: UrgentStep(State.DUE, "去通知", "spotchecks"),
    UrgentKind.problems_late: UrgentStep(State.FAULT, "去整改", "spotchecks"),
    UrgentKind.problems: UrgentStep(State.DUE, "去整改", "spotchecks"),
    UrgentKind.measures: UrgentStep(State.DUE, "去登记", "spotchecks"),
    UrgentKind.faulty_records: UrgentStep(State.DUE, "去补", "consultations"),
    UrgentKind.errands: UrgentStep(State.DUE, "去办理", "outreach"),
    UrgentKind.visits: UrgentStep(State.DUE, "去安排", "outreach"),
    UrgentKind.posters: UrgentStep(State.DUE, "去打印", "roster"),
    UrgentKind.audits: UrgentStep(State.DUE, "去审核", "consultations"),
    UrgentKind.unconfirmed: UrgentStep(State.DUE, "查看", "settlement"),
    UrgentKind.rosters: UrgentStep(State.DUE, "去排班", "roster"),
    UrgentKind.parked: UrgentStep(State.DUE, "查看", "exchange"),
    UrgentKind.backup: UrgentStep(State.DUE, "去备份", "settings"),
    UrgentKind.replies: UrgentStep(State.INFO, "去办结", "returned"),
    UrgentKind.update: UrgentStep(State.INFO, "去更新", "settings"),
    UrgentKind.reviews: UrgentStep(State.INFO, "去审核", "review"),
    UrgentKind.spot_quota: UrgentStep(State.INFO, "去抽查", "spotchecks"),
    UrgentKind.outside: UrgentStep(State.DUE, "查看", "settlement"),
}


def urgent_page(kind: UrgentKind, *, is_bureau: bool) -> str:
    """The page that settles it; a bureau has one of its own for what comes in."""
    return "inbox" if kind is UrgentKind.parked and is_bureau else SHOWN[kind].page


def badges(counts: Mapping[UrgentKind, int], *, is_bureau: bool) -> Mapping[str, int]:
    """Listed page → how many things wait there, or on a page that is reached from it."""
    found: Counter[str] = Counter()
    for kind, number in counts.items():
        page = urgent_page(kind, is_bureau=is_bureau)
        if page == "returned":
            page = "review" if is_bureau else "exchange"
        found[page] += number
    return found

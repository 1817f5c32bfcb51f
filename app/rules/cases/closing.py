"""Finds the 结案日 of a case by the rule of its kind (which paper, agreement or act closes it)."""

from __future__ import annotations

from datetime import date

from app.case_values import CaseForm, CaseKind, CaseStage
from app.rules.cases.event_facts import date_said
from app.rules.cases.facts import CaseEvent, CaseStanding


def closing_dates(standing: CaseStanding) -> tuple[tuple[str, str], ...]:
    """(fact, title) of the dates that decide the 结案日 of the case's kind, the first that is known first."""
    facts = standing.facts
    paper = ("paper_on", "收到结案文书的日期")
    if (
        facts.form is not CaseForm.other
        or facts.stage is CaseStage.arbitration
        or facts.kind is CaseKind.criminal
    ):
        return (paper,)
    agreed = (("settled_on", "和解、调解协议的日期"), ("performed_on", "开始履行的日期"))
    return (paper, *agreed) if facts.kind is CaseKind.administrative else agreed


def closing_day(standing: CaseStanding, event: CaseEvent) -> date:
    """The 结案日: the first date its kind asks for that the event names, else the event's own day (a register's)."""
    found = (date_said(event.facts, name) for name, _ in closing_dates(standing))
    return next((one for one in found if one), event.on)


def closing_fault(standing: CaseStanding, event: CaseEvent) -> str:
    """What is wrong with a typed closing: the date its kind asks for is missing, or lies after the report."""
    wanted = closing_dates(standing)
    found = [said for name, _ in wanted if (said := date_said(event.facts, name))]
    if not found:
        return f"请填写{'，没有的填'.join(title for _, title in wanted)}"
    return "不能晚于这一步的日期" if found[0] > event.on else ""

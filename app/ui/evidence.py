"""Says where the evidence behind a step of an amount can be seen, so that every yuan leads to its record."""

from __future__ import annotations

from typing import Any

from app.services.money.story import LineView, StoryStep

CHECKS = frozenset({"D4", "D4M", "D5"})
Where = tuple[str, dict[str, Any]]


def where_is(line: LineView, step: StoryStep) -> Where | None:
    """The page and what it is to open; None for a step that rests on no record of its own."""
    rule = next((one.rule for one in line.deductions if set(one.evidence) & set(step.evidence)), "")
    if not step.evidence or not rule:
        return None
    first = step.evidence[0]
    if rule == "D1":
        return "consultations", {"id": first}
    if rule == "D2":
        return of_day(line)
    if rule in CHECKS:
        return "spotchecks", {"on": line.on, "row": first}
    if step.number:
        return "consultations", {"first": line.on, "words": step.number, "site": line.site}
    return "spotchecks", {"on": line.on, "row": first, "complaints": True}


def of_day(line: LineView) -> Where:
    """The duty's own line on the attendance page."""
    return "attendance", {"on": line.on, "site": line.site, "person": line.person_id}

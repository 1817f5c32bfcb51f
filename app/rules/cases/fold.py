"""Folds the events of a case, whatever their order of arrival, into where the case stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.case_values import CaseEventKind as Kind
from app.rules.cases.events import EVENTS, beginnings
from app.rules.cases.facts import CaseEvent, CaseStanding, Misfit
from app.rules.cases.guards import event_fault
from app.rules.cases.steps import after, beginning

Place = tuple[object, ...]


def place(event: CaseEvent) -> Place:
    """Where an event stands among those of its case: day, turn, rank of its kind, writer, number."""
    return (event.on, event.turn, EVENTS[event.kind].rank, event.writer, event.number, event.id)


def fold_case(events: Iterable[CaseEvent], *, site: str = "") -> CaseStanding:
    """Where a case stands by its events, in whatever order they are given; equal events count once.

    It begins with its own row, the event whose id is the case's, else with the first 登记, 通知辩护 or 先行提供. What does not fit where it falls is without effect and listed among
    the misfits. Raises ValueError where none of the events begins a case.
    """
    ordered = sorted({event.id: event for event in events}.values(), key=place)
    begins = [event for event in ordered if event.kind in beginnings()]
    start = next((event for event in begins if event.id == event.case), begins[0] if begins else None)
    if start is None:
        raise ValueError("no event begins the case")
    voids, misfits = _voids(ordered, start)
    taken = {void.voids for void in voids}
    out = [event for event in ordered if event.id in taken]
    standing = beginning(start, site)
    for event in ordered:
        if event.kind is Kind.voided or event.id in taken or event is start:
            continue
        text, clause = _before_start(event, start) or event_fault(standing, event)
        if text:
            misfits.append(Misfit(event=event, text=text, clause=clause))
        else:
            standing = after(standing, event)
    return replace(
        standing,
        misfits=tuple(sorted(misfits, key=lambda one: place(one.event))),
        voided=tuple(sorted([*voids, *out], key=place)),
    )


def _before_start(event: CaseEvent, start: CaseEvent) -> tuple[str, str] | None:
    if place(event) > place(start):
        return None
    return f"“{event.kind}”的日期 {event.on} 早于案件登记的日期 {start.on}", EVENTS[event.kind].clause


def _voids(ordered: list[CaseEvent], start: CaseEvent) -> tuple[list[CaseEvent], list[Misfit]]:
    by_id = {event.id: event for event in ordered}
    good, misfits = [], []
    for void in (event for event in ordered if event.kind is Kind.voided):
        text = void_fault(void, by_id.get(void.voids), start)
        if text:
            misfits.append(Misfit(event=void, text=text, clause=EVENTS[Kind.voided].clause))
        else:
            good.append(void)
    return good, misfits


def void_fault(void: CaseEvent, target: CaseEvent | None, start: CaseEvent) -> str:
    """Why a 作废 takes nothing out; "" where it does. A 作废 cannot be voided, nor what the case began with."""
    if target is None:
        return "所要作废的一步没有找到，可能还没有收到"
    if target.kind is Kind.voided:
        return "作废不能再作废；作废错了，请把原来的一步重新登记"
    if target.id == start.id:
        return f"案件由“{target.kind}”开始，不能作废；登记错了请用“补正”或者“撤回”"
    return f"作废的日期 {void.on} 早于所作废的一步 {target.on}" if void.on < target.on else ""

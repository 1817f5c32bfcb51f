"""What each kind of event does to where a case stands, once it is known to fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from app.case_values import (
    CaseEventKind,
    CaseForm,
    CaseGround,
    CaseKind,
    CaseStage,
    CaseState,
    Fund,
    Grade,
    HandlerKind,
    Procedure,
)
from app.rules.cases.closing import closing_day
from app.rules.cases.event_facts import date_said, moment_said, number_said, text_said, texts_said
from app.rules.cases.events import EVENTS
from app.rules.cases.facts import CaseEvent, CaseFacts, CaseHandler, CaseStanding, FactValue

Kind = CaseEventKind
Facts = Mapping[str, FactValue]
Changes = dict[str, Any]
Word = TypeVar("Word", CaseForm, CaseGround, CaseKind, CaseStage, Fund, Grade, HandlerKind, Procedure)


def beginning(start: CaseEvent, site: str) -> CaseStanding:
    """The standing of a case by the event it begins with alone."""
    state = EVENTS[start.kind].begins
    if state is None:
        raise ValueError(f"{start.kind} begins no case")
    said = _case_facts(start.facts)
    default = CaseKind.criminal if start.kind is Kind.notified_defence else CaseKind.civil
    facts = CaseFacts(**{"received_on": start.on, "kind": default, **said})
    standing = CaseStanding(case=start.case, site=site, facts=facts, state=state, events=(start,))
    return replace(standing, **_STEPS[start.kind](standing, start)) if start.kind in _STEPS else standing


def after(standing: CaseStanding, event: CaseEvent) -> CaseStanding:
    """The standing after an event that fits."""
    step = _STEPS.get(event.kind)
    changes: Changes = {
        "state": EVENTS[event.kind].moves[standing.state],
        "events": (*standing.events, event),
        **(step(standing, event) if step else {}),
    }
    return replace(standing, **changes)


def _case_facts(said: Facts) -> Changes:
    """The fields of CaseFacts that somebody said, in their types."""
    words: dict[str, type[Any]] = {
        "kind": CaseKind,
        "form": CaseForm,
        "stage": CaseStage,
        "procedure": Procedure,
        "ground": CaseGround,
        "fund": Fund,
    }
    found: Changes = {name: _word(kind, said, name) for name, kind in words.items()}
    found |= {name: date_said(said, name) for name in ("received_on", "born_on")}
    found |= {name: moment_said(said, name) for name in ("organ_received_at", "forwarded_at")}
    found |= {name: texts_said(said, name) or None for name in ("groups", "opposing_firms")}
    found |= {name: text_said(said, name) or None for name in ("matter", "origin", "continues", "group_case")}
    found |= {name: said[name] for name in ("is_agent", "is_sealed") if isinstance(said.get(name), bool)}
    found["recipients"] = number_said(said, "recipients")
    return {name: value for name, value in found.items() if value is not None}


def _word(kind: type[Word], said: Facts, name: str) -> Word | None:
    value = said.get(name)
    return kind(value) if value in {one.value for one in kind} else None


def _corrected(standing: CaseStanding, event: CaseEvent) -> Changes:
    """补正: what it says replaces what was said; an unnamed fact stays."""
    late = {
        "delivered_on": "refusal_delivered_on",
        "sent_on": "termination_sent_on",
        "unit_received_on": "unit_received_on",
    }
    changes: Changes = {field: said for name, field in late.items() if (said := date_said(event.facts, name))}
    if standing.is_terminated and "unit_received_on" in changes:
        changes["closed_on"] = changes["unit_received_on"]
    return changes | {"facts": replace(standing.facts, **_case_facts(event.facts))}


def _noticed(standing: CaseStanding, event: CaseEvent) -> Changes:
    return {"notices": standing.notices + 1, "notice_due": date_said(event.facts, "due_on")}


def _supplemented(standing: CaseStanding, event: CaseEvent) -> Changes:
    """The papers of a notice, or those that follow after 容缺."""
    if standing.state is CaseState.awaiting_papers:
        return {"notice_due": None}
    return {"owed_papers": (), "papers_due": None}


def _incomplete(standing: CaseStanding, event: CaseEvent) -> Changes:
    return {
        "owed_papers": texts_said(event.facts, "missing") or ("材料",),
        "papers_due": date_said(event.facts, "due_on"),
    }


def _granted(standing: CaseStanding, event: CaseEvent) -> Changes:
    """给予; after 先行提供 the day and the number of that decision stay."""
    facts = event.facts
    changes: Changes = {
        "number": standing.number or text_said(facts, "number"),
        "reviewer": text_said(facts, "reviewer") or standing.reviewer,
        "head": text_said(facts, "head"),
        "means": text_said(facts, "means"),
        "approved_on": standing.approved_on if standing.is_provisional else event.on,
        "is_provisional": False,
        "formalities_due": None,
    }
    ground = _word(CaseGround, facts, "ground")
    return changes | ({"facts": replace(standing.facts, ground=ground)} if ground else {})


def _refused(standing: CaseStanding, event: CaseEvent) -> Changes:
    """不予; after 先行提供 it ends the aid."""
    facts = event.facts
    changes: Changes = {
        "reviewer": text_said(facts, "reviewer") or standing.reviewer,
        "head": text_said(facts, "head"),
        "refused_on": event.on,
        "refusal_delivered_on": date_said(facts, "delivered_on"),
    }
    return changes | (_terminated(standing, event) if standing.is_provisional else {})


def _granted_first(standing: CaseStanding, event: CaseEvent) -> Changes:
    return {
        "number": text_said(event.facts, "number"),
        "head": text_said(event.facts, "head"),
        "approved_on": event.on,
        "is_provisional": True,
        "formalities_due": date_said(event.facts, "formalities_due"),
        "facts": replace(standing.facts, **_case_facts(event.facts)),
    } | _assigned(standing, event)


def _objection_upheld(standing: CaseStanding, event: CaseEvent) -> Changes:
    """责令改正: a refusal is reviewed again; a terminated case stands where it stood, no step of it skipped."""
    changes: Changes = {"objected_on": None, "refused_on": None, "refusal_delivered_on": None}
    if standing.state is CaseState.refused:
        return changes
    return changes | {
        "state": standing.stood_before or CaseState.in_hand,
        "is_terminated": False,
        "terminated_on": None,
        "termination_sent_on": None,
        "unit_received_on": None,
        "closed_on": None,
    }


def _notified(standing: CaseStanding, event: CaseEvent) -> Changes:
    return {"number": text_said(event.facts, "number"), "approved_on": event.on}


def _handler(event: CaseEvent) -> CaseHandler:
    facts = event.facts
    return CaseHandler(
        name=text_said(facts, "handler"),
        firm=text_said(facts, "firm"),
        kind=_word(HandlerKind, facts, "handler_kind"),
        person=text_said(facts, "person"),
        is_public_servant=facts.get("is_public_servant") is True,
        how=text_said(facts, "how"),
        assigned_on=event.on,
    )


def _assigned(standing: CaseStanding, event: CaseEvent) -> Changes:
    return {
        "handlers": (*standing.handlers, _handler(event)),
        "assigned_on": standing.assigned_on or event.on,
    }


def _reassigned(standing: CaseStanding, event: CaseEvent) -> Changes:
    return _assigned(standing, event) | {"contracted_on": None}


def _terminated(standing: CaseStanding, event: CaseEvent) -> Changes:
    received = date_said(event.facts, "unit_received_on")
    return {
        "terminated_on": event.on,
        "termination_sent_on": date_said(event.facts, "sent_on"),
        "unit_received_on": received,
        "closed_on": received,
        "is_terminated": True,
        "stood_before": standing.state,
    }


def _closed(standing: CaseStanding, event: CaseEvent) -> Changes:
    return {
        "closed_on": closing_day(standing, event),
        "result": text_said(event.facts, "result"),
        "recovered_fen": number_said(event.facts, "recovered_fen"),
    }


def _handed_back(standing: CaseStanding, event: CaseEvent) -> Changes:
    """退卷: the file goes back to where it came from; a terminated case stays terminated."""
    state = CaseState.terminated if standing.is_terminated else CaseState.closed
    return {"state": state, "handed_in_on": None}


def _archived(standing: CaseStanding, event: CaseEvent) -> Changes:
    """归档: a share belongs to the last time its handler was assigned."""
    typed = (one.partition("=") for one in texts_said(event.facts, "shares"))
    shares = {name: int(percent) for name, _, percent in typed}
    handlers = [replace(one, share_percent=shares.pop(one.name, None)) for one in reversed(standing.handlers)]
    return {
        "archived_on": event.on,
        "grade": _word(Grade, event.facts, "grade"),
        "examiner": text_said(event.facts, "examiner"),
        "handlers": tuple(reversed(handlers)),
    }


def _entered(standing: CaseStanding, event: CaseEvent) -> Changes:
    return {
        "entered_number": text_said(event.facts, "entered_number") or standing.entered_number,
        "entered_on": date_said(event.facts, "entered_on") or standing.entered_on,
    }


_STEPS: dict[CaseEventKind, Callable[[CaseStanding, CaseEvent], Changes]] = {
    Kind.notified_once: _noticed,
    Kind.supplemented: _supplemented,
    Kind.accepted_incomplete: _incomplete,
    Kind.review_begun: lambda standing, event: {"reviewer": text_said(event.facts, "reviewer")},
    Kind.granted: _granted,
    Kind.refused: _refused,
    Kind.granted_first: _granted_first,
    Kind.objected: lambda standing, event: {"objected_on": event.on},
    Kind.objection_dismissed: lambda standing, event: {"objected_on": None},
    Kind.objection_upheld: _objection_upheld,
    Kind.notified_defence: _notified,
    Kind.assigned: _assigned,
    Kind.reassigned: _reassigned,
    Kind.contracted: lambda standing, event: {"contracted_on": event.on},
    Kind.terminated: _terminated,
    Kind.closed: _closed,
    Kind.handed_in: lambda standing, event: {"handed_in_on": event.on},
    Kind.handed_back: _handed_back,
    Kind.archived: _archived,
    Kind.reviewed: lambda standing, event: {"grade": _word(Grade, event.facts, "grade") or standing.grade},
    Kind.corrected: _corrected,
    Kind.entered: _entered,
}

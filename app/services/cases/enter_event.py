"""The three hands that write events of a case: the intake point's, the agency's, and its head's."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.case_values import CaseEventKind as Kind
from app.errors import Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Actor, Permission
from app.kernel.work import Work
from app.models.cases import LegalCase
from app.rules.cases.events import EVENTS
from app.services.cases.case_papers import file_warnings
from app.services.cases.choose_handler import assignment_warnings
from app.services.cases.find import case_standing, need_case
from app.services.cases.judge_application import refuse_unreasoned
from app.services.cases.link_handler import NAMES_HANDLER, linked_facts
from app.services.cases.loads import load_warnings
from app.services.cases.numbering import number_warnings
from app.services.cases.write_event import EventEntered, EventEntry, write_event
from app.services.returns.answer_return import answer_by_correction

INTAKE_KINDS = tuple(kind for kind, rule in EVENTS.items() if rule.at_station and not rule.begins)
"""What the hand that takes applications in may write."""
HEAD_KINDS = (
    Kind.granted,
    Kind.refused,
    Kind.granted_first,
    Kind.objection_dismissed,
    Kind.objection_upheld,
    Kind.terminated,
    Kind.archived,
    Kind.reviewed,
)
"""What only the head decides: whether aid is given, whether it ends, and the grade that pays."""
AGENCY_KINDS = tuple(kind for kind, rule in EVENTS.items() if not rule.begins and kind not in HEAD_KINDS)


@dataclass(frozen=True, kw_only=True)
class EnterIntake(EventEntry):
    """An event that an intake point writes: a notice of what is missing, what was supplied, a withdrawal …"""


@dataclass(frozen=True, kw_only=True)
class EnterCaseEvent(EventEntry):
    """An event that the agency's reviewer writes."""


@dataclass(frozen=True, kw_only=True)
class DecideCase(EventEntry):
    """An event that the head of the agency decides."""


@handles(EnterIntake, title="登记受理事项", permission=Permission.RECORD_CASE)
def enter_intake(work: Work, command: EnterIntake) -> EventEntered:
    """The event entered. Raises Refused E301 … E317, E318."""
    return _entered(work, command, INTAKE_KINDS)


@handles(EnterCaseEvent, title="登记办案事项", permission=Permission.HANDLE_CASE)
def enter_case_event(work: Work, command: EnterCaseEvent) -> EventEntered:
    """The event entered. Raises Refused E301 … E317, E318, E805 for a handler who is not in the pool."""
    return _entered(work, command, AGENCY_KINDS)


@handles(DecideCase, title="审批援助案件", permission=Permission.DECIDE_CASE)
def decide_case(work: Work, command: DecideCase) -> EventEntered:
    """The event entered. Raises Refused E301 … E318, E377, and E353 for aid given against the answers without a reason."""
    return _entered(work, command, (*HEAD_KINDS, Kind.voided))


def hand_for(kind: Kind, actor: Actor) -> type[EventEntry] | None:
    """The command by which an actor writes events of a kind: the highest hand it has; None where it has none."""
    hands: tuple[tuple[type[EventEntry], Permission, tuple[Kind, ...]], ...] = (
        (DecideCase, Permission.DECIDE_CASE, (*HEAD_KINDS, Kind.voided)),
        (EnterCaseEvent, Permission.HANDLE_CASE, AGENCY_KINDS),
        (EnterIntake, Permission.RECORD_CASE, INTAKE_KINDS),
    )
    return next((hand for hand, right, kinds in hands if kind in kinds and actor.may(right)), None)


def command_for(entry: EventEntry, actor: Actor) -> EventEntry:
    """The entry as the command that this actor may give; where it has none, the one that would be needed."""
    needed = DecideCase if entry.kind in HEAD_KINDS else EnterCaseEvent
    hand = hand_for(entry.kind, actor) or needed
    return hand(**{name: getattr(entry, name) for name in EventEntry.__dataclass_fields__})


def _entered(work: Work, command: EventEntry, kinds: tuple[Kind, ...]) -> EventEntered:
    if command.kind not in kinds:
        raise Refused(
            "E318",
            f"“{command.kind}”不由这一道手续登记，可登记：{'、'.join(kinds)}。请由有权限的人员办理。",
            field="kind",
        )
    row = need_case(work, command.case)
    _refuse_lower_hand(work, row, command, kinds)
    if command.kind is Kind.granted:
        refuse_unreasoned(work, row, case_standing(work, row), command.reason)
    if command.kind in NAMES_HANDLER:
        command = replace(command, facts=linked_facts(work, command.facts))
    made = write_event(work, row, command)
    answer_by_correction(work, [(LegalCase.__tablename__, row.id)], f"{command.kind} {command.reason}")
    standing = case_standing(work, row)
    warnings = number_warnings(str(made.facts.get("number") or ""), made.on)
    told = (
        *warnings,
        *load_warnings(work, standing, made),
        *assignment_warnings(work, standing, made),
        *file_warnings(work, row, standing, made.kind),
    )
    return EventEntered(made.id, row.id, standing.state.value, told)


def _refuse_lower_hand(work: Work, row: LegalCase, command: EventEntry, kinds: tuple[Kind, ...]) -> None:
    """Raises Refused E318 where an event would be taken back that this hand could not have written."""
    if command.kind is not Kind.voided:
        return
    target = next((one for one in case_standing(work, row).all_events if one.id == command.voids), None)
    if target is not None and target.kind in HEAD_KINDS and target.kind not in kinds:
        raise Refused(
            "E318",
            f"“{target.kind}”由法律援助机构负责人审批，也由其作废。请由负责人用自己的账号办理。",
            field="voids",
        )

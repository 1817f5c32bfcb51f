"""Links the handler of an assignment to the pool: person, firm and public payroll are the program's to fill, not typed."""

from __future__ import annotations

from collections.abc import Mapping

from app.case_values import CaseEventKind, HandlerKind
from app.errors import Refused
from app.kernel.work import Look
from app.models.organisation import Person
from app.rules.cases.event_facts import text_said
from app.rules.cases.facts import FactValue
from app.services.reading.people import find_person, person_links
from app.text import clean
from app.values import PersonKind

NAMES_HANDLER = (CaseEventKind.assigned, CaseEventKind.reassigned, CaseEventKind.granted_first)
HANDLES_AS = {
    PersonKind.lawyer: HandlerKind.lawyer,
    PersonKind.legal_worker: HandlerKind.legal_worker,
    PersonKind.law_scholar: HandlerKind.volunteer,
}
"""As what a person of the pool handles cases (Y14)."""


def linked_facts(look: Look, facts: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """The facts with what the pool knows of the handler; a name outside it stays as typed, unlinked.

    Raises Refused E805 for a person who is not in the pool.
    """
    person = _person(look, facts)
    said = {name: value for name, value in facts.items() if name != "person"}
    if person is None:
        return said
    kind = HANDLES_AS.get(PersonKind(person.kind)) if person.kind in set(PersonKind) else None
    return said | {
        "handler": person.name,
        "person": person.id,
        "firm": text_said(facts, "firm") or person.organisation,
        "handler_kind": text_said(facts, "handler_kind") or (kind.value if kind else ""),
        "is_public_servant": person.is_public_servant or None,
    }


def need_pool_person(look: Look, person_id: str, *, field: str) -> Person:
    """The active person of that id, the pool's where a proposal was linked. Raises Refused E805."""
    found = look.session.get(Person, person_links(look).get(person_id, person_id))
    if found is None or not found.is_active:
        raise Refused("E805", "人员库里没有这个人，或者已经停用，请从名单里另选。", field=field)
    return found


def _person(look: Look, facts: Mapping[str, FactValue]) -> Person | None:
    """Whom the facts mean: by id, else the one of that name and firm."""
    chosen = text_said(facts, "person")
    if chosen:
        return need_pool_person(look, chosen, field="person")
    name, firm = clean(text_said(facts, "handler")), clean(text_said(facts, "firm"))
    if not name:
        return None
    try:
        found = find_person(look, name, field="handler")
    except Refused:
        return None
    return found if not firm or firm == found.organisation else None

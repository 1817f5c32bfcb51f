"""Corrects what is entered about a person; the change log keeps every earlier state, the journal the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import Problem
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.services.people.add_person import refuse_unfit
from app.services.people.entry import PersonFields, cleaned
from app.services.people.payee import need_person, private_of
from app.services.people.same_papers import link_namesakes
from app.services.people.twins import refuse_twin
from app.text import clean

_PLAIN = (
    "name",
    "kind",
    "is_public_servant",
    "organisation",
    "licence",
    "qualification",
    "years_of_service",
    "practice_since",
    "relaxed_approval",
)


@dataclass(frozen=True, kw_only=True)
class CorrectPerson(PersonFields):
    """All facts of a person as they should be, and why; phone and id_number None stay as they are, "" goes."""

    person_id: str = ""
    reason: str = ""

    def problems(self) -> Iterable[Problem]:
        """As on entry, and a reason."""
        yield from super().problems()
        if not clean(self.reason):
            yield Problem("reason", "请写明更正的理由。", "E439")


@handles(CorrectPerson, title="更正人员", permission=Permission.MANAGE_PEOPLE)
def correct_person(work: Work, command: CorrectPerson) -> str:
    """The person's id. Raises Refused E438, E903 and those of entering."""
    person = need_person(work, command.person_id)
    work.mine(person)
    fields = cleaned(command)
    refuse_unfit(work, fields)
    refuse_twin(work, fields, but=person.id)
    work.why = clean(command.reason)
    for name in _PLAIN:
        setattr(person, name, getattr(fields, name))
    person.specialties = list(fields.specialties)
    if fields.phone is not None:
        person.phone = fields.phone or None
    if fields.id_number is not None:
        private_of(work, person.id).id_number = fields.id_number or None
    link_namesakes(work, fields.name)
    return str(person.id)

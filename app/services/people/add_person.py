"""Enters somebody into the duty pool; at a station it is a proposal to the county (Y03, Y08)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.organisation import Person, PersonPrivate
from app.rules.duty.eligibility import eligibility_problems
from app.services.people.entry import PersonFields, cleaned, dated_problems
from app.services.people.payee import clean_payee, note_change
from app.services.people.same_papers import link_namesakes
from app.services.people.twins import note_person, refuse_twin


@dataclass(frozen=True, kw_only=True)
class AddPerson(PersonFields):
    """A new person of the pool with the account that duty pay goes to; only name, kind and its papers are needed."""

    bank_name: str = ""
    bank_account: str = ""


@handles(AddPerson, title="登记人员", permission=Permission.MANAGE_PEOPLE)
def add_person(work: Work, command: AddPerson) -> str:
    """The new person's id. Raises Refused E001 (an account), E435, E436 (same papers, names the person), E440 … E445, E203, E204."""
    return enter_person(work, command)


def enter_person(work: Work, command: AddPerson) -> str:
    """Store a person; for handlers that enter people as a part of their work (imports, adopting a proposal)."""
    fields = cleaned(command)
    refuse_unfit(work, fields)
    refuse_twin(work, fields)
    person = work.add(
        Person(
            name=fields.name,
            phone=fields.phone or None,
            kind=fields.kind,
            is_public_servant=fields.is_public_servant,
            organisation=fields.organisation,
            licence=fields.licence,
            qualification=fields.qualification,
            years_of_service=fields.years_of_service,
            specialties=list(fields.specialties),
            practice_since=fields.practice_since,
            relaxed_approval=fields.relaxed_approval,
        )
    )
    bank_name, account = clean_payee(fields.bank_name, fields.bank_account)
    private = None
    if fields.id_number or bank_name or account:
        private = work.add(
            PersonPrivate(
                id=person.id,
                id_number=fields.id_number or None,
                bank_name=bank_name or None,
                bank_account=account or None,
            )
        )
    note_person(work, person, private)
    if account:
        note_change(work, person.id)
    link_namesakes(work, fields.name)
    return str(person.id)


def refuse_unfit(work: Work, fields: PersonFields) -> None:
    """Raises Refused with everything that stands against entering these facts."""
    problems: Iterable[Problem] = (
        *dated_problems(fields, local_date(work.now.at)),
        *eligibility_problems(fields, work.pack),
    )
    if found := tuple(problems):
        raise Refused.of(found)

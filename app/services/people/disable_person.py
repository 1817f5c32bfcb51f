"""Takes a person out of the pool, and back in; nothing of the past is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.rules.duty.eligibility import eligibility_problems
from app.services.people.payee import need_person
from app.text import clean


@dataclass(frozen=True)
class DisablePerson:
    """Somebody who may no longer be assigned, and why."""

    person_id: str
    reason: str

    def problems(self) -> Iterable[Problem]:
        """A reason."""
        if not clean(self.reason):
            yield Problem("reason", "请写明停用的理由。", "E446")


@dataclass(frozen=True)
class EnablePerson:
    """Somebody who may be assigned again."""

    person_id: str


@handles(DisablePerson, title="停用人员", permission=Permission.MANAGE_PEOPLE)
def disable_person(work: Work, command: DisablePerson) -> None:
    """Published duties stay as they are; the roster names them. Raises Refused E438, E903."""
    person = need_person(work, command.person_id)
    work.mine(person)
    person.is_active = False
    person.inactive_reason = clean(command.reason)


@handles(EnablePerson, title="启用人员", permission=Permission.MANAGE_PEOPLE)
def enable_person(work: Work, command: EnablePerson) -> None:
    """Raises Refused E438, E903 and what stands against the person under the document in force (Y08)."""
    person = need_person(work, command.person_id)
    work.mine(person)
    if problems := eligibility_problems(person, work.pack):
        raise Refused.of(problems)
    person.is_active = True
    person.inactive_reason = ""

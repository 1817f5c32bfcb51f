"""Keeps the account that a person's duty pay goes to; whoever changes it is on record, for another must confirm it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.organisation import Person, PersonPrivate
from app.models.payees import PayeeChange
from app.text import clean, clean_number


@dataclass(frozen=True)
class SetPayee:
    """Bank and account of a person of the pool; both empty takes them away."""

    person_id: str
    bank_name: str
    bank_account: str
    reason: str = ""

    def problems(self) -> Iterable[Problem]:
        """Both or neither."""
        yield from both_or_neither(self.bank_name, self.bank_account)


@handles(SetPayee, title="变更收款账户", permission=Permission.CHANGE_PAYEE)
def set_payee(work: Work, command: SetPayee) -> None:
    """The journal keeps who changed it and why, never the number; it then awaits a second person. Raises Refused E438, E903."""
    person = need_person(work, command.person_id)
    work.mine(person)
    work.why = clean(command.reason)
    bank_name, account = clean_payee(command.bank_name, command.bank_account)
    private = private_of(work, person.id)
    if (private.bank_name or "", private.bank_account or "") != (bank_name, account):
        private.bank_name, private.bank_account = bank_name or None, account or None
        note_change(work, private.id, work.why)


def both_or_neither(bank_name: str, bank_account: str) -> Iterable[Problem]:
    """E437 where a bank stands without a number, or a number without a bank."""
    if bool(bank_name.strip()) != bool(bank_account.strip()):
        field = "bank_account" if bank_name.strip() else "bank_name"
        yield Problem(field, "开户行和银行账号要一同填写，或者都留空。", "E437")


def note_change(work: Work, private_id: str, reason: str = "") -> None:
    """Put on record who typed the account of a private row. Raises Refused E001 where that is not the actor's right."""
    work.actor.need(Permission.CHANGE_PAYEE)
    work.add(
        PayeeChange(
            private_id=private_id,
            changed_by=work.actor.account,
            changed_at=work.now.at,
            reason=reason or None,
        )
    )


def clean_payee(bank_name: str, bank_account: str) -> tuple[str, str]:
    """Bank and account as stored."""
    return clean(bank_name), clean_number(bank_account)


def private_of(work: Work, person_id: str) -> PersonPrivate:
    """The person's private row, made if there is none. Raises Refused E903 for another office's."""
    found = work.session.get(PersonPrivate, person_id)
    if found is None:
        made = PersonPrivate(id=person_id)
        work.add(made)
        return made
    work.mine(found)
    return found


def need_person(work: Work, person_id: str) -> Person:
    """The person. Raises Refused E438."""
    person = work.session.get(Person, person_id)
    if person is None:
        raise Refused("E438", "这名人员已不在值班人员库里，请刷新后再试。", field="person_id")
    return person

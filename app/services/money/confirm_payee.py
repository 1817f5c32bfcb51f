"""Takes a second person's word on the account that duty pay goes to, without which nothing is paid into it (Y29)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from app.errors import Problem, Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission, staff
from app.kernel.work import Look, Work
from app.masking import mask_account, mask_name
from app.models.organisation import Person
from app.models.payees import PayeeConfirmation
from app.models.records import Account
from app.services.money.bureau import bureau_only
from app.services.people.payee import both_or_neither
from app.services.reading.accounts import PayAccount, pay_account, pay_accounts
from app.services.reading.names import site_names
from app.services.reading.people import find_person, person_links
from app.text import clean, clean_number, named_few


@dataclass(frozen=True)
class ConfirmPayee:
    """Somebody's account was compared with the person's own paper by who did not type it.

    person: the id, or the name (licence where names repeat). account_end: the last four digits as the paper has
    them; "" takes the account as it stands now.
    """

    person: str
    licence: str = ""
    account_end: str = field(default="", metadata={"label": "账号后四位"})

    def problems(self) -> Iterable[Problem]:
        """A person; four digits or none."""
        if not clean(self.person):
            yield Problem("person", "请写明要复核谁的收款账户。", "E867")
        yield from account_problems("", "", self.account_end)


@dataclass(frozen=True)
class AwaitedPayees:
    """Everybody of the pool whose account nobody has confirmed."""


@dataclass(frozen=True, kw_only=True)
class AwaitedPayee:
    """One account that waits. account: masked. origin: who typed it, a person here or a station."""

    person_id: str
    name: str
    organisation: str
    bank_name: str
    account: str
    origin: str
    is_mine: bool
    """Whether the asker typed it, so that somebody else must confirm it."""


@handles(ConfirmPayee, title="复核收款账户", permission=Permission.CONFIRM_PAYEE)
def confirm_payee(work: Work, command: ConfirmPayee) -> AwaitedPayee:
    """The account confirmed; saying it twice adds nothing.

    Raises Refused E188 at a station, E430, E431, E863 no account, E864 who typed it, E865 another account by now.
    """
    bureau_only(work)
    person = _named(work, command)
    found = pay_account(work, person.id)
    whose = mask_name(person.name or "")
    if found is None or not found.number:
        raise no_account(whose)
    refuse_unconfirmable(work, found.number, found.typed_by, command.account_end)
    if not found.confirmation:
        _store(work, found)
    return _awaited(work, person, found, _origins(work))


def no_account(whose: str) -> Refused:
    """The refusal to confirm where no account is."""
    return Refused("E863", f"{whose} 没有登记收款账户，没有可复核的内容。", field="person")


def refuse_unconfirmable(work: Work, number: str, typed_by: str, account_end: str) -> None:
    """Raises Refused E864 where the actor typed the account, E865 where the paper has another number."""
    if typed_by == work.actor.account:
        raise Refused("E864", f"这个账户由您登记，不能由您自己复核。{_who_else(work)}", field="person")
    typed = clean_number(account_end)
    if typed and not number.endswith(typed):
        raise Refused(
            "E865",
            "账号后四位与登记的不同：可能登记有误，或刚刚被改过。请与本人的账户资料核对。",
            field="account_end",
        )


def account_problems(bank_name: str, bank_account: str, account_end: str = "") -> Iterable[Problem]:
    """E437 a bank without a number or the other way, E868 what are not four digits."""
    yield from both_or_neither(bank_name, bank_account)
    typed = clean_number(account_end)
    if typed and not (len(typed) == 4 and typed.isdigit()):
        yield Problem("account_end", "请填账号的最后四位数字。", "E868")


@answers(AwaitedPayees, permission=Permission.SEE_PAYEE)
def awaited_payees(look: Look, query: AwaitedPayees) -> tuple[AwaitedPayee, ...]:
    """By name; none at a station, which pays nobody."""
    if not look.office.is_bureau:
        return ()
    linked = person_links(look)
    people = [row for row in look.session.scalars(select(Person)) if row.id not in linked]
    accounts, origins = pay_accounts(look, [row.id for row in people]), _origins(look)
    found = [
        _awaited(look, row, accounts[row.id], origins)
        for row in people
        if row.id in accounts and accounts[row.id].is_awaited
    ]
    return tuple(sorted(found, key=lambda one: (one.name, one.person_id)))


def refuse_awaited(look: Look, people: Iterable[str]) -> dict[str, PayAccount]:
    """Person → account, for those who are paid into one. Raises Refused E866 naming whose is not confirmed."""
    accounts = pay_accounts(look, people)
    awaited = sorted(person for person, one in accounts.items() if one.is_awaited)
    if awaited:
        rows = (look.session.get(Person, one) for one in awaited)
        names = [mask_name((row.name if row else "") or "") for row in rows]
        raise Refused(
            "E866",
            f"{named_few(names, '人')}的收款账户还没有复核，不能发放。"
            "请由登记人以外的人在“人员”里复核，或先只发放其他人。",
            field="people",
        )
    return accounts


def _named(work: Work, command: ConfirmPayee) -> Person:
    row = work.session.get(Person, clean(command.person))
    if row is None:
        return find_person(work, command.person, command.licence, field="person")
    whole = work.session.get(Person, person_links(work).get(row.id, row.id))
    return whole or row


def _store(work: Work, found: PayAccount) -> None:
    work.add(
        PayeeConfirmation(
            person_id=found.person_id,
            private_id=found.source,
            change_id=found.change_id,
            bank_name=found.bank_name or None,
            bank_account=found.number,
            confirmed_by=work.actor.account,
            confirmed_at=work.now.at,
        )
    )
    work.subjects.append(found.person_id)


def _who_else(work: Work) -> str:
    others = [
        row.display_name
        for row in work.session.scalars(select(Account).order_by(Account.name))
        if row.is_active
        and row.id != work.actor.account
        and staff(row.id, row.name, row.display_name, row.roles).may(Permission.CONFIRM_PAYEE)
    ]
    return f"可由 {'、'.join(others)} 复核。" if others else "请管理员另设一个“审核员”账号来复核。"


def _origins(look: Look) -> dict[str, str]:
    """Names of this office's accounts by their ids, and of sites by their codes."""
    names = {row.id: row.display_name for row in look.session.scalars(select(Account))}
    return names | site_names(look)


def _awaited(look: Look, person: Person, found: PayAccount, origins: dict[str, str]) -> AwaitedPayee:
    source = look.session.get(Person, found.source)
    typed_by = found.typed_by or (source.writer if source else "")
    return AwaitedPayee(
        person_id=person.id,
        name=person.name or "",
        organisation=person.organisation,
        bank_name=found.bank_name,
        account=mask_account(found.number),
        origin=origins.get(typed_by, typed_by),
        is_mine=found.typed_by == look.actor.account,
    )

"""Keeps the accounts that firms are paid their case subsidies into; a second person confirms each, as with people (Y14 Y29)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from app.errors import Problem
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.masking import mask_account
from app.models.organisation import Person
from app.models.payees import FirmAccount, FirmConfirmation
from app.models.records import Account
from app.services.money.bureau import bureau_only
from app.services.money.confirm_payee import account_problems, no_account, refuse_unconfirmable
from app.services.people.payee import clean_payee
from app.services.reading.firm_accounts import FirmPayee, firm_payees
from app.text import clean

LONGEST_FIRM = 100


@dataclass(frozen=True)
class SetFirmAccount:
    """Bank and account of a firm, named as its cases name it; both empty takes them away."""

    firm: str
    bank_name: str
    bank_account: str
    reason: str = ""

    def problems(self) -> Iterable[Problem]:
        """A firm; both or neither."""
        if not 0 < len(clean(self.firm)) <= LONGEST_FIRM:
            yield Problem("firm", f"请填写承办单位的全称，最多 {LONGEST_FIRM} 字。", "E399")
        yield from account_problems(self.bank_name, self.bank_account)


@dataclass(frozen=True)
class ConfirmFirmAccount:
    """A firm's account was compared with its own paper by who did not type it. account_end: as ConfirmPayee's."""

    firm: str
    account_end: str = field(default="", metadata={"label": "账号后四位"})

    def problems(self) -> Iterable[Problem]:
        """Four digits or none."""
        yield from account_problems("", "", self.account_end)


@dataclass(frozen=True)
class FirmAccounts:
    """Every firm of the pool, and every other that has an account."""


@dataclass(frozen=True, kw_only=True)
class FirmAccountView:
    """One firm. account: masked. state: 待复核, 已复核 or "". id: of the row, "" where there never was an account."""

    id: str
    firm: str
    bank_name: str
    account: str
    state: str
    origin: str
    is_mine: bool
    """Whether the asker typed it, so that somebody else must confirm it."""


@handles(SetFirmAccount, title="登记承办单位收款账户", permission=Permission.CHANGE_PAYEE)
def set_firm_account(work: Work, command: SetFirmAccount) -> str:
    """Id of the row, the present one's where nothing changes; a new one awaits a second person. Raises Refused E188."""
    bureau_only(work)
    work.why = clean(command.reason)
    firm, (bank_name, number) = clean(command.firm), clean_payee(command.bank_name, command.bank_account)
    held = firm_payees(work, [firm]).get(firm)
    if (held.bank_name, held.number) == (bank_name, number) if held else not number:
        return held.source if held else ""
    row = work.add(
        FirmAccount(
            firm=firm,
            bank_name=bank_name or None,
            bank_account=number or None,
            reason=work.why or None,
            typed_by=work.actor.account,
            typed_at=work.now.at,
        )
    )
    return str(row.id)


@handles(ConfirmFirmAccount, title="复核承办单位收款账户", permission=Permission.CONFIRM_PAYEE)
def confirm_firm_account(work: Work, command: ConfirmFirmAccount) -> FirmAccountView:
    """The account confirmed; saying it twice adds nothing. Raises Refused E188, E863 no account, E864 who typed it,
    E865 another account by now."""
    bureau_only(work)
    firm = clean(command.firm)
    held = firm_payees(work, [firm]).get(firm)
    if held is None or not held.number:
        raise no_account(firm)
    refuse_unconfirmable(work, held.number, held.typed_by, command.account_end)
    if held.is_awaited:
        work.add(
            FirmConfirmation(
                account_id=held.source, confirmed_by=work.actor.account, confirmed_at=work.now.at
            )
        )
    return _view(work, firm, firm_payees(work, [firm])[firm], _names(work))


@answers(FirmAccounts, permission=Permission.LOOK)
def firm_accounts(look: Look, _query: FirmAccounts) -> tuple[FirmAccountView, ...]:
    """Those that wait first, then by name; none at a station, which pays nobody."""
    if not look.office.is_bureau:
        return ()
    held, names = firm_payees(look), _names(look)
    firms = {*held, *look.session.scalars(select(Person.organisation).where(Person.organisation != ""))}
    found = (_view(look, firm, held.get(firm), names) for firm in firms)
    return tuple(sorted(found, key=lambda one: (one.state != "待复核", not one.state, one.firm)))


def _names(look: Look) -> dict[str, str]:
    return {row.id: row.display_name for row in look.session.scalars(select(Account))}


def _view(look: Look, firm: str, held: FirmPayee | None, names: dict[str, str]) -> FirmAccountView:
    return FirmAccountView(
        id=held.source if held else "",
        firm=firm,
        bank_name=held.bank_name if held else "",
        account=mask_account(held.number) if held else "",
        state=held.state if held else "",
        origin=names.get(held.typed_by, held.typed_by) if held else "",
        is_mine=held is not None and held.typed_by == look.actor.account,
    )

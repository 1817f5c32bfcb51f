"""Hands one person's account over to another: what he left half filled in, his roles, and then his way in is closed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, select

from app.errors import Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.records import Account
from app.models.service_desk import Draft
from app.services.security.accounts import (
    DisableAccount,
    SetRoles,
    disable_account,
    need_account,
    set_roles,
)


@dataclass(frozen=True)
class HandOver:
    """leaving and taking: login names. roles: of the leaving account, those that the taking one gets besides its own."""

    leaving: str
    taking: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class HandedOver:
    """drafts: how many went over. kept: those that stayed, for the taking account has the same form half filled in."""

    drafts: int
    kept: int


@dataclass(frozen=True)
class AskHandover:
    """What an account would leave behind."""

    leaving: str


@dataclass(frozen=True)
class HandoverFacts:
    """roles: of the account. orphaned: those that no other active account holds. drafts: forms half filled in.

    candidates: (login name, shown name) of whoever may take over.
    """

    roles: tuple[str, ...]
    orphaned: tuple[str, ...]
    drafts: int
    candidates: tuple[tuple[str, str], ...]


@answers(AskHandover, permission=Permission.MANAGE_ACCOUNTS)
def ask_handover(look: Look, query: AskHandover) -> HandoverFacts:
    """Raises Refused E011 for no such account."""
    leaving = need_account(look, query.leaving)
    every = (
        select(Account).where(Account.is_active.is_(True), Account.id != leaving.id).order_by(Account.name)
    )
    others = look.session.scalars(every).all()
    held = {role for one in others for role in one.roles}
    drafts = look.session.scalar(select(func.count()).select_from(Draft).where(Draft.account == leaving.id))
    return HandoverFacts(
        tuple(leaving.roles),
        tuple(role for role in leaving.roles if role not in held),
        drafts or 0,
        tuple((one.name, one.display_name) for one in others),
    )


@handles(HandOver, title="工作交接", permission=Permission.MANAGE_ACCOUNTS)
def hand_account_over(work: Work, command: HandOver) -> HandedOver:
    """All of it or nothing. Raises Refused E011, E013, E023 for an account that cannot take over, E024 for a role that
    the leaving account does not hold."""
    leaving, taking = need_account(work, command.leaving), need_account(work, command.taking)
    if taking.id == leaving.id or not taking.is_active:
        raise Refused(
            "E023",
            f"“{command.taking}”不能接手：须是另一个可用的账号。请换一个，或先新增账号。",
            field="taking",
        )
    if foreign := [role for role in command.roles if role not in leaving.roles]:
        raise Refused(
            "E024", f"“{command.leaving}”没有“{'、'.join(foreign)}”这个角色，不能交出。", field="roles"
        )
    more = tuple(role for role in command.roles if role not in taking.roles)
    if more:
        set_roles(work, SetRoles(command.taking, (*taking.roles, *more)))
        work.session.flush()
    found = _pass_drafts(work, leaving, taking)
    disable_account(work, DisableAccount(command.leaving))
    work.subjects.append(taking.id)
    work.why = f"交给 {command.taking}"
    return found


def _pass_drafts(work: Work, leaving: Account, taking: Account) -> HandedOver:
    theirs = set(work.session.scalars(select(Draft.form).where(Draft.account == taking.id)))
    passed = kept = 0
    for draft in work.session.scalars(select(Draft).where(Draft.account == leaving.id)).all():
        if draft.form in theirs:
            kept += 1
            continue
        work.session.add(
            Draft(account=taking.id, form=draft.form, values=draft.values, saved_at=draft.saved_at)
        )
        passed += 1
    gone = select(Draft.form).where(Draft.account == taking.id)
    work.session.flush()
    work.session.execute(delete(Draft).where(Draft.account == leaving.id, Draft.form.in_(gone)))
    return HandedOver(passed, kept)

"""Adds, changes, disables and lists the accounts of an office."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.clock import new_id
from app.errors import Problem, Refused
from app.kernel.handlers import answers, handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.records import Account
from app.services.security.account_names import name_problems, shown_name_problems
from app.services.security.passwords import password_problems
from app.values import Role


@dataclass(frozen=True)
class AddAccount:
    """A new account with its roles and first password."""

    name: str
    password: str
    roles: tuple[str, ...] = (Role.clerk.value,)
    display_name: str = ""

    def problems(self) -> Iterable[Problem]:
        """Names of one plain line, known roles and a fit password."""
        yield from name_problems(self.name)
        yield from shown_name_problems(self.display_name)
        for role in self.roles:
            if role not in {known.value for known in Role}:
                yield Problem("roles", f"没有“{role}”这个角色，可选：{'、'.join(Role)}。", "E009")
        yield from password_problems(self.password)


@dataclass(frozen=True)
class DisableAccount:
    """An account that may no longer be used, not even where it is logged in; its records stay."""

    name: str


@dataclass(frozen=True)
class ResetPassword:
    """A new password for an account; it becomes usable again."""

    name: str
    password: str

    def problems(self) -> Iterable[Problem]:
        """A fit password."""
        yield from password_problems(self.password)


@dataclass(frozen=True)
class SetRoles:
    """The roles an account holds from its next request on."""

    name: str
    roles: tuple[str, ...]

    def problems(self) -> Iterable[Problem]:
        """At least one, all known."""
        if not self.roles or set(self.roles) - {known.value for known in Role}:
            yield Problem(
                "roles", f"没有“{'、'.join(self.roles)}”这个角色，可选：{'、'.join(Role)}。", "E009"
            )


@dataclass(frozen=True)
class Accounts:
    """Every account of the office."""


@dataclass(frozen=True)
class AccountView:
    """An account as shown."""

    id: str
    name: str
    display_name: str
    roles: tuple[str, ...]
    is_active: bool


@handles(AddAccount, title="新增账号", permission=Permission.MANAGE_ACCOUNTS)
def add_account(work: Work, command: AddAccount) -> str:
    """The new account's id. Raises Refused E012 when the name is taken."""
    if _find(work, command.name) is not None:
        raise Refused("E012", f"登录名“{command.name}”已有人使用，请换一个。", field="name")
    account = Account(
        id=new_id(),
        name=command.name,
        display_name=command.display_name or command.name,
        roles=list(command.roles),
        made_at=work.now.at,
    )
    work.session.add(account)
    work.subjects.append(account.id)
    work.after_commit.append(
        lambda: work.safe.slots.put("account", command.name, command.password, work.safe.key)
    )
    return account.id


@handles(DisableAccount, title="停用账号", permission=Permission.MANAGE_ACCOUNTS)
def disable_account(work: Work, command: DisableAccount) -> None:
    """Raises Refused E013 for the only administrator left."""
    account = need_account(work, command.name)
    _refuse_last_administrator(work, account)
    account.is_active = False
    work.subjects.append(account.id)
    work.after_commit.append(lambda: work.safe.kept_out.note(account.id, is_out=True))
    work.after_commit.append(lambda: work.safe.slots.remove("account", command.name))


@handles(SetRoles, title="更改角色", permission=Permission.MANAGE_ACCOUNTS)
def set_roles(work: Work, command: SetRoles) -> None:
    """Raises Refused E011, E013 for the only administrator left."""
    account = need_account(work, command.name)
    if Role.administrator.value not in command.roles:
        _refuse_last_administrator(work, account)
    account.roles = list(command.roles)
    work.subjects.append(account.id)


@handles(ResetPassword, title="重设密码", permission=Permission.MANAGE_ACCOUNTS)
def reset_password(work: Work, command: ResetPassword) -> None:
    """The account's slot is made anew."""
    account = need_account(work, command.name)
    account.is_active = True
    work.subjects.append(account.id)
    work.after_commit.append(lambda: work.safe.kept_out.note(account.id, is_out=False))
    work.after_commit.append(
        lambda: work.safe.slots.put("account", command.name, command.password, work.safe.key)
    )


@answers(Accounts, permission=Permission.LOOK)
def accounts(look: Look, query: Accounts) -> tuple[AccountView, ...]:
    """All accounts by name."""
    rows = look.session.scalars(select(Account).order_by(Account.name))
    return tuple(AccountView(a.id, a.name, a.display_name, tuple(a.roles), a.is_active) for a in rows)


def need_account(look: Look, name: str) -> Account:
    """The account of a login name, active or not. Raises Refused E011."""
    account = _find(look, name)
    if account is None:
        raise Refused("E011", f"没有登录名为“{name}”的账号。")
    return account


def _refuse_last_administrator(work: Work, account: Account) -> None:
    others = [a for a in work.session.scalars(select(Account)) if a.is_active and a.id != account.id]
    if not any(Role.administrator.value in other.roles for other in others):
        raise Refused(
            "E013", "这是最后一个可用的管理员账号，不能停用，也不能改作其他角色。请先另设一名管理员。"
        )


def _find(look: Look, name: str) -> Account | None:
    return look.session.scalar(select(Account).where(Account.name == name))

"""Reads an account anew at each request, so that disabling it or changing its roles reaches a session already open."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.kernel.permissions import Actor, staff
from app.models.records import Account


def present(session: Session, actor: Actor) -> Actor:
    """The actor with the roles of this moment; one that is no account stays as it is. Raises Refused E006."""
    return account_actor(session, Account.id == actor.account) if actor.is_account else actor


def account_actor(session: Session, which: ColumnElement[bool]) -> Actor:
    """The actor of the one account meant, if it is active. Raises Refused E006."""
    found = session.execute(
        select(Account.id, Account.name, Account.display_name, Account.roles, Account.is_active).where(which)
    ).one_or_none()
    if found is None or not found.is_active:
        raise Refused("E006", "该账号不存在或已停用，请联系管理员。")
    return staff(found.id, found.name, found.display_name, found.roles)

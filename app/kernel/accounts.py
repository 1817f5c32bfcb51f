"""Reads an account anew at each request, so that disabling it or changing its roles reaches a session already open."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.kernel.permissions import Actor, staff
from app.models.bare_rows import bare_columns, bare_rows
from app.models.records import Account

_ACCOUNT = bare_columns(Account)
_READ = select(*(_ACCOUNT[name] for name in ("id", "name", "display_name", "roles", "is_active")))
_BY_ID = _READ.where(_ACCOUNT.id == bindparam("which"))
_BY_NAME = _READ.where(_ACCOUNT.name == bindparam("which"))
"""Made once, for every command and query waits for one of them."""


def present(session: Session, actor: Actor) -> Actor:
    """The actor with the roles of this moment; one that is no account stays as it is. Raises Refused E006."""
    return _actor(session, _BY_ID, actor.account) if actor.is_account else actor


def account_actor(session: Session, name: str) -> Actor:
    """The actor of the account of that login name, if it is active. Raises Refused E006."""
    return _actor(session, _BY_NAME, name)


def _actor(session: Session, wanted: Select[Any], which: str) -> Actor:
    found = bare_rows(session, wanted, {"which": which}).one_or_none()
    if found is None or not found.is_active:
        raise Refused("E006", "该账号不存在或已停用，请联系管理员。")
    return staff(found.id, found.name, found.display_name, found.roles)

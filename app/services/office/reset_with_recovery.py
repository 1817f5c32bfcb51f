"""Gives an account a new password by the printed recovery code, when nobody can log in any more."""

from __future__ import annotations

from app.clock import Clock
from app.errors import Refused
from app.kernel.logins import LoginAttempt
from app.kernel.permissions import Actor, Permission
from app.paths import DataDir
from app.services.office.office import Office, open_with_recovery
from app.services.security.accounts import ResetPassword

RECOVERY = Actor("recovery", "recovery", "恢复码", frozenset({Permission.MANAGE_ACCOUNTS}), is_account=False)
"""Whoever holds the recovery code: may set a password, nothing else."""


def reset_with_recovery(
    data: DataDir, code: str, name: str, password: str, clock: Clock
) -> tuple[Office, Actor]:
    """The open office and the account's actor; the delay after its failed logins ends.

    Raises Refused E007 (wrong code), E003 (too many wrong codes), E004, E005 (password), E011 (no such account).
    """
    office = open_with_recovery(data, code, clock)
    try:
        office.do(ResetPassword(name, password), RECOVERY)
        office.safe.logins.append(LoginAttempt.made(clock.now(), name, "done"))
        return office, office.actor_of(name)
    except Refused:
        office.close()
        raise

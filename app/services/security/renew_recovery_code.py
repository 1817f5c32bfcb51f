"""Replaces the recovery code, after it was used or may have been seen; the old print no longer opens anything."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.errors import Refused
from app.kernel import slots as key_slots
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.slots import new_recovery_code, normal_recovery_code
from app.kernel.work import Work


@dataclass(frozen=True)
class RenewRecoveryCode:
    """A new recovery code in place of the present one, which must be given."""

    code: str = field(repr=False)


@handles(RenewRecoveryCode, title="更换恢复码", permission=Permission.MANAGE_ACCOUNTS)
def renew_recovery_code(work: Work, command: RenewRecoveryCode) -> str:
    """The new code, shown this once. Raises Refused E007; a bureau's escrow key goes under the new code too."""
    present, slots = normal_recovery_code(command.code), work.safe.slots
    if slots.open(key_slots.RECOVERY, "", present) is None:
        raise Refused("E007", "恢复码不正确，请对照打印件逐组核对。")
    escrow = slots.open(key_slots.ESCROW, "", present) if slots.has(key_slots.ESCROW) else None
    fresh = new_recovery_code()

    def store() -> None:
        made = [(key_slots.RECOVERY, "", fresh, work.safe.key)]
        slots.put_all(made if escrow is None else [*made, (key_slots.ESCROW, "", fresh, escrow)])

    work.after_commit.append(store)
    return fresh

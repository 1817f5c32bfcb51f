"""Carries out what a changed setting means beyond its stored value."""

from __future__ import annotations

from app.errors import Refused
from app.kernel import slots as key_slots
from app.kernel.log_on import start_kiosk_at_log_on
from app.kernel.work import Work
from app.services.office.delegate_approval import delegate_approval
from app.services.reading.cut_offs import cut_offs
from app.settings import CUT_OFFS, DELEGATED_TO, Value


def take_effect(work: Work, key: str, value: Value) -> Value:
    """Do what the setting calls for; the value as it is kept. Raises Refused E618 where the system has no key store,
    E396, E420, E421 for what is no station, E397 where a better grade would ask for fewer points."""
    if key == "kiosk_unattended":
        _let_kiosk_start(work, bool(value))
    if key == DELEGATED_TO:
        return "、".join(delegate_approval(work, str(value)))
    if key in CUT_OFFS and not cut_offs(work, **{key: int(value)}).are_in_order:
        raise Refused("E397", "优秀、良好、合格的最低分要一级比一级低，请先改另外的最低分。", field="value")
    return value


def _let_kiosk_start(work: Work, is_allowed: bool) -> None:
    """The kiosk's own key slot: made with a fresh secret in the system's key store, or removed; and its start at log-on."""
    data = work.safe.data
    work.after_commit.append(lambda: start_kiosk_at_log_on(data, is_wanted=is_allowed))
    if not is_allowed:
        work.after_commit.append(lambda: work.safe.slots.remove(key_slots.KIOSK, ""))
        return
    from app.kernel.unattended import store_secret

    secret = store_secret(data)
    work.after_commit.append(lambda: work.safe.slots.put(key_slots.KIOSK, "", secret, work.safe.key))

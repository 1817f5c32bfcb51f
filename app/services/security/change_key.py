"""Gives the database a new key once somebody lost a way in, so that what they kept opens nothing that comes after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlcipher3.dbapi2 import Error as DatabaseError

from app.clock import Clock
from app.errors import Refused
from app.kernel.logins import LoginAttempt, LoginFile
from app.kernel.sealing import new_key
from app.kernel.slots import KeySlots, busy, sync_folder, write_private
from app.kernel.tables import office_tables
from app.paths import DataDir
from app.services.security.presence import alone
from app.turns import own_turn

PATIENCE_SECONDS = 300.0
"""A database of a gigabyte is copied and checked in less."""


@contextmanager
def opening(data: DataDir, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """One program at a time opens the office or changes its key. Raises Refused E017."""
    with own_turn(data.opening_lock, busy(), patience):
        yield


def key_to_open(data: DataDir, keys: tuple[bytes, ...], clock: Clock) -> bytes:
    """The database key among those of a slot, a new one if a change is due and nobody else is there.

    Only within `opening`. What a killed change left behind is finished or removed first.
    """
    key = _settled(data, keys)
    return _changed_if_alone(data, key, clock)


def change_on_leaving(data: DataDir, key: bytes, clock: Clock) -> None:
    """Change the key, if that is due and the last program has just left; who is coming in does it otherwise."""
    if not KeySlots(data.keys).is_due:
        return
    try:
        with opening(data, patience=0):
            _changed_if_alone(data, key, clock)
    except Refused as refusal:
        if refusal.code != busy().code:
            raise


def _changed_if_alone(data: DataDir, key: bytes, clock: Clock) -> bytes:
    slots = KeySlots(data.keys)
    if not slots.is_due:
        return key
    with alone(data.presence_lock) as is_alone:
        return _change(data, key, clock) if is_alone and slots.holds(key) else key


def _change(data: DataDir, old: bytes, clock: Clock) -> bytes:
    """The new key; the old one where the change failed, and why stands in the slots file."""
    new = new_key()
    try:
        _write_next(data, old, new)
        strangers = KeySlots(data.keys).add_key(old, new)
        office_tables(data).take_next()
        sync_folder(data.root)
        _finish(data, new)
    except (Refused, OSError, DatabaseError) as fault:
        key = _settled(data, (old, new))
        if key == old:
            KeySlots(data.keys).note_fault(str(fault))
        return key
    notes = [LoginAttempt.made(clock.now(), name, "altered") for name in strangers]
    for note in [*notes, LoginAttempt.made(clock.now(), "", "rekeyed")]:
        LoginFile(data.logins).append(note)
    return new


def _write_next(data: DataDir, old: bytes, new: bytes) -> None:
    """The database and the site keys under the new key, verified and synced beside those in use.

    Raises Refused E018 for a copy that is not the same, E019 while slots of the old form remain, E502 without room.
    """
    from app.bundle.keys import SiteKeys

    waiting = KeySlots(data.keys).old_form()
    if waiting:
        names = "、".join(waiting)
        raise Refused("E019", f"这些钥匙还是旧格式（{names}）：请各账号登录一次，并更换一次恢复码。")
    _discard_next(data)
    office_tables(data).write_next(old, new)
    if data.site_keys.exists():
        keys = SiteKeys.unwrapped(data.site_keys.read_bytes(), old)
        write_private(data.next_site_keys, keys.wrapped(new))


def _settled(data: DataDir, keys: tuple[bytes, ...]) -> bytes:
    """The key that the database has; what lies around from a change is finished if it has the newer, else removed."""
    if len(keys) == 1 and not _has_next(data):
        return keys[0]
    key = next((one for one in keys if office_tables(data).fits(one)), None)
    if key is None:
        return keys[0]  # the database is neither's: opening it says so
    if key != keys[0]:
        _finish(data, key)
        return key
    _discard_next(data)
    if any(KeySlots(data.keys).holds(one) for one in keys[1:]):
        KeySlots(data.keys).keep_only(key, is_changed=False)
    return key


def _finish(data: DataDir, key: bytes) -> None:
    """After the new database is in place: the site keys, then the slots. The old key is forgotten last."""
    if data.next_site_keys.exists():
        data.next_site_keys.replace(data.site_keys)
        sync_folder(data.root)
    KeySlots(data.keys).keep_only(key, is_changed=True)
    _discard_next(data)


def _has_next(data: DataDir) -> bool:
    return office_tables(data).has_next or data.next_site_keys.exists()


def _discard_next(data: DataDir) -> None:
    office_tables(data).discard_next()
    data.next_site_keys.unlink(missing_ok=True)

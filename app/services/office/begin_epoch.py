"""Begins a new epoch, with a new signing key, when an office is first opened after a restore or a wish for new keys."""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import canonical
from app.bundle.epochs import EpochLink
from app.bundle.keys import SiteKeys
from app.clock import Clock
from app.errors import Refused
from app.kernel.kept_out import KeptOut
from app.kernel.machine import place_mark
from app.kernel.slots import sync_folder
from app.models.engine import Database
from app.models.organisation import OfficeRow
from app.models.records import Account, OwnEpoch, SecurityEvent
from app.paths import DataDir
from app.safe_write import open_safely
from app.services.security.presence import alone

LONGEST_GAP = 1_000_000
"""Numbers of epochs are drawn, not counted: two restores of one backup must not begin the same epoch."""


def note_restore(data: DataDir) -> None:
    """Leave word beside the database that it comes from a backup. Raises Refused E501 … E504."""
    with open_safely(data.restored, is_private=True) as out:
        out.write(canonical.encode({"id": secrets.token_hex(16)}))


def wish_new_keys(data: DataDir) -> None:
    """Leave word that the next opening by whoever is alone there begins an epoch with new keys. Raises Refused E501 … E504."""
    with open_safely(data.renewal, is_private=True) as out:
        out.write(canonical.encode({"id": secrets.token_hex(16), "is_renewal": True}))


def take_up_renewal(data: DataDir) -> None:
    """Let the opening that follows begin the epoch, if nobody has the office open: they would go on in the old one."""
    if data.renewal.exists() and not data.restored.exists():
        with alone(data.presence_lock) as is_alone:
            if is_alone:
                data.renewal.replace(data.restored)
                sync_folder(data.root)


def begin_epoch_if_restored(data: DataDir, key: bytes, database: Database, clock: Clock) -> None:
    """Once for each restore; killed anywhere, the next opening finishes it or begins anew.

    What was sealed to the identity it had can still be read, for bundles are on their way to this office. Raises WrongOfficeKey E729, and
    E501 … E504 where the new key cannot be written.
    """
    if not data.restored.exists():
        return
    word = canonical.decode(data.restored.read_bytes())
    restore_id = str(word["id"])
    if not _is_begun(data, key, database, restore_id):
        _begin(data, key, database, clock, restore_id, is_renewal=bool(word.get("is_renewal")))
    if data.next_epoch_keys.exists():
        data.next_epoch_keys.replace(data.site_keys)
    data.high_water.unlink(missing_ok=True)
    sync_folder(data.root)
    data.restored.unlink()


def _is_begun(data: DataDir, key: bytes, database: Database, restore_id: str) -> bool:
    """Whether the epoch is on record, and its key at hand."""
    with Session(database.reader) as session:
        newest = _newest(session)
    if newest is None or newest.restore_id != restore_id:
        return False
    file = data.next_epoch_keys if data.next_epoch_keys.exists() else data.site_keys
    try:
        return SiteKeys.unwrapped(file.read_bytes(), key).public.signing == newest.sign_key
    except Refused:
        return False


def _begin(
    data: DataDir, key: bytes, database: Database, clock: Clock, restore_id: str, *, is_renewal: bool
) -> None:
    old = SiteKeys.unwrapped(data.site_keys.read_bytes(), key)
    new = old.successor(is_renewal=is_renewal)
    with open_safely(data.next_epoch_keys, is_private=True) as file:
        file.write(new.wrapped(key))
    with Session(database.writer) as session, session.begin():
        office = session.get_one(OfficeRow, 1)
        office.epoch += 1 + secrets.randbelow(LONGEST_GAP)
        public, prior = new.public.signing, old.public.signing
        link = EpochLink.signed(old.signing, prior, office.code, office.epoch, public)
        session.add(
            OwnEpoch(
                epoch=office.epoch,
                sign_key=public,
                restore_id=restore_id,
                is_renewal=is_renewal,
                link=link.fields(),
            )
        )
        office.machine = place_mark(session)
        words = "更换了签名密钥和收件密钥"
        if not is_renewal:
            words = f"从备份恢复，换了新的签名密钥；按停用名单停用账号 {_keep_out(session, data)} 个"
        session.add(SecurityEvent(at=clock.now().at, kind="epoch", detail=words))


def _keep_out(session: Session, data: DataDir) -> int:
    """Disable again whom the backup, older than that, would let in; how many."""
    out = KeptOut(data.kept_out).accounts()
    found = [one for one in session.scalars(select(Account)) if one.is_active and one.id in out]
    for account in found:
        account.is_active = False
    return len(found)


def _newest(session: Session) -> OwnEpoch | None:
    return session.scalar(select(OwnEpoch).order_by(OwnEpoch.epoch.desc()).limit(1))

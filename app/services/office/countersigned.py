"""Compares our own chain with what partners countersigned of it: the word of others is the one an insider cannot rewrite."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.bundle.signing import Receipt
from app.errors import Refused
from app.models.records import Acknowledgement, ChangeEntry, PeerKey


def countersigned_faults(session: Session, names: Mapping[str, str]) -> tuple[list[str], int]:
    """A sentence for each receipt that our log does not bear out, and how many receipts there are.

    names: site code → its name. Every receipt must be signed by a key that its office has or had, and name the hash
    that our entry of that number has.
    """
    keys: dict[str, set[str]] = {}
    for peer in session.scalars(select(PeerKey)):
        keys.setdefault(peer.site, set()).add(peer.sign_key)
    held = session.scalars(
        select(Acknowledgement).order_by(Acknowledgement.stream, Acknowledgement.site)
    ).all()
    faults = (_fault(session, one, keys.get(one.site, set()), names.get(one.site, one.site)) for one in held)
    return [f"{fault.code} {fault.message}" for fault in faults if fault], len(held)


def _fault(session: Session, held: Acknowledgement, keys: set[str], name: str) -> Refused | None:
    receipt = Receipt(held.stream, held.seq, held.head, held.countersignature)
    if not any(receipt.is_by(key) for key in keys):
        return Refused("E745", f"{name}签收第 {held.seq:,} 条的回执不是它签的，收发记录可能被直接改动")
    ours = session.scalar(
        select(ChangeEntry.hash).where(ChangeEntry.stream == held.stream, ChangeEntry.seq == held.seq)
    )
    if ours != held.head:
        return Refused("E744", f"{name}签收的第 {held.seq:,} 条与本机现有的不同，本机的历史可能被改写过")
    return None

"""Encryption of one member (age v1, in memory): to recipient, escrow and sender alike."""

from __future__ import annotations

from collections.abc import Sequence

import pyrage

from app.bundle.faults import Altered, BadContent, NotForUs

_MAGIC = b"age-encryption.org/v1\n"


def seal(data: bytes, recipients: Sequence[str]) -> bytes:
    """Encrypt to age recipients (`age1…`); raises `BadContent` if one is no recipient."""
    return bytes(pyrage.encrypt(data, [_recipient(text) for text in recipients]))


def unseal(data: bytes, identities: Sequence[pyrage.x25519.Identity], where: str) -> bytes:
    """Decrypt with whichever of our identities fits; raises `NotForUs`, or `Altered` naming `where`."""
    if not data.startswith(_MAGIC):
        raise Altered(where)
    try:
        return bytes(pyrage.decrypt(data, list(identities)))
    except pyrage.DecryptError as fault:
        if "No matching keys" in str(fault):
            raise NotForUs from fault
        raise Altered(where) from fault


def is_recipient(text: str) -> bool:
    """Whether a text is an age X25519 recipient."""
    try:
        _recipient(text)
    except BadContent:
        return False
    return True


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as fault:
        raise BadContent("接收方公钥") from fault

"""The cryptography of key slots: a secret wraps the private half of a key pair, and keys are sealed to the public half."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from typing import Any

import pyrage
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

KEY_BYTES = 32
ARGON2 = {"time_cost": 3, "memory_cost": 65536, "parallelism": 4}
"""RFC 9106's second recommended choice: 64 MiB, three passes."""

Fields = dict[str, Any]


def new_key() -> bytes:
    """A random database key."""
    return secrets.token_bytes(KEY_BYTES)


def key_id(key: bytes) -> str:
    """By what a key is told from others in clear; says nothing about it."""
    return hashlib.sha256(b"huimin.key-id.v1\0" + key).hexdigest()[:16]


def wrap_secret(secret: str, label: bytes, content: bytes) -> Fields:
    """The content, readable with the secret only (argon2id, ChaCha20-Poly1305)."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    box = ChaCha20Poly1305(_stretch(secret, salt)).encrypt(nonce, content, label)
    return {"salt": as_text(salt), "nonce": as_text(nonce), "wrapped": as_text(box)}


def unwrap_secret(secret: str, label: bytes, wrapped: Fields) -> bytes | None:
    """What was wrapped, or None if the secret is wrong."""
    stretched = _stretch(secret, as_bytes(wrapped["salt"]))
    try:
        return ChaCha20Poly1305(stretched).decrypt(
            as_bytes(wrapped["nonce"]), as_bytes(wrapped["wrapped"]), label
        )
    except InvalidTag:
        return None


def take_as_long(secret: str) -> None:
    """Spend the time of one try, so that a missing slot cannot be told from a wrong secret."""
    _stretch(secret, b"\0" * 16)


def new_pair() -> tuple[str, str]:
    """The private and the public half of a fresh X25519 pair, as age writes them."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def seal_key(key: bytes, public: str, label: bytes) -> Fields:
    """A key that only the holder of the private half can read, with the proof of whoever held the key then."""
    sealed = pyrage.encrypt(key, [pyrage.x25519.Recipient.from_str(public)])
    return {"id": key_id(key), "sealed": as_text(sealed), "proof": proof(key, public, label)}


def unseal_key(sealed: Fields, private: str) -> bytes:
    """The key. Raises pyrage.DecryptError, pyrage.IdentityError for what was not sealed to it."""
    return bytes(pyrage.decrypt(as_bytes(sealed["sealed"]), [pyrage.x25519.Identity.from_str(private)]))


def proof(key: bytes, public: str, label: bytes) -> str:
    """That a holder of the key put this public half there: a stranger's would be given the next key otherwise."""
    signed = b"huimin.slot-proof.v1\0" + label + b"\0" + public.encode()
    return hmac.digest(key, signed, "sha256").hex()


def seal_text(key: bytes, label: bytes, text: str) -> str:
    """A small text, readable with the office's 32-byte key and this label only."""
    nonce = secrets.token_bytes(12)
    return as_text(nonce + _text_cipher(key).encrypt(nonce, text.encode(), label))


def unseal_text(key: bytes, label: bytes, sealed: str) -> str | None:
    """What was sealed, or None for another key, another label, or a damaged text."""
    try:
        box = as_bytes(sealed)
        return _text_cipher(key).decrypt(box[:12], box[12:], label).decode()
    except (InvalidTag, ValueError):
        return None


def _text_cipher(key: bytes) -> ChaCha20Poly1305:
    """Under a key of its own, so that the office's is used for one purpose each."""
    return ChaCha20Poly1305(hmac.digest(key, b"huimin.sealed-text.v1\0", "sha256"))


def as_text(raw: bytes) -> str:
    """Bytes as JSON can hold them."""
    return b64encode(raw).decode()


def as_bytes(text: str) -> bytes:
    """What as_text wrote."""
    return b64decode(text)


def _stretch(secret: str, salt: bytes) -> bytes:
    return hash_secret_raw(secret.encode(), salt, hash_len=KEY_BYTES, type=Type.ID, **ARGON2)

"""Key slots: the random database key, wrapped once for each way of opening the office."""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.errors import Refused

KEY_BYTES = 32
ARGON2 = {"time_cost": 3, "memory_cost": 65536, "parallelism": 4}
"""RFC 9106's second recommended choice: 64 MiB, three passes."""

RECOVERY = "recovery"
KIOSK = "kiosk"
ESCROW = "escrow"
"""Not the database key but the escrow key, under the recovery code."""
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class KeySlots:
    """The slots file beside the database; secrets are never written."""

    def __init__(self, path: Path):
        self._path = path

    def names(self) -> tuple[str, ...]:
        """Names of the staff accounts that have a slot."""
        return tuple(slot["name"] for slot in self._read() if slot["kind"] == "account")

    def has(self, kind: str, name: str = "") -> bool:
        """Whether such a slot exists."""
        return any(slot["kind"] == kind and slot["name"] == name for slot in self._read())

    def put(self, kind: str, name: str, secret: str, key: bytes) -> None:
        """Wrap the key by the secret, replacing the slot of that kind and name."""
        self.put_all([(kind, name, secret, key)])

    def put_all(self, made: Sequence[tuple[str, str, str, bytes]]) -> None:
        """Several slots (kind, name, secret, key) in one write, so that a power cut leaves all old or all new."""
        replaced = {(kind, name) for kind, name, _, _ in made}
        kept = [slot for slot in self._read() if (slot["kind"], slot["name"]) not in replaced]
        self._write(kept + [_slot(*one) for one in made])

    def remove(self, kind: str, name: str) -> None:
        """Forget a slot; the key can no longer be had that way."""
        self._write([slot for slot in self._read() if (slot["kind"], slot["name"]) != (kind, name)])

    def open(self, kind: str, name: str, secret: str) -> bytes | None:
        """The database key, or None if the slot is absent or the secret is wrong."""
        for slot in self._read():
            if (slot["kind"], slot["name"]) == (kind, name):
                stretched = _stretch(secret, _bytes(slot["salt"]))
                try:
                    return ChaCha20Poly1305(stretched).decrypt(
                        _bytes(slot["nonce"]), _bytes(slot["wrapped"]), _label(kind, name)
                    )
                except InvalidTag:
                    return None
        # An absent name takes as long as a wrong secret, so that nobody learns by the clock which names exist.
        _stretch(secret, b"\0" * 16)
        return None

    def _read(self) -> list[dict[str, Any]]:
        if not self._path.exists():
            return []
        try:
            return list(json.loads(self._path.read_text("utf-8"))["slots"])
        except (ValueError, KeyError, TypeError) as error:
            raise Refused("E907", f"密钥文件 {self._path.name} 已损坏，请用备份恢复。") from error

    def _write(self, slots: list[dict[str, Any]]) -> None:
        write_private(
            self._path, json.dumps({"version": 1, "slots": slots}, ensure_ascii=False, indent=1).encode()
        )


def _slot(kind: str, name: str, secret: str, key: bytes) -> dict[str, Any]:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapped = ChaCha20Poly1305(_stretch(secret, salt)).encrypt(nonce, key, _label(kind, name))
    return {"kind": kind, "name": name, "salt": _text(salt), "nonce": _text(nonce), "wrapped": _text(wrapped)}


def write_private(path: Path, content: bytes) -> None:
    """Replace a small file as a whole, synced, readable by its owner only."""
    part = path.with_name(path.name + ".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in the folder survive a power cut; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def new_key() -> bytes:
    """A random database key."""
    return secrets.token_bytes(KEY_BYTES)


def new_recovery_code() -> str:
    """Eight groups of four, 157 bits, without letters that look alike."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(8))


def normal_recovery_code(typed: str) -> str:
    """A typed recovery code as it was printed: upper case, groups of four."""
    plain = "".join(character for character in typed.upper() if character in _ALPHABET)
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def _stretch(secret: str, salt: bytes) -> bytes:
    return hash_secret_raw(secret.encode(), salt, hash_len=KEY_BYTES, type=Type.ID, **ARGON2)


def _label(kind: str, name: str) -> bytes:
    # Authenticated with the slot: one copied under another kind or name does not open.
    return f"huimin.slot.v1\0{kind}\0{name}".encode()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)

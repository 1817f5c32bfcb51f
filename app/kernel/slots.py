"""Key slots: for each way of opening the office a key pair, to which the random database key is sealed."""

from __future__ import annotations

import hmac
import json
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyrage

from app.errors import Refused
from app.kernel.sealing import (
    Fields,
    key_id,
    new_pair,
    proof,
    seal_key,
    take_as_long,
    unseal_key,
    unwrap_secret,
    wrap_secret,
)
from app.private_files import private
from app.turns import own_turn

ACCOUNT = "account"
RECOVERY = "recovery"
KIOSK = "kiosk"
ESCROW = "escrow"
"""Not the database key but the escrow key, under the recovery code."""
VERSION = 2
"""Version 1 wrapped the key by the secret itself; such a slot is made anew the first time it is opened."""
PATIENCE_SECONDS = 30.0
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class KeySlots:
    """The slots file beside the database; secrets are never written.

    A slot that goes or is replaced leaves the change of the database key due: whoever kept an old copy of this file
    could open the database with it until then.
    """

    def __init__(self, path: Path):
        self._path = path

    def names(self) -> tuple[str, ...]:
        """Names of the staff accounts that have a slot."""
        return tuple(slot["name"] for slot in self._slots() if slot["kind"] == ACCOUNT)

    def has(self, kind: str, name: str = "") -> bool:
        """Whether such a slot exists."""
        return any(_place(slot) == (kind, name) for slot in self._slots())

    def put(self, kind: str, name: str, secret: str, key: bytes) -> None:
        """Seal the key for the secret, replacing the slot of that kind and name."""
        self.put_all([(kind, name, secret, key)])

    def put_all(self, made: Sequence[tuple[str, str, str, bytes]]) -> None:
        """Several slots (kind, name, secret, key) in one write, so that a power cut leaves all old or all new."""
        replaced = {(kind, name) for kind, name, _, _ in made}
        fresh = [_slot(*one) for one in made]
        with self._changing() as content:
            _drop(content, replaced)
            content["slots"] += fresh

    def remove(self, kind: str, name: str) -> None:
        """Forget a slot; the key can no longer be had that way."""
        if self.has(kind, name):
            with self._changing() as content:
                _drop(content, {(kind, name)})

    def open(self, kind: str, name: str, secret: str) -> bytes | None:
        """The key of the slot, or None if the slot is absent or the secret is wrong."""
        found = self.keys(kind, name, secret)
        return found[0] if found else None

    def keys(self, kind: str, name: str, secret: str) -> tuple[bytes, ...]:
        """The keys of the slot, two while the database key is being changed (the new one last); none as in open()."""
        slot = next((one for one in self._slots() if _place(one) == (kind, name)), None)
        if slot is None:
            take_as_long(secret)
            return ()
        found = unwrap_secret(secret, _label(kind, name, slot), slot)
        if found is None:
            return ()
        if not _is_pair(slot):
            self._renew(kind, name, secret, found)
            return (found,)
        try:
            return tuple(unseal_key(one, found.decode()) for one in slot["keys"])
        except (pyrage.DecryptError, pyrage.IdentityError) as error:
            raise self._damaged() from error

    @property
    def is_due(self) -> bool:
        """Whether the database key waits to be changed."""
        return self._read().get("due") is not None

    @property
    def fault(self) -> str:
        """Why the last change of the key failed; "" if none did."""
        return str(self._read().get("due") or "")

    def note_fault(self, words: str) -> None:
        """The change stays due, and this is what was in its way."""
        with self._changing() as content:
            content["due"] = words

    def old_form(self) -> tuple[str, ...]:
        """Kinds and names of the slots to which no other key can be sealed yet."""
        return tuple(slot["name"] or slot["kind"] for slot in self._slots() if not _is_pair(slot))

    def add_key(self, old: bytes, new: bytes) -> tuple[str, ...]:
        """Seal a second key to every slot; names of those left out since no holder of the old key put them there."""
        strangers = []
        with self._changing() as content:
            for slot in content["slots"]:
                if slot["kind"] != ESCROW and _is_proven(slot, old):
                    slot["keys"].append(seal_key(new, slot["public"], _label(*_place(slot))))
                elif slot["kind"] != ESCROW:
                    strangers.append(slot["name"] or slot["kind"])
        return tuple(strangers)

    def keep_only(self, key: bytes, *, is_changed: bool) -> None:
        """Forget every other database key, and the slots that have not this one; is_changed: the change is done."""
        wanted = key_id(key)
        with self._changing() as content:
            for slot in content["slots"]:
                if slot["kind"] != ESCROW:
                    slot["keys"] = [one for one in slot["keys"] if one["id"] == wanted]
            content["slots"] = [slot for slot in content["slots"] if slot["keys"]]
            if is_changed:
                content["due"] = None

    def holds(self, key: bytes) -> bool:
        """Whether this is the database key of the slots."""
        return any(one["id"] == key_id(key) for slot in self._slots() for one in slot.get("keys", ()))

    def _renew(self, kind: str, name: str, secret: str, key: bytes) -> None:
        """The slot in today's form; nobody lost a way in, so nothing becomes due."""
        fresh = _slot(kind, name, secret, key)
        with self._changing() as content:
            content["slots"] = [fresh if _place(one) == (kind, name) else one for one in content["slots"]]

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Any]]:
        """The file's content, written back as a whole; one program at a time. Raises Refused E017."""
        with own_turn(self._path.with_suffix(".lock"), busy(), PATIENCE_SECONDS):
            content = self._read()
            yield content
            text = json.dumps({**content, "version": VERSION}, ensure_ascii=False, indent=1)
            write_private(self._path, text.encode())

    def _slots(self) -> list[Fields]:
        return list(self._read()["slots"])

    def _read(self) -> dict[str, Any]:
        if not self._path.exists():
            return {"slots": [], "due": None}
        try:
            content = json.loads(self._path.read_text("utf-8"))
            return {"slots": list(content["slots"]), "due": content.get("due")}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._damaged() from error

    def _damaged(self) -> Refused:
        return Refused("E907", f"密钥文件 {self._path.name} 已损坏，请用备份恢复。")


def busy() -> Refused:
    """Somebody else is at the keys."""
    return Refused("E017", "另一个程序正在打开办公点、核对密码或更换密钥，请稍候再试。")


def _slot(kind: str, name: str, secret: str, key: bytes) -> Fields:
    label = _label(kind, name)
    private_half, public = new_pair()
    wrapped = wrap_secret(secret, label, private_half.encode())
    return {"kind": kind, "name": name, **wrapped, "public": public, "keys": [seal_key(key, public, label)]}


def _drop(content: dict[str, Any], places: set[tuple[str, str]]) -> None:
    kept = [slot for slot in content["slots"] if _place(slot) not in places]
    if len(kept) < len(content["slots"]) and content["due"] is None:
        content["due"] = ""
    content["slots"] = kept


def _is_pair(slot: Fields) -> bool:
    return "public" in slot


def _is_proven(slot: Fields, key: bytes) -> bool:
    right = proof(key, slot["public"], _label(*_place(slot)))
    return any(one["id"] == key_id(key) and hmac.compare_digest(one["proof"], right) for one in slot["keys"])


def _place(slot: Fields) -> tuple[str, str]:
    return slot["kind"], slot["name"]


def _label(kind: str, name: str, slot: Fields | None = None) -> bytes:
    form = 1 if slot is not None and not _is_pair(slot) else VERSION
    return f"huimin.slot.v{form}\0{kind}\0{name}".encode()


def write_private(path: Path, content: bytes) -> None:
    """Replace a small file as a whole, synced, readable by its owner only."""
    part = path.with_name(path.name + ".part")
    with open(part, "wb", opener=private) as out:
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


def new_recovery_code() -> str:
    """Eight groups of four, 157 bits, without letters that look alike."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(8))


def normal_recovery_code(typed: str) -> str:
    """A typed recovery code as it was printed: upper case, groups of four."""
    plain = "".join(character for character in typed.upper() if character in _ALPHABET)
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))

"""A site's keys: one to sign, one to decrypt, kept wrapped by the office key beside the database."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app import canonical
from app.bundle.faults import WrongEscrowKey, WrongOfficeKey
from app.bundle.limits import SUITE

_WRAP_CONTEXT = b"huimin.site-keys.v1"
_FINGERPRINT_CONTEXT = b"huimin.fingerprint.v1\0"
_GROUPS, _GROUP_DIGITS = 6, 5


class Opener(Protocol):
    """Whoever can decrypt: a site, or the holder of the escrow key."""

    @property
    def identities(self) -> tuple[pyrage.x25519.Identity, ...]: ...

    @property
    def recipients(self) -> tuple[str, ...]: ...


def fingerprint(content: bytes) -> str:
    """A fingerprint to read out by telephone: 30 digits (99 bits) in groups of five."""
    digest = hashlib.sha256(_FINGERPRINT_CONTEXT + content).digest()
    digits = f"{int.from_bytes(digest, 'big') % 10 ** (_GROUPS * _GROUP_DIGITS):030d}"
    return " ".join(digits[at : at + _GROUP_DIGITS] for at in range(0, len(digits), _GROUP_DIGITS))


@dataclass(frozen=True)
class PublicKeys:
    """What others know of a site: its signing key (hexadecimal) and its age recipient (`age1…`)."""

    signing: str
    recipient: str

    @property
    def fingerprint(self) -> str:
        """30 digits in groups of five."""
        return fingerprint(canonical.encode({"signing": self.signing, "recipient": self.recipient}))


@dataclass(frozen=True, repr=False)
class SiteKeys:
    """A site's private keys; never printed, never in a log.

    earlier: identities from before a renewal, for what partners seal until they have approved the new key.
    """

    signing: Ed25519PrivateKey
    identity: pyrage.x25519.Identity
    earlier: tuple[pyrage.x25519.Identity, ...] = ()

    @classmethod
    def generate(cls) -> SiteKeys:
        """Fresh keys from the operating system's randomness."""
        return cls(Ed25519PrivateKey.generate(), pyrage.x25519.Identity.generate())

    def successor(self, *, is_renewal: bool) -> SiteKeys:
        """The keys of the next epoch: a fresh one to sign with, and in a renewal, which may follow a theft, one to open
        with as well; what was sealed to the earlier ones can still be read."""
        fresh = SiteKeys.generate()
        if is_renewal:
            return SiteKeys(fresh.signing, fresh.identity, (*self.earlier, self.identity))
        return SiteKeys(fresh.signing, self.identity, self.earlier)

    @property
    def identities(self) -> tuple[pyrage.x25519.Identity, ...]:
        """All that we can open with, the present one first."""
        return (self.identity, *self.earlier)

    @property
    def recipients(self) -> tuple[str, ...]:
        """All age recipients that are ours."""
        return tuple(str(one.to_public()) for one in self.identities)

    @cached_property
    def public(self) -> PublicKeys:
        """The part that may leave the office."""
        raw = self.signing.public_key().public_bytes_raw()
        return PublicKeys(raw.hex(), str(self.identity.to_public()))

    @property
    def recipient(self) -> str:
        """Our age recipient."""
        return self.public.recipient

    def wrapped(self, office_key: bytes) -> bytes:
        """The side file's bytes, readable with the 32-byte office key only."""
        raw = self.signing.private_bytes_raw()
        earlier = {"earlier": [str(one) for one in self.earlier]} if self.earlier else {}
        content = canonical.encode({"signing": raw.hex(), "identity": str(self.identity), **earlier})
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        head = {"format": 1, "suite": SUITE, "salt": salt.hex(), "nonce": nonce.hex()}
        box = _cipher(office_key, salt).encrypt(nonce, content, canonical.encode(head))
        return canonical.encode({**head, "box": box.hex()})

    @classmethod
    def unwrapped(cls, data: bytes, office_key: bytes) -> SiteKeys:
        """The keys of a side file; raises `WrongOfficeKey` (also for a damaged file)."""
        try:
            head = canonical.decode(data)
            box = bytes.fromhex(head.pop("box"))
            cipher = _cipher(office_key, bytes.fromhex(head["salt"]))
            content = cipher.decrypt(bytes.fromhex(head["nonce"]), box, canonical.encode(head))
            fields = canonical.decode(content)
            signing = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(fields["signing"]))
            earlier = tuple(map(pyrage.x25519.Identity.from_str, fields.get("earlier", [])))
            return cls(signing, pyrage.x25519.Identity.from_str(fields["identity"]), earlier)
        except (
            canonical.BadData,
            InvalidTag,
            KeyError,
            TypeError,
            ValueError,
            AttributeError,
            pyrage.IdentityError,
        ) as fault:
            raise WrongOfficeKey from fault


@dataclass(frozen=True, repr=False)
class EscrowKey:
    """The decryption key that a bureau keeps in its safe: opens every bundle if the bureau's own is lost."""

    identity: pyrage.x25519.Identity

    @classmethod
    def generate(cls) -> EscrowKey:
        """A fresh key; print `text`, keep it off the machine, give out `recipient`."""
        return cls(pyrage.x25519.Identity.generate())

    @classmethod
    def from_text(cls, text: str) -> EscrowKey:
        """The key as printed (`AGE-SECRET-KEY-1…`); raises `WrongEscrowKey`."""
        try:
            return cls(pyrage.x25519.Identity.from_str(text.strip().upper()))
        except pyrage.IdentityError as fault:
            raise WrongEscrowKey from fault

    @property
    def identities(self) -> tuple[pyrage.x25519.Identity, ...]:
        """The one it opens with."""
        return (self.identity,)

    @property
    def recipients(self) -> tuple[str, ...]:
        """Its one recipient."""
        return (self.recipient,)

    @property
    def text(self) -> str:
        """What is printed and locked away."""
        return str(self.identity)

    @property
    def recipient(self) -> str:
        """The public half, for enrolment."""
        return str(self.identity.to_public())


def _cipher(office_key: bytes, salt: bytes) -> ChaCha20Poly1305:
    if len(office_key) != 32:
        raise WrongOfficeKey
    return ChaCha20Poly1305(HKDF(SHA256(), 32, salt, _WRAP_CONTEXT).derive(office_key))

"""A new epoch as its office announces it: the old key names the new one, and where the old streams stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.bundle.fields import Fields
from app.bundle.signing import SigningContext, is_signed, sign

MOST_EPOCHS = 1_000
"""Most restores in the life of two offices that a manifest tells of."""


@dataclass(frozen=True)
class EpochLink:
    """The word of an office's key `prior` that `key` signs for it from `epoch` on; both hexadecimal.

    It shows that a new key comes from somebody who had the old one, a clone as well as a restored office: which of
    them it is, a telephone call must tell.
    """

    site: str
    epoch: int
    key: str
    prior: str
    proof: str

    @classmethod
    def signed(cls, prior_key: Ed25519PrivateKey, prior: str, site: str, epoch: int, key: str) -> EpochLink:
        """A new link."""
        return cls(site, epoch, key, prior, sign(prior_key, SigningContext.epoch, _word(site, epoch, key)))

    @property
    def is_proven(self) -> bool:
        """Whether the holder of the prior key made it."""
        return is_signed(self.prior, SigningContext.epoch, _word(self.site, self.epoch, self.key), self.proof)

    def fields(self) -> dict[str, Any]:
        """As it stands in a manifest."""
        return {**_word(self.site, self.epoch, self.key), "prior": self.prior, "proof": self.proof}

    @classmethod
    def read(cls, fields: Fields) -> EpochLink:
        """From a manifest or a table; raises `BadContent`."""
        return cls(
            fields.text("site", 32), fields.integer("epoch", 1), fields.hexadecimal("key", 32),
            fields.hexadecimal("prior", 32), fields.hexadecimal("proof", 64),
        )  # fmt: skip


@dataclass(frozen=True)
class Position:
    """How far a stream had got: the hash of its entry `seq`."""

    stream: str
    seq: int
    head: bytes

    def fields(self) -> dict[str, Any]:
        """As it stands in a manifest."""
        return {"stream": self.stream, "seq": self.seq, "head": self.head.hex()}

    @classmethod
    def read(cls, fields: Fields) -> Position:
        """From a manifest or a table; raises `BadContent`."""
        return cls(fields.text("stream"), fields.integer("seq", 1), fields.binary("head", 32))


def keys_led_to(known: Iterable[str], site: str, links: Sequence[EpochLink]) -> set[str]:
    """The known keys of a site and those that they lead to, link by link."""
    keys = set(known)
    rest = [link for link in links if link.site == site and link.is_proven]
    while found := {link.key for link in rest if link.prior in keys} - keys:
        keys |= found
    return keys


def _word(site: str, epoch: int, key: str) -> dict[str, Any]:
    return {"site": site, "epoch": epoch, "key": key}

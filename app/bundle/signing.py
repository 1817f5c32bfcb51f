"""Ed25519 signatures over canonical JSON, each purpose with a context of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app import canonical


class SigningContext(Enum):
    """What a signature is for; a signature made for one purpose never serves another."""

    manifest = b"huimin.manifest.v1\0"
    checkpoint = b"huimin.checkpoint.v1\0"
    countersignature = b"huimin.countersignature.v1\0"
    invitation = b"huimin.invitation.v1\0"
    answer = b"huimin.answer.v1\0"
    epoch = b"huimin.epoch.v1\0"
    update = b"huimin.update.v1\0"


def sign(key: Ed25519PrivateKey, context: SigningContext, content: Mapping[str, Any]) -> str:
    """Hexadecimal signature over the context and the canonical content."""
    return key.sign(context.value + canonical.encode(dict(content))).hex()


def is_signed(public_key: str, context: SigningContext, content: Mapping[str, Any], signature: str) -> bool:
    """Whether a hexadecimal signature fits key (hexadecimal), purpose and content.

    That both are spelt in the one form of the format is seen where they are read (Fields.hexadecimal).
    """
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), context.value + canonical.encode(dict(content)))
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True)
class Checkpoint:
    """The writing site's signed word that its stream's entry `seq` has the hash `head`."""

    stream: str
    seq: int
    head: bytes
    signature: str

    @classmethod
    def signed(cls, key: Ed25519PrivateKey, stream: str, seq: int, head: bytes) -> Checkpoint:
        """A new checkpoint."""
        return cls(stream, seq, head, sign(key, SigningContext.checkpoint, _position(stream, seq, head)))

    def is_by(self, public_key: str) -> bool:
        """Whether the holder of this key (hexadecimal) made it."""
        position = _position(self.stream, self.seq, self.head)
        return is_signed(public_key, SigningContext.checkpoint, position, self.signature)

    def fields(self) -> dict[str, Any]:
        """As it stands in a manifest."""
        return {**_position(self.stream, self.seq, self.head), "signature": self.signature}


@dataclass(frozen=True)
class Receipt:
    """The receiving bureau's signed word that it holds a stream up to `seq` with the hash `head`."""

    stream: str
    seq: int
    head: bytes
    countersignature: str

    @classmethod
    def countersigned(cls, key: Ed25519PrivateKey, stream: str, seq: int, head: bytes) -> Receipt:
        """A new receipt, which countersigns the site's checkpoint at that place."""
        return cls(
            stream, seq, head, sign(key, SigningContext.countersignature, _position(stream, seq, head))
        )

    def is_by(self, public_key: str) -> bool:
        """Whether the holder of this key (hexadecimal) made it."""
        position = _position(self.stream, self.seq, self.head)
        return is_signed(public_key, SigningContext.countersignature, position, self.countersignature)

    def fields(self) -> dict[str, Any]:
        """As it stands in a manifest."""
        return {**_position(self.stream, self.seq, self.head), "countersignature": self.countersignature}


def _position(stream: str, seq: int, head: bytes) -> dict[str, Any]:
    return {"stream": stream, "seq": seq, "head": head.hex()}

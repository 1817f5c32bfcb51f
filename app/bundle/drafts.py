"""What goes into a bundle, as its maker states it, and what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from app.bundle.entries import LogEntry
from app.bundle.epochs import EpochLink, Position
from app.bundle.limits import PIECE_BYTES
from app.bundle.manifest import OWN, Manifest
from app.bundle.sender_program import SenderProgram
from app.bundle.signing import Checkpoint, Receipt
from app.clock import new_id


@dataclass(frozen=True)
class Recipients:
    """Who can open the bundle besides its sender: age recipients by site code, and the escrow's."""

    to: Mapping[str, str]
    escrow: str


@dataclass(frozen=True)
class ManifestDraft:
    """What the writer cannot know by itself. made_at: UTC, aware. direction: `up` or `down`. number: which of the sender's
    bundles it is, 0 where nobody counts. program: what writes it."""

    sender: str
    direction: str
    contract: int
    least_reader: int
    made_at: datetime
    checkpoints: Sequence[Checkpoint] = ()
    receipts: Sequence[Receipt] = ()
    wanted: Sequence[str] = ()
    epochs: Sequence[EpochLink] = ()
    parents: Sequence[Position] = ()
    number: int = 0
    program: SenderProgram | None = None
    id: str = field(default_factory=new_id)


@dataclass(frozen=True)
class ChangeSet:
    """A run of one stream from entry `first` on; `previous` is the hash of the entry before it.

    totals: control sums, read when the bundle is closed, so the generator of `entries` may add them up while
    it yields; every entry it was asked for is written.
    """

    stream: str
    epoch: int
    first: int
    previous: bytes
    entries: Iterable[LogEntry]
    totals: Mapping[str, int] = field(default_factory=dict)
    kind: str = OWN
    proof: str = ""


@dataclass(frozen=True)
class Piece:
    """Up to 8 MiB of the attachment named by a SHA-256 (hexadecimal), from byte `at`; `size` is the whole."""

    attachment: str
    at: int
    size: int
    data: bytes


@dataclass(frozen=True)
class WrittenBundle:
    """What was written. is_complete: False if the ceiling of one file stopped it; go on after the slices' last."""

    id: str
    sha256: str
    check_code: str
    size: int
    is_complete: bool
    manifest: Manifest

    @property
    def file_name(self) -> str:
        """`<8 hex>.hmb`: says nothing about the site."""
        return bundle_file_name(self.id)


def bundle_file_name(bundle_id: str) -> str:
    """The file name of a bundle by its id."""
    return hashlib.sha256(bundle_id.encode()).hexdigest()[:8] + ".hmb"


def pieces_of(file: BinaryIO, attachment: str, size: int) -> Iterator[Piece]:
    """An attachment's pieces, read from its (decrypted) file in turn."""
    for at in range(0, size, PIECE_BYTES):
        yield Piece(attachment, at, size, file.read(PIECE_BYTES))

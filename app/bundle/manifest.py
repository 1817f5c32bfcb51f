"""A bundle's manifest: what it holds, from whom, for whom, up to where; signed by the sender."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app import canonical
from app.bundle.epochs import EpochLink, Position
from app.bundle.limits import FORMAT, SUITE
from app.bundle.sender_program import SenderProgram
from app.bundle.signing import Checkpoint, Receipt

UP, DOWN = "up", "down"
CHANGES, PIECE = "changes", "piece"
OWN, RETURNED = "own", "returned"
TO, ESCROW, SENDER = "recipient", "escrow", "sender"


@dataclass(frozen=True)
class Addressee:
    """Who can open a bundle and as what: `recipient`, `escrow` or `sender`."""

    role: str
    site: str
    key: str

    def fields(self) -> dict[str, Any]:
        """As it stands in the manifest."""
        return {"role": self.role, "site": self.site, "key": self.key}


@dataclass(frozen=True)
class Slice:
    """A contiguous run of a stream: entries first … last (none if last = first - 1).

    previous, head: the chain's hash before the first and at the last entry. counts: entries by table.
    totals: control sums such as duty_seconds and fen.
    kind: `own`, or `returned` for entries of the recipient's that come back verbatim; then proof is the
    recipient's own signed word for the head (hexadecimal).
    """

    stream: str
    epoch: int
    first: int
    last: int
    previous: bytes
    head: bytes
    counts: Mapping[str, int]
    totals: Mapping[str, int]
    kind: str = OWN
    proof: str = ""

    @property
    def is_returned(self) -> bool:
        """Whether it is of the recipient's own making."""
        return self.kind == RETURNED

    def fields(self) -> dict[str, Any]:
        """As it stands in the manifest; a kind is named only where it is not the usual one."""
        base: dict[str, Any] = {
            "stream": self.stream,
            "epoch": self.epoch,
            "from": self.first,
            "to": self.last,
            "prev": self.previous.hex(),
            "head": self.head.hex(),
            "counts": dict(self.counts),
            "totals": dict(self.totals),
        }
        return {**base, "kind": self.kind, "proof": self.proof} if self.is_returned else base


@dataclass(frozen=True)
class Part:
    """Where bytes of an attachment belong: its SHA-256, the offset, and its whole size in bytes."""

    attachment: str
    at: int
    size: int


@dataclass(frozen=True)
class Segment:
    """One numbered member: lengths and hashes of its encrypted and of its plain bytes."""

    n: int
    kind: str
    length: int
    sha256: str
    plain_length: int
    plain_sha256: str
    part: Part | None = None

    def fields(self) -> dict[str, Any]:
        """As it stands in the manifest; a piece also says where it belongs."""
        base = {
            "n": self.n,
            "kind": self.kind,
            "length": self.length,
            "sha256": self.sha256,
            "plain_length": self.plain_length,
            "plain_sha256": self.plain_sha256,
        }
        part = self.part
        return (
            base
            if part is None
            else {**base, "attachment": part.attachment, "at": part.at, "size": part.size}
        )


@dataclass(frozen=True)
class Manifest:
    """The verified manifest. raw: all its fields as sent, those unknown to this version included."""

    id: str
    made_at: str
    sender: str
    sender_key: str
    addressees: tuple[Addressee, ...]
    direction: str
    contract: int
    least_reader: int
    slices: tuple[Slice, ...]
    checkpoints: tuple[Checkpoint, ...]
    receipts: tuple[Receipt, ...]
    wanted: tuple[str, ...]
    segments: tuple[Segment, ...]
    epochs: tuple[EpochLink, ...] = ()
    """Which key followed which at the sender and, where entries come back, at the recipient."""
    parents: tuple[Position, ...] = ()
    """How far the sender, once it was restored, has its streams of earlier epochs itself; none for a first epoch."""
    number: int = 0
    """Which of the sender's bundles it is: a later one has a greater number, whatever its clock says. 0: not counted."""
    program: SenderProgram | None = None
    """What wrote it; None where it does not say."""
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def check_code(self) -> str:
        """Eight digits of the totals of all slices, to compare by telephone after the import."""
        return canonical.check_code([dict(part.totals) for part in self.slices])

    @property
    def bytes_needed(self) -> int:
        """Bytes that the bundle unpacks to, as signed."""
        return sum(segment.plain_length for segment in self.segments)

    @property
    def entry_count(self) -> int:
        """Entries of all slices."""
        return sum(part.last - part.first + 1 for part in self.slices)

    def fields(self) -> dict[str, Any]:
        """All fields but the signature; the last four only where there is something to say."""
        base: dict[str, Any] = {
            "format": FORMAT,
            "suite": SUITE,
            "id": self.id,
            "made_at": self.made_at,
            "sender": self.sender,
            "sender_key": self.sender_key,
            "recipients": _listed(self.addressees),
            "direction": self.direction,
            "contract": self.contract,
            "least_reader": self.least_reader,
            "slices": _listed(self.slices),
            "checkpoints": _listed(self.checkpoints),
            "receipts": _listed(self.receipts),
            "wanted": list(self.wanted),
            "segments": _listed(self.segments),
        }
        more = {
            "epochs": _listed(self.epochs),
            "parents": _listed(self.parents),
            "number": self.number,
            "program": self.program.fields() if self.program else None,
        }
        return {**base, **{name: told for name, told in more.items() if told}}


def _listed(items: Sequence[Any]) -> list[dict[str, Any]]:
    return [item.fields() for item in items]

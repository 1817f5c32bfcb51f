"""Opens a bundle and hands out only what was verified: structure, decryption, signature, then segments."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from app.bundle.entries import LogEntry, known_entry, log_entry
from app.bundle.faults import Altered, BadAttachment, BadContent, NoRoom, NotForUs, TooBig
from app.bundle.keys import Opener
from app.bundle.limits import MANIFEST_BYTES, SEGMENT_BYTES, SUITE
from app.bundle.manifest import CHANGES, TO, Manifest, Segment
from app.bundle.manifest_reading import read_manifest
from app.bundle.packing import unpacked
from app.bundle.sealing import unseal
from app.bundle.skeleton import Member, read_member, read_skeleton
from app.bundle.slices import SliceWalk

Step = Callable[[int, int], None]
"""Called with (segments done, all segments); may raise to stop."""


def open_bundle(
    file: BinaryIO,
    keys: Opener,
    *,
    contract: int,
    site: str | None = None,
    role: str = TO,
    suite: int = SUITE,
) -> BundleReader:
    """Open a bundle: check the structure, decrypt and verify the manifest; read no segment yet.

    contract: the data contract this program reads. site: our code, which the signed recipient must name.
    role: as what we open it: `recipient`, `sender` (read-back) or `escrow`. suite: pinned at enrolment.
    Whether `manifest.sender_key` may speak for `manifest.sender` is for the caller to decide.
    Raises a `BundleFault`; see `faults`.
    """
    members = read_skeleton(file)
    sealed = read_member(file, members[-1])
    plain = unseal(sealed, keys.identities, "目录")
    if len(plain) > MANIFEST_BYTES:
        raise TooBig("目录大小")
    manifest = read_manifest(plain, contract, suite)
    _check_addressed(manifest, keys.recipients, site, role)
    _check_members(manifest, members)
    return BundleReader(file, keys, manifest, members)


class BundleReader:
    """An opened bundle; `manifest` is verified, segments are verified as they are read."""

    def __init__(self, file: BinaryIO, keys: Opener, manifest: Manifest, members: Sequence[Member]):
        self.manifest = manifest
        self._is_verified = False
        self._kept: list[LogEntry] | None = None
        self._file, self._keys, self._members = file, keys, members

    @property
    def attachments(self) -> dict[str, tuple[Segment, ...]]:
        """Pieces by attachment (SHA-256), in order of their place."""
        return _pieces_by_name(self.manifest)

    def require_room(self, free: int) -> None:
        """Raises `NoRoom`, with the bytes needed, if the signed sizes exceed the free bytes of the disk."""
        if self.manifest.bytes_needed > free:
            raise NoRoom(self.manifest.bytes_needed, free)

    def read_changes(self, step: Step | None = None) -> Iterator[LogEntry]:
        """All entries in order, each as soon as it is verified; those of a segment after the segment's hashes.

        Apply nothing until the iterator has ended by itself: only then are counts and heads known to fit.
        """
        walk, segments = SliceWalk(self.manifest), self._of_kind(CHANGES)
        kept: list[LogEntry] | None = (
            [] if sum(one.plain_length for one in segments) <= SEGMENT_BYTES else None
        )
        for segment in segments:
            lines = self._plain(segment).split(b"\n")
            if lines.pop():
                raise BadContent("最后一行不完整")
            for line in lines:
                entry = walk.take(log_entry(line))
                if kept is not None:
                    kept.append(entry)
                yield entry
            self._report(step, segment)
        walk.finish()
        self._is_verified, self._kept = True, kept

    def read_again(self) -> Iterator[LogEntry]:
        """All entries once more, after `read_changes` has ended: each segment's hashes pin the bytes that it verified.

        The entries of a small bundle are still at hand.
        """
        if self._kept is not None:
            yield from self._kept
            return
        if not self._is_verified:
            yield from self.read_changes()
            return
        for segment in self._of_kind(CHANGES):
            yield from map(known_entry, self._plain(segment)[:-1].split(b"\n"))

    def check_segments(self, step: Step | None = None) -> None:
        """Every segment's encrypted bytes are those that the manifest signs; none is decrypted. Raises `Altered`."""
        for segment in self.manifest.segments:
            self._sealed(segment)
            self._report(step, segment)

    def read_piece(self, n: int) -> bytes:
        """The bytes of the piece that is segment `n`."""
        return self._plain(self.manifest.segments[n - 1])

    def read_attachment(self, sha256: str) -> Iterator[bytes]:
        """An attachment's bytes, piece by piece; raises `BadAttachment` at the end if they do not hash to it.

        Raises `BadContent` if the bundle does not hold all of it.
        """
        pieces = self.attachments.get(sha256, ())
        if not is_whole(pieces):
            raise BadContent("附件不完整")
        digest = hashlib.sha256()
        for segment in pieces:
            data = self._plain(segment)
            digest.update(data)
            yield data
        if digest.hexdigest() != sha256:
            raise BadAttachment(sha256)

    def verify(self, step: Step | None = None, see: Callable[[LogEntry], None] | None = None) -> None:
        """Read everything once and keep nothing; raises the fault found. see: is given each entry."""
        for entry in self.read_changes(step):
            if see is not None:
                see(entry)
        self._verify_attachments(step)

    def verify_contents(self, step: Step | None = None) -> None:
        """Decrypt and unpack everything, and compare it with the signed hashes of the plain bytes; for whoever wrote
        those bytes line by line, and need not read the lines. Raises the fault found."""
        for segment in self._of_kind(CHANGES):
            self._plain(segment)
            self._report(step, segment)
        self._verify_attachments(step)

    def _verify_attachments(self, step: Step | None) -> None:
        for name, pieces in self.attachments.items():
            read = self.read_attachment(name) if is_whole(pieces) else map(self._plain, pieces)
            for segment, _data in zip(pieces, read, strict=True):
                self._report(step, segment)

    def _of_kind(self, kind: str) -> list[Segment]:
        return [segment for segment in self.manifest.segments if segment.kind == kind]

    def _plain(self, segment: Segment) -> bytes:
        where = _where(segment)
        data = unseal(self._sealed(segment), self._keys.identities, where)
        plain = unpacked(data, segment.plain_length) if segment.kind == CHANGES else data
        if len(plain) != segment.plain_length or _digest(plain) != segment.plain_sha256:
            raise Altered(where)
        return plain

    def _sealed(self, segment: Segment) -> bytes:
        sealed = read_member(self._file, self._members[segment.n - 1])
        if len(sealed) != segment.length or _digest(sealed) != segment.sha256:
            raise Altered(_where(segment))
        return sealed

    def _report(self, step: Step | None, segment: Segment) -> None:
        if step is not None:
            step(segment.n, len(self.manifest.segments))


def whole_attachments(manifest: Manifest) -> set[str]:
    """Names of the attachments of which the bundle holds every byte."""
    return {name for name, pieces in _pieces_by_name(manifest).items() if is_whole(pieces)}


def is_whole(pieces: Sequence[Segment]) -> bool:
    """Whether pieces, in order, cover their attachment without gap or overlap."""
    at = 0
    for segment in pieces:
        if segment.part is None or segment.part.at != at:
            return False
        at += segment.plain_length
    return bool(pieces) and all(piece.part is not None and piece.part.size == at for piece in pieces)


def _check_addressed(manifest: Manifest, ours: Sequence[str], site: str | None, role: str) -> None:
    for addressee in manifest.addressees:
        if addressee.role == role and addressee.key in ours and site in (None, addressee.site):
            return
    raise NotForUs


def _check_members(manifest: Manifest, members: Sequence[Member]) -> None:
    lengths = [member.length for member in members[:-1]]
    if lengths != [segment.length for segment in manifest.segments]:
        raise Altered("分段与目录不一致")


def _pieces_by_name(manifest: Manifest) -> dict[str, tuple[Segment, ...]]:
    found: dict[str, list[Segment]] = {}
    for segment in manifest.segments:
        if segment.part is not None:
            found.setdefault(segment.part.attachment, []).append(segment)
    return {name: tuple(sorted(pieces, key=_place)) for name, pieces in found.items()}


def _where(segment: Segment) -> str:
    return f"分段 {segment.n:04d}"


def _place(segment: Segment) -> int:
    return segment.part.at if segment.part else 0


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

"""Writes a bundle in one pass: segments as they come, the manifest and the directory last."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import BinaryIO

from app import canonical
from app.bundle.drafts import ChangeSet, ManifestDraft, Piece, Recipients, WrittenBundle
from app.bundle.entries import LogEntry, line_of
from app.bundle.faults import BadContent, EntryTooBig, TooBig
from app.bundle.keys import SiteKeys
from app.bundle.limits import (
    FILE_BYTES,
    KIB,
    MANIFEST_BYTES,
    PIECE_BYTES,
    PLAIN_BYTES,
    SEALING_BYTES,
    SEGMENT_BYTES,
    SEGMENTS,
)
from app.bundle.manifest import CHANGES, ESCROW, PIECE, SENDER, TO, Addressee, Manifest, Part, Segment, Slice
from app.bundle.packing import packed
from app.bundle.sealing import seal
from app.bundle.signing import Checkpoint, SigningContext, sign
from app.bundle.skeleton import MANIFEST_NAME, SkeletonWriter, segment_name
from app.bundle.slices import SliceBuilder


def write_bundle(
    out: BinaryIO,
    draft: ManifestDraft,
    contents: Iterable[ChangeSet | Piece],
    keys: SiteKeys,
    recipients: Recipients,
    limit: int = FILE_BYTES,
) -> WrittenBundle:
    """Write a whole bundle to a binary file opened by the caller, who renames it only after `read_back`.

    limit: most bytes of the file. Raises `BrokenChain` (log was touched, with the entry's number),
    `EntryTooBig`, `TooBig`, `BadContent`, and whatever OSError the medium gives.
    """
    writer = BundleWriter(out, draft, keys, recipients, limit)
    for content in contents:
        taken = writer.add_changes(content) if isinstance(content, ChangeSet) else writer.add_piece(content)
        if not taken:
            break
    return writer.finish()


class BundleWriter:
    """Writes one bundle; holds no more than a segment in memory."""

    def __init__(
        self,
        out: BinaryIO,
        draft: ManifestDraft,
        keys: SiteKeys,
        recipients: Recipients,
        limit: int = FILE_BYTES,
    ):
        self._skeleton = SkeletonWriter(out)
        self._draft, self._keys = draft, keys
        self._limit = min(limit, FILE_BYTES)
        self._addressees = _addressees(draft, keys, recipients)
        self._segments: list[Segment] = []
        self._plain = 0
        self._slices: list[tuple[SliceBuilder, Mapping[str, int]]] = []
        self._is_full = False

    def add_changes(self, changes: ChangeSet) -> bool:
        """Append a run of a stream; False if the file is full and entries may remain."""
        builder = SliceBuilder(
            changes.stream, changes.epoch, changes.first, changes.previous, changes.kind, changes.proof
        )
        self._slices.append((builder, changes.totals))
        buffer = bytearray()
        entries = iter(changes.entries)
        has_room = self._has_room(2 * SEGMENT_BYTES)
        while has_room and (entry := next(entries, None)) is not None:
            if self._take(builder, entry, buffer):
                has_room = self._has_room(2 * SEGMENT_BYTES)
        self._is_full = not has_room
        self._flush(buffer)
        return not self._is_full

    def add_piece(self, piece: Piece) -> bool:
        """Append a piece of an attachment; False if the file is full and the piece was left out."""
        if not 0 < len(piece.data) <= PIECE_BYTES:
            raise BadContent("附件分段大小")
        if self._is_full or not self._has_room(len(piece.data)):
            self._is_full = True
            return False
        self._add(PIECE, piece.data, piece.data, Part(piece.attachment, piece.at, piece.size))
        return True

    def finish(self) -> WrittenBundle:
        """Append the signed manifest and the directory; the caller syncs the file."""
        manifest = self._manifest()
        content = manifest.fields()
        signature = sign(self._keys.signing, SigningContext.manifest, content)
        plain = canonical.encode({**content, "signature": signature})
        if len(plain) > MANIFEST_BYTES:
            raise TooBig("目录大小")
        self._skeleton.add(MANIFEST_NAME, self._sealed(plain))
        self._skeleton.close()
        return WrittenBundle(
            manifest.id,
            self._skeleton.sha256,
            manifest.check_code,
            self._skeleton.size,
            not self._is_full,
            manifest,
        )

    def _take(self, builder: SliceBuilder, entry: LogEntry, buffer: bytearray) -> bool:
        """Whether the entry began another segment, so that there is less room than before."""
        builder.take(entry)
        line = line_of(entry)
        if len(line) > SEGMENT_BYTES:
            raise EntryTooBig(builder.seq - 1)
        is_next = len(buffer) + len(line) > SEGMENT_BYTES
        if is_next:
            self._flush(buffer)
        buffer += line
        return is_next

    def _flush(self, buffer: bytearray) -> None:
        if buffer:
            plain = bytes(buffer)
            self._add(CHANGES, plain, packed(plain), None)
            buffer.clear()

    def _add(self, kind: str, plain: bytes, data: bytes, part: Part | None) -> None:
        sealed = self._sealed(data)
        n = len(self._segments) + 1
        self._skeleton.add(segment_name(n), sealed)
        self._plain += len(plain)
        self._segments.append(
            Segment(n, kind, len(sealed), _digest(sealed), len(plain), _digest(plain), part)
        )

    def _has_room(self, coming: int) -> bool:
        """Whether `coming` bytes and everything that must still follow them surely fit."""
        draft = self._draft
        notes = len(draft.checkpoints) + len(draft.receipts) + len(draft.wanted) + len(draft.epochs)
        notes += len(draft.parents)
        ending = 256 * KIB + 700 * len(self._segments) + 8 * KIB * len(self._slices) + 600 * notes
        fits = self._skeleton.size + coming + SEALING_BYTES + ending <= self._limit
        return fits and self._plain + coming <= PLAIN_BYTES and len(self._segments) + 2 <= SEGMENTS

    def _sealed(self, data: bytes) -> bytes:
        return seal(data, [addressee.key for addressee in self._addressees])

    def _manifest(self) -> Manifest:
        draft, slices = self._draft, self._built_slices()
        return Manifest(
            draft.id,
            draft.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            draft.sender,
            self._keys.public.signing,
            self._addressees,
            draft.direction,
            draft.contract,
            draft.least_reader,
            slices,
            self._checkpoints(slices),
            tuple(draft.receipts),
            tuple(draft.wanted),
            tuple(self._segments),
            tuple(draft.epochs),
            tuple(draft.parents),
            draft.number,
            draft.program,
        )

    def _checkpoints(self, slices: tuple[Slice, ...]) -> tuple[Checkpoint, ...]:
        """Those asked for, and one where a full file cut a run short of its own."""
        asked = tuple(self._draft.checkpoints)
        places, streams = {(note.stream, note.seq) for note in asked}, {note.stream for note in asked}
        cut = (
            Checkpoint.signed(self._keys.signing, part.stream, part.last, part.head)
            for part in slices
            if part.stream in streams and part.last >= part.first and (part.stream, part.last) not in places
        )
        return (*asked, *cut)

    def _built_slices(self) -> tuple[Slice, ...]:
        return tuple(builder.built(totals) for builder, totals in self._slices)


def _addressees(draft: ManifestDraft, keys: SiteKeys, recipients: Recipients) -> tuple[Addressee, ...]:
    named = [Addressee(TO, site, key) for site, key in recipients.to.items()]
    if not named:
        raise BadContent("没有接收单位")
    escrow = Addressee(ESCROW, draft.sender, recipients.escrow)
    return (*named, escrow, Addressee(SENDER, draft.sender, keys.recipient))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

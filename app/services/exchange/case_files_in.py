"""Takes scans out of a verified bundle: each compared with its hash and judged by its bytes before its paper counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.bundle.entries import LogEntry
from app.bundle.reading import BundleReader, is_whole
from app.documents.scan import LARGEST_SCAN, read_scan, refuse_large
from app.errors import Refused
from app.kernel.attachments import SealedFile, has_attachment, keep_sealed, seal_file
from app.kernel.work import Look, Work
from app.models.files import BlockedFile
from app.services.exchange.case_files import PAPERS, erased_papers, known_digests


@dataclass(frozen=True)
class Blocked:
    """A content that is nothing that may be kept, and why."""

    digest: str
    code: str
    text: str


@dataclass
class IncomingFiles:
    """What a bundle's attachments came to, before anything is applied. named: paper's id → content, of the papers in
    the bundle itself."""

    named: dict[str, str] = field(default_factory=dict)
    sealed: list[SealedFile] = field(default_factory=list)
    blocked: list[Blocked] = field(default_factory=list)

    def note(self, entry: LogEntry) -> None:
        """Remember the content that a paper names."""
        if entry.fields["table"] == PAPERS and entry.fields["op"] == "put":
            digest = entry.fields["row"].get("digest")
            if isinstance(digest, str):
                self.named[entry.fields["id"]] = digest


def take_files(look: Look, reader: BundleReader, files: IncomingFiles, folder: Path) -> None:
    """Read every attachment once; those that a paper names and this office misses are sealed into the folder.

    One at a time is held in memory. Raises BadAttachment E716, Altered, and CannotWrite E502 … E504. One that came in
    part only is read and left: it goes on being missing, and is asked for.
    """
    erased = erased_papers(look, files.named)
    fresh = {digest for paper, digest in files.named.items() if paper not in erased}
    named = fresh | known_digests(look, reader.attachments)
    for digest, pieces in reader.attachments.items():
        if not is_whole(pieces):
            for piece in pieces:
                reader.read_piece(piece.n)
            continue
        size = sum(piece.plain_length for piece in pieces)
        is_needed = digest in named and not has_attachment(look, digest)
        content = _content(reader.read_attachment(digest), is_kept=is_needed and size <= LARGEST_SCAN)
        if not is_needed:
            continue
        try:
            refuse_large(size)
            read_scan(content)
        except Refused as refusal:
            files.blocked.append(Blocked(digest, refusal.code, refusal.message))
        else:
            files.sealed.append(seal_file(folder / f"{digest}.sealed", content))


def keep_files(work: Work, sender: str, files: IncomingFiles) -> int:
    """Put what was taken in its place, in the transaction that applies the bundle; how many contents are new here."""
    for one in files.blocked:
        row = BlockedFile(digest=one.digest, sender=sender, code=one.code, text=one.text, at=work.now.at)
        work.session.merge(row)
    kept = [one.digest for one in files.sealed if keep_sealed(work, one)]
    return len(kept)


def _content(pieces: Iterator[bytes], *, is_kept: bool) -> bytes:
    """All of it, or nothing where it is only to be compared with its hash."""
    content = bytearray()
    for piece in pieces:
        if is_kept:
            content += piece
    return bytes(content)

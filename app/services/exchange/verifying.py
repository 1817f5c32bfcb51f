"""Verifies all of a bundle outside the writer's lock: whatever can refuse it or alarm is found before anything is applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from app.bundle.entries import LogEntry
from app.bundle.reading import BundleReader, Step, whole_attachments
from app.kernel.attachments import has_attachment
from app.kernel.work import Look
from app.services.exchange.case_files import known_digests
from app.services.exchange.case_files_in import IncomingFiles, take_files
from app.services.exchange.receipts import check_receipts, places_named
from app.services.exchange.standing import Standing
from app.services.exchange.totals import ControlTotals, compare_totals

BATCH = 1000
"""Entries that are applied at once."""
COMPARED = 100
"""Entries that are compared at once; few, since they are dropped again while the processor still has them at hand."""


def batches(entries: Iterable[LogEntry], size: int) -> Iterator[list[LogEntry]]:
    """The entries in runs of some size."""
    left = iter(entries)
    while batch := list(islice(left, size)):
        yield batch


def verify(
    look: Look, reader: BundleReader, standing: Standing, folder: Path, step: Step | None = None
) -> IncomingFiles:
    """Read every segment once: hashes, chain, counts, control sums, that what overlaps is what we hold, what the receipts
    say, and what scans are; the scans that are needed lie sealed in the folder afterwards.

    Where this office holds all of it, the signed hashes of the segments suffice: nothing is decrypted. Raises the
    file's faults, Fork, Stranger, and Refused E726.
    """
    if standing.holds_all(look) and not _brings_files(look, reader):
        reader.check_segments(step)
        check_receipts(look, standing, {})
        return IncomingFiles()
    files, named, coming = IncomingFiles(), places_named(standing), {}
    totals: dict[str, ControlTotals] = defaultdict(ControlTotals)
    for batch in batches(reader.read_changes(step), COMPARED):
        standing.check(look, batch)
        for entry in batch:
            fields = entry.fields
            totals[fields["stream"]].take(fields)
            files.note(entry)
            if (place := (fields["stream"], fields["seq"])) in named:
                coming[place] = entry.hash
    compare_totals(standing.manifest, totals)
    check_receipts(look, standing, coming)
    take_files(look, reader, files, folder)
    return files


def _brings_files(look: Look, reader: BundleReader) -> bool:
    """Whether there is a scan in it that a paper here names and this office misses."""
    known = known_digests(look, whole_attachments(reader.manifest))
    return any(not has_attachment(look, digest) for digest in known)

"""Takes a verified bundle in by runs of entries, each a short transaction, so that another's save waits little."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping

from sqlalchemy import select

from app.bundle.entries import LogEntry
from app.bundle.reading import BundleReader
from app.collector import collect_young
from app.kernel.dispatcher import Task
from app.models.bundle_files import ReceivedBundle
from app.services.exchange import verifying
from app.services.exchange.applied import Applied
from app.services.exchange.apply import ApplyBundle, TakePrefix
from app.services.exchange.case_files_in import IncomingFiles
from app.services.exchange.outcome import BundleOutcome, Outcome
from app.services.reading.incoming import BEGUN

FRUGAL_EACH = 25
"""Prefixes after which remembered pages go; they grow by some three megabytes with each."""
PAUSE_SECONDS = 0.11
"""Somebody who waits for the lock tries again at least every tenth of a second: so each pause lets one in."""


def apply_verified(
    task: Task, reader: BundleReader, known: BundleOutcome, files: IncomingFiles, held: Mapping[str, int]
) -> BundleOutcome:
    """The bundle's outcome. held: the last seq of each of its streams that this office had when it was verified.

    Stopped or killed in between, a whole prefix stands with its cursor; the file is kept and goes on from there.
    """
    manifest, tally = reader.manifest, Applied(tables=_taken(task, known.sha256))
    done, last = 0, list[LogEntry]()
    for number, batch in enumerate(verifying.batches(_new(reader, held), verifying.BATCH)):
        if last:
            task.do(TakePrefix(manifest, known, last, tally, is_frugal=number % FRUGAL_EACH == 0))
            done += len(last)
            task.progress.step(done, manifest.entry_count, "正在收入")
            collect_young()
            time.sleep(PAUSE_SECONDS)
        last = batch
    outcome: BundleOutcome = task.do(ApplyBundle(manifest, known, files, last, tally, held))
    return outcome


def _new(reader: BundleReader, held: Mapping[str, int]) -> Iterator[LogEntry]:
    """What is beyond the cursors; nothing is decrypted where there is nothing."""
    if all(part.last <= held[part.stream] for part in reader.manifest.slices):
        return
    for entry in reader.read_again():
        fields = entry.fields
        if fields["seq"] > held[fields["stream"]]:
            yield entry


def _taken(task: Task, sha256: str) -> Counter[str]:
    """Table → entries of this very file that were taken in before somebody stopped it."""
    query = select(ReceivedBundle.summary).where(
        ReceivedBundle.sha256 == sha256,
        ReceivedBundle.outcome == Outcome.parked,
        ReceivedBundle.code == BEGUN,
    )
    with task.look() as look:
        return Counter(look.session.scalar(query) or {})

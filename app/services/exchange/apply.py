"""Applies a verified bundle in one transaction: entries, business rows, cursors and receipts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from app.bundle.entries import LogEntry
from app.bundle.reading import BundleReader
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.after_images import BEYOND
from app.models.late import LateEntry
from app.models.records import ReceivedStream
from app.services.erasure.erased_files import drop_erased_files
from app.services.erasure.keep_list import keep_list
from app.services.exchange.applied import Applied, outcome_of
from app.services.exchange.case_files import files_wanted, note_wanted
from app.services.exchange.case_files_in import IncomingFiles, keep_files
from app.services.exchange.inbox import write_down
from app.services.exchange.late import take_from_station
from app.services.exchange.outcome import BundleOutcome
from app.services.exchange.receipts import take_receipts
from app.services.exchange.returned import take_back
from app.services.exchange.returning import return_entries
from app.services.exchange.rows import is_newer
from app.services.exchange.standing import Standing, standing_of
from app.services.exchange.storing import Faults, keep_entries, store_entries
from app.services.exchange.verifying import batches
from app.services.people.same_papers import link_proposals

PEOPLE = ("person", "person_private")


@dataclass(frozen=True)
class ApplyBundle:
    """A bundle whose every segment was verified, what is known of its file, and the scans that were taken out of it."""

    reader: BundleReader
    known: BundleOutcome
    files: IncomingFiles = field(default_factory=IncomingFiles)


@handles(ApplyBundle, title="收入上报包", permission=Permission.EXCHANGE)
def apply_bundle(work: Work, command: ApplyBundle) -> BundleOutcome:
    """All of it, its line in the inbox included, or nothing; what is held is looked up in this transaction.

    Raises what standing_of and take_receipts raise.
    """
    # Verified before, but without the writer's lock: what is held may have changed since.
    standing, tally = standing_of(work, command.reader.manifest), Applied()
    if command.files.sealed or command.files.blocked:
        tally.files = keep_files(work, standing.manifest.sender, command.files)
        tally.blocked = len(command.files.blocked)
    if not standing.holds_all(work):
        for batch in batches(command.reader.read_again()):
            _take_batch(work, standing, batch, tally)
        link_proposals(work, tally.people)
        keep_list(work)
        drop_erased_files(work)
    _move_cursors(work, standing)
    take_receipts(work, standing)
    if standing.peer.state == "admitted":
        note_wanted(work, standing.peer, standing.manifest.wanted)
        tally.wanted = len(files_wanted(work, standing.peer))
    work.subjects.append(standing.manifest.id)
    tally.late = _count_late(work, standing)
    outcome = outcome_of(command.known, tally)
    write_down(work, outcome)
    return outcome


def _take_batch(work: Work, standing: Standing, batch: list[LogEntry], tally: Applied) -> None:
    standing.check(work, batch)
    new = [entry for entry in batch if standing.is_new(entry)]
    own = [entry for entry in new if standing.is_returned(entry)]
    new = [entry for entry in new if not standing.is_returned(entry)]
    tally.returned += len(own)
    tally.unusable += take_back(work, own)
    tally.tables.update(entry.fields["table"] for entry in new)
    tally.people.update(entry.fields["id"] for entry in new if entry.fields["table"] in PEOPLE)
    faulty, early = _take(work, standing, new)
    tally.faulty, tally.early = tally.faulty + faulty, tally.early + early
    tally.beyond += sum(map(standing.is_beyond, new))


def _take(work: Work, standing: Standing, new: list[LogEntry]) -> tuple[int, int]:
    """Store the rows in order, then the entries with the faults found; how many were faulty, and wait for an upgrade.

    What a newer program wrote and this one cannot use is no fault yet: it is kept, and read again after an upgrade.
    What came after its writer's new epoch is listed only, whoever wrote it.
    """
    beyond: Faults = {place: BEYOND for place, entry in enumerate(new) if standing.is_beyond(entry)}
    counted = [(place, entry) for place, entry in enumerate(new) if place not in beyond]
    sender = standing.manifest.sender
    if standing.is_from_child:
        faults = beyond | take_from_station(work, counted, sender)
    else:
        faults = beyond | store_entries(work.session, counted, sender)
    keep_entries(work.session, new, faults)
    final = {place: fault for place, fault in faults.items() if place in beyond or not is_newer(new[place])}
    if standing.is_from_child:
        return_entries(work, standing.peer.site, new, final)
    return len(final), len(faults) - len(final)


def _count_late(work: Work, standing: Standing) -> int:
    """How many of the new entries wait for the bureau's word."""
    counts = (
        work.session.scalar(
            select(func.count()).where(LateEntry.stream == stream, LateEntry.seq > seq, LateEntry.is_waiting)
        )
        for stream, seq in standing.held.items()
    )
    return sum(count or 0 for count in counts)


def _move_cursors(work: Work, standing: Standing) -> None:
    made_at = datetime.fromisoformat(standing.manifest.made_at)
    words = {(note.stream, note.seq): note.signature for note in standing.manifest.checkpoints}
    for part in standing.manifest.slices:
        if part.is_returned:
            continue
        stream = work.session.get(ReceivedStream, part.stream)
        if stream is None:
            stream = ReceivedStream(
                id=part.stream,
                site=standing.peer.site,
                seq=0,
                head=part.previous,
                heard_at=work.now.at,
                made_at=made_at,
            )
            work.session.add(stream)
        is_newer = part.last > stream.seq or made_at > stream.made_at
        if part.last > stream.seq:
            stream.seq, stream.head = part.last, part.head
            if part.last <= standing.counted_to.get(part.stream, part.last):
                stream.proof = words.get((part.stream, part.last), "")
        if is_newer:  # an old bundle played again is no sign of life
            stream.heard_at, stream.made_at = work.now.at, max(made_at, stream.made_at)

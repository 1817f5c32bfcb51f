"""Applies a verified bundle: each run of entries in one short transaction with its rows and cursors, receipts with the last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.bundle.entries import LogEntry
from app.bundle.manifest import Manifest
from app.chain import GENESIS
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.after_images import BEYOND
from app.models.late import LateEntry
from app.models.records import ReceivedStream, Stream
from app.services.erasure.erased_files import drop_erased_files
from app.services.erasure.keep_list import keep_list
from app.services.exchange.applied import Applied, begun_outcome, outcome_of
from app.services.exchange.case_files import files_wanted, note_wanted
from app.services.exchange.case_files_in import IncomingFiles, keep_files
from app.services.exchange.erasing import erase_again
from app.services.exchange.faults import gap
from app.services.exchange.inbox import write_down
from app.services.exchange.late import take_from_station
from app.services.exchange.outcome import BundleOutcome
from app.services.exchange.peers import site_name
from app.services.exchange.receipts import take_receipts
from app.services.exchange.returned import take_back
from app.services.exchange.returning import return_entries
from app.services.exchange.rows import is_newer
from app.services.exchange.standing import Standing, standing_of
from app.services.exchange.storing import Faults, keep_entries, store_entries
from app.services.people.same_papers import link_proposals

PEOPLE = ("person", "person_private")


@dataclass(frozen=True)
class TakePrefix:
    """The next entries of a verified bundle that is too long for one transaction. tally: counts on through all of them.

    is_frugal: the database first lets go of the pages it remembers, so that no bundle is too large for the memory.
    """

    manifest: Manifest
    known: BundleOutcome
    entries: Sequence[LogEntry]
    tally: Applied
    is_frugal: bool = False


@dataclass(frozen=True)
class ApplyBundle:
    """The last entries of a verified bundle, or all of them, with what is known of its file, and the scans that were
    taken out of it. held: the last seq held of each of its streams before the first entry was taken.
    """

    manifest: Manifest
    known: BundleOutcome
    files: IncomingFiles
    entries: Sequence[LogEntry]
    tally: Applied
    held: Mapping[str, int]


@handles(TakePrefix, title="收入上报包的一段", permission=Permission.EXCHANGE)
def take_prefix(work: Work, command: TakePrefix) -> None:
    """A whole prefix with its cursor, and the line that says that the rest is still to come; or nothing.

    Raises what standing_of raises.
    """
    if command.is_frugal:
        work.session.connection().exec_driver_sql("PRAGMA shrink_memory")
    standing = standing_of(work, command.manifest)
    _take_entries(work, standing, command.entries, command.tally)
    _move_cursors(work, standing, command.entries)
    work.subjects.append(command.manifest.id)
    write_down(work, begun_outcome(command.known, command.tally, command.manifest.entry_count))


@handles(ApplyBundle, title="收入上报包", permission=Permission.EXCHANGE)
def apply_bundle(work: Work, command: ApplyBundle) -> BundleOutcome:
    """All of it, its line in the inbox included, or nothing; what is held is looked up in this transaction.

    Raises what standing_of and take_receipts raise.
    """
    # Verified before, but without the writer's lock: what is held may have changed since.
    standing, tally = standing_of(work, command.manifest), command.tally
    if command.files.sealed or command.files.blocked:
        tally.files = keep_files(work, standing.manifest.sender, command.files)
        tally.blocked = len(command.files.blocked)
    if command.entries:
        _take_entries(work, standing, command.entries, tally)
        drop_erased_files(work)
    _move_cursors(work, standing, command.entries)
    _refuse_rest(work, standing)
    take_receipts(work, standing)
    if standing.peer.state == "admitted":
        note_wanted(work, standing.peer, standing.manifest.wanted)
        tally.wanted = len(files_wanted(work, standing.peer))
    work.subjects.append(standing.manifest.id)
    tally.late = _count_late(work, command.held)
    outcome = outcome_of(command.known, tally)
    write_down(work, outcome)
    return outcome


def _take_entries(work: Work, standing: Standing, entries: Sequence[LogEntry], tally: Applied) -> None:
    """Log and rows of what is new among the entries, and what follows from it."""
    standing.check(work, entries)
    new = [entry for entry in entries if standing.is_new(entry)]
    _refuse_gap(work, standing, new)
    own = [entry for entry in new if standing.is_returned(entry)]
    new = [entry for entry in new if not standing.is_returned(entry)]
    tally.returned += len(own)
    tally.unusable += take_back(work, own)
    tally.tables.update(entry.fields["table"] for entry in new)
    faulty, early = _take(work, standing, new)
    tally.faulty, tally.early = tally.faulty + faulty, tally.early + early
    tally.beyond += sum(map(standing.is_beyond, new))
    erase_again(work.session, [*own, *new])
    link_proposals(work, {entry.fields["id"] for entry in new if entry.fields["table"] in PEOPLE})
    keep_list(work)


def _refuse_gap(work: Work, standing: Standing, new: Sequence[LogEntry]) -> None:
    """Raises Gap where what was held when the bundle was verified is no longer: nothing is ever skipped."""
    firsts: dict[str, int] = {}
    for entry in new:
        firsts.setdefault(entry.fields["stream"], int(entry.fields["seq"]))
    for stream, seq in firsts.items():
        if seq > standing.held[stream] + 1:
            raise gap(site_name(work, standing.manifest.sender), standing.held[stream] + 1, seq - 1)


def _refuse_rest(work: Work, standing: Standing) -> None:
    """Raises Gap where an end of the bundle is not reached."""
    for part in standing.manifest.slices:
        own = work.session.get(Stream, part.stream) if part.is_returned else None
        stream = own or work.session.get(ReceivedStream, part.stream)
        held = stream.seq if stream else 0
        if held < part.last:
            raise gap(site_name(work, standing.manifest.sender), held + 1, part.last)


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


def _count_late(work: Work, held: Mapping[str, int]) -> int:
    """How many of the new entries wait for the bureau's word."""
    counts = (
        work.session.scalar(
            select(func.count()).where(LateEntry.stream == stream, LateEntry.seq > seq, LateEntry.is_waiting)
        )
        for stream, seq in held.items()
    )
    return sum(count or 0 for count in counts)


def _move_cursors(work: Work, standing: Standing, entries: Sequence[LogEntry]) -> None:
    """To the last of the entries; a stream of which nothing comes is heard all the same."""
    made_at = datetime.fromisoformat(standing.manifest.made_at)
    words = {(note.stream, note.seq): note.signature for note in standing.manifest.checkpoints}
    ends = {entry.fields["stream"]: (int(entry.fields["seq"]), entry.hash) for entry in entries}
    for part in standing.manifest.slices:
        if part.is_returned:
            continue
        stream = work.session.get(ReceivedStream, part.stream)
        if stream is None:
            stream = ReceivedStream(
                id=part.stream,
                site=standing.peer.site,
                seq=0,
                head=GENESIS,
                heard_at=work.now.at,
                made_at=made_at,
                bundle_number=0,
            )
            work.session.add(stream)
        seq, head = ends.get(part.stream, (stream.seq, stream.head))
        is_newer = seq > stream.seq or standing.manifest.number > stream.bundle_number
        if seq > stream.seq:
            stream.seq, stream.head = seq, head
            if seq <= standing.counted_to.get(part.stream, seq):
                stream.proof = words.get((part.stream, seq), "")
        if is_newer:  # an old bundle played again is no sign of life
            stream.heard_at, stream.made_at = work.now.at, made_at
            stream.bundle_number = max(standing.manifest.number, stream.bundle_number)

"""Applies a verified bundle in one transaction: entries, business rows, cursors and receipts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import func, insert, select

from app.bundle.entries import LogEntry
from app.bundle.reading import BundleReader
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.after_images import BEYOND
from app.models.bundle_files import SentBundle
from app.models.late import LateEntry
from app.models.records import Acknowledgement, PeerKey, ReceivedEntry, ReceivedPersonal, ReceivedStream
from app.services.erasure.erased_files import drop_erased_files
from app.services.erasure.keep_list import keep_list
from app.services.exchange.acknowledged import acknowledged, entry_hash_at
from app.services.exchange.case_files import files_wanted, note_wanted
from app.services.exchange.case_files_in import IncomingFiles, keep_files
from app.services.exchange.epochs import audience_of, epoch_of, own_audiences, own_links
from app.services.exchange.faults import Stranger
from app.services.exchange.inbox import write_down
from app.services.exchange.late import take_from_station
from app.services.exchange.new_epoch import note_known_epoch, note_parents
from app.services.exchange.outcome import BundleOutcome, Outcome
from app.services.exchange.returned import take_back
from app.services.exchange.returning import return_entries
from app.services.exchange.rows import is_newer
from app.services.exchange.standing import Standing, own_streams_for, standing_of
from app.services.exchange.storing import Faults, store_entries
from app.services.exchange.totals import ControlTotals, totals_differ
from app.services.people.same_papers import link_proposals

BATCH = 1000
PEOPLE = ("person", "person_private")


@dataclass(frozen=True)
class ApplyBundle:
    """A bundle whose every segment was verified, what is known of its file, and the scans that were taken out of it."""

    reader: BundleReader
    known: BundleOutcome
    files: IncomingFiles = field(default_factory=IncomingFiles)


@dataclass(kw_only=True)
class _Tally:
    totals: dict[str, ControlTotals] = field(default_factory=dict)
    tables: Counter[str] = field(default_factory=Counter)
    people: set[str] = field(default_factory=set)
    faulty: int = 0
    returned: int = 0
    unusable: int = 0
    beyond: int = 0
    early: int = 0
    late: int = 0
    files: int = 0
    blocked: int = 0
    wanted: int = 0


@handles(ApplyBundle, title="收入上报包", permission=Permission.EXCHANGE)
def apply_bundle(work: Work, command: ApplyBundle) -> BundleOutcome:
    """All of it, its line in the inbox included, or nothing; what is held is looked up in this transaction.

    Raises Refused E726 when the control sums differ from the signed ones, and what standing_of raises.
    """
    # Verified before, but without the writer's lock: what is held may have changed since.
    standing, tally = standing_of(work, command.reader.manifest), _Tally()
    tally.files = keep_files(work, standing.manifest.sender, command.files)
    tally.blocked = len(command.files.blocked)
    for batch in _batches(command.reader.read_changes()):
        for entry in batch:
            standing.check(work, entry)
            tally.totals.setdefault(entry.fields["stream"], ControlTotals()).take(entry.fields)
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
    _compare_totals(standing, tally)
    _move_cursors(work, standing)
    _take_receipts(work, standing)
    if standing.peer.state == "admitted":
        note_wanted(work, standing.peer, standing.manifest.wanted)
        tally.wanted = len(files_wanted(work, standing.peer))
    link_proposals(work, tally.people)
    keep_list(work)
    drop_erased_files(work)
    work.subjects.append(standing.manifest.id)
    tally.late = _count_late(work, standing)
    outcome = _outcome(command.known, tally)
    write_down(work, outcome)
    return outcome


def _outcome(known: BundleOutcome, tally: _Tally) -> BundleOutcome:
    new = sum(tally.tables.values())
    if new == 0 and not tally.returned and not tally.files:
        return replace(known, outcome=Outcome.noop, code="", text=f"没有新内容，0 条{_files(tally)}")
    words = f"已接收 {new} 条"
    if tally.beyond:
        words += f"，其中 {tally.beyond} 条是对方恢复备份以后才到的旧记录，只列出不计入"
    if tally.faulty > tally.beyond:
        words += f"，其中 {tally.faulty - tally.beyond} 条不能入账，已列入退回"
    if tally.late:
        words += f"，其中 {tally.late} 条是月报以后写的更改，请在上报矩阵里逐条决定"
    if tally.early:
        words += f"，其中 {tally.early} 条由较新的程序写成，已原样保存，本程序升级后入账"
    if tally.returned:
        words += f"，找回本单位恢复前的记录 {tally.returned} 条"
    if tally.unusable:
        words += f"（其中 {tally.unusable} 条不能入账，只存入流水）"
    words += _files(tally)
    applied = new + tally.returned
    return replace(
        known, outcome=Outcome.applied, code="", applied=applied, text=words, summary=dict(tally.tables)
    )


def _files(tally: _Tally) -> str:
    """What came of the scans, as the rest of a sentence."""
    words = f"，收到材料扫描件 {tally.files} 份" if tally.files else ""
    if tally.blocked:
        words += f"，拦下不是 PDF、图片或打不开的材料 {tally.blocked} 份"
    if tally.wanted:
        words += f"，还缺材料扫描件 {tally.wanted} 份，已列入下次导出的索要清单"
    return words


def _batches(entries: Iterable[LogEntry]) -> Iterable[list[LogEntry]]:
    batch: list[LogEntry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


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
    _keep_entries(work, new, faults)
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


def _keep_entries(work: Work, new: list[LogEntry], faults: Mapping[int, str]) -> None:
    if not new:
        return
    work.session.execute(
        insert(ReceivedEntry),
        [
            {
                "stream": e.fields["stream"],
                "seq": e.fields["seq"],
                "table": e.fields["table"],
                "row_id": e.fields["id"],
                "version": e.fields["version"],
                "contract": e.fields["contract"],
                "body": e.body,
                "hash": e.hash,
                "fault": faults.get(place, ""),
            }
            for place, e in enumerate(new)
        ],
    )
    personal = [
        {
            "stream": e.fields["stream"],
            "seq": e.fields["seq"],
            "salt": e.personal.salt,
            "values": e.personal.values,
        }
        for e in new
        if e.personal
    ]
    if personal:
        work.session.execute(insert(ReceivedPersonal), personal)


def _compare_totals(standing: Standing, tally: _Tally) -> None:
    for part in standing.manifest.slices:
        found = tally.totals.get(part.stream, ControlTotals())
        if not found.fit(part.totals, standing.manifest.contract):
            raise totals_differ()


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


def _is_earlier(work: Work, peer: PeerKey, stream: str) -> bool:
    """Whether it is a stream of this office for that one, of an epoch that a restore ended."""
    is_ours = stream.startswith(f"{work.office.code}/") and epoch_of(stream) != work.office.epoch
    return is_ours and bool(own_links(work)) and audience_of(stream) in own_audiences(peer)


def _take_receipts(work: Work, standing: Standing) -> None:
    """Raises Stranger E727 for a receipt that is not the sender's or names another history than ours.

    Of an earlier epoch the sender may hold more than this office has got back so far: such a receipt comes again. A
    former key's receipts are of a state its office no longer has.
    """
    peer = standing.peer
    if peer.state != "admitted":
        return
    note_parents(work, peer, standing.manifest)
    note_known_epoch(work, peer, standing.manifest)
    ours = own_streams_for(work, peer)
    for receipt in standing.manifest.receipts:
        head = entry_hash_at(work, receipt.stream, receipt.seq) if receipt.stream in ours else None
        if head is None and _is_earlier(work, peer, receipt.stream):
            continue
        if not receipt.is_by(peer.sign_key) or head != receipt.head:
            raise Stranger(
                "E727", f"回执与本单位流水第 {receipt.seq:,} 条不符，没有接收。请先运行“检查”，再打电话核实。"
            )
        held, _ = acknowledged(work, receipt.stream, peer.site)
        if receipt.seq > held:
            work.session.merge(
                Acknowledgement(
                    stream=receipt.stream,
                    site=peer.site,
                    seq=receipt.seq,
                    head=receipt.head,
                    countersignature=receipt.countersignature,
                    at=work.now.at,
                )
            )
    work.session.flush()
    for sent in work.session.query(SentBundle).filter_by(recipient=peer.site, receipted_at=None):
        if all(acknowledged(work, part["stream"], peer.site)[0] >= part["to"] for part in sent.slices):
            sent.receipted_at = work.now.at

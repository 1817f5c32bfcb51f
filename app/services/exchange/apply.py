"""Applies a verified bundle in one transaction: entries, business rows, cursors and receipts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from app.errors import Refused
from app.models.records import (
    Acknowledgement,
    ReceivedEntry,
    ReceivedPersonal,
    ReceivedStream,
    ReturnedEntry,
    SentBundle,
)
from app.services.dispatch import Work, handles
from app.services.exchange.acknowledged import acknowledged, entry_hash_at
from app.services.exchange.format.entries import Entry
from app.services.exchange.format.reading import BundleReader
from app.services.exchange.rows import NotARow, remove, row_of, store, try_store
from app.services.exchange.standing import Standing, Stranger
from app.services.exchange.totals import ControlTotals
from app.services.security.permissions import Permission

BATCH = 1000


@dataclass(frozen=True)
class ApplyBundle:
    """A bundle whose every segment was verified, and how it stands to what is held."""

    reader: BundleReader
    standing: Standing


@dataclass(frozen=True)
class Applied:
    """How many entries were new, how many of them could not become rows, and new entries by table."""

    new: int
    faulty: int
    summary: Mapping[str, int]


@dataclass
class _Tally:
    totals: dict[str, ControlTotals] = field(default_factory=dict)
    tables: Counter[str] = field(default_factory=Counter)
    faulty: int = 0


@handles(ApplyBundle, permission=Permission.EXCHANGE)
def apply_bundle(work: Work, command: ApplyBundle) -> Applied:
    """All of it or nothing. Raises Refused E726 when the control sums differ from the signed ones."""
    standing, tally = command.standing, _Tally()
    for batch in _batches(command.reader.read_changes()):
        for entry in batch:
            tally.totals.setdefault(entry.fields["stream"], ControlTotals()).take(entry.fields)
        new = [entry for entry in batch if standing.is_new(entry)]
        tally.tables.update(entry.fields["table"] for entry in new)
        tally.faulty += _take(work, standing, new)
    _compare_totals(standing, tally)
    _move_cursors(work, standing)
    _take_receipts(work, standing)
    work.subjects.append(standing.manifest.id)
    return Applied(sum(tally.tables.values()), tally.faulty, dict(tally.tables))


def _batches(entries: Iterable[Entry]) -> Iterable[list[Entry]]:
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _take(work: Work, standing: Standing, new: list[Entry]) -> int:
    """Store the rows in order, then the entries with the faults found; how many were faulty."""
    faults: dict[int, str] = {}
    for (table, op), run in groupby(enumerate(new), key=lambda pair: (pair[1].fields["table"], pair[1].fields["op"])):
        members = list(run)
        if op == "void":
            for _, entry in members:
                remove(work.session, table, entry.fields["id"], standing.manifest.sender)
        else:
            _store_run(work, standing, table, members, faults)
    _keep_entries(work, new, faults)
    if standing.is_from_child:
        _return(work, standing.peer.site, new, faults)
    return len(faults)


def _return(work: Work, site: str, new: list[Entry], faults: Mapping[int, str]) -> None:
    """Send each faulty entry back by id: a row of our own that travels down with the next reply."""
    for place, fault in faults.items():
        fields = new[place].fields
        work.add(ReturnedEntry(site=site, stream=fields["stream"], seq=fields["seq"], table=fields["table"],
                               row_id=fields["id"], version=fields["version"], fault=fault, returned_at=work.now.at))


def _store_run(
    work: Work, standing: Standing, table: str, members: list[tuple[int, Entry]], faults: dict[int, str]
) -> None:
    rows: list[tuple[int, dict[str, Any]]] = []
    for place, entry in members:
        try:
            rows.append((place, row_of(entry, standing.manifest.sender, standing.is_from_child)))
        except NotARow as fault:
            faults[place] = str(fault)
    if not rows:
        return
    try:
        with work.session.begin_nested():
            store(work.session, table, [row for _, row in rows])
    except DBAPIError:
        for place, row in rows:
            reason = try_store(work.session, table, row)
            if reason:
                faults[place] = reason


def _keep_entries(work: Work, new: list[Entry], faults: Mapping[int, str]) -> None:
    if not new:
        return
    work.session.execute(insert(ReceivedEntry), [
        {"stream": e.fields["stream"], "seq": e.fields["seq"], "table": e.fields["table"], "row_id": e.fields["id"],
         "version": e.fields["version"], "body": e.body, "hash": e.hash, "fault": faults.get(place, "")}
        for place, e in enumerate(new)
    ])
    personal = [{"stream": e.fields["stream"], "seq": e.fields["seq"], "salt": e.personal.salt,
                 "values": e.personal.values} for e in new if e.personal]
    if personal:
        work.session.execute(insert(ReceivedPersonal), personal)


def _compare_totals(standing: Standing, tally: _Tally) -> None:
    for part in standing.manifest.slices:
        found = tally.totals.get(part.stream, ControlTotals()).sums
        if {k: v for k, v in found.items() if v} != {k: v for k, v in part.totals.items() if v}:
            raise Refused("E726", "接收后的条数或控制合计与上报包不符，已全部撤回。请让对方重新导出。")


def _move_cursors(work: Work, standing: Standing) -> None:
    made_at = datetime.fromisoformat(standing.manifest.made_at)
    for part in standing.manifest.slices:
        stream = work.session.get(ReceivedStream, part.stream)
        if stream is None:
            stream = ReceivedStream(id=part.stream, site=standing.peer.site, seq=0, head=part.previous,
                                    heard_at=work.now.at, made_at=made_at)
            work.session.add(stream)
        if part.last > stream.seq:
            stream.seq, stream.head = part.last, part.head
        stream.heard_at, stream.made_at = work.now.at, max(made_at, stream.made_at)


def _take_receipts(work: Work, standing: Standing) -> None:
    """Raises Stranger E727 for a receipt that is not the sender's or names another history than ours."""
    peer = standing.peer
    for receipt in standing.manifest.receipts:
        ours = entry_hash_at(work, receipt.stream, receipt.seq)
        if not receipt.is_by(peer.sign_key) or ours != receipt.head:
            raise Stranger("E727", f"回执与本单位流水第 {receipt.seq:,} 条不符，已隔离。请先运行“检查”，再打电话核实。")
        held, _ = acknowledged(work, receipt.stream, peer.site)
        if receipt.seq > held:
            work.session.merge(Acknowledgement(stream=receipt.stream, site=peer.site, seq=receipt.seq,
                                               head=receipt.head, countersignature=receipt.countersignature,
                                               at=work.now.at))
    work.session.flush()
    for sent in work.session.query(SentBundle).filter_by(recipient=peer.site, receipted_at=None):
        if all(acknowledged(work, part["stream"], peer.site)[0] >= part["to"] for part in sent.slices):
            sent.receipted_at = work.now.at

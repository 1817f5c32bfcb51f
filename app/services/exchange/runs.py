"""Which runs of which streams a receiver is to get: what comes back to it, what is left of earlier epochs, what is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select, text

from app.bundle.entries import LogEntry, Personal
from app.bundle.epochs import Position
from app.bundle.signing import Checkpoint
from app.chain import GENESIS, BrokenChain, personal_digest
from app.kernel.work import Look
from app.models.changelog import stream_id
from app.models.records import PeerKey, ReceivedEntry, ReceivedStream, Stream
from app.services.exchange.acknowledged import acknowledged, entry_hash_at
from app.services.exchange.epochs import (
    earlier_streams,
    epoch_of,
    known_keys,
    own_audiences,
    peer_streams,
)
from app.services.exchange.set_aside import SetAside, too_long_entries
from app.services.exchange.totals import ControlTotals

PAGE = 2000
_OWN, _RECEIVED = ("change_entry", "change_personal"), ("received_entry", "received_personal")


@dataclass(frozen=True, kw_only=True)
class Run:
    """Entries first … last of one stream; previous is the hash before the first, head that of the last.

    proof: for entries that come back, their writer's signed word for the head; "" for this office's own.
    """

    stream: str
    epoch: int
    first: int
    last: int
    previous: bytes
    head: bytes
    set_aside: tuple[SetAside, ...]
    proof: str = ""


def runs_for(look: Look, peer: PeerKey, from_seq: int = 0) -> tuple[Run, ...]:
    """First what comes back, so that the receiver's log is whole before its receipts are compared with it.

    from_seq: resend this office's own from there on even where it is acknowledged.
    """
    runs = list(_returned_runs(look, peer))
    for audience in own_audiences(peer):
        for stream in earlier_streams(look, audience):
            run = _run(look, peer.site, stream.id, from_seq)
            if run.last >= run.first:
                runs.append(run)
        runs.append(_run(look, peer.site, stream_id(look.office.code, look.office.epoch, audience), from_seq))
    return tuple(runs)


def counted_place(look: Look, stream: ReceivedStream) -> Position:
    """How far another office's stream is held and counts."""
    if stream.counted_to is None or stream.seq <= stream.counted_to:
        return Position(stream.id, stream.seq, stream.head)
    return Position(stream.id, stream.counted_to, _received_hash(look, stream.id, stream.counted_to))


def _run(look: Look, peer: str, name: str, from_seq: int) -> Run:
    """The entries after the last acknowledged one, whatever was exported before: a lost stick heals itself.

    A stream without entries yet is a sign of life all the same (case 7).
    """
    stream = look.session.get(Stream, name)
    held, head = acknowledged(look, name, peer)
    last, newest = (stream.seq, stream.head) if stream else (0, GENESIS)
    if held and entry_hash_at(look, name, held) != head:
        raise BrokenChain(held - 1)
    if 0 < from_seq <= held:
        held = from_seq - 1
        head = entry_hash_at(look, name, held) or GENESIS
    aside = too_long_entries(look, name, held + 1, last)
    if aside and aside[-1].is_blocking:
        last = aside[-1].seq - 1
        newest = entry_hash_at(look, name, last) or head
    return Run(
        stream=name,
        epoch=epoch_of(name),
        first=held + 1,
        last=last,
        previous=head,
        head=newest,
        set_aside=aside,
    )


def _returned_runs(look: Look, peer: PeerKey) -> Iterator[Run]:
    """What of the peer's earlier epochs counts here and it does not hold itself, since it was restored."""
    keys, names = known_keys(look, peer.site), peer_streams(look, peer)
    rows = look.session.scalars(
        select(ReceivedStream).where(ReceivedStream.site == peer.site, ReceivedStream.counted_to.is_not(None))
    )
    for stream in sorted(rows, key=lambda row: (epoch_of(row.id), row.id)):
        if stream.id not in names:
            continue
        place, theirs = counted_place(look, stream), stream.writer_holds
        word = Checkpoint(stream.id, place.seq, place.head, stream.proof)
        if place.seq > theirs and any(map(word.is_by, keys)):
            before = _received_hash(look, stream.id, theirs)
            yield Run(
                stream=stream.id,
                epoch=epoch_of(stream.id),
                first=theirs + 1,
                last=place.seq,
                previous=before,
                head=place.head,
                set_aside=(),
                proof=stream.proof,
            )


def _received_hash(look: Look, stream: str, seq: int) -> bytes:
    found = look.session.scalar(
        select(ReceivedEntry.hash).where(ReceivedEntry.stream == stream, ReceivedEntry.seq == seq)
    )
    return found or GENESIS


def entries_of(look: Look, run: Run, totals: ControlTotals) -> Iterator[LogEntry]:
    """The entries of a run with their personal values, added up in totals as they are yielded.

    Their bytes are what the chain and its digests say, which are compared here and as they are written: so nothing is
    parsed but what is added up.
    """
    bare = {one.seq for one in run.set_aside}
    for start in range(run.first, run.last + 1, PAGE):
        for seq, body, hashed, salt, values in _page(look, run, start, min(run.last, start + PAGE - 1)):
            try:
                fields = orjson.loads(body)
                totals.take(fields)
            except (ValueError, KeyError, TypeError, AttributeError) as fault:  # somebody edited it
                raise BrokenChain(seq - 1) from fault
            personal = None
            if salt is not None and seq not in bare:
                personal = _personal(seq, salt, values, fields)
            yield LogEntry(body, hashed, personal, fields)


def _personal(seq: int, salt: Any, values: Any, fields: Mapping[str, Any]) -> Personal:
    """The entry's side row. Raises BrokenChain for one that is not what the entry was chained with."""
    try:
        if personal_digest(salt, values) == fields.get("personal"):
            return Personal(salt, values)
    except (TypeError, ValueError) as fault:
        raise BrokenChain(seq - 1) from fault
    raise BrokenChain(seq - 1)


def _page(look: Look, run: Run, first: int, last: int) -> Sequence[Any]:
    entries, personals = _RECEIVED if run.proof else _OWN
    return look.session.execute(
        text(
            f"SELECT e.seq, e.body, e.hash, p.salt, p.vals FROM {entries} e "
            f"LEFT JOIN {personals} p ON p.stream = e.stream AND p.seq = e.seq "
            "WHERE e.stream = :stream AND e.seq BETWEEN :first AND :last ORDER BY e.seq"
        ),
        {"stream": run.stream, "first": first, "last": last},
    ).all()

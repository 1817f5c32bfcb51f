"""How a verified manifest stands to what this office holds: who may send it, and from where it goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.bundle.entries import LogEntry
from app.bundle.manifest import DOWN, UP, Manifest, Slice
from app.chain import GENESIS
from app.errors import Refused
from app.kernel.work import Look
from app.models.changelog import stream_id
from app.models.records import ChangeEntry, PeerKey, ReceivedEntry, ReceivedStream
from app.services.exchange.acknowledged import entry_hash_at
from app.services.exchange.claims import check_key_range, check_no_regress
from app.services.exchange.epochs import earlier_streams, own_audiences, peer_streams
from app.services.exchange.faults import foreign_row, foreign_stream, forked, gap
from app.services.exchange.peers import is_below, site_name
from app.services.exchange.returned import check_returned
from app.services.exchange.speaking import speaker

MOST_MISSING = 1_000_000
"""More entries than that no site writes between two bundles: a number that jumps so far is no gap."""


@dataclass
class Standing:
    """The sender's key and, by stream, the last seq held here and, where a new epoch ended it, the last that counts.

    returned: streams of this office's own, of which entries come back.
    """

    manifest: Manifest
    peer: PeerKey
    held: dict[str, int] = field(default_factory=dict)
    counted_to: dict[str, int] = field(default_factory=dict)
    returned: set[str] = field(default_factory=set)
    _below: dict[str, bool] = field(default_factory=dict)
    """Site → whether it is the sender's."""

    @property
    def is_from_child(self) -> bool:
        """Whether a site below this office sent it."""
        return self.peer.relation == "child"

    def is_new(self, entry: LogEntry) -> bool:
        """Whether the entry is beyond what is held."""
        fields = entry.fields
        return bool(fields["seq"] > self.held[fields["stream"]])

    def is_beyond(self, entry: LogEntry) -> bool:
        """Whether it came after its writer had gone on from an earlier entry in a new epoch: it does not count."""
        last = self.counted_to.get(entry.fields["stream"])
        return last is not None and int(entry.fields["seq"]) > last

    def is_returned(self, entry: LogEntry) -> bool:
        """Whether it is this office's own entry, come back."""
        return entry.fields["stream"] in self.returned

    def check(self, look: Look, entries: Sequence[LogEntry]) -> None:
        """Raises Fork for a rewritten entry, Stranger for a row that another office wrote."""
        known = self._held_hashes(look, entries)
        for entry in entries:
            fields = entry.fields
            stream, seq = fields["stream"], fields["seq"]
            is_put = fields["op"] == "put" and stream not in self.returned
            if is_put and not self._is_senders(look, fields["row"]):
                raise foreign_row(look, self.manifest.sender, seq)
            if seq <= self.held[stream] and (held := known.get((stream, seq))) != entry.hash:
                raise forked(look, self.manifest.sender, seq, held, entry.hash)

    def holds_all(self, look: Look) -> bool:
        """Whether this office has every entry of the bundle, exactly as it is: each end of a run is its own head there,
        and so is each checkpoint."""
        ends = {part.stream: part for part in self.manifest.slices}
        places = [(part.stream, part.last, part.head) for part in ends.values()]
        for note in self.manifest.checkpoints:
            part = ends.get(note.stream)
            if part is not None and part.first <= note.seq < part.last:
                places.append((note.stream, note.seq, note.head))
        return all(
            seq <= self.held[stream] and self.hash_at(look, stream, seq) == head
            for stream, seq, head in places
        )

    def hash_at(self, look: Look, stream: str, seq: int) -> bytes | None:
        """Hash of an entry held of a stream of the bundle, None where there is none."""
        if seq == 0:
            return GENESIS
        return entry_hash_at(look, stream, seq) if stream in self.returned else _held_hash(look, stream, seq)

    def _held_hashes(self, look: Look, entries: Sequence[LogEntry]) -> dict[tuple[str, int], bytes]:
        """Place → hash, of the entries that are held already; asked once for each stream."""
        found: dict[tuple[str, int], bytes] = {}
        old = [entry.fields for entry in entries if not self.is_new(entry)]
        for stream in {fields["stream"] for fields in old}:
            seqs = [int(fields["seq"]) for fields in old if fields["stream"] == stream]
            log: type[ChangeEntry | ReceivedEntry] = ChangeEntry if stream in self.returned else ReceivedEntry
            query = select(log.seq, log.hash).where(
                log.stream == stream, log.seq.between(min(seqs), max(seqs))
            )
            found |= {(stream, row.seq): row.hash for row in look.session.execute(query)}
        return found

    def _is_senders(self, look: Look, row: Mapping[str, Any]) -> bool:
        """Whether the sender wrote the row, and an office below wrote it for itself or for a site that lies below it."""
        sender, site = self.manifest.sender, row.get("site", self.manifest.sender)
        if row.get("writer") != sender:
            return False
        if not self.is_from_child or site == sender:
            return True
        if not isinstance(site, str):
            return False
        if site not in self._below:
            self._below[site] = is_below(look, site, sender)
        return self._below[site]


def standing_of(look: Look, manifest: Manifest) -> Standing:
    """Raises Stranger, Unapproved, Fork, Gap, and Refused E725 for a bundle that goes the wrong way."""
    peer = speaker(look, manifest)
    wanted = UP if peer.relation == "child" else DOWN
    if manifest.direction != wanted:
        raise Refused("E725", "这个包的方向不对：上报包只能由下级报上级，回执包只能由上级发下级。")
    standing = Standing(manifest, peer)
    for part in manifest.slices:
        if part.is_returned:
            standing.held[part.stream] = check_returned(look, manifest, peer, part)
            standing.returned.add(part.stream)
            continue
        _check_stream(look, standing, part)
        standing.held[part.stream] = _check_place(look, standing, part)
    return standing


def own_streams_for(look: Look, peer: PeerKey) -> set[str]:
    """Names of this office's own streams that go to another one, those of earlier epochs included."""
    audiences = own_audiences(peer)
    now = {stream_id(look.office.code, look.office.epoch, audience) for audience in audiences}
    return now | {stream.id for audience in audiences for stream in earlier_streams(look, audience)}


def _check_stream(look: Look, standing: Standing, part: Slice) -> None:
    if part.stream not in peer_streams(look, standing.peer):
        raise foreign_stream(look, standing.peer.site)
    check_key_range(look, standing.peer, part)


def _check_place(look: Look, standing: Standing, part: Slice) -> int:
    """Last seq held of the slice's stream. Raises Gap when entries between are missing, Fork when heads differ."""
    manifest = standing.manifest
    stream = look.session.get(ReceivedStream, part.stream)
    held, head = (stream.seq, stream.head) if stream else (0, GENESIS)
    if stream is not None and stream.counted_to is not None:
        standing.counted_to[part.stream] = max(stream.counted_to, _taken_back(standing, part.stream))
    if part.first > held + 1 + MOST_MISSING:
        raise Refused(
            "E739",
            f"{site_name(look, manifest.sender)}的流水号跳得太远（从第 {held} 条到第 {part.first} 条），没有接收。请打电话核实。",
        )
    if part.first > held + 1:
        raise gap(site_name(look, manifest.sender), held + 1, part.first - 1)
    before = head if part.first == held + 1 else _hash_before(look, part)
    if before != part.previous:
        raise forked(look, manifest.sender, part.first - 1, before, part.previous)
    check_no_regress(look, manifest, standing.peer, stream)
    return held


def _taken_back(standing: Standing, stream: str) -> int:
    """Last seq of an earlier stream that its restored writer has in its own log by now, what partners gave back included."""
    if standing.peer.state != "admitted":
        return 0
    return max((one.seq for one in standing.manifest.parents if one.stream == stream), default=0)


def _hash_before(look: Look, part: Slice) -> bytes | None:
    return GENESIS if part.first == 1 else _held_hash(look, part.stream, part.first - 1)


def _held_hash(look: Look, stream: str, seq: int) -> bytes | None:
    return look.session.scalar(
        select(ReceivedEntry.hash).where(ReceivedEntry.stream == stream, ReceivedEntry.seq == seq)
    )

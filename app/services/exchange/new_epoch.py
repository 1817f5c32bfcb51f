"""Takes note of a partner's new epoch, and takes its key once somebody compared the fingerprint by telephone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete

from app.bundle.epochs import Position
from app.bundle.manifest import Manifest
from app.chain import GENESIS
from app.clock import new_id
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.changelog import stream_id
from app.models.records import Acknowledgement, PeerKey, ReceivedEntry, ReceivedStream, SecurityEvent
from app.services.exchange.count_beyond import count_beyond
from app.services.exchange.epochs import (
    LEADING,
    announced_parents,
    audience_of,
    keys_of,
    peer_audiences,
)
from app.services.exchange.faults import forked
from app.services.exchange.peers import site_name
from app.services.exchange.speaking import check_parents, epoch_announced, fingerprint_of

MOST_ANNOUNCED = 8
"""Keys of one office that wait for approval; the oldest makes room, for whoever copied its disk can make many."""


@dataclass(frozen=True)
class NoteAnnouncement:
    """A bundle with the key of a new epoch came, and was parked."""

    manifest: Manifest


@dataclass(frozen=True)
class AdmitEpoch:
    """The key with this fingerprint speaks for the site from now on."""

    site: str
    fingerprint: str

    def problems(self) -> Iterable[Problem]:
        """Thirty digits."""
        if len(digits(self.fingerprint)) != 30:
            yield Problem("fingerprint", "指纹是 30 位数字，请照电话里念的逐组填写。", "E794")


@dataclass(frozen=True)
class Admitted:
    """A new epoch was approved; words: what it means, receipts that went back said aloud."""

    site: str
    name: str
    fingerprint: str
    words: tuple[str, ...]


@handles(NoteAnnouncement, title="登记恢复通知", permission=Permission.EXCHANGE)
def note_announcement(work: Work, command: NoteAnnouncement) -> None:
    """One row a key, whichever of its bundles comes first; the newest word of its positions stands."""
    manifest = command.manifest
    waiting = keys_of(work, manifest.sender, ("announced",))
    row = next((one for one in waiting if one.sign_key == manifest.sender_key), None)
    if row is None:
        for old in sorted(waiting, key=lambda one: one.changed_at)[: -MOST_ANNOUNCED + 1]:
            work.session.delete(old)
        current = keys_of(work, manifest.sender, ("admitted",)) or keys_of(work, manifest.sender, LEADING)
        row = PeerKey(
            id=new_id(),
            site=manifest.sender,
            epoch=epoch_announced(manifest),
            relation=current[-1].relation,
            state="announced",
            sign_key=manifest.sender_key,
            age_recipient=current[-1].age_recipient,
            fingerprint=fingerprint_of(manifest),
        )
        work.session.add(row)
    row.changed_at = work.now.at
    row.age_recipient = next(one.key for one in manifest.addressees if one.role == "sender")
    row.announced = _told(manifest)
    work.subjects.append(manifest.sender)


def is_noted(look: Look, manifest: Manifest) -> bool:
    """Whether the key is on record with all that this manifest tells, so that a waiting bundle is not noted each time."""
    waiting = keys_of(look, manifest.sender, ("announced",))
    return any((one.sign_key, one.announced) == (manifest.sender_key, _told(manifest)) for one in waiting)


def _told(manifest: Manifest) -> dict[str, Any]:
    return {
        "epochs": [one.fields() for one in manifest.epochs],
        "parents": [one.fields() for one in manifest.parents],
        "receipts": [{"stream": one.stream, "seq": one.seq} for one in manifest.receipts],
    }


@handles(AdmitEpoch, title="认可换了密钥的单位", permission=Permission.ENROL)
def admit_epoch(work: Work, command: AdmitEpoch) -> Admitted:
    """What was accepted so far keeps counting and comes back; of the old epochs only entries up to the parents still count.

    Raises Refused E794, E795 where no key with that fingerprint waits, Fork E702.
    """
    row = _waiting(work, command)
    words = _receipts_gone_back(work, row)
    for one in keys_of(work, row.site, ("admitted",)):
        one.state, one.changed_at = "former", work.now.at
    row.state, row.changed_at = "admitted", work.now.at
    work.session.execute(delete(Acknowledgement).where(Acknowledgement.site == row.site))
    work.session.flush()
    _end_streams(work, row)
    _note_positions(work, row, announced_parents(row))
    name = site_name(work, row.site)
    work.subjects.append(row.site)
    work.why = "；".join(words)[:500]
    work.session.add(
        SecurityEvent(
            at=work.now.at, kind="epoch", actor=work.actor.name, detail=f"{name}换了签名密钥，指纹已电话核对"
        )
    )
    return Admitted(row.site, name, row.fingerprint, words)


def _waiting(look: Look, command: AdmitEpoch) -> PeerKey:
    """The announced key of that site, named by code or name."""
    wanted = digits(command.fingerprint)
    for row in look.session.query(PeerKey).filter_by(state="announced"):
        if command.site in (row.site, site_name(look, row.site)) and digits(row.fingerprint) == wanted:
            return row
    raise Refused(
        "E795",
        f"{site_name(look, command.site)}没有等待认可的这个指纹。请逐组核对；对不上的不要认可，可能是复制出来的数据。",
    )


def note_parents(work: Work, peer: PeerKey, manifest: Manifest) -> None:
    """How far a restored partner has its own earlier streams by now.

    Raises Fork E702, and Stranger E724 for a position in a stream that is not its own.
    """
    if manifest.parents and peer.announced:
        check_parents(work, manifest)
        _note_positions(work, peer, manifest.parents)


def note_known_epoch(work: Work, peer: PeerKey, manifest: Manifest) -> None:
    """Whether the partner has approved this office's present epoch: it then names its link."""
    mine = (work.office.code, work.office.epoch)
    if any((link.site, link.epoch) == mine for link in manifest.epochs):
        peer.knows_epoch = work.office.epoch


def digits(fingerprint: str) -> str:
    """The digits of a fingerprint, however it was grouped."""
    return "".join(sign for sign in fingerprint if sign.isdecimal() and sign.isascii())


def _receipts_gone_back(look: Look, row: PeerKey) -> tuple[str, ...]:
    """In words, the own streams of which the restored office holds less than it had acknowledged."""
    theirs = {one["stream"]: int(one["seq"]) for one in row.announced.get("receipts", [])}
    found = look.session.query(Acknowledgement).filter_by(site=row.site).order_by(Acknowledgement.stream)
    return tuple(
        f"{site_name(look, row.site)}曾回执收到第 {one.seq:,} 条，恢复后只有第 {theirs.get(one.stream, 0):,} 条，"
        "下次导出从后一条起重发"
        for one in found
        if theirs.get(one.stream, 0) < one.seq
    )


def _end_streams(work: Work, row: PeerKey) -> None:
    """From now on each earlier stream counts up to what is held, or to its parent where that is further.

    One of which nothing came yet ends as well: what was written after the backup counts from no entry on.
    """
    parents = {one.stream: one for one in announced_parents(row)}
    audiences = peer_audiences(work, row)
    held = {
        stream.id: stream
        for stream in work.session.query(ReceivedStream).filter_by(site=row.site)
        if audience_of(stream.id) in audiences
    }
    former = {one.epoch for one in keys_of(work, row.site, ("former", "stopped"))}
    ended = {stream_id(row.site, epoch, audience) for epoch in former for audience in audiences}
    ended |= {name for name in parents if audience_of(name) in audiences}
    for name in ended - held.keys():
        now = work.now.at
        held[name] = ReceivedStream(id=name, site=row.site, seq=0, head=GENESIS, heard_at=now, made_at=now)
        work.session.add(held[name])
    for name, stream in held.items():
        last = stream.seq if stream.counted_to is None else stream.counted_to
        stream.counted_to = max(last, parents[name].seq if name in parents else 0)
        stream.writer_holds = 0
    work.session.flush()


def _note_positions(work: Work, row: PeerKey, positions: Iterable[Position]) -> None:
    for one in positions:
        stream = work.session.get(ReceivedStream, one.stream)
        if stream is None:
            continue
        counted = stream.seq if stream.counted_to is None else stream.counted_to
        if counted < one.seq:
            count_beyond(work, one.stream, row.site, counted + 1, one.seq)
        stream.counted_to = max(counted, one.seq)
        if one.seq <= stream.seq:
            held = work.session.get(ReceivedEntry, (one.stream, one.seq))
            if held is None or held.hash != one.head:
                raise forked(work, row.site, one.seq)
        stream.writer_holds = max(stream.writer_holds, one.seq)

"""What this office knows of its own epochs and of those of another one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from app.bundle.epochs import EpochLink, Position, keys_led_to
from app.bundle.fields import Fields
from app.kernel.work import Look
from app.models.changelog import stream_id
from app.models.records import OwnEpoch, PeerKey, Stream

SPEAKING = ("admitted", "former")
"""States of a key that may sign bundles; a former one only what its epoch could hold."""


LEADING = (*SPEAKING, "stopped")
"""States of a key that a new one may follow, once its fingerprint was compared."""


def audience_of(stream: str) -> str:
    """For whom a stream is."""
    return stream.split("/", 2)[2]


def epoch_of(stream: str) -> int:
    """The epoch in a stream's name, 0 where there is none."""
    number = stream.split("/", 2)[1] if stream.count("/") >= 2 else ""
    return int(number) if number.isascii() and number.isdigit() and len(number) < 17 else 0


def own_audiences(peer: PeerKey) -> tuple[str, ...]:
    """Audiences of this office's streams that go to another one."""
    return ("up",) if peer.relation == "parent" else ("down", f"down:{peer.site}")


def peer_audiences(look: Look, peer: PeerKey) -> tuple[str, ...]:
    """Audiences of another office's streams that come to this one."""
    return ("up",) if peer.relation == "child" else ("down", f"down:{look.office.code}")


def own_links(look: Look) -> tuple[EpochLink, ...]:
    """Which of this office's keys followed which."""
    rows = look.session.scalars(select(OwnEpoch).order_by(OwnEpoch.epoch))
    return tuple(EpochLink.read(Fields(row.link, "纪元")) for row in rows)


def own_parents(look: Look, audiences: Iterable[str]) -> tuple[Position, ...]:
    """How far this office has its streams of earlier epochs, since it was restored: what came back included."""
    if look.session.get(OwnEpoch, look.office.epoch) is None:
        return ()
    streams = (stream for audience in audiences for stream in earlier_streams(look, audience))
    return tuple(Position(stream.id, stream.seq, stream.head) for stream in streams if stream.seq)


def own_keys(look: Look, more: Iterable[EpochLink] = ()) -> set[str]:
    """Public keys that have signed for this office, those of lost epochs too where links lead to them."""
    links = own_links(look)
    known = {look.safe.site_keys.public.signing, *(link.prior for link in links), *(one.key for one in links)}
    return keys_led_to(known, look.office.code, tuple(more))


def earlier_streams(look: Look, audience: str) -> list[Stream]:
    """This office's streams of earlier epochs for an audience, in order."""
    prefix, now = f"{look.office.code}/", stream_id(look.office.code, look.office.epoch, audience)
    rows = look.session.scalars(select(Stream).where(Stream.audience == audience, Stream.id != now))
    return sorted((row for row in rows if row.id.startswith(prefix)), key=lambda row: epoch_of(row.id))


def known_keys(look: Look, site: str, states: Sequence[str] = LEADING) -> set[str]:
    """Keys of another office that spoke for it at some time; of the states asked for."""
    return {one.sign_key for one in keys_of(look, site, states)}


def keys_of(look: Look, site: str, states: Sequence[str]) -> list[PeerKey]:
    """The rows of another office's keys in these states."""
    query = select(PeerKey).where(PeerKey.site == site, PeerKey.state.in_(states))
    return list(look.session.scalars(query.order_by(PeerKey.epoch)))


def announced_parents(peer: PeerKey) -> tuple[Position, ...]:
    """Where another office's earlier streams stood when the epoch of this key began."""
    return tuple(Position.read(Fields(one, "原流水位置")) for one in _announced(peer, "parents"))


def announced_links(look: Look, site: str) -> tuple[EpochLink, ...]:
    """Which of another office's keys followed which, as it announced them, those of an epoch it lost again included."""
    told = [one for key in keys_of(look, site, LEADING) for one in _announced(key, "epochs")]
    links = (EpochLink.read(Fields(one, "纪元")) for one in told)
    return tuple(dict.fromkeys(link for link in links if link.site == site))


def peer_streams(look: Look, peer: PeerKey) -> set[str]:
    """Names of another office's streams that this key may sign for.

    Those of its own epoch and of the epochs it had for parents; the admitted key also those of every former epoch.
    """
    audiences, epochs = peer_audiences(look, peer), {peer.epoch}
    if peer.state == "admitted":
        epochs |= {one.epoch for one in keys_of(look, peer.site, LEADING)}
    names = {stream_id(peer.site, epoch, audience) for epoch in epochs for audience in audiences}
    return names | {
        one.stream
        for one in announced_parents(peer)
        if one.stream.startswith(f"{peer.site}/") and audience_of(one.stream) in audiences
    }


def _announced(peer: PeerKey, name: str) -> list[Any]:
    return list((peer.announced or {}).get(name, []))

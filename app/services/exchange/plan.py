"""Plans what one receiver is to get in a bundle: the runs of streams it has not acknowledged, and receipts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.bundle.drafts import WrittenBundle
from app.bundle.manifest import DOWN, UP
from app.bundle.signing import Receipt
from app.chain import GENESIS, BrokenChain
from app.kernel.work import Look
from app.models.organisation import OfficeRow
from app.models.records import PeerKey, ReceivedStream, Stream
from app.services.exchange.acknowledged import acknowledged, entry_hash_at
from app.services.exchange.peers import site_name
from app.services.exchange.set_aside import SetAside, too_long_entries
from app.services.exchange.standing import streams_of


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What one receiver is to get: its keys, direction, and the runs of streams."""

    peer: str
    epoch: int
    name: str
    age_recipient: str
    direction: str
    runs: tuple[Run, ...]
    receipts: tuple[Receipt, ...]
    escrow: str
    set_aside: tuple[SetAside, ...]


@dataclass(frozen=True)
class Run:
    """Entries first … last of one stream; previous is the hash before the first, head that of the last."""

    stream: str
    epoch: int
    first: int
    last: int
    previous: bytes
    head: bytes
    set_aside: tuple[SetAside, ...]


def plan_for(look: Look, peer: PeerKey) -> Plan:
    """What a receiver has not acknowledged, and the receipts for what came from it."""
    is_up = peer.relation == "parent"
    audiences = ["up"] if is_up else ["down", f"down:{peer.site}"]
    runs = tuple(_run(look, peer.site, audience) for audience in audiences)
    return Plan(
        peer=peer.site,
        epoch=peer.epoch,
        name=site_name(look, peer.site),
        age_recipient=peer.age_recipient,
        direction=UP if is_up else DOWN,
        runs=runs,
        receipts=_receipts(look, peer),
        escrow=look.session.get_one(OfficeRow, 1).escrow,
        set_aside=tuple(one for run in runs for one in run.set_aside),
    )


def remaining(plan: Plan, bundle: WrittenBundle) -> tuple[Run, ...]:
    """What the full file could not take."""
    done = {part.stream: part for part in bundle.manifest.slices}
    rest = []
    for run in plan.runs:
        part = done.get(run.stream)
        first, previous = (part.last + 1, part.head) if part else (run.first, run.previous)
        if first <= run.last:
            rest.append(replace(run, first=first, previous=previous))
    return tuple(rest)


def _run(look: Look, peer: str, audience: str) -> Run:
    """The entries after the last acknowledged one, whatever was exported before: a lost stick heals itself.

    A stream without entries yet is a sign of life all the same (case 7).
    """
    name = f"{look.office.code}/{look.office.epoch}/{audience}"
    stream = look.session.get(Stream, name)
    held, head = acknowledged(look, name, peer)
    last, newest = (stream.seq, stream.head) if stream else (0, GENESIS)
    if held and entry_hash_at(look, name, held) != head:
        raise BrokenChain(held - 1)
    aside = too_long_entries(look, name, held + 1, last)
    if aside and aside[-1].is_blocking:
        last = aside[-1].seq - 1
        newest = entry_hash_at(look, name, last) or head
    return Run(name, look.office.epoch, held + 1, last, head, newest, aside)


def _receipts(look: Look, peer: PeerKey) -> tuple[Receipt, ...]:
    names = streams_of(look, peer)
    held = look.session.query(ReceivedStream).filter(ReceivedStream.id.in_(names), ReceivedStream.seq > 0)
    key = look.safe.site_keys.signing
    return tuple(Receipt.countersigned(key, stream.id, stream.seq, stream.head) for stream in held)

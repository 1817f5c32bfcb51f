"""Plans what one receiver is to get in a bundle: the runs of streams it has not acknowledged, and receipts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.bundle.drafts import WrittenBundle
from app.bundle.epochs import EpochLink, Position
from app.bundle.manifest import DOWN, UP
from app.bundle.reading import whole_attachments
from app.bundle.signing import Receipt
from app.kernel.work import Look
from app.models.organisation import OfficeRow
from app.models.records import PeerKey, ReceivedStream
from app.services.exchange.case_files import DueFile, files_due, files_wanted
from app.services.exchange.epochs import announced_links, own_audiences, own_links, own_parents, peer_streams
from app.services.exchange.peers import site_name
from app.services.exchange.runs import Run, counted_place, runs_for
from app.services.exchange.set_aside import SetAside


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What one receiver is to get: its keys, direction, the runs of streams, scans, and what is asked of it."""

    peer: str
    epoch: int
    name: str
    age_recipient: str
    direction: str
    runs: tuple[Run, ...]
    receipts: tuple[Receipt, ...]
    escrow: str
    set_aside: tuple[SetAside, ...]
    files: tuple[DueFile, ...] = ()
    wanted: tuple[str, ...] = ()
    epochs: tuple[EpochLink, ...] = ()
    parents: tuple[Position, ...] = ()


def plan_for(look: Look, peer: PeerKey, from_seq: int = 0) -> Plan:
    """What a receiver has not acknowledged, and the receipts for what came from it; from_seq: as of ExportBundles."""
    is_up = peer.relation == "parent"
    runs = runs_for(look, peer, from_seq)
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
        files=files_due(look, peer, runs, from_seq),
        wanted=files_wanted(look, peer),
        epochs=(*own_links(look), *announced_links(look, peer.site)),
        parents=own_parents(look, own_audiences(peer)),
    )


def rest_of(plan: Plan, bundle: WrittenBundle) -> Plan:
    """What the full file could not take; what was said of the whole is said once."""
    whole = whole_attachments(bundle.manifest)
    files = tuple(one for one in plan.files if one.digest not in whole)
    runs = remaining(plan, bundle)
    return replace(plan, runs=runs, files=files, receipts=(), set_aside=(), wanted=())


def remaining(plan: Plan, bundle: WrittenBundle) -> tuple[Run, ...]:
    """The runs from where the full file stopped. One that is through stays without entries, so that this file waits at
    the receiver for the one before it: scans count only once the papers that name them came."""
    done = {part.stream: part for part in bundle.manifest.slices}
    rest = []
    for run in plan.runs:
        part = done.get(run.stream)
        first, previous = (part.last + 1, part.head) if part else (run.first, run.previous)
        if first <= run.last or not run.proof:
            rest.append(replace(run, first=first, previous=previous))
    return tuple(rest)


def _receipts(look: Look, peer: PeerKey) -> tuple[Receipt, ...]:
    names = peer_streams(look, peer)
    held = look.session.query(ReceivedStream).filter(ReceivedStream.id.in_(names), ReceivedStream.seq > 0)
    key = look.safe.site_keys.signing
    places = (counted_place(look, stream) for stream in held)
    return tuple(Receipt.countersigned(key, one.stream, one.seq, one.head) for one in places if one.seq)

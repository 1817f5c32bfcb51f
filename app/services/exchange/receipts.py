"""Takes the receipts of a bundle, after they were compared with this office's own log."""

from __future__ import annotations

from collections.abc import Mapping

from app.bundle.signing import Receipt
from app.kernel.work import Look, Work
from app.models.bundle_files import SentBundle
from app.models.records import Acknowledgement, PeerKey
from app.services.exchange.acknowledged import acknowledged, entry_hash_at
from app.services.exchange.epochs import audience_of, epoch_of, own_audiences, own_links
from app.services.exchange.faults import Stranger, forked
from app.services.exchange.new_epoch import note_known_epoch, note_parents
from app.services.exchange.speaking import check_parents
from app.services.exchange.standing import Standing, own_streams_for

Heads = Mapping[tuple[str, int], bytes]
"""(stream, seq) → hash of entries that come in the bundle itself."""


def places_named(standing: Standing) -> set[tuple[str, int]]:
    """Where a bundle's receipts and positions say that some stream stands."""
    manifest = standing.manifest
    receipts = {(one.stream, one.seq) for one in manifest.receipts}
    return receipts | {(one.stream, one.seq) for one in manifest.parents}


def check_receipts(look: Look, standing: Standing, coming: Heads) -> None:
    """What take_receipts would raise once the bundle is applied; coming: the hashes of those places named that lie in it."""
    peer, manifest = standing.peer, standing.manifest
    if peer.state != "admitted":
        return
    if manifest.parents and peer.announced:
        check_parents(look, manifest)
        for one in manifest.parents:
            if coming.get((one.stream, one.seq), one.head) != one.head:
                raise forked(look, manifest.sender, one.seq)
    _check(look, standing, coming)


def take_receipts(work: Work, standing: Standing) -> None:
    """Raises Stranger E727 for a receipt that is not the sender's or names another history than ours, and what
    note_parents raises.

    A former key's receipts are of a state its office no longer has.
    """
    peer = standing.peer
    if peer.state != "admitted":
        return
    note_parents(work, peer, standing.manifest)
    note_known_epoch(work, peer, standing.manifest)
    for receipt in _check(work, standing, {}):
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


def _check(look: Look, standing: Standing, coming: Heads) -> list[Receipt]:
    """The receipts that are to be taken.

    Of an earlier epoch the sender may hold more than this office has got back so far: such a receipt comes again.
    """
    peer, good = standing.peer, []
    ours = own_streams_for(look, peer)
    for receipt in standing.manifest.receipts:
        place, head = (receipt.stream, receipt.seq), None
        if receipt.stream in ours or receipt.stream in standing.returned:
            head = entry_hash_at(look, *place) or coming.get(place)
        if head is None and _is_earlier(look, peer, receipt.stream):
            continue
        if not receipt.is_by(peer.sign_key) or head != receipt.head:
            raise Stranger(
                "E727", f"回执与本单位流水第 {receipt.seq:,} 条不符，没有接收。请先运行“检查”，再打电话核实。"
            )
        good.append(receipt)
    return good


def _is_earlier(look: Look, peer: PeerKey, stream: str) -> bool:
    """Whether it is a stream of this office for that one, of an epoch that a restore ended."""
    is_ours = stream.startswith(f"{look.office.code}/") and epoch_of(stream) != look.office.epoch
    return is_ours and bool(own_links(look)) and audience_of(stream) in own_audiences(peer)

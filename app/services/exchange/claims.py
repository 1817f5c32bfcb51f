"""Checks that a manifest claims no more than its key may sign and no less than its office has claimed before (17, 23)."""

from __future__ import annotations

from app.bundle.manifest import Manifest, Slice
from app.kernel.work import Look
from app.models.records import PeerKey, ReceivedStream
from app.services.exchange.epochs import epoch_of
from app.services.exchange.faults import Fork, Stranger
from app.services.exchange.peers import site_name

REGRESSED = "E747"


def check_key_range(look: Look, peer: PeerKey, part: Slice) -> None:
    """Raises Stranger E748 where the newest entry of a slice lies outside the range that the key is valid for."""
    if epoch_of(part.stream) != peer.epoch or part.last < part.first:
        return
    if part.last < peer.from_seq or (peer.to_seq is not None and part.last > peer.to_seq):
        to = "以后各条" if peer.to_seq is None else f"到第 {peer.to_seq:,} 条"
        raise Stranger(
            "E748",
            f"{site_name(look, peer.site)}的签名密钥只能签第 {peer.from_seq:,} 条{to}，来件签到第 {part.last:,} 条，"
            "没有接收。请打电话核实密钥是否丢失。",
        )


def check_no_regress(look: Look, manifest: Manifest, peer: PeerKey, stream: ReceivedStream | None) -> None:
    """Raises Fork E747 where a bundle that was made later says that the stream ends earlier than what came already.

    An older bundle that comes late says so too, and is none. Which was made later, its sender's own count tells: a clock
    may have stood years ahead while one of them was made (case 50).
    """
    if stream is None or peer.state != "admitted" or epoch_of(stream.id) != peer.epoch:
        return
    ends = max((note.seq for note in manifest.checkpoints if note.stream == stream.id), default=stream.seq)
    if ends < stream.seq and manifest.number > stream.bundle_number:
        raise Fork(
            "E747",
            f"{site_name(look, manifest.sender)}以前报到第 {stream.seq:,} 条，后做的这个包却说只有 {ends:,} 条，没有接收。"
            "请打电话核实是否删过记录或换回了旧的数据库。",
        )

"""How a verified manifest stands to what this office holds: who may send it, and from where it goes on."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select

from app.errors import Refused
from app.models.chain import GENESIS
from app.models.records import PeerKey, ReceivedEntry, ReceivedStream
from app.services.dispatch import Look
from app.services.exchange.format.entries import Entry
from app.services.exchange.format.manifest import DOWN, UP, Manifest, Slice
from app.services.exchange.peers import admitted_key, site_name
from app.services.exchange.rows import writer_of


class Gap(Refused):
    """E721: entries before this bundle are still missing; it waits."""


class Fork(Refused):
    """E702: the same entries with another content than the one already held."""


class Stranger(Refused):
    """E722 … E724: a key that may not speak for the sender, or records that are not the sender's."""


@dataclass
class Standing:
    """The sender's key and, by stream, the last seq held here."""

    manifest: Manifest
    peer: PeerKey
    held: dict[str, int] = field(default_factory=dict)

    @property
    def is_from_child(self) -> bool:
        """Whether a site below this office sent it."""
        return self.peer.relation == "child"

    def is_new(self, entry: Entry) -> bool:
        """Whether the entry is beyond what is held."""
        return int(entry.fields["seq"]) > self.held[entry.fields["stream"]]

    def check(self, look: Look, entry: Entry) -> None:
        """Raises Fork for a rewritten entry, Stranger for a row that another office wrote."""
        stream, seq = entry.fields["stream"], int(entry.fields["seq"])
        writer = writer_of(entry)
        if entry.fields["op"] == "put" and writer != self.manifest.sender:
            raise Stranger("E724", f"{site_name(look, self.manifest.sender)}的上报包里有其他单位（{writer}）的记录，已隔离。请打电话核实。")
        if self.is_new(entry):
            return
        held = _held_hash(look, stream, seq)
        if held != entry.hash:
            raise _fork(look, self.manifest.sender, seq)


def standing_of(look: Look, manifest: Manifest) -> Standing:
    """Raises Stranger, Fork, Gap, and Refused E725 for a bundle that goes the wrong way."""
    peer = admitted_key(look, manifest.sender, manifest.sender_key)
    if peer is None:
        raise Stranger("E722", f"发送单位“{site_name(look, manifest.sender)}”的签名密钥没有登记或已注销，已隔离。请打电话核实。")
    wanted = UP if peer.relation == "child" else DOWN
    if manifest.direction != wanted:
        raise Refused("E725", "这个包的方向不对：上报包只能由下级报上级，回执包只能由上级发下级。")
    standing = Standing(manifest, peer)
    for part in manifest.slices:
        _check_stream(look, standing, part)
        standing.held[part.stream] = _check_place(look, manifest, part)
    return standing


def _check_stream(look: Look, standing: Standing, part: Slice) -> None:
    peer = standing.peer
    audiences = ("up",) if standing.is_from_child else ("down", f"down:{look.office.code}")
    if part.stream not in {f"{peer.site}/{peer.epoch}/{audience}" for audience in audiences}:
        raise Stranger("E724", f"{site_name(look, peer.site)}的包里有不属于它的流水（{part.stream}），已隔离。请打电话核实。")


def _check_place(look: Look, manifest: Manifest, part: Slice) -> int:
    """Last seq held of the slice's stream. Raises Gap when entries between are missing, Fork when heads differ."""
    stream = look.session.get(ReceivedStream, part.stream)
    held, head = (stream.seq, stream.head) if stream else (0, GENESIS)
    if part.first > held + 1:
        missing = f"第 {held + 1} 条到第 {part.first - 1} 条"
        raise Gap("E721", f"{site_name(look, manifest.sender)}还缺{missing}，本包先存下，补齐前一包后自动接收。")
    before = head if part.first == held + 1 else _hash_before(look, part)
    if before != part.previous:
        raise _fork(look, manifest.sender, part.first)
    if part.last < held and part.last >= part.first and _held_hash(look, part.stream, part.last) != part.head:
        raise _fork(look, manifest.sender, part.last)
    return held


def _hash_before(look: Look, part: Slice) -> bytes | None:
    return GENESIS if part.first == 1 else _held_hash(look, part.stream, part.first - 1)


def _held_hash(look: Look, stream: str, seq: int) -> bytes | None:
    return look.session.scalar(
        select(ReceivedEntry.hash).where(ReceivedEntry.stream == stream, ReceivedEntry.seq == seq)
    )


def _fork(look: Look, sender: str, seq: int) -> Fork:
    return Fork("E702", f"{site_name(look, sender)}第 {seq:,} 条记录与已收记录不一致，已隔离。请打电话核实是否恢复过旧数据。")

"""How a verified manifest stands to what this office holds: who may send it, and from where it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.bundle.entries import LogEntry
from app.bundle.manifest import DOWN, UP, Manifest, Slice
from app.chain import GENESIS
from app.errors import Refused
from app.kernel.work import Look
from app.models.changelog import stream_id
from app.models.records import PeerKey, ReceivedEntry, ReceivedStream
from app.services.exchange.peers import admitted_key, site_name

MOST_MISSING = 1_000_000
"""More entries than that no site writes between two bundles: a number that jumps so far is no gap."""


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

    def is_new(self, entry: LogEntry) -> bool:
        """Whether the entry is beyond what is held."""
        return int(entry.fields["seq"]) > self.held[entry.fields["stream"]]

    def check(self, look: Look, entry: LogEntry) -> None:
        """Raises Fork for a rewritten entry, Stranger for a row that another office wrote."""
        stream, seq = entry.fields["stream"], int(entry.fields["seq"])
        if entry.fields["op"] == "put" and not self._is_senders(entry.fields["row"]):
            raise Stranger(
                "E724",
                f"{site_name(look, self.manifest.sender)}的包里有其他单位的记录（第 {seq:,} 条），已隔离。请打电话核实。",
            )
        if self.is_new(entry):
            return
        held = _held_hash(look, stream, seq)
        if held != entry.hash:
            raise _fork(look, self.manifest.sender, seq)

    def _is_senders(self, row: Mapping[str, Any]) -> bool:
        """Whether the sender wrote the row, and a site below wrote it for itself."""
        sender = self.manifest.sender
        return row.get("writer") == sender and (not self.is_from_child or row.get("site", sender) == sender)


def standing_of(look: Look, manifest: Manifest) -> Standing:
    """Raises Stranger, Fork, Gap, and Refused E725 for a bundle that goes the wrong way."""
    peer = admitted_key(look, manifest.sender, manifest.sender_key)
    if peer is None:
        raise Stranger(
            "E722",
            f"发送单位“{site_name(look, manifest.sender)}”的签名密钥没有登记或已注销，已隔离。请打电话核实。",
        )
    wanted = UP if peer.relation == "child" else DOWN
    if manifest.direction != wanted:
        raise Refused("E725", "这个包的方向不对：上报包只能由下级报上级，回执包只能由上级发下级。")
    standing = Standing(manifest, peer)
    for part in manifest.slices:
        _check_stream(look, standing, part)
        standing.held[part.stream] = _check_place(look, manifest, part)
    return standing


def own_streams_for(look: Look, peer: PeerKey) -> set[str]:
    """Names of this office's own streams that go to another one."""
    audiences = ("up",) if peer.relation == "parent" else ("down", f"down:{peer.site}")
    return {stream_id(look.office.code, look.office.epoch, audience) for audience in audiences}


def streams_of(look: Look, peer: PeerKey) -> set[str]:
    """Names of another office's streams, in its present epoch, that come to this one."""
    audiences = ("up",) if peer.relation == "child" else ("down", f"down:{look.office.code}")
    return {stream_id(peer.site, peer.epoch, audience) for audience in audiences}


def _check_stream(look: Look, standing: Standing, part: Slice) -> None:
    if part.stream not in streams_of(look, standing.peer):
        raise Stranger(
            "E724", f"{site_name(look, standing.peer.site)}的包里有不属于它的流水，已隔离。请打电话核实。"
        )


def _check_place(look: Look, manifest: Manifest, part: Slice) -> int:
    """Last seq held of the slice's stream. Raises Gap when entries between are missing, Fork when heads differ."""
    stream = look.session.get(ReceivedStream, part.stream)
    held, head = (stream.seq, stream.head) if stream else (0, GENESIS)
    if part.first > held + 1 + MOST_MISSING:
        raise Refused(
            "E739",
            f"{site_name(look, manifest.sender)}的流水号跳得太远（从第 {held} 条到第 {part.first} 条），没有接收。请打电话核实。",
        )
    if part.first > held + 1:
        missing = f"第 {held + 1} 条到第 {part.first - 1} 条"
        raise Gap(
            "E721", f"{site_name(look, manifest.sender)}还缺{missing}，本包先存下，补齐前一包后自动接收。"
        )
    before = head if part.first == held + 1 else _hash_before(look, part)
    if before != part.previous:
        raise _fork(look, manifest.sender, part.first)
    # A slice that ends within what is held is compared by its head, before any of its entries is read.
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
    return Fork(
        "E702",
        f"{site_name(look, sender)}第 {seq:,} 条记录与已收记录不一致，已隔离。请打电话核实是否恢复过旧数据。",
    )

"""Who may speak for another office: an admitted key, a former one, or one that still waits for a telephone call."""

from __future__ import annotations

from sqlalchemy import select

from app.bundle.epochs import keys_led_to
from app.bundle.faults import NewerReader
from app.bundle.keys import PublicKeys
from app.bundle.manifest import SENDER, Manifest
from app.errors import Refused
from app.kernel.work import Look
from app.models.records import PeerKey, ReceivedEntry, ReceivedStream
from app.services.exchange.epochs import SPEAKING, epoch_of, keys_of, known_keys
from app.services.exchange.faults import Stranger, Unapproved, foreign_stream, forked
from app.services.exchange.peers import site_name


def speaker(look: Look, manifest: Manifest) -> PeerKey:
    """The key's row. Raises Stranger E722, Unapproved E791 for the key of a new epoch, Fork E702."""
    for row in keys_of(look, manifest.sender, SPEAKING):
        if row.sign_key == manifest.sender_key:
            return row
    if not is_led_to(look, manifest):
        raise Stranger(
            "E722",
            f"发送单位“{site_name(look, manifest.sender)}”的签名密钥没有登记或已注销，没有接收。请打电话核实。",
        )
    check_parents(look, manifest)
    raise Unapproved(
        "E791",
        f"{site_name(look, manifest.sender)}换了新的签名密钥，本包先存下。请打电话逐组核对指纹 "
        f"{fingerprint_of(manifest)}，相同再点“认可”；对方没有恢复过备份、也没有换过密钥的，不要认可。",
    )


def is_led_to(look: Look, manifest: Manifest) -> bool:
    """Whether a key that spoke for the sender led to the new key of this manifest, in an epoch that it names."""
    known = known_keys(look, manifest.sender)
    return manifest.sender_key in keys_led_to(known, manifest.sender, manifest.epochs) - known


def epoch_announced(manifest: Manifest) -> int:
    """The epoch in which the manifest's key signs, 0 where it announces none."""
    links = (one for one in manifest.epochs if one.site == manifest.sender and one.key == manifest.sender_key)
    return max((one.epoch for one in links), default=0)


def fingerprint_of(manifest: Manifest) -> str:
    """Of the sender's public keys, to read out by telephone."""
    recipient = next(one.key for one in manifest.addressees if one.role == SENDER)
    return PublicKeys(manifest.sender_key, recipient).fingerprint


def check_parents(look: Look, manifest: Manifest) -> None:
    """The history before the new epoch is the one held here. Raises Fork E702, and Stranger E724 for a position that is not the sender's."""
    for parent in manifest.parents:
        is_earlier = epoch_of(parent.stream) != epoch_announced(manifest)
        if not parent.stream.startswith(f"{manifest.sender}/") or not is_earlier:
            raise foreign_stream(look, manifest.sender)
        stream = look.session.get(ReceivedStream, parent.stream)
        if stream is None or stream.seq < parent.seq:
            continue
        held = look.session.scalar(
            select(ReceivedEntry.hash).where(
                ReceivedEntry.stream == parent.stream, ReceivedEntry.seq == parent.seq
            )
        )
        if held != parent.head:
            raise forked(look, manifest.sender, parent.seq, held, parent.head)


def stranger_of(look: Look, fault: NewerReader) -> Refused | None:
    """E792 where the key of a file that only a newer program can read is none of the sender's: it is not kept."""
    if fault.sender_key in known_keys(look, fault.sender, SPEAKING):
        return None
    return Refused(
        "E792", "这个包由没有登记的密钥签名，又是较新的版本写的，没有存下。请打电话核实是谁送来的。"
    )

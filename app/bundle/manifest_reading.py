"""Verifies and parses a manifest: signature first, then every field with its type, range and ceiling."""

from __future__ import annotations

import re
from datetime import datetime

from app.bundle.epochs import MOST_EPOCHS, EpochLink, Position
from app.bundle.faults import BadContent, BadSignature, NewerReader, TooBig, UnknownFormat
from app.bundle.fields import Fields, decoded
from app.bundle.limits import (
    FILE_BYTES,
    FIRST_YEAR,
    FORMAT,
    LAST_YEAR,
    LEAST_LINE_BYTES,
    NOTES,
    PIECE_BYTES,
    PLAIN_BYTES,
    RECIPIENTS,
    SEALING_BYTES,
    SEGMENT_BYTES,
    SEGMENTS,
    SLICES,
)
from app.bundle.manifest import (
    CHANGES,
    DOWN,
    ESCROW,
    OWN,
    PIECE,
    RETURNED,
    SENDER,
    TO,
    UP,
    Addressee,
    Manifest,
    Part,
    Segment,
    Slice,
)
from app.bundle.sender_program import SenderProgram
from app.bundle.signing import Checkpoint, Receipt, SigningContext, is_signed

_PLAIN = re.compile(r"[0-9A-Za-z-]+")


def read_manifest(plain: bytes, contract: int, suite: int) -> Manifest:
    """Verify and parse a decrypted manifest.

    contract: the data contract this program reads. suite: the one pinned at enrolment. The signature is
    checked with the key the manifest itself names: whether that key may speak for the site is policy.
    Raises `UnknownFormat`, `BadSignature`, `NewerReader`, `BadContent` or `TooBig`.
    """
    fields = decoded(plain, "目录")
    if fields.raw.get("format") != FORMAT:
        raise UnknownFormat("格式")
    if fields.raw.get("suite") != suite:
        raise UnknownFormat("密码套件")
    _check_signature(fields)
    least_reader = fields.integer("least_reader", 1)
    if least_reader > contract:
        raise NewerReader(least_reader, _name(fields, "sender", 32), fields.hexadecimal("sender_key", 32))
    manifest = _parsed(fields, least_reader)
    _check_words(manifest)
    _check_sizes(manifest)
    return manifest


def _check_signature(fields: Fields) -> None:
    content = {name: value for name, value in fields.raw.items() if name != "signature"}
    key, signature = fields.hexadecimal("sender_key", 32), fields.hexadecimal("signature", 64)
    if not is_signed(key, SigningContext.manifest, content, signature):
        raise BadSignature("目录")


def _parsed(fields: Fields, least_reader: int) -> Manifest:
    return Manifest(
        id=_name(fields, "id", 36),
        made_at=_moment(fields, "made_at"),
        sender=_name(fields, "sender", 32),
        sender_key=fields.hexadecimal("sender_key", 32),
        addressees=fields.many("recipients", RECIPIENTS, _addressee, "接收方"),
        direction=fields.choice("direction", (UP, DOWN)),
        contract=fields.integer("contract", 1),
        least_reader=least_reader,
        slices=fields.many("slices", SLICES, _slice, "数据段"),
        checkpoints=fields.many("checkpoints", NOTES, _checkpoint, "检查点"),
        receipts=fields.many("receipts", NOTES, _receipt, "回执"),
        wanted=fields.digests("wanted", NOTES),
        segments=_segments(fields),
        epochs=fields.optional("epochs", MOST_EPOCHS, EpochLink.read, "纪元"),
        parents=fields.optional("parents", NOTES, Position.read, "原流水位置"),
        number=fields.integer("number") if "number" in fields.raw else 0,
        program=_program(fields),
        raw=fields.raw,
    )


def _program(fields: Fields) -> SenderProgram | None:
    told = fields.raw.get("program")
    return None if told is None else SenderProgram.read(Fields(told, "发件程序"))


def _moment(fields: Fields, name: str) -> str:
    """An instant as the writer puts it down: UTC to the second."""
    value = fields.text(name, 20)
    try:
        moment = datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError as fault:
        raise BadContent(f"目录的 {name}") from fault
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise BadContent(f"目录的 {name}")
    return value


def _name(fields: Fields, name: str, longest: int) -> str:
    """A code or id: plain signs only, since it is shown and put on record before anybody knows the sender."""
    value = fields.text(name, longest)
    if not _PLAIN.fullmatch(value):
        raise BadContent(f"目录的 {name}")
    return value


def _segments(fields: Fields) -> tuple[Segment, ...]:
    listed = fields.raw.get("segments")
    if type(listed) is list and len(listed) > SEGMENTS:
        raise TooBig("分段数量")
    return fields.many("segments", SEGMENTS, _segment, "分段")


def _check_words(manifest: Manifest) -> None:
    """Checkpoints and receipts are the sender's own; no stream comes twice; segments count from 1."""
    if not all(note.is_by(manifest.sender_key) for note in manifest.checkpoints):
        raise BadSignature("检查点")
    if not all(note.is_by(manifest.sender_key) for note in manifest.receipts):
        raise BadSignature("回执")
    if len({part.stream for part in manifest.slices}) < len(manifest.slices):
        raise BadContent("同一数据流出现两次")
    if [segment.n for segment in manifest.segments] != list(range(1, len(manifest.segments) + 1)):
        raise BadContent("分段编号不连续")


def _check_sizes(manifest: Manifest) -> None:
    if sum(segment.length for segment in manifest.segments) > FILE_BYTES:
        raise TooBig("文件大小")
    if manifest.bytes_needed > PLAIN_BYTES:
        raise TooBig("展开后大小")
    room = sum(segment.plain_length for segment in manifest.segments if segment.kind == CHANGES)
    if manifest.entry_count * LEAST_LINE_BYTES > room:
        raise BadContent("记录条数与分段大小不符")


def _addressee(fields: Fields) -> Addressee:
    role = fields.choice("role", (TO, ESCROW, SENDER))
    return Addressee(role, fields.text("site", 32), fields.text("key", 100))


def _slice(fields: Fields) -> Slice:
    first = fields.integer("from", 1)
    last = fields.integer("to", first - 1)
    previous, head = fields.binary("prev", 32), fields.binary("head", 32)
    counts = fields.numbers("counts", least=1)
    if sum(counts.values()) != last - first + 1 or (first == 1) != (previous == bytes(32)):
        raise BadContent("数据段条数或起点")
    if last < first and head != previous:
        raise BadContent("空数据段的校验值")
    epoch = fields.integer("epoch")
    stream, totals = fields.text("stream"), fields.numbers("totals")
    if "kind" not in fields.raw:
        return Slice(stream, epoch, first, last, previous, head, counts, totals)
    kind, proof = fields.choice("kind", (OWN, RETURNED)), fields.hexadecimal("proof", 64)
    return Slice(stream, epoch, first, last, previous, head, counts, totals, kind, proof)


def _checkpoint(fields: Fields) -> Checkpoint:
    seq, head = fields.integer("seq"), fields.binary("head", 32)
    return Checkpoint(fields.text("stream"), seq, head, fields.hexadecimal("signature", 64))


def _receipt(fields: Fields) -> Receipt:
    seq, head = fields.integer("seq"), fields.binary("head", 32)
    return Receipt(fields.text("stream"), seq, head, fields.hexadecimal("countersignature", 64))


def _segment(fields: Fields) -> Segment:
    kind = fields.choice("kind", (CHANGES, PIECE))
    most = SEGMENT_BYTES if kind == CHANGES else PIECE_BYTES
    return Segment(
        fields.integer("n", 1),
        kind,
        fields.integer("length", 1, most + SEALING_BYTES),
        fields.hexadecimal("sha256", 32),
        fields.integer("plain_length", 1, most),
        fields.hexadecimal("plain_sha256", 32),
        _part(fields) if kind == PIECE else None,
    )


def _part(fields: Fields) -> Part:
    part = Part(fields.hexadecimal("attachment", 32), fields.integer("at"), fields.integer("size", 1))
    if part.at + fields.integer("plain_length", 1) > part.size:
        raise BadContent("附件分段的位置")
    return part

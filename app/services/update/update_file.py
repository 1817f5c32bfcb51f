"""The update's file: a signed manifest, then the program's folder packed; nothing of it is used before it is verified."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from app import canonical
from app.bundle.faults import BadContent
from app.bundle.fields import Fields, decoded
from app.bundle.limits import MIB
from app.bundle.signing import SigningContext, is_signed
from app.errors import Refused
from app.paths import resources
from app.text import told_name

ENDING = ".hmu"
MAGIC = b"HUIMIN UPDATE 1\n"
_LENGTH = struct.Struct("<I")
_MOST_HEAD = MIB
KEY_ENDING = ".pub"
_VERSION = re.compile(r"[0-9][0-9A-Za-z.+-]*")


@dataclass(frozen=True, kw_only=True)
class UpdateManifest:
    """What an update is.

    counter, schema: as in Release. least_counter: the lowest release that it installs over. notes: what changes, a line
    each. payload_size, payload_sha256: of the packed folder; unpacked_size, files: of what comes out of it.
    """

    version: str
    system: str
    arch: str
    counter: int
    schema: str
    least_counter: int
    notes: str
    payload_size: int
    payload_sha256: str
    unpacked_size: int
    files: int


def head_of(manifest: UpdateManifest, signature: str) -> bytes:
    """What stands before the payload."""
    head = canonical.encode({"manifest": asdict(manifest), "signature": signature})
    return MAGIC + _LENGTH.pack(len(head)) + head


def release_keys(folder: Path | None = None) -> tuple[str, ...]:
    """The makers' public keys that this program trusts, hexadecimal. Raises Refused E965 where it has none."""
    place = folder or resources() / "release-keys"
    found = tuple(path.read_text("utf-8").strip() for path in sorted(place.glob(f"*{KEY_ENDING}")))
    if not found:
        raise Refused("E965", "本程序没有发布者的公钥，不能安装任何更新。请用安装包升级，数据不受影响。")
    return found


def verified(file: Path, keys: Iterable[str]) -> UpdateManifest:
    """The manifest of a file that a known maker signed, and whose payload is what was signed to the last byte.

    Raises Refused E966 for a file that is altered, cut off or none; E967 for one signed by nobody known.
    """
    with update_opened(file, keys) as (manifest, payload):
        digest, left = hashlib.sha256(), manifest.payload_size
        while left and (piece := payload.read(min(MIB, left))):
            digest.update(piece)
            left -= len(piece)
        if left or payload.read(1) or digest.hexdigest() != manifest.payload_sha256:
            raise bad_update(file, "不完整或被改过")
    return manifest


@contextmanager
def update_opened(file: Path, keys: Iterable[str]) -> Iterator[tuple[UpdateManifest, BinaryIO]]:
    """The signed manifest, and the stream where the payload begins. Raises Refused E966, E967."""
    try:
        with file.open("rb") as stream:
            yield _read_head(stream, file, keys), stream
    except OSError as fault:
        raise bad_update(file, "读不出来") from fault


def _read_head(stream: BinaryIO, file: Path, keys: Iterable[str]) -> UpdateManifest:
    start = stream.read(len(MAGIC) + _LENGTH.size)
    if len(start) != len(MAGIC) + _LENGTH.size or not start.startswith(MAGIC):
        raise bad_update(file, "不完整或被改过")
    (length,) = _LENGTH.unpack(start[len(MAGIC) :])
    if length > _MOST_HEAD:
        raise bad_update(file, "不完整或被改过")
    try:
        head = decoded(stream.read(length), "更新")
        manifest = _manifest(Fields(head.raw.get("manifest"), "更新的清单"))
        signature = head.hexadecimal("signature", 64)
    except BadContent as fault:
        raise bad_update(file, "不完整或被改过") from fault
    if not any(is_signed(key, SigningContext.update, asdict(manifest), signature) for key in keys):
        raise Refused(
            "E967",
            f"更新“{told_name(file)}”不是本程序的发布者签发的，或被改过，没有安装。请向发布者要原来的文件。",
        )
    return manifest


def _manifest(fields: Fields) -> UpdateManifest:
    version = fields.text("version", 40)
    if not _VERSION.fullmatch(version):
        raise BadContent("更新的版本号")
    return UpdateManifest(
        version=version,
        system=fields.text("system", 20),
        arch=fields.text("arch", 20),
        counter=fields.integer("counter", 1),
        schema=fields.text("schema", 20),
        least_counter=fields.integer("least_counter"),
        notes=fields.text("notes", 4_000),
        payload_size=fields.integer("payload_size", 1),
        payload_sha256=fields.hexadecimal("payload_sha256", 32),
        unpacked_size=fields.integer("unpacked_size", 1),
        files=fields.integer("files", 1),
    )


def bad_update(file: Path, why: str) -> Refused:
    """E966: a file that is no whole update, with what is wrong with it."""
    return Refused(
        "E966",
        f"更新文件“{told_name(file)}”{why}，没有安装。请重新拷贝，或换一个 U 盘；还不行，向发布者要原来的文件。",
    )

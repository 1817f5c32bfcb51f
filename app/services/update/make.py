"""Makes an update out of a version's folder, signed with the maker's own key on a machine apart from networks."""

from __future__ import annotations

import hashlib
import os
import tarfile
from dataclasses import asdict
from pathlib import Path

import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.bundle.limits import MIB
from app.bundle.signing import SigningContext, sign
from app.errors import Refused
from app.safe_write import open_safely, write_safely
from app.services.update.release import read_release
from app.services.update.update_file import ENDING, KEY_ENDING, UpdateManifest, head_of
from app.text import told_name

LEVEL = 15
"""Of zstandard: made once and carried by hand many times."""


def make_key(folder: Path, name: str) -> tuple[Path, Path]:
    """A new release key: `name`.key is the maker's secret, `name`.pub goes into resources/release-keys."""
    key = Ed25519PrivateKey.generate()
    secret = write_safely(
        folder / f"{name}.key", (key.private_bytes_raw().hex() + "\n").encode(), is_private=True
    )
    public = (key.public_key().public_bytes_raw().hex() + "\n").encode()
    return secret, write_safely(folder / f"{name}{KEY_ENDING}", public)


def make_update(
    version: Path, out: Path, key: Path, notes: str, least_counter: int, level: int = LEVEL
) -> Path:
    """The update that brings the version of a folder; its path in the folder `out`. The same folder gives the same bytes.

    Raises Refused E783 for a folder that is no version, E781 for a key that cannot be used, E501 … E504 of the disk.
    """
    release = read_release(version)
    if release is None:
        raise Refused("E783", f"“{told_name(version)}”不是一个版本的程序文件夹，请先用安装包构建。")
    secret = _secret(key)
    files = sorted(path for path in version.rglob("*") if path.is_file())
    packed = out / f"huimin-{release.version}-{release.system}-{release.arch}.payload"
    try:
        with open_safely(packed) as stream:
            compressor = zstandard.ZstdCompressor(level=level)
            with (
                compressor.stream_writer(stream, closefd=False) as writer,
                tarfile.open(fileobj=writer, mode="w|", format=tarfile.PAX_FORMAT) as archive,
            ):
                for path in files:
                    _add(archive, path, path.relative_to(version).as_posix())
        manifest = UpdateManifest(
            version=release.version,
            system=release.system,
            arch=release.arch,
            counter=release.counter,
            schema=release.schema,
            least_counter=least_counter,
            notes=notes,
            payload_size=packed.stat().st_size,
            payload_sha256=_digest(packed),
            unpacked_size=sum(path.stat().st_size for path in files),
            files=len(files),
        )
        target = packed.with_suffix(ENDING)
        with open_safely(target, needed=manifest.payload_size) as stream, packed.open("rb") as payload:
            stream.write(head_of(manifest, sign(secret, SigningContext.update, asdict(manifest))))
            while piece := payload.read(MIB):
                stream.write(piece)
    finally:
        packed.unlink(missing_ok=True)
    return target


def _add(archive: tarfile.TarFile, path: Path, name: str) -> None:
    """One file, without a word of whose it is and when it was made."""
    member = tarfile.TarInfo(name)
    member.size = path.stat().st_size
    member.mode = 0o755 if os.access(path, os.X_OK) else 0o644
    with path.open("rb") as content:
        archive.addfile(member, content)


def _secret(file: Path) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(file.read_text("ascii").strip()))
    except (OSError, ValueError) as fault:
        raise Refused(
            "E781", f"“{told_name(file)}”不是发布密钥，没有生成更新。请插好存密钥的 U 盘再试。"
        ) from fault


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

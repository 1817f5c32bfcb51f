"""Keeps files beside the database, each encrypted under a random key of its own and found by the hash of its content."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.errors import Refused
from app.kernel.slots import sync_folder
from app.kernel.work import Look, Work
from app.models.files import BlockedFile, StoredFile
from app.paths import DataDir
from app.safe_write import make_folder, write_safely

_KEY_BYTES, _NONCE = 32, b"\0" * 12
"""A key is used for one content only, so its nonce need not change."""
TAG_BYTES = 16
"""Bytes that sealing adds to a content."""


@dataclass(frozen=True)
class SealedFile:
    """A content sealed under a new key, in a file that is not in its place yet. size: bytes of the plain content."""

    digest: str
    key: bytes
    size: int
    path: Path


def attachment_file(data: DataDir, digest: str) -> Path:
    """Where the encrypted file of a content lies."""
    return data.attachments / digest[:2] / digest


def store_attachment(work: Work, content: bytes) -> str:
    """Keep a content and answer its SHA-256; one that is kept already is not written again.

    The file is on disk, synced and read back, before its row is stored. Raises CannotWrite E502 … E504.
    """
    digest = hashlib.sha256(content).hexdigest()
    held = work.session.get(StoredFile, digest)
    if has_attachment(work, digest):
        return digest
    key = held.key if held is not None else secrets.token_bytes(_KEY_BYTES)
    _write(work.safe.data, digest, ChaCha20Poly1305(key).encrypt(_NONCE, content, digest.encode()))
    if held is None:
        work.session.add(StoredFile(digest=digest, key=key, size=len(content), stored_at=work.now.at))
        work.session.flush()
    return digest


def read_attachment(look: Look, digest: str) -> bytes:
    """The content. Raises Refused E374 where this office does not have it (yet), E375 where the file was altered,
    E361 for what came in a bundle and may not be opened."""
    blocked = look.session.get(BlockedFile, digest)
    if blocked is not None:
        raise Refused("E361", f"收到的这份材料已拦下，不能打开：{blocked.text}")
    held = look.session.get(StoredFile, digest)
    file = attachment_file(look.safe.data, digest)
    if held is None or not file.exists():
        raise Refused("E374", "这份材料的文件不在本机：还没有随上报包收到，或已依法删除。请向登记单位补要。")
    try:
        content = ChaCha20Poly1305(held.key).decrypt(_NONCE, file.read_bytes(), digest.encode())
    except InvalidTag as fault:
        raise Refused("E375", "这份材料的文件已损坏或被改动，不能打开。请用备份恢复，或重新扫描。") from fault
    return content


def has_attachment(look: Look, digest: str) -> bool:
    """Whether this office can read the content."""
    held = look.session.get(StoredFile, digest)
    return held is not None and _is_whole(attachment_file(look.safe.data, digest), held.size)


def seal_file(path: Path, content: bytes) -> SealedFile:
    """Seal a content into a file of any name, so that only a rename is left to do. Raises CannotWrite E502 … E504."""
    digest, key = hashlib.sha256(content).hexdigest(), secrets.token_bytes(_KEY_BYTES)
    write_safely(path, ChaCha20Poly1305(key).encrypt(_NONCE, content, digest.encode()), is_private=True)
    return SealedFile(digest, key, len(content), path)


def keep_sealed(work: Work, sealed: SealedFile) -> bool:
    """Put a sealed file in its place, synced, and its key on record; False where this office has the content already."""
    if has_attachment(work, sealed.digest):
        return False
    target = attachment_file(work.safe.data, sealed.digest)
    make_folder(target.parent, is_private=True)
    sealed.path.replace(target)
    sync_folder(target.parent)
    held = StoredFile(digest=sealed.digest, key=sealed.key, size=sealed.size, stored_at=work.now.at)
    work.session.merge(held)
    work.session.flush()
    return True


def files_in_place(data: DataDir) -> dict[str, int]:
    """Digest → bytes of the sealed file, of everything in the folder of attachments."""
    found: dict[str, int] = {}
    for folder in data.attachments.iterdir() if data.attachments.is_dir() else ():
        if folder.is_dir():
            with os.scandir(folder) as entries:
                found.update((one.name, one.stat().st_size) for one in entries if _is_name(one.name))
    return found


def drop_files(data: DataDir, digests: Iterable[str]) -> None:
    """Remove the files of contents whose keys are gone."""
    for digest in digests:
        attachment_file(data, digest).unlink(missing_ok=True)


def _is_whole(file: Path, size: int) -> bool:
    return file.is_file() and file.stat().st_size == size + TAG_BYTES


def _is_name(name: str) -> bool:
    return len(name) == 64 and set(name) <= set("0123456789abcdef")


def _write(data: DataDir, digest: str, sealed: bytes) -> None:
    target = attachment_file(data, digest)
    make_folder(target.parent, is_private=True)
    write_safely(target, sealed, is_private=True)

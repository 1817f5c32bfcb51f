"""Keeps files beside the database, each encrypted under a random key of its own and found by the hash of its content."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.errors import Refused
from app.kernel.work import Look, Work
from app.models.files import StoredFile
from app.paths import DataDir
from app.safe_write import make_folder, write_safely

_KEY_BYTES, _NONCE = 32, b"\0" * 12
"""A key is used for one content only, so its nonce need not change."""


def attachment_file(data: DataDir, digest: str) -> Path:
    """Where the encrypted file of a content lies."""
    return data.attachments / digest[:2] / digest


def store_attachment(work: Work, content: bytes) -> str:
    """Keep a content and answer its SHA-256; one that is kept already is not written again.

    The file is on disk, synced and read back, before its row is stored. Raises CannotWrite E502 … E504.
    """
    digest = hashlib.sha256(content).hexdigest()
    held = work.session.get(StoredFile, digest)
    if held is not None and attachment_file(work.safe.data, digest).exists():
        return digest
    key = held.key if held is not None else secrets.token_bytes(_KEY_BYTES)
    _write(work.safe.data, digest, ChaCha20Poly1305(key).encrypt(_NONCE, content, digest.encode()))
    if held is None:
        work.session.add(StoredFile(digest=digest, key=key, size=len(content), stored_at=work.now.at))
        work.session.flush()
    return digest


def read_attachment(look: Look, digest: str) -> bytes:
    """The content. Raises Refused E374 where this office does not have it (yet), E375 where the file was altered."""
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
    return (
        look.session.get(StoredFile, digest) is not None and attachment_file(look.safe.data, digest).exists()
    )


def _write(data: DataDir, digest: str, sealed: bytes) -> None:
    target = attachment_file(data, digest)
    make_folder(target.parent, is_private=True)
    write_safely(target, sealed, is_private=True)

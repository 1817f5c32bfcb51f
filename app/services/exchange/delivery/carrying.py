"""Brings one file to one place: under a name of its own first, read back, then renamed; never twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from app.errors import Refused

BLOCK = 1024 * 1024
LASTING = frozenset({"E751", "E753", "E754", "E760"})
"""What waiting does not mend: somebody must look."""
_FIRST, _LONGEST = timedelta(minutes=1), timedelta(hours=1)


class Carrier(Protocol):
    """A way to one place; names are plain file names in it. Every method raises Refused E750, E753, E754 or E755."""

    def digest(self, name: str) -> str | None:
        """SHA-256 of a file there, read back from it; None where there is none."""

    def put(self, file: Path, name: str) -> None:
        """Bring the file there, going on where an earlier try stopped if the place can."""

    def rename(self, old: str, new: str) -> None:
        """Give it its last name; another file of that name stays. Raises Refused E751."""

    def remove(self, name: str) -> None:
        """Take a file away."""

    def close(self) -> None:
        """Let go of the connection."""


def carry(carrier: Carrier, file: Path, name: str, sha256: str) -> None:
    """The file lies there whole under its name, whether this try brought it or an earlier one.

    Raises Refused E750, E751, E752, E753, E754, E755.
    """
    there = carrier.digest(name)
    if there == sha256:
        return
    if there is not None:
        raise name_taken(name)
    part = f"{name}.{sha256[:16]}.part"
    carrier.put(file, part)
    if carrier.digest(part) != sha256:
        carrier.remove(part)
        raise Refused("E752", f"“{name}”送到以后读回核对不符，稍后从头再送。多次这样，请检查对方的磁盘。")
    carrier.rename(part, name)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failed tries in a row: a minute, doubled each time, at most an hour."""
    return min(_LONGEST, _FIRST * (1 << min(attempts - 1, 10)))


def digest_of(blocks: Iterable[bytes]) -> str:
    """SHA-256 of what is read."""
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block)
    return digest.hexdigest()


def name_taken(name: str) -> Refused:
    """E751: another file has the name already."""
    return Refused("E751", f"对方已有另一个叫“{name}”的文件，没有覆盖。请对方移走它，再点重试。")


def unreachable() -> Refused:
    """E750: no connection now."""
    return Refused("E750", "现在连不上送达地点，等网络通了自动再送。")


def stranger_server() -> Refused:
    """E753: the server shows another certificate or host key than the one approved."""
    return Refused(
        "E753", "服务器出示的证书或主机密钥与认可过的不同，没有发送。请打电话核对指纹，再重新登记。"
    )


def not_let_in() -> Refused:
    """E754: user name, password or key are wrong."""
    return Refused("E754", "服务器不接受登记的用户名、密码或密钥。请核对后重新登记送达地点。")


def not_taken(why: str) -> Refused:
    """E755: the place takes no file; why: its own word for it."""
    return Refused("E755", f"送达地点没有收下文件（{why}）。可能是满了或只读，稍后再送；请告诉管理员。")

"""The secrets of an open office: its database key, key slots, login file and signing keys."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.errors import Refused
from app.kernel.kept_out import KeptOut
from app.kernel.logins import LoginFile
from app.kernel.slots import KeySlots
from app.paths import DataDir

if TYPE_CHECKING:
    from app.bundle.keys import SiteKeys


@dataclass
class Safe:
    """Held in memory only, by the office that is open."""

    data: DataDir
    key: bytes

    @property
    def slots(self) -> KeySlots:
        return KeySlots(self.data.keys)

    @property
    def logins(self) -> LoginFile:
        return LoginFile(self.data.logins)

    @property
    def kept_out(self) -> KeptOut:
        return KeptOut(self.data.kept_out)

    @cached_property
    def site_keys(self) -> SiteKeys:
        """The site's signing key and age identity; raises Refused E910 when their file is gone or damaged."""
        from app.bundle.keys import SiteKeys

        if not self.data.site_keys.exists():
            raise Refused("E910", "缺少本单位签名密钥文件，无法收发。请用备份恢复数据目录。")
        return SiteKeys.unwrapped(self.data.site_keys.read_bytes(), self.key)

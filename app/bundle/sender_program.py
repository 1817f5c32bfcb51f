"""Which program wrote a bundle, so that a bureau sees who has which version; nothing is decided by it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from app.bundle.faults import BadContent
from app.bundle.fields import Fields

_PLAIN = re.compile(r"[0-9A-Za-z.+-]+")


@dataclass(frozen=True)
class SenderProgram:
    """release: counts upwards with every release. system, arch: as in an update's manifest, such as windows amd64."""

    version: str
    release: int
    system: str
    arch: str

    def fields(self) -> dict[str, Any]:
        """As it stands in a manifest."""
        return asdict(self)

    @classmethod
    def read(cls, fields: Fields) -> SenderProgram:
        """From a manifest or a table; raises `BadContent`."""
        words = [fields.text("version", 40), fields.text("system", 20), fields.text("arch", 20)]
        if not all(_PLAIN.fullmatch(word) for word in words):
            raise BadContent("目录的 program")
        return cls(words[0], fields.integer("release"), words[1], words[2])

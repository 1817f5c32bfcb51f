"""Remembers beside the encrypted data how the login is to look: scale, contrast, the office's name, the last account."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from app.paths import DataDir
from app.private_files import private


@dataclass(frozen=True)
class Appearance:
    """What may be known before anybody logged in; nothing of it is personal data of the people served."""

    scale: int = 100
    is_high_contrast: bool = False
    site: str = ""
    account: str = ""


def remembered(data: DataDir) -> Appearance:
    """What was kept last; the plain look where nothing readable is."""
    try:
        found = json.loads(_file(data).read_text("utf-8"))
        return Appearance(
            int(found["scale"]), bool(found["is_high_contrast"]), str(found["site"]), str(found["account"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Appearance()


def remember(data: DataDir, look: Appearance) -> None:
    """Keep it for the next login; where it cannot be written, that login looks plain."""
    text = json.dumps(asdict(look), ensure_ascii=False)
    if look != remembered(data):
        with open(_file(data), "w", encoding="utf-8", opener=private) as file:
            file.write(text)


def look_of(settings: dict[str, Any], site: str, account: str) -> Appearance:
    """The look that the office's settings ask for."""
    return Appearance(
        int(settings.get("ui_scale", 100)), settings.get("theme") == "high_contrast", site, account
    )


def _file(data: DataDir) -> Any:
    return data.root / "look.json"

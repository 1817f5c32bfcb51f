"""Knows which page a file of the program belongs to that somebody opened from the desktop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.ui.shell import Shell

_PAGES: dict[str, tuple[tuple[str, dict[str, str]], ...]] = {
    ".hmb": (("inbox", {}), ("exchange", {})),
    ".hme": (("exchange", {}),),
    ".hmbak": (("settings", {"tab": "backup"}),),
    ".hmu": (("settings", {"tab": "update"}),),
}
"""Ending → the pages that take such a file, the first that this office has; what else is handed to it."""


def show_first(shell: Shell, file: Path | None) -> None:
    """The page that takes the file, handed to it; else today, or whatever this person's first page is."""
    keys = [page.key for page in shell.pages]
    for key, more in _PAGES.get(file.suffix.lower(), ()) if file else ():
        if key in keys:
            shell.go(key, **more, file=file)
            return
    if keys:
        shell.go("today" if "today" in keys else keys[0])

"""A paper as it was drawn, on its way to the screen, a printer or a file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DrawnPaper:
    """The PDF, the name to offer for it (nothing personal in it), and characters no font had (P49)."""

    pdf: bytes
    file_name: str
    missing: tuple[str, ...] = ()

"""What a version's folder says of itself, so that versions side by side can be told apart without starting them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from app import RELEASE, __version__
from app.models.migrate import HEAD

FILE = "release.json"


@dataclass(frozen=True)
class Release:
    """One version of the program for one kind of machine.

    counter: goes up with every release. schema: revision of the data that it writes.
    """

    version: str
    system: str
    arch: str
    counter: int
    schema: str


def write_release(folder: Path, *, system: str, arch: str) -> Release:
    """Put down what this program is; the build does so in the folder of each version."""
    made = Release(__version__, system, arch, RELEASE, HEAD)
    (folder / FILE).write_bytes(orjson.dumps(asdict(made), option=orjson.OPT_INDENT_2) + b"\n")
    return made


def read_release(folder: Path) -> Release | None:
    """What the folder of a version says of itself; None for a folder that is none."""
    try:
        found = orjson.loads((folder / FILE).read_bytes())
        return Release(
            str(found["version"]),
            str(found["system"]),
            str(found["arch"]),
            int(found["counter"]),
            str(found["schema"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None

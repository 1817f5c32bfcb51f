"""Tells which version runs, what an update would bring, and whether it may be installed; changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app import __version__
from app.errors import Refused
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.migrate import HEAD
from app.services.update.install import refuse_misfit
from app.services.update.installation import Installation, installation
from app.services.update.update_file import UpdateManifest, release_keys, verified


@dataclass(frozen=True)
class ReadUpdate:
    """What an update file would bring. program: another program folder than the running one's."""

    file: Path
    program: Path | None = None


@dataclass(frozen=True)
class UpdateOffer:
    """An update that may be installed here. changes_data: the data are converted at the first start after it."""

    file: Path
    version: str
    now: str
    notes: tuple[str, ...]
    size: int
    changes_data: bool


@answers(ReadUpdate, permission=Permission.KEEP_OFFICE)
def read_update(look: Look, query: ReadUpdate) -> UpdateOffer:
    """Raises Refused E964 … E970 where it cannot be installed."""
    place = installation(query.program)
    manifest = manifest_for(place, query.file)
    return UpdateOffer(
        query.file,
        manifest.version,
        place.current().version,
        tuple(manifest.notes.splitlines()),
        manifest.payload_size,
        manifest.schema != HEAD,
    )


def manifest_for(place: Installation, file: Path) -> UpdateManifest:
    """The manifest of an update that may be installed over the program of a folder. Raises Refused E965 … E970."""
    manifest = verified(file, release_keys())
    refuse_misfit(manifest, place.current())
    return manifest


@dataclass(frozen=True)
class UpdateState:
    """Which version runs, and which one can be gone back to."""

    program: Path | None = None


@dataclass(frozen=True)
class VersionsHere:
    """former: the version that is kept to go back to, "" for none. why_not: why no update can be installed, "" if one can."""

    version: str
    former: str
    why_not: str
    base: Path | None
    """The program's folder, None where it was not installed."""


@answers(UpdateState, permission=Permission.KEEP_OFFICE)
def update_state(look: Look, query: UpdateState) -> VersionsHere:
    """Never refuses: a program that was not installed says so."""
    former, base = None, None
    try:
        place = installation(query.program)
        former, base = place.former(), place.base
        release_keys()
    except Refused as refusal:
        return VersionsHere(__version__, former.version if former else "", refusal.message, base)
    return VersionsHere(place.current().version, former.version if former else "", "", base)

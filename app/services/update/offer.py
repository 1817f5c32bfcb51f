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
from app.services.update.hand_down import system_words
from app.services.update.install import refuse_misfit
from app.services.update.installation import Installation, installation
from app.services.update.update_file import UpdateManifest, release_keys, verified


@dataclass(frozen=True)
class ReadUpdate:
    """What an update file would bring. program: another program folder than the running one's."""

    file: Path
    program: Path | None = None


@dataclass(frozen=True, kw_only=True)
class UpdateOffer:
    """A maker's update. changes_data: the data are converted at the first start after it.

    why_not: why it cannot be installed here, "" where it can; a bureau may hand it down all the same.
    """

    file: Path
    version: str
    now: str
    notes: tuple[str, ...]
    size: int
    changes_data: bool
    system: str
    why_not: str


@answers(ReadUpdate, permission=Permission.KEEP_OFFICE)
def read_update(look: Look, query: ReadUpdate) -> UpdateOffer:
    """Raises Refused E964 … E967 of the file; at an office that hands nothing down, E968 … E970 where it does not fit."""
    current = installation(query.program).current()
    manifest, why_not = verified(query.file, release_keys()), ""
    try:
        refuse_misfit(manifest, current)
    except Refused as refusal:
        if not look.office.is_bureau:
            raise
        why_not = str(refusal)
    return UpdateOffer(
        file=query.file,
        version=manifest.version,
        now=current.version,
        notes=tuple(manifest.notes.splitlines()),
        size=manifest.payload_size,
        changes_data=manifest.schema != HEAD,
        system=system_words(manifest.system, manifest.arch),
        why_not=why_not,
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
